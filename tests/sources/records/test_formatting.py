"""Numbers as readers see them, and the arithmetic of the macros."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scripts.pages.cells import RecordError
from scripts.pages.macros import inline
from scripts.sources.records import formatting
from scripts.sources.records import lookup as records
from scripts.sources.records.loading import load
from tests.conftest import FIXTURES


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Decimal(1048576), "tokens", "1,048,576 tokens"),
        (Decimal("80.6"), "percent", "80.6%"),
        (Decimal("0.140"), "usd", "$0.140"),
        (Decimal("-5"), "usd", "−$5"),
        (Decimal("-0.003"), "count", "−0.003"),
        ("2026-04-24", "date", "2026-04-24"),
    ],
)
def test_quantity(value: Decimal | str, unit: str, expected: str) -> None:
    assert formatting.quantity(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        ("5", "USD", "$5.00"),
        ("0.28", "USD", "$0.28"),
        ("0.003625", "USD", "$0.003625"),
        ("24", "CNY", "¥24"),
        ("13.5", "CNY", "¥13.5"),
    ],
)
def test_money(value: str, currency: str, expected: str) -> None:
    assert formatting.money(Decimal(value), currency) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [("9.545", 2, "9.5"), ("0.10482", 2, "0.10"), ("1196.7", 2, "1200"), ("0", 2, "0")],
)
def test_significant(value: str, digits: int, expected: str) -> None:
    assert str(formatting.significant(Decimal(value), digits)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-04-24", "April 24, 2026"), ("2026-04", "April 2026"), ("2026", "2026")],
)
def test_day(text: str, expected: str) -> None:
    assert formatting.day(text) == expected


@pytest.fixture
def fixture_data():
    data, problems = load(FIXTURES / "project" / "data", FIXTURES / "project")
    assert not problems
    with records.using(data):
        yield


@pytest.mark.usefixtures("fixture_data")
class TestMacros:
    def test_fact_prints_value_machine_value_and_citation(self) -> None:
        text = inline.fact("total-parameters")
        assert '<data value="1600000000000">1.6 trillion</data>' in text
        assert text.endswith("[@org2026report, Table 1]{=facts/total-parameters}")

    def test_unknown_fact_names_the_nearest(self) -> None:
        with pytest.raises(RecordError, match="did you mean 'total-parameters'"):
            inline.fact("total-parameter")

    def test_share_and_ratio(self) -> None:
        assert ">100%</data>" in inline.share("fact:cache-share", "fact:cache-share")
        assert ">1.0 times</data>" in inline.ratio("fact:cache-share", "fact:cache-share")

    def test_only_like_is_compared_with_like(self) -> None:
        with pytest.raises(RecordError, match="cannot compare"):
            inline.ratio("fact:cache-share", "fact:total-parameters")

    @pytest.mark.parametrize("name", ["fact:nope", "spec:v4", "price:a:b:c:d", "nonsense", ""])
    def test_bad_operands(self, name: str) -> None:
        with pytest.raises(RecordError):
            inline.ratio(name, name)
