"""Records as the pages need them: loaded once, looked up by id, with their provenance."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from scripts.sources.records import loading
from scripts.sources.records.formatting import day, money, number, record_value
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
    """What the hover note says of a record, and where its entry is."""

    html: str
    href: str


def _fingerprint() -> tuple[tuple[str, int], ...]:
    return tuple(
        (str(path), path.stat().st_mtime_ns) for _, path in loading.collection_files(loading.DATA)
    )


@functools.lru_cache(maxsize=1)
def _load(_fingerprint: Any) -> loading.Dataset:
    data, _ = loading.load(loading.DATA)
    return data


_current: loading.Dataset | None = None


def refresh() -> loading.Dataset:
    """Read ``data/`` again if a file of it has changed. Called once a build."""
    global _current
    _current = _load(_fingerprint())
    return _current


def dataset() -> loading.Dataset:
    """The records as of the last :func:`refresh`."""
    return _current if _current is not None else refresh()


@contextlib.contextmanager
def using(data: loading.Dataset) -> Iterator[None]:
    """Let the macros see these records instead of the project's own."""
    global _current
    before, _current = _current, data
    try:
        yield
    finally:
        _current = before


def href(collection: str, record_id: str) -> str:
    """Address of a record's entry, from the top of ``docs/``."""
    page = PAGES.get(collection, f"/reference/facts/{collection}.md")
    return f"{page}#{record_id}"


def party_name(party_id: str) -> str:
    party = dataset()["parties"].get(party_id)
    return party.name if party else party_id


def split_spec(record_id: str) -> tuple[str, str | None]:
    """``v4-pro.layers`` -> the sheet and the line on it; no line for a whole record."""
    sheet, _, line = record_id.partition(".")
    return sheet, line or None


def provenance(collection: str, record_id: str) -> Provenance | None:
    """The hover note of a record; None if there is no such record."""
    sheet, line = split_spec(record_id)
    record = dataset()[collection].get(sheet)
    if record is None:
        return None
    label, value, status, state, note = _summary(collection, record, line)
    bits = [f"as of {day(record.as_of)}", f"reported by {party_name(record.reported_by)}"]
    bits.append(f'<span class="status status--{status}">{status}</span>')
    if state != "known":
        bits.append(f'<span class="state state--{state}">{state.replace("-", " ")}</span>')
    html = f"<b>{escape(label)}</b> {escape(value)}<br>{' · '.join(bits)}"
    if note:
        html += f'<br><span class="cite-note">{escape(note)}</span>'
    return Provenance(html + " ", href(collection, sheet))


def _summary(
    collection: str, record: Any, line: str | None
) -> tuple[str, str, str, str, str | None]:
    """Label, value, status, state and note of any record."""
    if line and line in getattr(record, "specs", {}):
        spec = record.specs[line]
        name = line.replace("-", " ")
        return f"{record.name}: {name}", record_value(spec), spec.status, spec.state, spec.note
    if collection == "facts":
        label, value = record.label, record_value(record)
        if record.computed_from:
            value += " (computed)"
    elif collection == "prices":
        model = dataset()["models"].get(record.model)
        label = f"{party_name(record.seller)}, {model.name if model else record.model}"
        value = price_line(record)
    elif collection == "results":
        label, value = result_label(record), score_text(record)
    elif collection == "events":
        label, value = record.title, day(record.date)
    else:
        label = getattr(record, "name", None) or getattr(record, "term", None) or record.id
        value = ""
    return label, value, record.status, record.state, record.note


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


def result_label(result: Any) -> str:
    data = dataset()
    benchmark = data["benchmarks"].get(result.benchmark)
    model = data["models"].get(result.model)
    mode = f" ({result.mode})" if result.mode else ""
    return (
        f"{benchmark.name if benchmark else result.benchmark}, "
        f"{model.name if model else result.model}{mode}"
    )


def score_text(result: Any) -> str:
    """A score with the unit of its benchmark, or the state that it is in."""
    from scripts.sources.records.formatting import STATES, quantity

    if result.display:
        return result.display
    if result.score is None:
        return STATES.get(result.state, "unknown")
    benchmark = dataset()["benchmarks"].get(result.benchmark)
    unit = benchmark.unit if benchmark else "count"
    return quantity(result.score, unit) if unit in {"percent", "elo"} else number(result.score)


def sources_of(record: Any, line: str | None = None) -> list[SourceRef]:
    """The sources of a record, or of one line of its spec sheet."""
    if line and line in getattr(record, "specs", {}) and record.specs[line].sources:
        return record.specs[line].sources
    return record.sources
