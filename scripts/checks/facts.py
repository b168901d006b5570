"""Records that contradict themselves, each other, or the calendar.

Why: a unit that does not fit, a display form that says something else than the value, two
values for one thing, or a price nobody has looked at for half a year are mistakes that no
schema sees and every reader believes.

Good: value: 1600000000000, unit: parameters, display: 1.6 trillion
Bad: value: "27", unit: percent; or display: 41% beside value: 14
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from scripts.problems import Problem
from scripts.sources.records.dates import is_date
from scripts.sources.records.loading import Dataset
from scripts.sources.review import last_day

NUMBERLESS = {"text", "date"}
MAGNITUDES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9,
    "b": 10**9, "trillion": 10**12, "t": 10**12,
}  # fmt: skip
BINARY = {"k": 2**10, "m": 2**20}
WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBER = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<magnitude>thousand|million|billion|trillion|bn|[KMBTk])?\b"
    r"|(?P<digits2>\d[\d,]*(?:\.\d+)?)"
)
_ABOUT = Decimal("0.02")
"""How far, as a share of it, "about 540" may be from the value."""
_SYMBOLS = {"usd": "$", "cny": "¥"}
_WORDS = {"usd": "dollar", "cny": "yuan"}


def _numbers(text: str) -> Iterator[tuple[Decimal, Decimal]]:
    """Numbers that a reader would see in ``text``, each with half a unit of its last digit."""
    for match in _NUMBER.finditer(text):
        digits = (match["digits"] or match["digits2"]).replace(",", "")
        magnitude = (match["magnitude"] or "").lower()
        value = Decimal(digits)
        step = Decimal(1).scaleb(value.as_tuple().exponent) / 2
        factors = [1, MAGNITUDES.get(magnitude, 1)]
        if magnitude in BINARY:
            factors.append(BINARY[magnitude])
        for factor in factors:
            yield value * factor, step * factor
    for mantissa, exponent in re.findall(r"(\d+(?:\.\d+)?)e(-?\d+)", text):
        value = Decimal(f"{mantissa}e{exponent}")
        yield value, Decimal(1).scaleb(value.as_tuple().exponent) / 2
    for name, factor in {"PFLOPS": 1000, "EFLOPS": 10**6}.items():  # of a value in TFLOPS
        for digits in re.findall(rf"(\d+(?:\.\d+)?) {name}", text):
            value = Decimal(digits) * factor
            yield value, Decimal(1).scaleb(Decimal(digits).as_tuple().exponent) * factor / 2
    for sum_ in re.findall(r"\d+(?: \+ \d+)+", text):
        yield Decimal(sum(int(term) for term in sum_.split(" + "))), Decimal("0.5")
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in WORDS:
            yield Decimal(WORDS.index(word) + 1), Decimal("0.5")


def shows(display: str, value: Decimal) -> bool:
    """Whether ``display`` holds ``value``, rounded or with a magnitude (1.6 trillion), or none."""
    found = list(_numbers(display))
    loose = abs(value) * _ABOUT if re.search(r"\babout\b|~", display) else 0
    return not found or any(abs(abs(value) - number) <= max(half, loose) for number, half in found)


def _values(record: Any) -> Iterator[tuple[str, Any]]:
    """The record itself and the lines of its sheet, as far as they carry a unit."""
    if hasattr(record, "unit") and hasattr(record, "value"):
        yield "", record
    for line, spec in getattr(record, "specs", {}).items():
        yield f"{line}: ", spec


def _units(data: Dataset) -> Iterator[Problem]:
    for name, record in data.records():
        for where, item in _values(record):
            field = "specs" if where else "unit"

            def problem(message: str, name=name, record=record, field=field, where=where):
                return data.problem(name, record.id, where + message, field, "value", rule="facts")

            value, unit = item.value, item.unit
            if isinstance(value, Decimal) and unit in NUMBERLESS:
                yield problem(
                    f"the number {value} has the unit '{unit}'; give it a unit of its own"
                )
            elif isinstance(value, str) and unit not in NUMBERLESS:
                try:
                    Decimal(value if value.isascii() else "no")
                    yield problem(f"'{value}' is quoted, so it is text; take the quotes off")
                except InvalidOperation:
                    digits = "; a number is digits alone, such as -1234.5, and signs are its unit"
                    yield problem(
                        f"the text '{value}' cannot have the unit '{unit}'"
                        + (digits if re.search(r"\d", value) else "")
                    )
            elif unit == "date" and item.state == "known" and not is_date(str(value)):
                yield problem(f"'{value}' is not a date; write YYYY-MM-DD")
            if item.display and isinstance(value, Decimal) and not shows(item.display, value):
                yield problem(f"display '{item.display}' does not show the value {value}")
            if item.display and unit in _SYMBOLS:
                others = set(_SYMBOLS.values()) - {_SYMBOLS[unit]}
                mine = _SYMBOLS[unit] in item.display or _WORDS[unit] in item.display
                if not mine and any(symbol in item.display for symbol in others):
                    yield problem(f"display '{item.display}' is not in the unit '{unit}'")


def _disagreements(data: Dataset) -> Iterator[Problem]:
    """Two records for the same thing at the same time with different values."""
    groups: dict[tuple, list[tuple[str, Any, Any]]] = defaultdict(list)
    for fact in data["facts"].values():
        value = fact.value if fact.value is not None else (fact.low, fact.high)
        if fact.state == "known":
            groups[("facts", fact.label.lower(), fact.as_of)].append(("facts", fact, value))
    for result in data["results"].values():
        if result.score is not None:
            key = (
                "results", result.benchmark, result.model, result.checkpoint, result.mode,
                result.metric, result.harness, result.setting, result.reported_by, result.as_of,
            )  # fmt: skip
            groups[key].append(("results", result, result.score))
    for group in groups.values():
        name, first, value = group[0]
        for _, other, differs in group[1:]:
            linked = first.id in other.disputes + other.supersedes or (
                other.id in first.disputes + first.supersedes
            )
            if differs != value and not linked:
                yield data.problem(
                    name,
                    other.id,
                    f"says {differs} where '{first.id}' says {value}; link them with "
                    f"'disputes: [{first.id}]', or say what sets them apart",
                    "score",
                    "value",
                    "low",
                    rule="facts",
                )


def _status(data: Dataset) -> Iterator[Problem]:
    """What was superseded says so, and what is disputed names the other side."""
    for name, record in data.records():
        if getattr(record, "status", "") == "disputed":
            named = record.disputes or any(
                record.id in other.disputes for other in data[name].values()
            )
            if not named and not record.note:
                yield data.problem(
                    name,
                    record.id,
                    "is disputed, but names no other record under 'disputes' and has no 'note' "
                    "that tells the other side",
                    "status",
                    rule="facts",
                )
        for other_id in getattr(record, "supersedes", []):
            other = data[name].get(other_id)
            if other is not None and other.status != "superseded" and name == "facts":
                yield data.problem(
                    name,
                    other_id,
                    f"is superseded by '{record.id}'; set 'status: superseded'",
                    "status",
                    rule="facts",
                )
            if other is not None and _first_day(other.as_of) > last_day(record.as_of):
                yield data.problem(
                    name,
                    record.id,
                    f"supersedes '{other_id}', which is of a later day ({other.as_of})",
                    "supersedes",
                    rule="facts",
                )


def _first_day(date: str) -> dt.date:
    """The first day that a partial date may mean."""
    parts = [int(part) for part in date.split("-")]
    return dt.date(*parts, *[1] * (3 - len(parts)))


def _reviews(data: Dataset, today: dt.date) -> Iterator[Problem]:
    for name, record in data.records():
        # A period that a file gives all its records makes a list (``make stale``), no warnings.
        own = "review_days" in data.place(name, record.id).fields
        days = record.review_days if own else None
        if days is None and name == "prices":
            current = record.start is not None and record.end is None
            days = 120 if current and record.status != "superseded" else None
        if days is None:
            continue
        age = (today - last_day(record.as_of)).days
        if age > days:
            yield data.problem(
                name,
                record.id,
                f"was last confirmed for {record.as_of}, {age} days ago, and should be looked at "
                f"every {days} days: read the source again and move 'as_of', or add a new record",
                "as_of",
                rule="facts",
                level="warning",
            )


def _future(data: Dataset, today: dt.date) -> Iterator[Problem]:
    for name, record in data.records():
        as_of = getattr(record, "as_of", None) or ""
        if as_of > today.isoformat()[: len(as_of)]:
            message = f"as_of {as_of} is in the future; give the day for which it was true"
            yield data.problem(name, record.id, message, "as_of", rule="facts")


def check(data: Dataset, today: dt.date | None = None) -> Iterator[Problem]:
    today = today or dt.date.today()
    yield from _units(data)
    yield from _disagreements(data)
    yield from _status(data)
    yield from _reviews(data, today)
    yield from _future(data, today)
