"""Set fields of an entry in ``references.bib`` and leave every other byte as it is.

``bibtex`` tells where each value stands; no library writes, because each would format the whole
file anew. What a field that is already there looks like
(braces or quotes) stays; a new field gets a line of its own, aligned like the line above it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scripts.sources.references import bibtex
from scripts.sources.references.entries import Entry, Field

WRITABLE = ("url", "urldate", "archiveurl", "archivedate")
"""Fields that the link check may set, each of which follows those before it in an entry."""


class BibError(ValueError):
    """The entry is not there or cannot be read, or the value cannot stand in a field."""


def _read(text: str, key: str) -> Entry:
    entry = bibtex.read(text).first.get(key)
    if entry is None:
        raise BibError(f"there is no entry '{key}'")
    if not entry.whole:
        fault = entry.faults[0]
        raise BibError(f"entry '{key}' (line {entry.line}) cannot be read: {fault.reason}")
    return entry


def fields(text: str, key: str) -> dict[str, Field]:
    """Fields of the entry ``key`` by name, in their order. Raises BibError."""
    entry = _read(text, key)
    return {field.name: field for field in reversed(entry.fields)}


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


def _inserted(text: str, entry: Entry, name: str, value: str) -> str:
    """``text`` with a new field behind the one that it belongs to."""
    if not entry.fields:
        at = entry.body_start
        comma = "" if text[:at].rstrip().endswith(",") else ","
        return f"{text[:at]}{comma} {name} = {{{value}}},{text[at:]}"
    before = [field for field in entry.fields if field.name in WRITABLE[: WRITABLE.index(name)]]
    above = before[-1] if before else entry.fields[-1]
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
    whole = _read(text, key)
    # From here on only the entry is read again, not the file; macros are resolved already.
    known = {field.name: field.value for field in reversed(whole.fields)}
    raw = whole.raw
    for name in (name for name in WRITABLE if name in values):
        if known.get(name) == values[name]:
            continue
        _check(name, values[name])
        entry = _read(raw, key)
        there = entry.field(name)
        if there is not None:
            raw = _replaced(raw, there, values[name])
        else:
            raw = _inserted(raw, entry, name, values[name])
    unknown = values.keys() - set(WRITABLE)
    for name in sorted(unknown):
        _check(name, values[name])
    return text[: whole.start] + raw + text[whole.end :]
