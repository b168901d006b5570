"""Macros that print tables and lists from whole collections."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from scripts.pages.cells import (
    NONE,
    RecordError,
    cite,
    get,
    link,
    mark,
    sources_note,
    table,
)
from scripts.pages.here import Here
from scripts.sources.records import lookup as records
from scripts.sources.records.formatting import instant, money, record_value
from scripts.sources.records.lookup import party_name
from scripts.sources.records.schema import Rates, SourceRef


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
    return table(("What", "Value", "As of", "Who says so"), rows, "Facts")


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


def _rate_cells(
    here: Here, rates: Rates, currency: str, record_id: str, classes: str, tier: str = ""
) -> list[str]:
    fields = ("cache_hit", "cache_miss", "output")
    values = [(field, getattr(rates, field)) for field in fields]
    return [
        NONE
        if value is None
        else link(here, money(value, currency), "prices", record_id, classes, field + tier)
        for field, value in values
    ]


def _period(price: Any) -> str:
    start, end = instant(price.start), instant(price.end)
    if start and end:
        return f"{start} to {end}"
    if start:
        return f"since {start}"
    if end:
        return f"until {end}"
    return f"seen {price.as_of}"


def price_table(here: Here, ids: list[str]) -> str:
    """Prices per million tokens; a price with peak hours takes two rows."""
    rows, sources, currencies = [], [], set()
    for record_id in ids:
        record = get(here, "prices", record_id)
        model = here.records["models"].get(record.model)
        name = model.name if model else record.model
        seller = party_name(here.records, record.seller)
        if model is None or seller.lower() not in f"{name} {model.developer}".lower():
            name = f"{name} at {seller}"
        classes = "fact--superseded" if record.status == "superseded" else ""
        currencies.add(record.currency)
        tiers = [("", record.rates), (", off-peak", record.off_peak), (", peak", record.peak)]
        long = record.long_prompt
        if long:
            tiers.append((f", prompts above {long.above_tokens:,} tokens", long.rates))
        kind = {"promotion": " (promotion)", "announced-not-applied": " (announced, not applied)"}
        for tier, rates in tiers:
            if rates is not None:
                label = f"{name}{tier}{kind.get(record.kind, '')}"
                key = {", off-peak": ":off_peak", ", peak": ":peak"}.get(tier, "")
                cells = _rate_cells(here, rates, record.currency, record_id, classes, key)
                rows.append([label, *cells, _period(record)])
        sources += record.sources
    headers = ("Model", "Cached input", "Input", "Output", "When")
    unit = " and ".join(
        {"USD": "US dollars", "CNY": "yuan", "EUR": "euros"}[c] for c in sorted(currencies)
    )
    note = sources_note(sources, f"Per million tokens, in {unit}. Sources")
    return table(headers, rows, "Prices per million tokens", numeric=(1, 2, 3), caption=note)


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        fact_table,
        spec_table,
        chip_table,
        price_table,
    )
}
