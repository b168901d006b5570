"""What a number was before, and what changed when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.checks.prices import check
from scripts.problems import ROOT
from scripts.sources.records import history
from scripts.sources.records.loading import Dataset, Place, load
from scripts.sources.records.price_lines import price_lines
from scripts.sources.records.schema import Price


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load(ROOT / "data", ROOT)[0]


def test_a_price_that_holds_goes_back_through_earlier_names(data: Dataset) -> None:
    flash = history.price_history(data)["prices/deepseek-flash-usd-2026-10-17"]
    names = [data["prices"][state.id].api_name for state in flash]
    assert list(dict.fromkeys(names)) == ["deepseek-chat", "deepseek-v4-flash", "deepseek-flash"]
    assert [state.since for state in flash] == sorted(state.since for state in flash)


def test_a_price_with_peak_hours_has_both_tiers(data: Dataset) -> None:
    pro = history.price_history(data)["prices/deepseek-v4-pro-usd-2026-08-22"]
    assert pro[0].values["output"] == "$3.48"
    assert pro[-1].values["output:off_peak"] == "$1.98"
    assert pro[-1].values["output:peak"] == "$3.96"


def test_past_prices_have_no_history_of_their_own(data: Dataset) -> None:
    assert "prices/deepseek-v4-pro-usd-2026-04-24" not in history.history(data)


def test_a_replaced_fact_tells_what_it_replaced(data: Dataset) -> None:
    states = history.record_history(data)["facts/hugging-face-count-pro-later"]
    assert [state.values[""] for state in states] == ["862 billion", "1.6 trillion"]


def test_every_change_leads_to_a_record(data: Dataset) -> None:
    changes = history.changes(data)
    assert len(changes) > 50
    assert [change.date for change in changes] == sorted(
        (change.date for change in changes), reverse=True
    )
    for change in changes:
        assert change.id in data[change.collection], change


def test_the_permanent_discount_is_a_change(data: Dataset) -> None:
    found = [c for c in history.changes(data) if c.id == "deepseek-v4-pro-usd-2026-04-25"]
    assert "output $3.48 → $0.87" in found[0].text


MIDNIGHT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def price(number: int, start: int, end: int | None) -> Price:
    return Price.model_validate(
        {
            "id": f"p-{number}", "as_of": "2026-01-01", "reported_by": "deepseek",
            "sources": [{"key": "k"}], "seller": "deepseek", "model": "m", "api_name": "chat",
            "currency": "USD", "rates": {"output": 1},
            "from": MIDNIGHT + dt.timedelta(seconds=start),
            "to": None if end is None else MIDNIGHT + dt.timedelta(seconds=end),
        }
    )  # fmt: skip


def dataset(prices: list[Price]) -> Dataset:
    data = Dataset({"prices": {item.id: item for item in prices}})
    data.places = {("prices", item.id): Place("data/prices.yml", 1) for item in prices}
    return data


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=8, unique=True), st.randoms())
def test_intervals_that_touch_are_in_order(cuts: list[int], random) -> None:
    """Half-open intervals that end where the next begins have neither gap nor overlap."""
    edges = [0, *sorted(cuts), None]
    prices = [price(i, edges[i], edges[i + 1]) for i in range(len(edges) - 1)]
    random.shuffle(prices)
    data = dataset(prices)
    assert list(check(data)) == []
    line = next(iter(price_lines(data).values()))
    assert [item.start for item in line] == sorted(item.start for item in line)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(-(10**6), 10**6).filter(bool))
def test_a_second_off_is_found(first: int, second: int, shift: int) -> None:
    shift = max(shift, -first + 1)
    if shift == 0:
        return
    prices = [price(0, 0, first), price(1, first + shift, first + shift + second)]
    found = list(check(dataset(prices)))
    assert len(found) == 1
    assert ("overlap" in found[0].message) == (shift < 0)


@given(st.decimals(min_value=Decimal("0.000001"), max_value=10**4, places=6))
def test_money_keeps_every_digit(value: Decimal) -> None:
    from scripts.sources.records.formatting import money

    text = money(value, "USD")
    assert Decimal(text.replace("$", "").replace(",", "")) == value
    assert len(text.split(".")[1]) >= 2
