"""Numbers as readers see them, and the arithmetic of the macros."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scripts.sources.records import formatting


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
