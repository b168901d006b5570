"""What one file of a built site holds: addresses, ids; and as JSON, once they are resolved."""

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


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: a path below the site (no slash at its ends) and an anchor."""

    path: str
    fragment: str = ""
    slash: bool = False
    """The address asks for a folder's page."""

    def __str__(self) -> str:
        return self.path + (f"#{self.fragment}" if self.fragment else "")


Plain = list[Any]
"""What one file holds, as JSON: ids, broken, leftovers, and its addresses as :data:`LEAD`."""
LEAD = ("path", "fragment", "slash", "names_only", "message", "raw", "line", "column", "kind")
"""One address in :data:`Plain`: the first four say where it leads, or ``message`` why nowhere."""


def to_plain(content: Content, leads: list[tuple[Address, Target | str]]) -> Plain:
    """What a file holds, with each of its addresses beside what it leads to, or why nowhere."""
    plain: list[Plain] = []
    for address, target in leads:
        if isinstance(target, str):
            where, message = ["", "", False], target
        else:
            where, message = [target.path, target.fragment, target.slash], ""
        written = [address.raw, address.line, address.column, address.kind]
        plain.append([*where, address.names_only, message, *written])
    return [sorted(content.ids), content.broken, content.leftovers, plain]


def address_of(lead: Plain) -> Address:
    """The address as it was written."""
    raw, line, column, kind = lead[5:]
    return Address(raw, line, column, kind, lead[3])
