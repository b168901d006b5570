"""Exercises: each answer against a reckoning by hand, and every place in its page."""

from __future__ import annotations

import re

import pytest

from scripts.pages.cells import RecordError
from scripts.pages.here import Here
from scripts.pages.macros.exercises import ANSWERS, RISE, answer, exercise
from scripts.problems import ROOT
from tests import real

HERE = Here(real.site(), "architecture/exercises/")
BY_HAND = {
    "csa-layer": 128 * 584 + 1024 * (584 + 68),
    "first-block": 3,
    "hca-entries": 781,
    "one-query": 640,
    "against-v32": (656 + 132) / (652 / 4),
    "experts": 1.5625,
    "whole-cache": (43 * 128 * 584 + 21 * 2048 * 652 + 20 * 64 * 584) / 2**20,
    "growth": 1000 * 61 * (656 + 132) / (30 * 652 / 4 + 31 * 584 / 128),
    # 0.5M x $0.435 + 0.05M x $0.87, then the same at $0.66 and $1.98
    "bill": 0.5 * 0.435 + 0.05 * 0.87 + 0.5 * 0.66 + 0.05 * 1.98,
    "headline": 100 / 27,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_those_by_hand(name: str) -> None:
    compute, _, tolerance = ANSWERS[name]
    assert compute(HERE) == pytest.approx(BY_HAND[name], rel=1e-9)
    assert 0 <= tolerance <= 0.01


def test_the_page_has_every_exercise_once_with_hint_and_solution() -> None:
    text = (ROOT / "docs/architecture/exercises.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r'exercise\("([a-z0-9-]+)"\)', text)) == sorted(ANSWERS)
    for part in re.split(r"(?m)^## (?=\d)", text)[1:]:
        assert part.count('??? tip "Hint"') == part.count('??? success "Solution"') == 1


def test_the_rise_is_that_of_the_records() -> None:
    starts = {price.start for price in real.records()["prices"].values() if price.start}
    assert RISE in starts


def test_an_answer_is_shown_in_digits_with_its_unit() -> None:
    assert answer(HERE, "csa-layer") == "742,400 bytes"
    assert answer(HERE, "headline") == "3.704 times"
    assert 'data-answer="781' in exercise(HERE, "hca-entries")
    with pytest.raises(RecordError, match="did you mean 'bill'"):
        exercise(HERE, "bil")
