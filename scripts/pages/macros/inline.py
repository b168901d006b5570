"""Macros that print one value in running text, with its source."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from scripts.pages.cells import RecordError, cite, get, mark, value_span
from scripts.pages.here import Here
from scripts.pages.operands import Operand, operand, pair
from scripts.problems import nearest
from scripts.sources.records import lookup as records
from scripts.sources.records.formatting import (
    day,
    machine_value,
    money,
    number,
    record_value,
    significant,
)


def fact(here: Here, record_id: str, cite_it: bool = True, **options: bool) -> str:
    """A fact's value and unit, then its citations (``cite=False`` leaves them out)."""
    record = get(here, "facts", record_id)
    text = value_span(
        here,
        record_value(record),
        machine_value(record),
        f"facts/{record_id}",
        mark(record.status, record.state, bool(record.computed_from)),
    )
    show = options.get("cite", cite_it)
    return text + (cite(record.sources, f"facts/{record_id}") if show else "")


def _sheet_line(here: Here, collection: str, record_id: str, line: str, show: bool) -> str:
    record = get(here, collection, record_id)
    if line not in record.specs:
        raise RecordError(f"'{record_id}' has no spec '{line}'{nearest(line, record.specs)}")
    spec = record.specs[line]
    where = f"{collection}/{record_id}.{line}"
    text = value_span(
        here, record_value(spec), machine_value(spec), where, mark(spec.status, spec.state)
    )
    return text + (cite(records.sources_of(record, line), where) if show else "")


def spec(here: Here, model: str, line: str, **options: bool) -> str:
    """A line of a model's spec sheet."""
    return _sheet_line(here, "models", model, line, options.get("cite", True))


def chip(here: Here, chip_id: str, line: str, **options: bool) -> str:
    """A line of a chip's spec sheet."""
    return _sheet_line(here, "chips", chip_id, line, options.get("cite", True))


def price(here: Here, record_id: str, field: str, tier: str | None = None, **options: bool) -> str:
    """One rate of a price, per million tokens, in its currency."""
    found = operand(here, f"price:{record_id}:{field}" + (f":{tier}" if tier else ""))
    record = get(here, "prices", record_id)
    if record.rates is None and tier is None:
        raise RecordError(f"price '{record_id}' has peak hours: say tier='peak' or tier='off_peak'")
    text = value_span(
        here,
        money(found.value, record.currency),
        str(found.value),
        found.record,
        mark(record.status),
        field + (f":{tier}" if tier else ""),
    )
    return text + (cite(record.sources, found.record) if options.get("cite", True) else "")


def score(here: Here, record_id: str, **options: bool) -> str:
    """A benchmark result."""
    record = get(here, "results", record_id)
    text = value_span(
        here,
        records.score_text(here.records, record),
        None if record.score is None else str(record.score),
        f"results/{record_id}",
        mark(record.status, record.state),
    )
    return text + (
        cite(record.sources, f"results/{record_id}") if options.get("cite", True) else ""
    )


def event_date(here: Here, record_id: str, **options: bool) -> str:
    """The date of an event, as precise as it is known."""
    record = get(here, "events", record_id)
    text = (
        f'<span class="fact" data-fact="events/{record_id}" data-since="{record.date}">'
        f'<time datetime="{record.date}">{day(record.date)}</time></span>'
    )
    return text + (cite(record.sources, f"events/{record_id}") if options.get("cite", True) else "")


def computed(
    here: Here, text: str, machine: Decimal, inputs: list[Operand], show: bool = True
) -> str:
    """A number of our own, marked as computed, that cites what it was computed from."""
    where = " ".join(item.record for item in inputs)
    span = value_span(here, text, str(machine), where, "fact--computed")
    once = {item.sources[0].key: item for item in reversed(inputs)}
    shown = [item for item in inputs if once[item.sources[0].key] is item]
    return span + (
        "".join(cite(i.sources[:1], i.record, computed=True) for i in shown) if show else ""
    )


def ratio(here: Here, first: str, second: str, digits: int = 2, **options: bool) -> str:
    """``about 7.1 times``: the first over the second."""
    a, b = pair(here, first, second)
    if b.value == 0:
        raise RecordError(f"'{second}' is zero: no ratio")
    exact = a.value / b.value
    shown = significant(exact, digits)
    about = "" if shown == exact else "about "
    return computed(here, f"{about}{number(shown)} times", exact, [a, b], options.get("cite", True))


def share(here: Here, first: str, second: str, digits: int = 2, **options: bool) -> str:
    """``27%``: the first as a share of the second."""
    a, b = pair(here, first, second)
    if b.value == 0:
        raise RecordError(f"'{second}' is zero: no share")
    exact = 100 * a.value / b.value
    text = f"{number(significant(exact, digits))}%"
    return computed(here, text, exact, [a, b], options.get("cite", True))


def change(here: Here, first: str, second: str, digits: int | None = None, **options: bool) -> str:
    """``+114%`` or ``−62%``: from the first to the second."""
    a, b = pair(here, first, second)
    if a.value == 0:
        raise RecordError(f"'{first}' is zero: no percentage change")
    exact = 100 * (b.value - a.value) / a.value
    shown = (
        significant(exact, digits) if digits else exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    )
    sign = "+" if shown > 0 else ""
    return computed(here, f"{sign}{number(shown)}%", exact, [a, b], options.get("cite", True))


def workload_cost(
    here: Here,
    record_id: str,
    cached: int = 0,
    uncached: int = 0,
    output: int = 0,
    calls: int = 1,
    tier: str | None = None,
    **options: bool,
) -> str:
    """What so many calls with so many tokens each cost at a price, in its currency."""
    record = get(here, "prices", record_id)
    total = Decimal(0)
    for field, tokens in (("cache_hit", cached), ("cache_miss", uncached), ("output", output)):
        if tokens:
            name = f"price:{record_id}:{field}" + (f":{tier}" if tier else "")
            total += operand(here, name).value * tokens * calls / 1_000_000
    shown = (
        total.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        if total >= Decimal("0.1")
        else significant(total, 2)
    )
    base = Operand(total, "money", f"prices/{record_id}", record.sources)
    return computed(here, money(shown, record.currency), total, [base], options.get("cite", True))


MACROS = {
    "fact": fact,
    "spec": spec,
    "chip": chip,
    "price": price,
    "score": score,
    "event_date": event_date,
    "ratio": ratio,
    "share": share,
    "change": change,
    "workload_cost": workload_cost,
}
