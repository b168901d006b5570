"""What a BibTeX file holds: entries, their fields, what could not be read, each with its place.

Offsets count characters of the text from 0; lines and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Fault:
    """Something that could not be read, in words for whoever wrote it."""

    offset: int
    line: int
    column: int
    reason: str


@dataclass(frozen=True)
class Field:
    """A field of an entry."""

    name: str
    """In lower case."""
    value: str
    """With macros and ``#`` resolved; spaces and line ends as they stand."""
    start: int
    """Where the name begins."""
    value_start: int
    value_end: int
    """The value with its braces or quotes is ``text[value_start:value_end]``."""
    given: str
    """What stands there, without braces or quotes if the value is of one part."""
    simple: bool
    """Whether the value is one part between braces or quotes, so that ``given == value``."""
    line: int
    column: int


@dataclass(frozen=True)
class Entry:
    """One source as it stands in the file."""

    type: str
    """In lower case."""
    key: str
    """Empty if there is none."""
    line: int
    column: int
    start: int
    """Where its ``@`` stands."""
    end: int
    """Behind its last brace; of an entry that is not whole, where the next one may begin."""
    key_start: int
    body_start: int
    """Behind the key and its comma."""
    raw: str
    fields: tuple[Field, ...]
    """In their order, a repeated one too; of an entry that is not whole, those before the fault."""
    whole: bool
    """Whether its form was read to the end."""
    faults: tuple[Fault, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """Values by name, the first of each, without space around them."""
        values: dict[str, str] = {}
        for one in self.fields:
            values.setdefault(one.name, one.value.strip())
        return values

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True)
class Bibliography:
    """Everything that was read from one text."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    """Those of the entries and those between entries, in their order."""
    first: Mapping[str, Entry] = field(default_factory=dict)
    """The first entry of each key."""
