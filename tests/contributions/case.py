"""One contribution and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HEAD = """---
title: A page
description: What it says.
as_of: 2026-04-24
reviewed: 2026-11-23
---

# A page

The answer.
{ .answer }

{{ as_of_line() }}

"""


@dataclass(frozen=True)
class Case:
    """Files that a contribution writes, and the problem it must get; none if it is harmless."""

    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    words: str = ""
    """Part of the message; empty if there must be no error at all."""
    file: str = ""
    find: str = ""
    """Text that stands only on the line that must be named; empty for the first line."""
    act: Callable[[Path], None] | None = None
    """What files alone cannot say: links, pipes, folders that are gone."""

    def apply(self, root: Path) -> None:
        for name, data in self.files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        if self.act is not None:
            self.act(root)

    def line(self, root: Path) -> int:
        if not self.find:
            return 1
        text = (root / self.file).read_bytes().decode("utf-8", "replace")
        assert text.count(self.find) == 1, f"'{self.find}' does not stand once in {self.file}"
        return text.count("\n", 0, text.index(self.find)) + 1


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def page(body: str, words: str = "", find: str = "", name: str = "") -> Case:
    """A page that is in order down to ``body``; the mistake is on the line with ``find``."""
    label = name or body[:40]
    text = HEAD + body + "\n"
    find = find or (body.splitlines()[0] if body else "")
    return Case(
        label, (("docs/bad.md", _bytes(text)),), words, "docs/bad.md", find if words else ""
    )


def head(text: str | bytes, words: str = "", find: str = "") -> Case:
    """A whole page."""
    return Case(str(text[:40]), (("docs/bad.md", _bytes(text)),), words, "docs/bad.md", find)


def data(
    text: str | bytes, words: str = "", find: str = "", file: str = "data/facts/new.yml"
) -> Case:
    """A whole file of records."""
    return Case(f"{file} {text[:60]!r}", ((file, _bytes(text)),), words, file, find)


_FACT = "as_of: 2026-04-24, reported_by: deepseek, topic: pricing, sources: [{key: org2026report}]"


def fact(fields: str, words: str = "", file: str = "data/facts/new.yml") -> Case:
    """One more fact; ``fields`` are all that differs from one that is in order."""
    given = {part.split(":")[0].strip() for part in fields.split(", ")}
    common = ", ".join(p for p in ("id: new-fact", "label: New", "value: 1", "unit: count")
                       if p.split(":")[0] not in given)  # fmt: skip
    rest = ", ".join(p for p in _FACT.split(", ") if p.split(":")[0] not in given)
    used = "{{ fact('new-fact') }}"
    text = f"records:\n  - {{{', '.join(filter(None, (common, fields, rest)))}}}\n"
    files = ((file, text.encode()), ("docs/use.md", f"{HEAD}It is {used}.\n".encode()))
    return Case(f"fact {fields[:60]}", files, words, file, "- {" if words else "")


def replaced(file: str, old: str, new: str, words: str = "", find: str = "", at: str = "") -> Case:
    """A file of the project in which ``old`` has become ``new``."""

    def act(root: Path) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"'{old}' does not stand in {file}"
        path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))

    return Case(f"{file}: {old[:20]} -> {new[:30]!r}", (), words, at or file, find, act)


def whole(file: str, content: str | bytes, words: str = "", find: str = "", at: str = "") -> Case:
    """A file of any kind."""
    return Case(f"{file} {content[:20]!r}", ((file, _bytes(content)),), words, at or file, find)
