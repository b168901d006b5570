"""What one file of a built site holds: addresses, ids; and as JSON, to be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """One address as written in a built file. ``line`` and ``column`` count from 1."""

    raw: str
    line: int = 1
    column: int = 1
    kind: str = "link"
    names_only: bool = False
    """The fragment only names something (JSON-LD's ``@id``); it need not be an anchor."""

    @property
    def place(self) -> tuple[int, int]:
        return self.line, self.column


@dataclass
class Content:
    """What one file holds."""

    addresses: list[Address] = field(default_factory=list)
    ids: frozenset[str] = frozenset()
    base: str = ""
    """``<base href>``, or the folder that the file's addresses start from when not its own."""
    broken: list[tuple[int, str]] = field(default_factory=list)
    """Line and reason where the file itself cannot be read."""
    leftovers: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, text and message of what is shown as it was typed: citations, macros, footnotes."""


def to_plain(content: Content | None) -> list[Any] | None:
    """What a file holds, as JSON."""
    if content is None:
        return None
    addresses = [[a.raw, a.line, a.column, a.kind, a.names_only] for a in content.addresses]
    return [addresses, sorted(content.ids), content.base, content.broken, content.leftovers]


def from_plain(kept: list[Any] | None) -> Content | None:
    """The reverse of :func:`to_plain`."""
    if kept is None:
        return None
    addresses, ids, base, broken, leftovers = kept
    return Content(
        [Address(*address) for address in addresses],
        frozenset(ids),
        base,
        [(line, reason) for line, reason in broken],
        [(line, text, message) for line, text, message in leftovers],
    )
