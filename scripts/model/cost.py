"""What a workload costs: the price in force, the hours that are dear, and the bill.

Everything is exact. A rate is money per million tokens with at most six decimals, so a token
costs a whole number of 10⁻¹² of the currency; the share of a workload that falls into peak hours
is given in hundredths of a percent. Amounts are therefore whole numbers of 1/``UNIT`` of the
currency, and nothing is rounded before ``money_text``.

Instants are aware datetimes. Intervals are half-open: ``from`` belongs to them, ``to`` does not.
A price without ``from`` is a snapshot; it has no interval and is never "in force" here.

docs/assets/javascripts/tools/cost/model.js repeats this file; tests/browser compares them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from scripts.model.workload import Calls
from scripts.sources.records.formatting import SYMBOLS
from scripts.sources.records.schema import PeakScheme, Price, Rates

RATE_DECIMALS = 6
WHOLE = 10_000
"""All of a workload, in hundredths of a percent."""
UNIT = 10 ** (6 + RATE_DECIMALS) * WHOLE
"""Amounts are whole numbers of 1/UNIT of the currency: 10⁻¹⁶."""

IN_FORCE = ("list", "promotion")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_WEEK = 7 * 24 * 60

Tier = Literal["one", "off_peak", "peak"]
Note = Literal[
    "no-cache-price",
    "cache-write",
    "long-prompt",
    "prompt-unknown",
    "no-input-price",
    "no-output-price",
]
"""no-cache-price: cached input is billed like uncached, because no other rate is recorded.
cache-write: uncached input is billed at the rate for writing it to the cache.
long-prompt: the surcharge applies to at least one kind of call.
prompt-unknown: there is a surcharge, but the length of the prompts is not known; left out.
no-input-price, no-output-price: a rate that is needed is not recorded; no amount."""


def _aware(instant: dt.datetime) -> dt.datetime:
    """``instant`` in UTC. Raises ValueError for a datetime without a time zone."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(dt.UTC)


# ------------------------------------------------------------------ which price, which hours


def covers(price: Price, instant: dt.datetime) -> bool:
    """Whether ``price`` was charged at ``instant``."""
    moment = _aware(instant)
    return (
        price.kind in IN_FORCE
        and price.start is not None
        and price.start <= moment
        and (price.end is None or moment < price.end)
    )


def price_in_force(
    prices: Iterable[Price], seller: str, api_name: str, currency: str, instant: dt.datetime
) -> Price | None:
    """The price of an API name at an instant, None if none is recorded.

    Raises LookupError if the records contradict each other.
    """
    found = [
        price
        for price in prices
        if (price.seller, price.api_name, price.currency) == (seller, api_name, currency)
        and covers(price, instant)
    ]
    if len(found) > 1:
        raise LookupError(f"two prices at once: {', '.join(price.id for price in found)}")
    return found[0] if found else None


def _minutes(text: str) -> int:
    """``"09:30"`` in minutes since midnight; ``"24:00"`` is the end of the day."""
    hours, minutes = (int(part) for part in text.split(":"))
    total = hours * 60 + minutes
    if not (0 <= minutes < 60 and 0 <= total <= 24 * 60):
        raise ValueError(f"not a time of day: {text!r}")
    return total


def is_peak(scheme: PeakScheme, instant: dt.datetime) -> bool:
    """Whether an instant is billed at the dearer rate.

    The windows are times of day in UTC (one that ends before it begins runs past midnight); the
    day of the week and the holiday are those of the seller's zone at that instant. Raises
    ValueError outside the interval of the scheme.
    """
    moment = _aware(instant)
    if moment < scheme.start or (scheme.end is not None and moment >= scheme.end):
        raise ValueError(f"{scheme.id} is not in force at {moment.isoformat()}")
    day = moment.astimezone(ZoneInfo(scheme.zone)).date()
    if WEEKDAYS[day.weekday()] not in scheme.weekdays or day in scheme.holidays:
        return False
    now = moment.hour * 60 + moment.minute
    for first, last in scheme.windows_utc:
        begin, end = _minutes(first), _minutes(last)
        if begin <= now < end or (end < begin and (now >= begin or now < end)):
            return True
    return False


def tier_at(price: Price, schemes: Mapping[str, PeakScheme], instant: dt.datetime) -> Tier:
    """Which of its rates a price has at an instant. Raises KeyError for an unknown scheme."""
    if price.rates is not None:
        return "one"
    assert price.peak_scheme is not None  # the schema asks for it
    return "peak" if is_peak(schemes[price.peak_scheme], instant) else "off_peak"


def peak_minutes_a_week(scheme: PeakScheme, monday: dt.date) -> int:
    """Minutes of peak in the week that begins at midnight UTC on ``monday``."""
    start = dt.datetime.combine(monday, dt.time(), dt.UTC)
    return sum(
        is_peak(scheme, start + dt.timedelta(minutes=minute)) for minute in range(MINUTES_A_WEEK)
    )


# ------------------------------------------------------------------ the bill


@dataclass(frozen=True)
class Cost:
    """Amounts in 1/UNIT of the currency; None if a rate that is needed is not recorded."""

    currency: str
    cached: int | None
    uncached: int | None
    output: int | None
    notes: tuple[Note, ...]

    @property
    def total(self) -> int | None:
        if self.cached is None or self.uncached is None or self.output is None:
            return None
        return self.cached + self.uncached + self.output


def per_token(rate: Decimal) -> int:
    """A rate per million tokens as a whole number of 10⁻¹² of the currency per token.

    Raises ValueError if the rate is negative or has more than six decimals.
    """
    scaled = rate.scaleb(RATE_DECIMALS)
    if rate < 0 or scaled != scaled.to_integral_value():
        raise ValueError(f"a rate must be at least 0 and have at most six decimals, got {rate}")
    return int(scaled)


def tiers(price: Price, peak_share: int) -> list[tuple[int, Rates]]:
    """The rates that take part, with their weights (the sum is WHOLE)."""
    if isinstance(peak_share, bool) or not isinstance(peak_share, int):
        raise TypeError(f"peak_share must be a whole number, not {peak_share!r}")
    if not 0 <= peak_share <= WHOLE:
        raise ValueError(f"peak_share must be 0 to {WHOLE}, got {peak_share}")
    if price.rates is not None:
        return [(WHOLE, price.rates)]
    assert price.off_peak is not None and price.peak is not None  # the schema asks for it
    both = [(WHOLE - peak_share, price.off_peak), (peak_share, price.peak)]
    return [(weight, rates) for weight, rates in both if weight]


def cost(
    price: Price, workload: Sequence[Calls], *, peak_share: int = 0, write_cache: bool = False
) -> Cost:
    """What a workload costs at a price.

    ``peak_share``: how much of it falls into peak hours, in hundredths of a percent; a price
    without peak hours ignores it. ``write_cache``: uncached input is kept in the cache, which
    some sellers bill at a rate of its own. A prompt longer than the threshold pays the
    surcharge for the whole request, output included, at all hours.
    """
    notes: set[Note] = set()
    sums: dict[str, int | None] = {"cached": 0, "uncached": 0, "output": 0}
    bands = {False: [0, 0, 0], True: [0, 0, 0]}  # tokens by whether they pay the surcharge

    def add(part: str, rate: Decimal | None, quantity: int, missing: Note) -> None:
        if not quantity:
            return
        if rate is None:
            notes.add(missing)
            sums[part] = None
        elif (before := sums[part]) is not None:
            sums[part] = before + per_token(rate) * quantity

    for calls in workload:
        if not calls.count:
            continue
        long = False
        if price.long_prompt is not None and (calls.cached or calls.uncached):
            if not calls.prompt_known:
                notes.add("prompt-unknown")
            elif calls.cached + calls.uncached > price.long_prompt.above_tokens:
                long = True
                notes.add("long-prompt")
        for index, tokens in enumerate((calls.cached, calls.uncached, calls.output)):
            bands[long][index] += tokens * calls.count
    taking_part = tiers(price, peak_share)
    for long, (cached, uncached, output) in bands.items():
        for weight, base in taking_part:
            rates = price.long_prompt.rates if long and price.long_prompt else base
            fresh = rates.cache_miss
            if write_cache and rates.cache_write is not None and uncached:
                fresh = rates.cache_write
                notes.add("cache-write")
            again = rates.cache_hit
            if again is None and cached:
                again = rates.cache_miss
                notes.add("no-cache-price")
            add("cached", again, cached * weight, "no-input-price")
            add("uncached", fresh, uncached * weight, "no-input-price")
            add("output", rates.output, output * weight, "no-output-price")
    return Cost(price.currency, **sums, notes=tuple(sorted(notes)))


def peak_surcharge(
    price: Price, workload: Sequence[Calls], *, peak_share: int, write_cache: bool = False
) -> int | None:
    """How much dearer a bill is than it would be with all of the work off-peak.

    None if a rate that is needed is not recorded.
    """
    total = cost(price, workload, peak_share=peak_share, write_cache=write_cache).total
    off_peak = cost(price, workload, peak_share=0, write_cache=write_cache).total
    return None if total is None or off_peak is None else total - off_peak


def cost_at(
    price: Price,
    schemes: Mapping[str, PeakScheme],
    workload: Sequence[Calls],
    instant: dt.datetime,
    *,
    write_cache: bool = False,
) -> Cost:
    """What a workload costs if all of it is sent at one instant."""
    share = WHOLE if tier_at(price, schemes, instant) == "peak" else 0
    return cost(price, workload, peak_share=share, write_cache=write_cache)


def calls_to_break_even(own_cost: int, total: int, calls: int) -> int | None:
    """From how many calls on the same workload costs at least ``own_cost``.

    ``total``: what ``calls`` calls cost, in the same unit. None if they cost nothing.
    """
    if own_cost < 0 or total < 0 or calls < 0:
        raise ValueError("amounts and counts must not be negative")
    return -(-own_cost * calls // total) if total and calls else None


# ------------------------------------------------------------------ in the course of time


@dataclass(frozen=True)
class Step:
    """What a workload cost in one interval: outside and inside peak hours."""

    price: str
    start: dt.datetime
    end: dt.datetime | None
    low: int | None
    high: int | None


def line(
    prices: Iterable[Price], seller: str, api_names: Sequence[str], currency: str
) -> list[Price]:
    """Dated prices of API names that follow one another, in the order of time."""
    found = [
        price
        for price in prices
        if price.seller == seller
        and price.api_name in api_names
        and price.currency == currency
        and price.kind in IN_FORCE
        and price.start is not None
    ]
    return sorted(found, key=lambda price: price.start or dt.datetime.max)


def steps(
    prices: Sequence[Price], workload: Sequence[Calls], *, write_cache: bool = False
) -> list[Step]:
    """A workload at each price of a line."""
    out = []
    for price in prices:
        assert price.start is not None
        low = cost(price, workload, peak_share=0, write_cache=write_cache).total
        high = cost(price, workload, peak_share=WHOLE, write_cache=write_cache).total
        out.append(Step(price.id, price.start, price.end, low, high))
    return out


@dataclass(frozen=True)
class Day:
    """The lowest and the highest price of a workload on a day (UTC), and the records in force."""

    low: int | None
    high: int | None
    prices: tuple[str, ...]


def _moments(
    day: dt.date, prices: Sequence[Price], schemes: Mapping[str, PeakScheme]
) -> Iterator[dt.datetime]:
    """Every instant of a day (UTC) at which a price or a tier may begin, and its start."""
    start = dt.datetime.combine(day, dt.time(), dt.UTC)
    end = start + dt.timedelta(days=1)
    found = {start + dt.timedelta(minutes=15 * quarter) for quarter in range(96)}  # zones' days
    for price in prices:
        found |= {edge for edge in (price.start, price.end) if edge and start <= edge < end}
    for name in {price.peak_scheme for price in prices if price.peak_scheme}:
        for window in schemes[name].windows_utc:
            edges = (start + dt.timedelta(minutes=_minutes(edge)) for edge in window)
            found |= {edge for edge in edges if edge < end}
    yield from sorted(found)


def on_day(
    prices: Sequence[Price],
    schemes: Mapping[str, PeakScheme],
    workload: Sequence[Calls],
    day: dt.date,
    *,
    write_cache: bool = False,
) -> Day | None:
    """What a workload cost on a day, at its cheapest and its dearest hour; None without price."""
    names: dict[str, None] = {}
    totals: list[int | None] = []
    for moment in _moments(day, prices, schemes):
        price = next((price for price in prices if covers(price, moment)), None)
        if price is None:
            continue
        names[price.id] = None
        totals.append(cost_at(price, schemes, workload, moment, write_cache=write_cache).total)
    if not names:
        return None
    known = [total for total in totals if total is not None]
    whole = len(known) == len(totals)
    return Day(min(known) if whole else None, max(known) if whole else None, tuple(names))


# ------------------------------------------------------------------ for readers


def _rounded(numerator: int, denominator: int, decimals: int) -> int:
    """A fraction in units of 10⁻ᵈᵉᶜⁱᵐᵃˡˢ, half up."""
    return (2 * numerator * 10**decimals + denominator) // (2 * denominator)


def money_text(numerator: int, denominator: int, currency: str) -> str:
    """An amount as readers see it: two decimals from ten cents up, two digits below.

    The amount is ``numerator / denominator`` of the currency. ``$1.38``, ``$0.00021``.
    """
    if numerator < 0 or denominator <= 0:
        raise ValueError("an amount must not be negative, and its denominator must be positive")
    decimals = 2
    if numerator and 10 * numerator < denominator:
        digits = 1  # the first one that counts stands at 10 ** -digits
        while numerator * 10**digits < denominator:
            digits += 1
        decimals = digits + 1
    units = _rounded(numerator, denominator, decimals)
    whole, rest = divmod(units, 10**decimals)
    return f"{SYMBOLS[currency]}{whole:,}.{rest:0{decimals}d}"
