"""Small pieces of Markdown that the macros put together: citations, marks, links, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from scripts.pages.here import Here
from scripts.problems import nearest
from scripts.sources.records import history
from scripts.sources.records import lookup as records
from scripts.sources.records.schema import SourceRef


class RecordError(LookupError):
    """A macro names a record, field or operand that does not exist."""


def get(here: Here, collection: str, record_id: str) -> Any:
    """A record, or RecordError with the nearest id."""
    known = here.records[collection]
    if record_id not in known:
        raise RecordError(
            f"no record '{record_id}' in data/{collection}{nearest(str(record_id), known)}"
        )
    return known[record_id]


def cite(refs: Iterable[SourceRef], record: str | None = None, computed: bool = False) -> str:
    """Citations in our Markdown syntax; ``record`` (collection/id) adds its provenance.

    ``computed`` says that the number beside them was computed from that record.
    """
    suffix = f"{{={record}{' computed' if computed else ''}}}" if record else ""
    out = []
    for ref in refs:
        place = re.sub(r"[;|]", ",", ref.at).replace("[", "(").replace("]", ")") if ref.at else ""
        out.append(f"[@{ref.key}{', ' + place if place else ''}]{suffix}")
    return "".join(out)


def distinct(sources: Iterable[SourceRef]) -> list[SourceRef]:
    """Each source once, with its locators joined."""
    places: dict[str, list[str]] = {}
    for ref in sources:
        known = places.setdefault(ref.key, [])
        if ref.at and ref.at not in known:
            known.append(ref.at)
    return [
        SourceRef(key=key, at=", ".join(known[:4]) + (" …" if len(known) > 4 else "") or None)
        for key, known in places.items()
    ]


def link(
    here: Here,
    text: str,
    collection: str,
    record_id: str,
    classes: str = "",
    field: str = "",
    stop: bool = True,
) -> str:
    """A value in a table: a link to the entry of its record; ``field`` is that of a price.

    ``stop``: whether the keyboard stops there; if not, its row has another way to the record."""
    marks = " ".join(f".{name}" for name in ["rec", *classes.split()])
    if known := since(here, f"{collection}/{record_id}"):
        marks += f' data-since="{known}" data-fact="{collection}/{record_id}"'
    if field:
        marks += f' data-field="{field}"'
    if not stop:
        marks += ' tabindex="-1"'
    return f"[{text}]({records.href(collection, record_id)}){{ {marks} }}"


def mark(status: str, state: str = "known", computed: bool = False) -> str:
    """CSS modifiers for a value that is not plainly confirmed."""
    if state != "known":
        return "fact--unknown"
    if computed:
        return "fact--computed"
    return f"fact--{status}" if status != "confirmed" else ""


def value_span(
    here: Here, text: str, machine: str | None, record: str, modifier: str = "", field: str = ""
) -> str:
    """``<data value>`` with the class that says how far the value is to be trusted.

    ``record`` is ``collection/id``; ``field`` says which rate of a price, for the as-of control.
    """
    data = (
        f'<data value="{escape(machine, quote=True)}">{escape(text)}</data>'
        if machine is not None
        else escape(text)
    )
    classes = f"fact {modifier}".strip()
    extra = f' data-since="{known}"' if (known := since(here, record)) else ""
    extra += f' data-field="{field}"' if field else ""
    return f'<span class="{classes}" data-fact="{escape(record, quote=True)}"{extra}>{data}</span>'


def since(here: Here, where: str) -> str:
    """First day for which the record ``collection/id[.line]`` is known to be true, or nothing.

    Of several, as of a computed number, the last: before it the number could not be computed.
    """
    found = []
    for name in where.split():
        collection, _, record_id = name.partition("/")
        record = here.records[collection].get(record_id.partition(".")[0])
        if record is not None and hasattr(record, "as_of"):
            found.append(history.since(record))
    # A month counts as its end: "2026-11" may be any day of it.
    return max(found, key=lambda text: text.ljust(10, "9"), default="")


def marks(here: Here, records: Iterable[str]) -> list[str]:
    """For ``table``: of which record each row is (``collection/id``), and since when it is known.

    scripts.pages.regions hands it on to the row; the as-of control reads it there.
    """
    return [
        f' {{ .of-record data-record="{where}" data-since="{since(here, where)}" }}'
        for where in records
    ]


def mend_mark(name: str) -> str:
    """Where links are put that lead to the place of a record (``collection/id``) or ``@source``."""
    return f"<!--mend:{name}-->"


def plain_cell(text: str) -> str:
    """Text made safe for one cell of a Markdown table; a date stays on one line."""
    if re.fullmatch(r"\d{4}(-\d\d){1,2}", text):
        return f'<span class="when">{text}</span>'
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    label: str,
    numeric: Sequence[int] = (),
    caption: str = "",
    records: Sequence[str] = (),
) -> str:
    """A Markdown table with the name of its frame; ``numeric`` columns align right.

    ``records``: what ``marks`` says of each row."""
    rows = [[plain_cell(cell) for cell in row] for row in rows]
    if rows:  # regions of one page need names of their own; the first row tells them apart
        first = re.sub(r"\[([^@\]][^\]]*)\]\([^)]*\)", r"\1", rows[0][0])
        first = re.sub(r"<[^>]+>|\[@[^\]]*\](\{=[^}]*\})?|[*`]", "", first).strip()
        label = f"{label}, from {first[:60]}" if first else label
    if records:
        for row, known in zip(rows, records, strict=True):
            row[0] += known
    rule = ["---:" if i in numeric else ":---" for i in range(len(headers))]
    lines = [
        "| " + " | ".join(headers) + " |",
        "| " + " | ".join(rule) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    # scripts.pages.regions makes the first line the name of the frame around the table.
    body = "\n".join(lines)
    frame = f"\n{label}\n{{ .table-label }}\n\n{body}\n"
    return frame + (f"\n{caption}\n{{ .table-note }}\n" if caption else "") + "\n"


FILTER = '\n<div class="records-place" data-search-exclude></div>\n'
"""Where a script puts the filter of a long list: as high as it, so that nothing moves then."""

NONE = '<span class="none" title="no value in the sources">–</span>'


def all_of(here: Here, collection: str) -> list[Any]:
    return list(here.records[collection].values())


def sources_note(sources: Iterable[SourceRef], lead: str = "Sources") -> str:
    """The line under a table: every source of its cells, once."""
    return f"{lead}: {cite(distinct(sources))}"


def status_chip(status: str, state: str = "known") -> str:
    chip = f'<span class="status status--{status}">{status}</span>'
    if state != "known":
        chip = f'<span class="state state--{state}">{state.replace("-", " ")}</span>'
    return chip
