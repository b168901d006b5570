"""The cost of a workload: by hand against the dossier, and properties that always hold."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.model import cost as model
from scripts.model.cost import UNIT, WHOLE, Calls
from scripts.model.workload import growing
from scripts.pages.here import Here
from scripts.pages.macros import inline
from scripts.sources.records.schema import PeakScheme, Price
from tests import real

SECOND = dt.timedelta(seconds=1)
DATA = real.records()
PRICES: dict[str, Price] = DATA["prices"]
SCHEMES: dict[str, PeakScheme] = DATA["peak_schemes"]
ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu")

CODEBASE = (Calls(0, 600_000, 2_000, 1), Calls(600_000, 4_000, 2_000, 30))
ARCHIVE = (Calls(0, 900, 100, 10_000),)
AGENT_DAY = (Calls(435_000_000, 770_000, 180_000, 1, prompt_known=False),)
CHAT = (Calls(0, 1_500, 400, 1_000),)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def in_force(name: str, instant: dt.datetime, currency: str = "USD") -> str | None:
    price = model.price_in_force(PRICES.values(), "deepseek", name, currency, instant)
    return price.id if price else None


def shown(workload, record: str, **options) -> str:
    total = model.cost(PRICES[record], workload, **options).total
    assert total is not None
    return model.money_text(total, UNIT, PRICES[record].currency)


# ------------------------------------------------------------------ by hand


@pytest.mark.parametrize(
    ("workload", "record", "peak", "expected"),
    [
        (CODEBASE, "deepseek-v4-flash-usd-2026-04-24", 0, "$0.62"),
        (CODEBASE, "deepseek-v4-flash-usd-2026-04-26", 0, "$0.17"),
        (CODEBASE, "deepseek-v4-flash-usd-2026-08-22", 0, "$0.33"),
        (CODEBASE, "deepseek-v4-flash-usd-2026-08-22", WHOLE, "$0.65"),
        (CODEBASE, "deepseek-flash-usd-2026-10-17", 0, "$0.20"),
        (CODEBASE, "deepseek-flash-usd-2026-10-17", WHOLE, "$0.40"),
        (CODEBASE, "deepseek-v4-pro-usd-2026-04-24", 0, "$4.08"),
        (CODEBASE, "deepseek-v4-pro-usd-2026-05-31", 0, "$0.43"),
        (CODEBASE, "deepseek-v4-pro-usd-2026-08-22", 0, "$0.99"),
        (CODEBASE, "deepseek-v4-pro-usd-2026-08-22", WHOLE, "$1.99"),
        (CODEBASE, "openai-gpt-5-4-2026-04", 0, "$14.00"),  # 0.72 x 5 + 18 x 0.50 + 0.062 x 22.50
        (CODEBASE, "openai-gpt-5-5-2026-04", 0, "$27.99"),
        (CODEBASE, "google-gemini-3-1-pro-2026-04", 0, "$11.20"),
        (ARCHIVE, "deepseek-v4-flash-usd-2026-04-26", 0, "$1.54"),
        (ARCHIVE, "deepseek-flash-usd-2026-10-17", WHOLE, "$3.90"),
        (ARCHIVE, "deepseek-v4-pro-usd-2026-04-24", 0, "$19.14"),
        (ARCHIVE, "deepseek-v4-pro-usd-2026-08-22", WHOLE, "$15.84"),
        (ARCHIVE, "openai-gpt-5-4-nano-2026-04", 0, "$3.05"),
        (ARCHIVE, "anthropic-claude-haiku-5-5-2026-10", 0, "$1.40"),
        (AGENT_DAY, "deepseek-v4-flash-usd-2026-04-24", 0, "$12.34"),
        (AGENT_DAY, "deepseek-v4-flash-usd-2026-04-26", 0, "$1.38"),
        (AGENT_DAY, "deepseek-flash-usd-2026-10-17", 0, "$1.53"),
        (AGENT_DAY, "deepseek-flash-usd-2026-10-17", WHOLE, "$3.06"),
        (AGENT_DAY, "deepseek-v4-pro-usd-2026-05-31", 0, "$2.07"),
        (AGENT_DAY, "deepseek-v4-pro-usd-2026-08-22", 0, "$10.43"),
        (AGENT_DAY, "deepseek-v4-pro-usd-2026-08-22", WHOLE, "$20.87"),
        (CHAT, "deepseek-flash-usd-2026-10-17", WHOLE, "$0.93"),
    ],
)
def test_against_the_dossier(workload, record, peak, expected):
    assert shown(workload, record, peak_share=peak) == expected


@pytest.mark.parametrize(
    ("record", "fact"),
    [
        ("anthropic-claude-sonnet-4-6-2026-04", "example-codebase-cost-claude-sonnet-4-6"),
        ("anthropic-claude-opus-4-7-2026-04", "example-codebase-cost-claude-opus-4-7"),
        ("anthropic-claude-opus-5-5-2026-10", "example-codebase-cost-claude-opus-5-5"),
        ("anthropic-claude-haiku-5-5-2026-10", "example-codebase-cost-claude-haiku-5-5"),
        ("openai-gpt-6-luna-2026-10", "example-codebase-cost-gpt-6-luna"),
    ],
)
def test_cache_writing_fee_as_on_the_page_on_rivals(record, fact):
    found = model.cost(PRICES[record], CODEBASE, write_cache=True)
    assert found.total is not None and "cache-write" in found.notes
    assert model.money_text(found.total, UNIT, "USD") == f"${DATA['facts'][fact].value:.2f}"


def test_half_of_the_calls_in_peak_hours_cost_the_mean():
    # (0.9 x 0.15 + 0.1 x 0.60) = 0.195 and double, for 10,000 calls: 1.95 and 3.90 dollars
    assert shown(ARCHIVE, "deepseek-flash-usd-2026-10-17", peak_share=5_000) == "$2.93"


def test_peak_hours_a_week():
    daily = SCHEMES["deepseek-peak-daily-2026-08"]
    assert sum(
        model.is_peak(daily, daily.start + dt.timedelta(minutes=minute))
        for minute in range(6 * 24 * 60)
    ) == 6 * 7 * 60  # fmt: skip
    weekdays = SCHEMES["deepseek-peak-weekdays-2026-08"]
    assert model.peak_minutes_a_week(weekdays, dt.date(2026, 11, 23)) == 35 * 60
    night = SCHEMES["deepseek-night-discount-2025"]
    assert model.peak_minutes_a_week(night, dt.date(2025, 3, 3)) == 7 * 16 * 60


# ------------------------------------------------------------------ which price, which hours


def dated() -> list[Price]:
    return [p for p in PRICES.values() if p.start and p.kind in model.IN_FORCE]


@pytest.mark.parametrize("price", dated(), ids=lambda price: price.id)
def test_intervals_are_half_open_to_the_second(price):
    def now(instant):
        found = model.price_in_force(
            PRICES.values(), price.seller, price.api_name, price.currency, instant
        )
        return found.id if found else None

    assert now(price.start) == price.id
    assert now(price.start - SECOND) != price.id
    if price.end:
        assert now(price.end - SECOND) == price.id
        assert now(price.end) != price.id
        assert now(price.end - dt.timedelta(microseconds=1)) == price.id
    else:
        assert now(dt.datetime(2036, 1, 1, tzinfo=dt.UTC)) == price.id


@pytest.mark.parametrize("price", dated(), ids=lambda price: price.id)
def test_a_price_lies_inside_its_peak_scheme(price):
    if price.peak_scheme:
        scheme = SCHEMES[price.peak_scheme]
        assert scheme.start <= price.start
        assert scheme.end is None or (price.end is not None and price.end <= scheme.end)


def test_two_prices_at_once_are_refused():
    price = PRICES["deepseek-flash-usd-2026-10-17"]
    twin = price.model_copy(update={"id": "twin"})
    with pytest.raises(LookupError, match="twin"):
        model.price_in_force(
            [price, twin], "deepseek", "deepseek-flash", "USD", at("2026-11-01T00:00:00Z")
        )


def test_what_was_announced_only_and_snapshots_are_never_in_force():
    for price in PRICES.values():
        if price.kind in {"announced-not-applied", "snapshot"}:
            assert not model.covers(price, at("2026-11-01T00:00:00Z"))


@pytest.mark.parametrize(
    ("instant", "peak"),
    [
        ("2026-11-23T00:59:59Z", False),  # Monday in Beijing
        ("2026-11-23T01:00:00Z", True),
        ("2026-11-23T03:59:59Z", True),
        ("2026-11-23T04:00:00Z", False),
        ("2026-11-23T06:00:00Z", True),
        ("2026-11-23T09:59:59Z", True),
        ("2026-11-23T10:00:00Z", False),
        ("2026-11-27T09:59:59Z", True),  # Friday
        ("2026-11-28T01:00:00Z", False),  # Saturday
        ("2026-11-29T09:00:00Z", False),  # Sunday
        ("2026-08-23T01:00:00Z", False),  # the first Sunday without peak hours
        ("2026-11-22T20:00:00-05:00", True),  # Sunday evening in New York is Monday in Beijing
        ("2026-11-27T20:30:00-05:00", False),  # Friday evening there is Saturday in Beijing
    ],
)
def test_weekday_scheme(instant, peak):
    assert model.is_peak(SCHEMES["deepseek-peak-weekdays-2026-08"], at(instant)) is peak


def test_first_week_had_peak_hours_on_sunday():
    price = PRICES["deepseek-v4-flash-usd-2026-08-16"]
    assert model.tier_at(price, SCHEMES, at("2026-08-22T09:59:59Z")) == "peak"
    assert model.tier_at(price, SCHEMES, at("2026-08-22T10:00:00Z")) == "off_peak"


def scheme(**changes) -> PeakScheme:
    fields = {
        "id": "test", "from": "2026-01-01T00:00:00Z", "windows_utc": [("01:00", "04:00")],
        "weekdays": list(model.WEEKDAYS), "as_of": "2026-01-01", "reported_by": "us",
        "sources": [{"key": "none"}],
    }  # fmt: skip
    return PeakScheme.model_validate(fields | changes)


def test_holidays_are_days_in_the_zone_of_the_seller():
    holiday = scheme(holidays=["2026-10-01"], windows_utc=[("00:00", "24:00")])
    assert model.is_peak(holiday, at("2026-09-30T15:59:59Z"))
    assert not model.is_peak(holiday, at("2026-09-30T16:00:00Z"))  # midnight in Shanghai
    assert not model.is_peak(holiday, at("2026-10-01T15:59:59Z"))
    assert model.is_peak(holiday, at("2026-10-01T16:00:00Z"))


def test_a_window_may_run_past_midnight():
    night = scheme(windows_utc=[("22:00", "02:00")])
    for hour, peak in ((21, False), (22, True), (0, True), (1, True), (2, False)):
        assert model.is_peak(night, dt.datetime(2026, 5, 5, hour, tzinfo=dt.UTC)) is peak


def test_a_zone_with_summer_time_shifts_its_weekend_against_utc():
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    berlin = scheme(zone="Europe/Berlin", weekdays=weekdays, windows_utc=[("00:00", "24:00")])
    # Monday begins at 23:00 UTC in winter and at 22:00 UTC in summer.
    assert not model.is_peak(berlin, at("2026-01-11T22:30:00Z"))
    assert model.is_peak(berlin, at("2026-01-11T23:00:00Z"))
    assert not model.is_peak(berlin, at("2026-07-12T21:59:59Z"))
    assert model.is_peak(berlin, at("2026-07-12T22:00:00Z"))
    # The night of the change itself: 2026-10-25, summer time ends at 01:00 UTC (a Sunday).
    assert not model.is_peak(berlin, at("2026-10-25T22:59:59Z"))
    assert model.is_peak(berlin, at("2026-10-25T23:00:00Z"))


def test_the_repeated_hour_of_the_clock_change_is_two_different_hours():
    berlin = ZoneInfo("Europe/Berlin")
    early = dt.datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    late = early.replace(fold=1)
    edge = scheme(windows_utc=[("01:00", "02:00")])  # 02:30 winter time is 01:30 UTC
    assert not model.is_peak(edge, early)
    assert model.is_peak(edge, late)


def test_outside_a_scheme_and_without_zone_is_refused():
    with pytest.raises(ValueError, match="not in force"):
        model.is_peak(SCHEMES["deepseek-peak-daily-2026-08"], at("2026-08-22T16:00:00Z"))
    with pytest.raises(ValueError, match="time zone"):
        model.is_peak(scheme(), dt.datetime(2026, 5, 5))
    for window in (("1:75", "02:00"), ("00:00", "24:01")):
        with pytest.raises(ValueError, match="time of day"):
            model.is_peak(scheme(windows_utc=[window]), at("2026-05-05T00:00:00Z"))


FIRST, LAST = dt.datetime(2024, 12, 26), dt.datetime(2027, 6, 1)
INSTANTS = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(dt.UTC))


@given(INSTANTS, st.sampled_from(ZONES))
def test_the_zone_in_which_an_instant_is_written_does_not_matter(instant, zone):
    there = instant.astimezone(ZoneInfo(zone))
    for name in ("deepseek-chat", "deepseek-v4-pro", "deepseek-flash"):
        record = in_force(name, instant)
        assert in_force(name, there) == record
        if record:
            price = PRICES[record]
            tier = model.tier_at(price, SCHEMES, instant)
            assert model.tier_at(price, SCHEMES, there) == tier


@given(INSTANTS)
def test_there_is_one_price_from_the_first_day_on(instant):
    assert in_force("deepseek-v4-pro", instant) is not None or instant < at("2026-04-24T00:00:00Z")
    names = [n for n in ("deepseek-v4-flash", "deepseek-flash") if in_force(n, instant)]
    assert len(names) == (instant >= at("2026-04-24T00:00:00Z"))


# ------------------------------------------------------------------ the bill

TOKENS = st.integers(0, 10**15)
CALLS = st.builds(Calls, TOKENS, TOKENS, TOKENS, st.integers(0, 10**9), st.booleans())
ANY_PRICE = st.sampled_from(sorted(PRICES)).map(PRICES.__getitem__)
SHARE = st.integers(0, WHOLE)


@given(ANY_PRICE, st.lists(CALLS, max_size=4), st.lists(CALLS, max_size=4), SHARE, st.booleans())
def test_costs_of_workloads_add_up(price, one, other, share, write):
    def total(workload):
        return model.cost(price, workload, peak_share=share, write_cache=write).total

    assert total(one) + total(other) == total([*one, *other])


@given(ANY_PRICE, CALLS, SHARE, st.integers(0, 10**6))
def test_more_calls_cost_in_proportion(price, calls, share, times):
    many = Calls(
        calls.cached, calls.uncached, calls.output, calls.count * times, calls.prompt_known
    )
    once = model.cost(price, [calls], peak_share=share).total
    assert model.cost(price, [many], peak_share=share).total == once * times


@given(ANY_PRICE, CALLS, SHARE, st.sampled_from(["cached", "uncached", "output"]), TOKENS)
def test_more_tokens_never_cost_less(price, calls, share, field, more):
    fields = {name: getattr(calls, name) for name in ("cached", "uncached", "output", "count")}
    grown = Calls(**fields | {field: fields[field] + more}, prompt_known=calls.prompt_known)
    less = model.cost(price, [calls], peak_share=share).total
    assert model.cost(price, [grown], peak_share=share).total >= less


@given(ANY_PRICE, CALLS, SHARE, SHARE)
def test_more_peak_hours_never_cost_less(price, calls, a, b):
    low, high = sorted((a, b))
    cheap = model.cost(price, [calls], peak_share=low).total
    assert cheap <= model.cost(price, [calls], peak_share=high).total


@given(ANY_PRICE, CALLS, SHARE)
def test_share_of_peak_hours_is_a_straight_line(price, calls, share):
    ends = [model.cost(price, [calls], peak_share=end).total for end in (0, WHOLE)]
    mixed = model.cost(price, [calls], peak_share=share).total
    assert mixed * WHOLE == ends[0] * (WHOLE - share) + ends[1] * share


@given(ANY_PRICE, CALLS)
def test_all_cached_never_costs_more_than_nothing_cached(price, calls):
    prompt = calls.cached + calls.uncached
    hit = Calls(prompt, 0, calls.output, calls.count, calls.prompt_known)
    miss = Calls(0, prompt, calls.output, calls.count, calls.prompt_known)
    assert model.cost(price, [hit]).total <= model.cost(price, [miss]).total


@given(ANY_PRICE, CALLS, SHARE)
def test_the_integers_are_the_exact_fraction(price, calls, share):
    """The same in fractions, written without a look at the implementation."""
    long = price.long_prompt
    above = (
        long is not None
        and calls.prompt_known
        and calls.cached + calls.uncached > long.above_tokens
    )

    def bill(rates):
        used = long.rates if above else rates
        hit = used.cache_miss if used.cache_hit is None else used.cache_hit
        return (
            Fraction(hit) * calls.cached
            + Fraction(used.cache_miss) * calls.uncached
            + Fraction(used.output) * calls.output
        ) * Fraction(calls.count, 10**6)

    if price.rates:
        expected = bill(price.rates)
    else:
        peak = Fraction(share, WHOLE)
        expected = bill(price.off_peak) * (1 - peak) + bill(price.peak) * peak
    found = model.cost(price, [calls], peak_share=share).total
    assert Fraction(found, UNIT) == expected


@pytest.mark.parametrize(("prompt", "above"), [(271_999, 0), (272_000, 0), (272_001, 1)])
def test_the_surcharge_begins_above_the_threshold_and_covers_the_whole_request(prompt, above):
    price = PRICES["openai-gpt-5-4-2026-04"]
    found = model.cost(price, [Calls(0, prompt, 1_000)])
    assert ("long-prompt" in found.notes) == bool(above)
    rate = (Decimal("2.50"), Decimal("5.00"))[above]
    out = (Decimal("15.00"), Decimal("22.50"))[above]
    assert Fraction(found.total, UNIT) == Fraction(rate * prompt + out * 1_000) / 10**6


def test_cached_tokens_count_toward_the_threshold():
    price = PRICES["openai-gpt-5-4-2026-04"]
    assert "long-prompt" in model.cost(price, [Calls(272_000, 1)]).notes
    assert "long-prompt" not in model.cost(price, [Calls(0, 0, 10**7)]).notes


def test_without_length_of_prompts_the_surcharge_is_left_out_and_said_so():
    found = model.cost(PRICES["openai-gpt-5-4-2026-04"], AGENT_DAY)
    assert found.notes == ("prompt-unknown",)


def test_a_missing_cache_price_is_the_input_price_and_said_so():
    price = PRICES["azure-v4-pro-2026-06"]
    found = model.cost(price, [Calls(1_000, 0, 0)])
    assert found.notes == ("no-cache-price",)
    assert found.total == model.cost(price, [Calls(0, 1_000, 0)]).total
    assert model.cost(price, [Calls(0, 1_000, 0)]).notes == ()


@pytest.mark.parametrize(
    ("rates", "calls", "note"),
    [
        ({"cache_miss": 1}, Calls(0, 0, 1), "no-output-price"),
        ({"output": 1}, Calls(0, 1, 0), "no-input-price"),
        ({"output": 1}, Calls(1, 0, 0), "no-input-price"),
    ],
)
def test_a_missing_rate_gives_no_amount(rates, calls, note):
    price = PRICES["azure-v4-pro-2026-06"]
    price = price.model_copy(update={"rates": type(price.rates).model_validate(rates)})
    found = model.cost(price, [calls, Calls(0, 0, 0)])
    assert found.total is None and note in found.notes
    assert model.cost(price, [Calls()]).total == 0


@pytest.mark.parametrize("value", [-1, 1.5, "1", None, True, float("nan")])
def test_odd_counts_are_refused(value):
    with pytest.raises((ValueError, TypeError)):
        Calls(value)
    with pytest.raises((ValueError, TypeError)):
        model.cost(PRICES["azure-v4-pro-2026-06"], [], peak_share=value)


@pytest.mark.parametrize("rate", ["-1", "0.0000001"])
def test_odd_rates_are_refused(rate):
    with pytest.raises(ValueError, match="six decimals"):
        model.per_token(Decimal(rate))


def test_break_even():
    assert model.calls_to_break_even(48 * UNIT, 2 * UNIT, 31) == 744
    assert model.calls_to_break_even(48 * UNIT + 1, 2 * UNIT, 31) == 745
    assert model.calls_to_break_even(0, 2 * UNIT, 31) == 0
    assert model.calls_to_break_even(1, 0, 31) is None
    with pytest.raises(ValueError, match="negative"):
        model.calls_to_break_even(-1, 1, 1)


# ------------------------------------------------------------------ in the course of time


def flash() -> list[Price]:
    names = ["deepseek-v4-flash", "deepseek-flash"]
    return model.line(PRICES.values(), "deepseek", names, "USD")


def test_steps_follow_one_another():
    found = model.steps(flash(), ARCHIVE)
    assert [step.price for step in found][:2] == [
        "deepseek-v4-flash-usd-2026-04-24",
        "deepseek-v4-flash-usd-2026-04-26",
    ]
    assert all(a.end == b.start for a, b in itertools.pairwise(found))
    assert found[-1].end is None and found[-1].high == 2 * found[-1].low


@pytest.mark.parametrize(
    ("day", "low", "high", "records"),
    [
        ("2026-04-23", None, None, 0),
        ("2026-04-24", "$1.54", "$1.54", 1),
        ("2026-04-26", "$1.54", "$1.54", 2),
        ("2026-08-15", "$1.54", "$1.54", 1),
        ("2026-08-16", "$1.54", "$2.64", 2),  # from 16:00 UTC; the first peak hour is next day
        ("2026-08-17", "$2.64", "$5.28", 1),
        ("2026-08-23", "$2.64", "$2.64", 1),  # Sunday
        ("2026-09-10", "$1.95", "$5.28", 2),  # the old price at peak until 04:00 UTC
        ("2026-11-23", "$1.95", "$3.90", 1),
        ("2026-11-22", "$1.95", "$1.95", 1),
    ],
)
def test_on_a_day(day, low, high, records):
    found = model.on_day(flash(), SCHEMES, ARCHIVE, dt.date.fromisoformat(day))
    if not records:
        assert found is None
        return
    assert found is not None and len(found.prices) == records
    assert model.money_text(found.low, UNIT, "USD") == low
    assert model.money_text(found.high, UNIT, "USD") == high


# ------------------------------------------------------------------ for readers


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (0, 1, "$0.00"),
        (1, 10, "$0.10"),
        (99, 1000, "$0.099"),
        (996, 10_000, "$0.100"),
        (1, 20, "$0.050"),
        (21, 100_000, "$0.00021"),
        (215, 1_000_000, "$0.00022"),
        (214_999, 10**9, "$0.00021"),
        (1, 10**16, "$0.00000000000000010"),
        (2_925, 1_000, "$2.93"),
        (2_924_999, 10**6, "$2.92"),
        (1_234_567_895, 1000, "$1,234,567.90"),
        (1, 3, "$0.33"),
        (10**30, 1, "$1," + ",".join(["000"] * 10) + ".00"),
    ],
)
def test_money_text(numerator, denominator, text):
    assert model.money_text(numerator, denominator, "USD") == text


def test_the_macro_of_the_pages_agrees():
    here = Here(real.site())
    for record in ("deepseek-flash-usd-2026-10-17", "deepseek-v4-pro-usd-2026-08-22"):
        for tier, share in (("off_peak", 0), ("peak", WHOLE)):
            text = inline.workload_cost(
                here, record, cached=3, uncached=900, output=100, calls=7, tier=tier, cite=False
            )
            assert shown([Calls(3, 900, 100, 7)], record, peak_share=share) in text


@given(st.integers(0, 10**30), st.integers(1, 10**20))
def test_money_text_is_near_the_amount(numerator, denominator):
    text = model.money_text(numerator, denominator, "CNY")
    assert text.startswith("¥")
    exact = Fraction(numerator, denominator)
    printed = Fraction(text[1:].replace(",", ""))
    decimals = len(text.split(".")[1])
    assert abs(printed - exact) <= Fraction(1, 2 * 10**decimals)


# ------------------------------------------------------------------ contexts that grow, surcharge


def test_a_growing_context_by_hand():
    """10, 13, 16 and 20 tokens: what the call before held comes from the cache."""
    calls = growing(10, 20, 4, output=5, count=2)
    assert [(one.cached, one.uncached) for one in calls] == [(0, 10), (10, 3), (13, 3), (16, 4)]
    assert {(one.output, one.count) for one in calls} == {(5, 2)}
    with pytest.raises(ValueError, match="two calls"):
        growing(1, 2, 1)
    with pytest.raises(ValueError, match="does not end"):
        growing(3, 2, 5)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(2, 300))
def test_a_growing_context_begins_ends_and_never_shrinks(first, more, number):
    calls = growing(first, first + more, number)
    prompts = [one.cached + one.uncached for one in calls]
    assert (len(calls), prompts[0], prompts[-1]) == (number, first, first + more)
    assert prompts == sorted(prompts)
    assert [one.cached for one in calls] == [0, *prompts[:-1]]
    assert sum(one.uncached for one in calls) == first + more


def test_only_the_calls_above_the_threshold_of_a_growing_context_are_dearer():
    """One average call would be below 100,000 tokens in all 40 calls, or above it in all."""
    price = PRICES["anthropic-claude-haiku-5-5-2026-10"]
    assert price.long_prompt is not None and price.long_prompt.above_tokens == 100_000
    calls = growing(5_000, 180_000, 40, output=1_000)
    whole = model.cost(price, calls)
    low = [one for one in calls if one.cached + one.uncached <= 100_000]
    assert 0 < len(low) < len(calls)
    parts = [model.cost(price, part).total for part in (low, calls[len(low) :])]
    assert whole.total == sum(filter(None, parts)) and "long-prompt" in whole.notes
    without = price.model_copy(update={"long_prompt": None})
    assert parts[0] == model.cost(without, low).total
    assert (parts[1] or 0) > (model.cost(without, calls[len(low) :]).total or 0)


def test_the_surcharge_of_peak_hours_by_hand():
    """A quarter of the archive at $3.90 a day, the rest at $1.95: 48.75 cents are surcharge."""
    price = PRICES["deepseek-flash-usd-2026-10-17"]
    found = model.peak_surcharge(price, ARCHIVE, peak_share=2_500)
    assert found is not None and Fraction(found, UNIT) == Fraction("0.4875")
    assert model.peak_surcharge(price, ARCHIVE, peak_share=0) == 0
    flat = PRICES["openai-gpt-6-luna-2026-10"]
    assert model.peak_surcharge(flat, ARCHIVE, peak_share=WHOLE) == 0
    unknown = price.model_copy(update={"peak": price.peak.model_copy(update={"output": None})})
    assert model.peak_surcharge(unknown, ARCHIVE, peak_share=1) is None
