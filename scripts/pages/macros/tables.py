"""Macros that print tables and lists from whole collections."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from scripts.pages.cells import (
    NONE,
    RecordError,
    cite,
    get,
    link,
    mark,
    marks,
    sources_note,
    table,
)
from scripts.pages.here import Here
from scripts.sources.records import lookup as records
from scripts.sources.records.formatting import record_value
from scripts.sources.records.lookup import party_name
from scripts.sources.records.price_rows import price_rows
from scripts.sources.records.schema import SourceRef


def fact_table(here: Here, ids: list[str]) -> str:
    """What, value, as of, who says so."""
    rows, sources = [], []
    for record_id in ids:
        record = get(here, "facts", record_id)
        value = link(
            here,
            escape(record_value(record)),
            "facts",
            record_id,
            mark(record.status, record.state, bool(record.computed_from)),
        )
        rows.append(
            (
                record.label,
                value + cite(record.sources, f"facts/{record_id}"),
                record.as_of,
                party_name(here.records, record.reported_by),
            )
        )
        sources += record.sources
    headers = ("What", "Value", "As of", "Who says so")
    return table(headers, rows, "Facts", records=marks(here, [f"facts/{name}" for name in ids]))


_ACRONYMS = {"csa", "hca", "mhc", "mtp", "kv", "fp4", "fp8", "fp16", "npus", "rope", "ffn", "lora"}
_SPELLED = {"npus": "NPUs", "rope": "RoPE", "lora": "LoRA", "mhc": "mHC"}


def spec_name(line: str) -> str:
    """``csa-ratio`` -> ``CSA ratio``: the name of a spec as a reader would write it."""
    words = [
        _SPELLED.get(word, word.upper()) if word in _ACRONYMS else word for word in line.split("-")
    ]
    text = " ".join(words)
    return text[:1].upper() + text[1:] if words[0] not in _SPELLED else text


def _sheet_table(
    here: Here, collection: str, ids: list[str], lines: list[str] | None, label: str
) -> str:
    sheets = [get(here, collection, record_id) for record_id in ids]
    if lines is None:
        lines = list(dict.fromkeys(line for sheet in sheets for line in sheet.specs))
    known = {line for sheet in sheets for line in sheet.specs}
    rows = []
    sources: list[SourceRef] = []
    for line in lines:
        if line not in known:
            raise RecordError(f"none of {', '.join(ids)} has a spec '{line}'")
        row = [f"**{spec_name(line)}**"]
        for sheet in sheets:
            spec = sheet.specs.get(line)
            if spec is None:
                row.append(NONE)
                continue
            row.append(
                link(
                    here,
                    escape(record_value(spec)),
                    collection,
                    sheet.id,
                    mark(spec.status, spec.state),
                )
            )
            sources += records.sources_of(sheet, line)
        rows.append(row)
    if collection == "chips":
        rows.append(["**Counted**", *(escape(sheet.accounting) for sheet in sheets)])
        for sheet in sheets:
            sources += sheet.sources
    headers = ["Property", *(sheet.name for sheet in sheets)]
    return table(headers, rows, label, caption=sources_note(sources))


def spec_table(here: Here, models: list[str], lines: list[str] | None = None) -> str:
    """Spec sheets side by side."""
    return _sheet_table(here, "models", models, lines, "Spec sheets side by side")


def chip_table(here: Here, chips: list[str], lines: list[str] | None = None) -> str:
    """Chips side by side, each with its accounting basis."""
    return _sheet_table(here, "chips", chips, lines, "Chips side by side")


def price_table(here: Here, ids: list[str]) -> str:
    """Prices per million tokens; a price with peak hours takes two rows."""
    rows, of, sources, currencies = [], [], [], set()
    for record_id in ids:
        record = get(here, "prices", record_id)
        classes = "fact--superseded" if record.status == "superseded" else ""
        currencies.add(record.currency)
        for row in price_rows(here.records, record):
            cells = [
                NONE if cell is None else link(here, cell[1], "prices", record_id, classes, cell[0])
                for cell in row.cells
            ]
            rows.append([row.label, *cells, row.when])
            of.append(f"prices/{record_id}")
        sources += record.sources
    headers = ("Model", "Cached input", "Input", "Output", "When")
    unit = " and ".join(
        {"USD": "US dollars", "CNY": "yuan", "EUR": "euros"}[c] for c in sorted(currencies)
    )
    note = sources_note(sources, f"Per million tokens, in {unit}. Sources")
    label = "Prices per million tokens"
    return table(headers, rows, label, numeric=(1, 2, 3), caption=note, records=marks(here, of))


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        fact_table,
        spec_table,
        chip_table,
        price_table,
    )
}
