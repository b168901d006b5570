"""Values that cannot be: ranges turned round, counts below zero, hours that no clock has, circles.

Why: tools and figures compute with records; a value that no calendar, clock or price list knows
breaks them without a word, or draws nonsense.

Good: {value: 27, low: 20, high: 30, unit: percent}
Bad: {low: 30, high: 20}, windows_utc: [['01:00', '25:00']], supersedes: [its-own-id]
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from scripts.problems import Problem, nearest
from scripts.sources.records.loading import Dataset
from scripts.sources.site import Site

RULE = "ranges"
SIGNED = {
    "percent", "points", "percentage-points", "elo", "index", "usd", "cny", "ratio", "text", "date",
}  # fmt: skip
"""Units in which a change, or a rating, can be below zero."""
COUNTED = {"layers", "heads", "experts", "dims", "groups", "chips", "parameters"}
"""Units of which there is no half."""
DEAREST = 10_000
"""Money per million tokens that nobody asks; the dearest model so far takes 50."""
WITHOUT_VALUE = {"absent", "not-public", "not-researched"}
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\Z|24:00\Z")
_KINDS = {"fact": "facts", "price": "prices", "result": "results", "score": "results",
          "chip": "chips", "spec": "models"}  # fmt: skip

Told = Callable[..., Problem]


def _value(item: Any, told: Told, field: str = "value") -> Iterator[Problem]:
    value = getattr(item, field, None)
    low, high = getattr(item, "low", None), getattr(item, "high", None)
    if value is not None and item.state in WITHOUT_VALUE:
        yield told(f"state '{item.state}' has a value; take one of them out", field, "state")
    if low is not None and high is not None:
        if low > high:
            yield told(f"'low' must not be above 'high': {low} and {high}", "low")
        elif isinstance(value, Decimal) and not low <= value <= high:
            yield told(f"the value {value} is outside of its range {low} to {high}", field)
    unit = getattr(item, "unit", "")
    for number in (value, low, high):
        if isinstance(number, Decimal) and number < 0 and unit not in SIGNED and field == "value":
            yield told(f"{number} {unit} is below zero", field, "low")
        if isinstance(number, Decimal) and unit in COUNTED and number % 1:
            yield told(f"{number} {unit}: there are only whole {unit}", field, "low")


def _specs(record: Any, told: Told) -> Iterator[Problem]:
    for name, spec in getattr(record, "specs", {}).items():
        if spec.state == "known" and spec.value is None:
            yield told(f"{name}: a known line needs a value; otherwise set 'state'", "specs")

        def of_line(message: str, *fields: str, name: str = name) -> Problem:
            return told(f"{name}: {message}", "specs")

        yield from _value(spec, of_line)


def _price(price: Any, told: Told) -> Iterator[Problem]:
    for name in ("rates", "peak", "off_peak"):
        rates = getattr(price, name)
        if rates is None:
            continue
        if not any(value is not None for _, value in rates):
            yield told(f"{name}: name a rate, such as 'output: 1'", name)
        if dear := [value for _, value in rates if value is not None and value > DEAREST]:
            yield told(f"{name}: {dear[0]:,} for a million tokens; is it the price of one?", name)
        hit, miss = rates.cache_hit, rates.cache_miss
        if hit is not None and miss is not None and hit > miss:
            yield told(f"{name}: a cache hit dearer than a miss; are they exchanged?", name)
    for name, moment in (("from", price.start), ("to", price.end)):
        if moment is not None and moment.year < 2000:
            yield told(f"'{name}' is in {moment.year}, before 2000", name)
        if moment is not None and moment.year > 2100:
            yield told(
                f"'{name}' is in {moment.year}, after 2100; leave it out if it has no end", name
            )


def _scheme(scheme: Any, told: Told) -> Iterator[Problem]:
    for first, last in scheme.windows_utc:
        wrong = [clock for clock in (first, last) if not _CLOCK.match(clock)]
        if wrong:
            yield told(f"'{wrong[0]}' is no time of day; write HH:MM, in quotes", "windows_utc")
        elif first >= last:
            message = f"the window {first} to {last} ends before it begins; make two of it at 24:00"
            yield told(message, "windows_utc")
    try:
        zoneinfo.ZoneInfo(scheme.zone)
    except (LookupError, ValueError, OSError):
        yield told(f"'{scheme.zone[:60]}' is no time zone, such as Asia/Shanghai", "zone")


def _result(result: Any, data: Dataset, told: Told) -> Iterator[Problem]:
    bench = data["benchmarks"].get(result.benchmark)
    if bench is not None and bench.unit == "percent" and result.score is not None:
        if result.score > 100:
            yield told(f"a score of {result.score} percent is more than 100", "score")
        if result.score < 0:
            yield told(f"a score of {result.score} percent is below zero", "score")


def _event(event: Any, told: Told) -> Iterator[Problem]:
    if event.end_date and event.end_date < event.date:
        yield told(f"ends before it begins: {event.date} and {event.end_date}", "end_date")
    if event.date[: len(event.as_of)] > event.as_of[: len(event.date)]:
        yield told(f"happened on {event.date}, after its as_of ({event.as_of})", "date")


def _page(record: Any, docs: Path, told: Told) -> Iterator[Problem]:
    page = (getattr(record, "page", None) or "").partition("#")[0]
    if page and not ((docs / page).is_file() and page.endswith(".md") and ".." not in page):
        known = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
        yield told(f"page '{page}' does not exist below docs/{nearest(page, known)}", "page")


def _computed(record: Any, data: Dataset, known: set[str], told: Told) -> Iterator[Problem]:
    for item in getattr(record, "computed_from", []):
        kind, colon, rest = item.partition(":")
        found = rest.partition(":")[0] if colon else item
        if colon and kind not in _KINDS:
            yield told(
                f"computed_from '{item}' names no kind{nearest(kind, _KINDS)}", "computed_from"
            )
            continue
        there = data[_KINDS[kind]] if colon else known
        if found not in there:
            message = f"computed_from '{item}' is no record of data/{nearest(found, there)}"
            yield told(message, "computed_from")


def _leads(data: Dataset, name: str, field: str) -> Mapping[str, list[str]]:
    out = {}
    for record in data[name].values():
        items = getattr(record, field, [])
        plain = (item.partition(":")[2] if item.startswith("fact:") else item for item in items)
        out[record.id] = [item for item in plain if item in data[name]]
    return out


def _circles(data: Dataset) -> Iterator[Problem]:
    """Records that come back to themselves by what they supersede or are computed from."""
    for field, words in (("supersedes", "supersedes"), ("computed_from", "is computed from")):
        for name in data.collections:
            leads = _leads(data, name, field)
            try:
                TopologicalSorter(leads).prepare()
            except CycleError as error:
                *path, first = error.args[1]
                way = "itself" if len(set(path)) == 1 else f"itself, by {', '.join(path[1:])}"
                yield data.problem(name, first, f"{words} {way}", field, rule=RULE)


def _former(data: Dataset) -> Iterator[Problem]:
    for name, record in data.records():
        for old in getattr(record, "former_ids", []):
            if old in data[name]:
                message = f"former id '{old}' is the id of another record; take it out"
                yield data.problem(name, record.id, message, "former_ids", rule=RULE)


def check(site: Site) -> Iterator[Problem]:
    data = site.records
    known = {record.id for _, record in data.records()}
    for name, record in data.records():

        def told(message: str, *fields: str, name: str = name, record: Any = record) -> Problem:
            return data.problem(name, record.id, message, *fields, rule=RULE)

        if hasattr(record, "state"):
            yield from _value(record, told, "score" if name == "results" else "value")
        yield from _specs(record, told)
        yield from _page(record, site.docs, told)
        yield from _computed(record, data, known, told)
        if name == "prices":
            yield from _price(record, told)
        elif name == "peak_schemes":
            yield from _scheme(record, told)
        elif name == "results":
            yield from _result(record, data, told)
        elif name == "events":
            yield from _event(record, told)
        if record.id in getattr(record, "disputes", []):
            yield told("disputes itself", "disputes")
    yield from _circles(data)
    yield from _former(data)
