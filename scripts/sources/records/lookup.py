"""Records as the pages need them: their names, values in words, provenance and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from scripts.sources.identity import SHORT
from scripts.sources.pages import built_path
from scripts.sources.records.formatting import STATES, day, money, number, quantity, record_value
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import Price, Rates, SourceRef

PAGES = {
    "facts": "/reference/facts/index.md",
    "claims": "/release/first-day-story.md",
    "rumors": "/reference/rumors.md",
    "corrections": "/reference/corrections.md",
    "glossary": "/reference/glossary.md",
    "error_codes": "/reference/facts/api.md",
    "limits": "/reference/facts/api.md",
    "engines": "/reference/facts/api.md",
}
"""Where the records of a collection are listed; the others have a page of their own."""


@dataclass(frozen=True)
class Provenance:
    """What the note of a citation says of a record, and where its entry is."""

    html: str
    href: str


def href(collection: str, record_id: str) -> str:
    """Address of a record's entry, from the top of ``docs/``."""
    page = PAGES.get(collection, f"/reference/facts/{collection}.md")
    return f"{page}#{record_id}"


def address(collection: str, record_id: str) -> str:
    """Where a record is shown, from the top of the site: its own page, or its entry in a list."""
    if collection == "facts":
        return f"{SHORT}/{record_id}/"
    page, _, anchor = href(collection, record_id).partition("#")
    return f"{built_path(page.lstrip('/'))}#{anchor}"


def party_name(data: Dataset, party_id: str) -> str:
    party = data["parties"].get(party_id)
    return party.name if party else party_id


def split_spec(record_id: str) -> tuple[str, str | None]:
    """``v4-pro.layers`` -> the sheet and the line on it; no line for a whole record."""
    sheet, _, line = record_id.partition(".")
    return sheet, line or None


def provenance(data: Dataset, collection: str, record_id: str) -> Provenance | None:
    """What a note says of a record; None if there is no such record."""
    sheet, line = split_spec(record_id)
    record = data[collection].get(sheet)
    if record is None:
        return None
    label, value, status, state, note = _summary(data, collection, record, line)
    spec = getattr(record, "specs", {}).get(line)
    by = (spec and spec.reported_by) or record.reported_by
    bits = [f"as of {day(record.as_of)}", f"reported by {party_name(data, by)}"]
    bits.append(f'<span class="status status--{status}">{status}</span>')
    if state != "known":
        bits.append(f'<span class="state state--{state}">{state.replace("-", " ")}</span>')
    if getattr(record, "computed_from", None):
        bits.append('<span class="status status--computed">computed</span>')
    html = f"<b>{escape(label)}</b> {escape(value)}<br>{' · '.join(bits)}"
    if note:
        html += f'<br><span class="cite-note">{escape(note)}</span>'
    return Provenance(html, href(collection, sheet))


def spec_status(sheet: Any, spec: Any) -> str:
    """How well a line of a spec sheet is attested: as the sheet, where it has no own word."""
    return str(spec.status if "status" in spec.model_fields_set else sheet.status)


def _summary(
    data: Dataset, collection: str, record: Any, line: str | None
) -> tuple[str, str, str, str, str | None]:
    """Label, value, status, state and note of any record."""
    if line and line in getattr(record, "specs", {}):
        spec = record.specs[line]
        name = line.replace("-", " ")
        status = spec_status(record, spec)
        return f"{record.name}: {name}", record_value(spec), status, spec.state, spec.note
    if collection == "facts":
        label, value = record.label, record_value(record)
    elif collection == "prices":
        model = data["models"].get(record.model)
        label = f"{party_name(data, record.seller)}, {model.name if model else record.model}"
        value = price_line(record)
    elif collection == "results":
        label, value = result_label(data, record), score_text(data, record)
    elif collection == "events":
        label, value = record.title, day(record.date)
    else:
        label = getattr(record, "name", None) or getattr(record, "term", None) or record.id
        value = ""
    return label, value, record.status, record.state, record.note


def named(data: Dataset, collection: str, record_id: str) -> tuple[str, str]:
    """What a record is of, and its value in words; the value may be empty."""
    record = data[collection][record_id]
    label, value, *_ = _summary(data, collection, record, None)
    said = getattr(record, "claim", None) or getattr(record, "was", None)
    return said or label, value


def name_of(data: Dataset, collection: str, record: Any) -> str:
    """What a record is of, in words."""
    return str(_summary(data, collection, record, None)[0])


def rates_of(price: Price, tier: str | None = None) -> Rates:
    """The rates of a price; ``tier`` is needed only where there are peak hours."""
    if price.rates is not None:
        return price.rates
    if tier == "peak":
        return price.peak  # type: ignore[return-value]
    return price.off_peak  # type: ignore[return-value]


def price_line(price: Price) -> str:
    """All rates of a price in one line, per million tokens."""
    out = []
    for name, rates in (("", price.rates), ("off-peak ", price.off_peak), ("peak ", price.peak)):
        if rates is None:
            continue
        cells = [
            f"{label} {money(value, price.currency)}"
            for label, value in (
                ("cached", rates.cache_hit),
                ("input", rates.cache_miss),
                ("output", rates.output),
            )
            if value is not None
        ]
        out.append(name + ", ".join(cells))
    return "; ".join(out) + " per million tokens"


def result_label(data: Dataset, result: Any) -> str:
    benchmark = data["benchmarks"].get(result.benchmark)
    model = data["models"].get(result.model)
    mode = f" ({result.mode})" if result.mode else ""
    return (
        f"{benchmark.name if benchmark else result.benchmark}, "
        f"{model.name if model else result.model}{mode}"
    )


def score_text(data: Dataset, result: Any) -> str:
    """A score with the unit of its benchmark, or the state that it is in."""
    if result.display:
        return result.display
    if result.score is None:
        return STATES.get(result.state, "unknown")
    benchmark = data["benchmarks"].get(result.benchmark)
    unit = benchmark.unit if benchmark else "count"
    return quantity(result.score, unit) if unit in {"percent", "elo"} else number(result.score)


def sources_of(record: Any, line: str | None = None) -> list[SourceRef]:
    """The sources of a record, or of one line of its spec sheet."""
    if line and line in getattr(record, "specs", {}) and record.specs[line].sources:
        return record.specs[line].sources
    return record.sources
