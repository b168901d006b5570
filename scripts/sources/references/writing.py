"""Set fields of an entry in ``references.bib`` and leave every other byte as it is.

pybtex reads, as it does for the checks, and tells where each value stands; no library writes,
because each would format the whole file anew. What a field that is already there looks like
(braces or quotes) stays; a new field gets a line of its own, aligned like the line above it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro
from pybtex.exceptions import PybtexError

from scripts.sources.references.bibliography import ENTRY

WRITABLE = ("url", "urldate", "archiveurl", "archivedate")
"""Fields that the link check may set, each of which follows those before it in an entry."""
_COMMENT = re.compile(r"@comment\s*\{", re.IGNORECASE)


class BibError(ValueError):
    """The entry is not there or cannot be read, or the value cannot stand in a field."""


@dataclass(frozen=True)
class Field:
    """A field of an entry; positions are characters of the whole text."""

    name: str
    """In lower case."""
    value: str
    start: int
    """Where the name begins."""
    value_start: int
    value_end: int
    """The value with its braces or quotes is ``text[value_start:value_end]``."""


class _Fields(LowLevelParser):
    """pybtex's parser, which also notes where the fields of the entry stand."""

    def __init__(self, text: str, start: int):
        super().__init__(text)
        self.pos = start
        self.found: list[Field] = []
        self.body_start = start

    def handle_error(self, error: Exception) -> None:
        if not isinstance(error, UndefinedMacro):  # defined in another entry; not our business
            raise error

    def parse_entry_fields(self) -> None:
        self.body_start = self.pos
        if self.optional([self.COMMA]):
            self.body_start = self.pos
            super().parse_entry_fields()

    def parse_field(self) -> None:
        name = self.optional([self.NAME])
        if not name:
            return
        start = self.pos - len(name.value)
        self.current_field_name = name.value
        self.required([self.EQUALS])
        self.eat_whitespace()
        value_start = self.pos
        self.parse_value()
        value_end = value_start + len(self.text[value_start : self.pos].rstrip())
        value = "".join(self.current_value)
        self.found.append(Field(name.value.lower(), value, start, value_start, value_end))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Spans of ``@comment{…}``: pandoc skips them whole, so entries in them are none."""
    done = 0
    for match in _COMMENT.finditer(text):
        if match.start() < done:
            continue
        depth = 1
        for end in range(match.end(), len(text)):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            if depth == 0:
                yield match.start(), end
                done = end
                break


@functools.lru_cache(maxsize=4)
def _spans(text: str) -> dict[str, tuple[int, int]]:
    """Where the first entry of each key begins, and where the next entry does."""
    commented = list(_comments(text))
    starts = [
        match
        for match in ENTRY.finditer(text)
        if match["type"].lower() not in {"comment", "string", "preamble"}
        and not any(start <= match.start("type") <= end for start, end in commented)
    ]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    spans: dict[str, tuple[int, int]] = {}
    for match, end in zip(starts, ends, strict=True):
        spans.setdefault(match["key"], (match.start("type"), end))
    return spans


def _read(text: str, key: str) -> _Fields:
    if key not in _spans(text):
        raise BibError(f"there is no entry '{key}'")
    start, end = _spans(text)[key]
    # Only up to the next entry: a brace that is missing must not swallow that.
    parser = _Fields(text[:end], start)
    try:
        list(parser.parse_command())
    except PybtexError as error:
        line = text.count("\n", 0, start) + 1
        raise BibError(f"entry '{key}' (line {line}) cannot be read: {error}") from error
    return parser


def fields(text: str, key: str) -> dict[str, Field]:
    """Fields of the entry ``key`` by name, in their order. Raises BibError."""
    return {field.name: field for field in reversed(_read(text, key).found)}


def _check(name: str, value: str) -> None:
    if name not in WRITABLE:
        raise BibError(f"field '{name}' is not one of {', '.join(WRITABLE)}")
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    if depth or not value.strip() or re.search(r"[\r\n]", value):
        raise BibError(f"'{value}' cannot stand in a field: empty, of two lines, or open braces")


def _replaced(text: str, field: Field, value: str) -> str:
    old = text[field.value_start : field.value_end]
    quoted = old.startswith('"') and '"' not in value
    # A concatenation or a macro's name has no delimiters that could be kept.
    new = f'"{value}"' if quoted else f"{{{value}}}"
    return text[: field.value_start] + new + text[field.value_end :]


_REST = re.compile(r"(?P<comma>[ \t]*,)?[ \t]*(?P<end>\r?\n)?")


def _name_as_above(name: str, above: Field, text: str) -> str:
    """``name =`` with the spaces that put its equals sign and value below those of ``above``."""
    equals = text.index("=", above.start)
    pad = text[above.start + len(above.name) : equals]
    after = text[equals + 1 : above.value_start]
    if "\n" in pad + after:
        pad = after = " "
    width = len(above.name) + len(pad)
    tight = not pad
    return name.ljust(width if tight or len(name) < width else len(name) + 1) + "=" + after


def _inserted(text: str, entry: _Fields, name: str, value: str) -> str:
    """``text`` with a new field behind the one that it belongs to."""
    if not entry.found:
        at = entry.body_start
        comma = "" if text[:at].rstrip().endswith(",") else ","
        return f"{text[:at]}{comma} {name} = {{{value}}},{text[at:]}"
    before = [field for field in entry.found if field.name in WRITABLE[: WRITABLE.index(name)]]
    above = before[-1] if before else entry.found[-1]
    indent = text[text.rfind("\n", 0, above.start) + 1 : above.start]
    rest = _REST.match(text, above.value_end)
    assert rest is not None  # every part of it may be absent
    at = rest.end("comma") if rest["comma"] else above.value_end
    # What stands behind the comma, or is the entry's end, stays behind the new field.
    lead, trail = ("", ",") if rest["comma"] else (",", "")
    if not indent.strip() and rest["end"]:
        line = f"{rest['end']}{indent}{_name_as_above(name, above, text)}{{{value}}}"
    else:
        line = f" {name} = {{{value}}}"
    return f"{text[:at]}{lead}{line}{trail}{text[at:]}"


def set_fields(text: str, key: str, values: Mapping[str, str]) -> str:
    """``text`` of a bibliography with ``values`` in the entry ``key``, all else byte for byte.

    ``text`` must have been read with its line ends as they are (``newline=""``). A field that
    has the value already is left alone. Raises BibError.
    """
    for name in (name for name in WRITABLE if name in values):
        entry = _read(text, key)
        known = {field.name: field for field in reversed(entry.found)}
        if name in known:
            if known[name].value != values[name]:
                _check(name, values[name])
                text = _replaced(text, known[name], values[name])
        else:
            _check(name, values[name])
            text = _inserted(text, entry, name, values[name])
    unknown = values.keys() - set(WRITABLE)
    for name in sorted(unknown):
        _check(name, values[name])
    return text
