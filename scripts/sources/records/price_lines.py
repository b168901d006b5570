"""Prices in the order of time: which one of a seller's API name held when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scripts.sources.records.loading import Dataset

IN_FORCE = {"list", "promotion"}

Key = tuple[str, str, str]
"""Seller, API name, currency."""


def price_lines(data: Dataset) -> dict[Key, list[Any]]:
    """Prices in force by (seller, API name, currency), each line in the order of time."""
    lines: dict[Key, list[Any]] = defaultdict(list)
    for price in data["prices"].values():
        if price.api_name and price.start and price.kind in IN_FORCE:
            lines[(price.seller, price.api_name, price.currency)].append(price)
    for line in lines.values():
        line.sort(key=lambda price: price.start)
    return lines


def same_amounts_since(data: Dataset, price: Any) -> dt.datetime | None:
    """Since when buyers pay these amounts; None for what was seen without an interval.

    A record begins with each change of rules or weights too: the records of the same line that
    came before it without a gap, and with the same rates, belong to the same amounts.
    """
    since: dt.datetime | None = price.start
    for earlier in reversed(
        price_lines(data).get((price.seller, price.api_name, price.currency), [])
    ):
        same = all(
            getattr(earlier, rates) == getattr(price, rates)
            for rates in ("rates", "off_peak", "peak", "long_prompt")
        )
        if earlier.end == since and same:
            since = earlier.start
    return since


@dataclass(frozen=True)
class Held:
    """A price and the half-open interval in which a line of API names had it."""

    price: Any
    start: dt.datetime
    end: dt.datetime | None

    def covers(self, instant: dt.datetime) -> bool:
        return self.start <= instant and (self.end is None or instant < self.end)


def chain(lines: Mapping[Key, Sequence[Any]], key: Key) -> list[Held]:
    """What buyers of an API name paid, oldest first, back through the names it ``succeeds``.

    A name that goes on beside its successor counts only until the successor begins.
    """
    seller, _, currency = key
    held = [Held(price, price.start, price.end) for price in lines[key]]
    while name := held[0].price.succeeds:
        begin = held[0].start
        earlier = [
            Held(price, price.start, min(price.end or begin, begin))
            for price in lines.get((seller, name, currency), ())
            if price.start < begin
        ]
        if not earlier or any(item.price is earlier[0].price for item in held):
            break
        held = earlier + held
    return held


def held_at(line: Sequence[Held], instant: dt.datetime) -> Any | None:
    """The price of a line at an instant; None before its first, after its last and in a gap."""
    return next((item.price for item in line if item.covers(instant)), None)
