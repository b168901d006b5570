"""What ``data/history.json`` says of a day is what the cost model charges on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.model import cost
from scripts.publish.history import content
from scripts.sources.records.formatting import money
from scripts.sources.records.price_lines import chain, held_at, price_lines
from tests import real

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    return content(real.records())


def prices() -> list[Any]:
    return list(real.records()["prices"].values())


def boundaries() -> list[dt.datetime]:
    return sorted({edge for price in prices() for edge in (price.start, price.end) if edge})


def text(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def in_file(line: dict[str, Any], instant: str) -> str | None:
    """The record that a line of the file has at an instant."""
    found = [
        name
        for name, since, until in line["states"]
        if since <= instant and (until is None or instant < until)
    ]
    assert len(found) <= 1, f"{line['name']}: two states at {instant}"
    return found[0] if found else None


def charged(key: str, instant: dt.datetime) -> str | None:
    """What the cost model says for buyers of an API name, at times before the name for those
    of the name that it follows."""
    seller, name, currency = key.split("/")
    lines = price_lines(real.records())
    while True:
        price = cost.price_in_force(prices(), seller, name, currency, instant)
        first = lines[(seller, name, currency)][0]
        if price is not None or instant >= first.start or not first.succeeds:
            return price.id if price else None
        name = first.succeeds
        if (seller, name, currency) not in lines:
            return None


def dated(known: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((key, line) for key, line in known["lines"].items() if line["kind"] == "dated")


@pytest.mark.parametrize("off", [-SECOND, 0 * SECOND, SECOND], ids=["before", "at", "after"])
def test_at_every_boundary_the_file_and_the_cost_model_agree(
    known: dict[str, Any], off: dt.timedelta
) -> None:
    assert len(boundaries()) > 15
    lines = price_lines(real.records())
    for edge in boundaries():
        for key, line in dated(known):
            moment = edge + off
            expected = charged(key, moment)
            assert in_file(line, text(moment)) == expected, (key, moment)
            held = held_at(chain(lines, tuple(key.split("/"))), moment)
            assert (held.id if held else None) == expected, (key, moment)


def test_a_day_shows_what_is_charged_in_its_last_second(known: dict[str, Any]) -> None:
    for edge in boundaries():
        start = edge.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        for day in (start - DAY, start, start + DAY):
            end = text(day + DAY)
            for key, line in dated(known):
                shown = [s for s in line["states"] if s[1] < end and (s[2] is None or s[2] >= end)]
                expected = charged(key, day + DAY - SECOND)
                assert [state[0] for state in shown] == ([expected] if expected else []), (key, day)


def test_every_price_stands_on_one_line(known: dict[str, Any]) -> None:
    for price in prices():
        line = known["lines"][known["line_of"][price.id]]
        ids = [state[0] for state in line["states"]]
        assert (price.id in ids) == (line["kind"] != "never"), price.id
        assert all(name in known["prices"] for name in ids)


def test_rows_have_the_amounts_of_their_own_record(known: dict[str, Any]) -> None:
    for name, entry in known["prices"].items():
        price = real.records()["prices"][name]
        bands = [r for r in (price.rates, price.off_peak, price.peak) if r is not None]
        bands += [price.long_prompt.rates] if price.long_prompt else []
        assert len(entry["rows"]) == len(bands)
        for row, rates in zip(entry["rows"], bands, strict=True):
            shown = [cell and cell[1] for cell in row["cells"]]
            fields = (rates.cache_hit, rates.cache_miss, rates.output)
            assert shown == [None if f is None else money(f, price.currency) for f in fields]


def test_two_offers_of_one_day_do_not_take_turns(known: dict[str, Any]) -> None:
    own = known["line_of"]
    assert own["alibaba-qwen3-6-plus-2026-04"] != own["alibaba-qwen3-6-plus-international-2026-04"]
    assert own["novita-v4-pro-2026-05"] == own["novita-v4-pro-2026-06"]


def test_a_name_is_known_from_its_first_record_on(known: dict[str, Any]) -> None:
    names = known["names"]
    assert names["V4.1-Flash-1017"] == "2026-10-17"
    assert names["deepseek-flash"] == "2026-09-10"
    assert names["V4"] == "2026-04-24"
    assert [len(name) for name in names] == sorted(map(len, names), reverse=True)


def test_the_file_says_for_which_days_it_speaks(known: dict[str, Any]) -> None:
    assert known["first"] == "2024-12-26"
    assert known["newest"] >= "2026-11-15"


def test_the_peak_hours_of_today_began_in_august(known: dict[str, Any]) -> None:
    """The night discount of 2025 had other hours, and says nothing of a page's peak hours."""
    assert known["peak"] == "2026-08-16"
