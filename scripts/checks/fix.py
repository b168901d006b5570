"""What can be mended without asking anybody, because it can mean one thing only.

Bytes (marks, line ends, Latin-1), the form of lists and tables, bare addresses, tracking
parameters. Whatever could mean two things stays as it is, and the check names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.checks import habits
from scripts.problems import relative
from scripts.sources import yaml12
from scripts.sources.pages import Page, blanked, without_fences
from scripts.sources.text import NotText, decoded

KINDS = {".md", ".yml", ".yaml", ".bib"}
_TRACKING = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid)=[^&#\s)>}\"']*&?")
_ADDRESS = re.compile(r"https?://[^\s<>)}\]\"']+")
_BARE = re.compile(r"(?<![\w(<\"'=\[/.])https?://[^\s<>)\]]+")
_ITEM = re.compile(r"(?P<indent>[ ]*)(?P<mark>[-*+]|\d+[.)])[ \t]+\S")
_ALERT = re.compile(r"^> ?\[!(?P<kind>\w+)\][ ]*\n(?P<text>(?:>.*\n?)+)", re.MULTILINE)
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")


@dataclass(frozen=True)
class Fix:
    """One file before and after, and what was done to it."""

    path: Path
    before: bytes
    after: bytes
    words: tuple[str, ...]


def _text(data: bytes) -> tuple[str, list[str]]:
    """The text, and what had to be done for it. Raises NotText."""
    words = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").replace("\r\n", "\n"), ["UTF-16 made UTF-8"]
        except UnicodeDecodeError as error:
            raise NotText("not UTF-16, whatever its mark says") from error
    if data.startswith(b"\xef\xbb\xbf"):
        words.append("byte order mark taken out")
    if b"\r" in data:
        words.append("line ends made \\n")
    try:
        return decoded(data), words
    except NotText:
        # A letter with an accent stands alone among plain ones; Chinese in another code does not.
        if b"\0" in data or _ALONE.sub(b"", data) != re.sub(rb"[\x80-\xff]", b"", data):
            raise
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotText("neither UTF-8 nor Latin-1") from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), [*words, "Latin-1 made UTF-8"]


def _yaml_tabs(text: str) -> str:
    """Tabs at the start of lines as two spaces, if that is what makes it YAML."""
    if not re.search(r"(?m)^ *\t", text):
        return text
    spaced = re.sub(r"(?m)^[ \t]+", lambda found: found[0].replace("\t", "  "), text)
    try:
        yaml12.read(spaced)
    except yaml12.YamlError:
        return text
    try:
        yaml12.read(text)
    except yaml12.YamlError:
        return spaced
    return text


def _prose(text: str) -> str:
    """The body of a page without code and macros, every character in its place."""
    page = Page(Path("x.md"), text, Path())
    return blanked(page.body)


def _bare_addresses(text: str) -> str:
    out, done = [], 0
    for match in _BARE.finditer(_prose(text)):
        end = match.start() + len(match[0].rstrip(".,;:!?'\"*_"))
        out += [text[done : match.start()], "<", text[match.start() : end], ">"]
        done = end
    return "".join([*out, text[done:]])


def _alerts(text: str) -> str:
    """What GitHub boxes, as our Markdown boxes it."""
    if without_fences(text) != text:
        return text  # it may be code, which is shown as it is

    def boxed(match: re.Match[str]) -> str:
        lines = [re.sub(r"^> ?", "", line) for line in match["text"].splitlines()]
        body = "\n".join(f"    {line}".rstrip() for line in lines)
        return f"!!! {match['kind'].lower()}\n\n{body}\n"

    return _ALERT.sub(boxed, text)


def _block(lines: list[str], at: int) -> tuple[int, int]:
    """First line of the list that holds line ``at``, and the line behind its last."""
    start = at
    while start > 0 and lines[start - 1].strip():
        start -= 1
    end = at
    while end < len(lines) and (
        lines[end].strip() or (end + 1 < len(lines) and lines[end + 1].startswith(" "))
    ):
        end += 1
    return start, end


def _nested(lines: list[str], at: int) -> bool:
    """Indent the list around line ``at`` by four spaces a level; False if it is not certain."""
    start, end = _block(lines, at)
    part = lines[start:end]
    if any("```" in line or "~~~" in line or "\t" in line[:8] for line in part):
        return False
    above: list[int] = []
    out = []
    for line in part:
        match = _ITEM.match(line)
        indent = len(line) - len(line.lstrip())
        if match:
            above = [column for column in above if column < indent] + [indent]
            out.append("    " * (len(above) - 1) + line.lstrip())
        elif not line.strip() or not indent:
            out.append(line)
        else:
            depth = len([column for column in above if column < indent])
            out.append("    " * depth + line.lstrip())
    lines[start:end] = out
    return out != part


def _lists(text: str) -> str:
    """Lists and tables as Markdown sees them."""
    for _ in range(200):  # each round mends one place
        lines = text.split("\n")
        for number, words in habits.lists(_prose(text)):
            if "empty line" in words:
                lines.insert(number - 1, "")
                break
            if _nested(lines, number - 1):
                break
        else:
            return text
        text = "\n".join(lines)
    return text


_OF_PAGES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("notes written as here", _alerts),
    ("lists and tables set apart and indented by four spaces", _lists),
    ("addresses put between < and >", _bare_addresses),
)


def _tracking(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        return re.sub(r"[?&](?=#|$)", "", _TRACKING.sub("", match[0]))

    return _ADDRESS.sub(plain, text)


def fixed(name: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A file as it should be, and what was done. Unreadable bytes are left as they are."""
    try:
        text, words = _text(data)
    except NotText:
        return data, ()
    steps: list[tuple[str, Callable[[str], str]]] = []
    if name.endswith((".yml", ".yaml")):
        steps.append(("tabs made spaces", _yaml_tabs))
    if name.endswith(".md"):
        steps += _OF_PAGES
    steps.append(("tracking parameters taken out of addresses", _tracking))
    steps.append(("a line end at the end", lambda given: given.rstrip("\n") + "\n"))
    for said, step in steps:
        after = step(text)
        if after != text:
            words.append(said)
            text = after
    return (text.encode(), tuple(words)) if words else (data, ())


def files(root: Path) -> Iterator[Path]:
    """What contributors write: pages, records, sources."""
    for folder in ("docs", "data"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in KINDS and path.is_file() and not path.is_symlink():
                yield path
    if (root / "references.bib").is_file():
        yield root / "references.bib"


def fixes(root: Path, only: set[str] | None = None) -> Iterator[Fix]:
    """Every file that can be mended; with ``only`` of these (from the top of the project)."""
    for path in files(root):
        name = relative(path, root)
        if only is None or name in only:
            before = path.read_bytes()
            after, words = fixed(name, before)
            if after != before:
                yield Fix(path, before, after, words)
