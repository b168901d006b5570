"""Stories in a strip: their numbers counted again without the model, their labels read."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from scripts.figures.architecture.strips import experts, residual
from scripts.figures.labels import faults
from scripts.figures.pricing.strips import cache
from scripts.figures.strip import HEIGHT, WIDTH, Panel, Strip
from scripts.model.experts import gate, shares
from scripts.model.streams import balanced, farthest
from scripts.pages.macros.stories import STRIPS
from tests import real


def told(strip: Strip) -> dict[str, Panel]:
    return {panel.step: panel for panel in strip.panels}


def texts(panel: Panel) -> list[str]:
    root = ElementTree.fromstring(panel.picture)
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def boxes(panel: Panel, fill: str) -> list[float]:
    """Widths of the rectangles of one color."""
    root = ElementTree.fromstring(panel.picture)
    rects = root.iter("{http://www.w3.org/2000/svg}rect")
    return [float(one.get("width", 0)) for one in rects if one.get("fill") == f"var(--{fill})"]


@pytest.mark.parametrize("name", STRIPS)
def test_each_picture_can_be_read_and_says_its_message(name: str) -> None:
    strip = STRIPS[name](real.records())
    assert 3 <= len(strip.panels) <= 5 and strip.sources
    assert len({panel.step for panel in strip.panels}) == len(strip.panels)
    for panel in strip.panels:
        assert faults(panel.picture) == [], panel.step
        assert panel.words.endswith(".") and panel.counted.endswith(".")
        assert re.search(r"\d", panel.counted), panel.step
        root = ElementTree.fromstring(panel.picture)
        assert root.get("role") == "img" and root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
        assert not re.findall(r"#[0-9a-f]{6}\b|NaN|inf\b", panel.picture)


def test_the_experts_are_those_of_the_spec_sheet() -> None:
    specs = real.records()["models"]["v4-pro"].specs
    routed, active, layers = (
        int(specs[name].value) for name in ("routed-experts", "active-experts", "layers")
    )
    found = told(experts.draw(real.records()))
    squares = sum(
        part.count("M") for part in re.findall(r' d="([^"]+)" fill="var', found["router"].picture)
    )
    assert squares == routed == 384
    lit = re.search(r'd="([^"]+)" fill="var\(--c-v4-pro\)"', found["choice"].picture)
    assert lit and lit[1].count("M") == active == 6
    assert f"= {layers * routed:,} routed" in found["whole"].counted
    assert f"= {layers * active} of them" in found["whole"].counted
    part, whole = float(specs["active-parameters"].value), float(specs["total-parameters"].value)
    assert boxes(found["whole"], "c-v4-pro") == pytest.approx(
        [WIDTH * active / routed, WIDTH * part / whole], rel=1e-3
    )


def test_the_best_experts_of_the_example_by_hand() -> None:
    """The largest remainders of number x 151 by 401, found by looking at every expert."""
    remainders = {expert: expert * 151 % 401 for expert in range(1, 385)}
    best = sorted(remainders, key=lambda expert: -remainders[expert])[:6]
    products = [-math.log(1 - remainders[expert] / 401) - 1 for expert in best]
    scores = [math.log(1 + math.exp(product)) ** 0.5 for product in products]
    said = texts(told(experts.draw(real.records()))["sum"])
    assert [word for word in said if word.startswith("expert")] == [f"expert {one}" for one in best]
    weights = [f"{score / sum(scores):.3f} × 2.5" for score in scores]
    assert [word for word in said if "×" in word] == weights


def test_in_layers_with_a_table_the_same_word_takes_the_same_way() -> None:
    ways = re.findall(r'd="(M[^"]+v14)"', told(experts.draw(real.records()))["hash"].picture)
    columns = [re.findall(r"M([\d.]+) ", way) for way in ways]
    assert len(columns) == 4 and all(len(set(way)) == 6 for way in columns)
    assert columns[0] == columns[1] and columns[2] != columns[3]


def test_gate_and_shares_at_their_ends() -> None:
    assert gate(0) == pytest.approx(math.log(2) ** 0.5)
    assert gate(-800) == 0 and gate(1e6) == pytest.approx(1e3)
    assert sum(shares([0.1, 0.2, 3])) == pytest.approx(1)
    with pytest.raises(ValueError, match="above zero"):
        shares([0.0, 0.0])


def test_scaling_ends_at_sums_of_one() -> None:
    table = [[4.0, 1.0], [2.0, 3.0]]
    assert [[round(cell, 2) for cell in row] for row in balanced(table, 1)] == [
        [0.73, 0.27], [0.31, 0.69],
    ]  # fmt: skip
    assert farthest(balanced(table, 1)) == pytest.approx(0.034, abs=0.001)
    assert farthest(balanced(table, 20)) < 1e-12


def test_the_streams_are_those_of_the_records() -> None:
    data = real.records()
    found = told(residual.draw(data))
    assert f"= {data['facts']['mhc-numbers'].value} numbers" in found["four"].counted
    assert f"= {int(data['facts']['mhc-state-size-pro'].value):,} numbers" in found["price"].counted
    factor = 1.0
    for _ in range(int(data["facts"]["mhc-mixers-in-a-row-pro"].value)):
        factor *= 1.05
    assert f"is {factor:,.0f};" in found["growth"].counted and factor > 380
    after = texts(found["scaling"])
    cells = [float(one) for one in after if re.fullmatch(r"0\.\d\d", one)]
    assert len(cells) == 16 and sum(cells) == pytest.approx(4, abs=0.05)
    assert after.count("1.00") == 8


def test_the_bills_are_tokens_times_price() -> None:
    record = real.records()["prices"][cache.PRICE]
    rates = {False: record.off_peak, True: record.peak}

    def by_hand(cached: int, fresh: int, answer: int, peak: bool) -> Decimal:
        rate = rates[peak]
        return (cached * rate.cache_hit + fresh * rate.cache_miss + answer * rate.output) / Decimal(
            10**6
        )

    found = told(cache.draw(real.records()))
    first, hit, miss = (
        by_hand(0, 48_000, 0, False), by_hand(48_000, 2_000, 0, False),
        by_hand(0, 50_000, 0, False),
    )  # fmt: skip
    for step, amount in (("fresh", first), ("hit", hit), ("miss", miss)):
        said = re.search(r"\$([\d.]+\d)", found[step].counted)
        assert said and Decimal(said[1]) == pytest.approx(amount, rel=Decimal("0.02"))
        assert f"Prompt: ${said[1]}" in texts(found[step])
    assert f"{miss / hit:.0f} times" in found["miss"].counted
    bills = [
        by_hand(*tokens, 3_000, peak)
        for tokens in ((48_000, 2_000), (0, 50_000))
        for peak in (False, True)
    ]
    shown = [Decimal(one[1:]) for one in texts(found["bill"]) if one.startswith("$")]
    assert shown == [pytest.approx(amount, rel=Decimal("0.03")) for amount in bills]
    answers = boxes(found["bill"], "c-part-3")[:4]
    expected = [WIDTH * 3_000 * rates[peak].output / 10**6 / bills[-1] for peak in (0, 1, 0, 1)]
    assert answers == pytest.approx([float(one) for one in expected], rel=1e-3)


def test_the_dear_hours_stand_where_the_scheme_has_them() -> None:
    record = real.records()["prices"][cache.PRICE]
    windows = real.records()["peak_schemes"][record.peak_scheme].windows_utc
    hours = [int(end[:2]) - int(start[:2]) for start, end in windows]
    found = told(cache.draw(real.records()))["peak"]
    assert boxes(found, "accent") == pytest.approx([WIDTH / 24 * one for one in hours], rel=1e-3)
