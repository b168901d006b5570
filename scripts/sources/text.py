"""Text of a file as people save it: with a byte order mark, with line ends of Windows, or none."""

from __future__ import annotations

from pathlib import Path


class NotText(ValueError):
    """Bytes that are not UTF-8; ``line`` counts from 1."""

    def __init__(self, message: str, line: int = 1):
        super().__init__(message)
        self.message, self.line = message, line


def decoded(data: bytes) -> str:
    """UTF-8 with or without a mark; lines end in ``\\n``. Raises NotText with line and remedy."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        raise NotText("not UTF-8 text (it looks like UTF-16); save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        shown = data[error.start : error.start + 1].decode("latin-1")
        byte = f"byte 0x{data[error.start]:02X} ('{shown}' in Latin-1)"
        raise NotText(f"not UTF-8 text: {byte}; save it as UTF-8", line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_of(path: Path) -> str:
    """The text of a file. Raises NotText, also for what is no file that can be read."""
    if not path.is_file():  # a folder, a pipe, a link that leads nowhere
        raise NotText("not a file with text; take it out")
    try:
        return decoded(path.read_bytes())
    except OSError as error:
        raise NotText(f"cannot be read: {error.strerror}") from None
