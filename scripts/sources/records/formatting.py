"""Numbers as readers see them: thousands separated, digits as the source has them."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from scripts.sources.records.units import UNITS

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

STATES = {
    "absent": "none",
    "unconfirmed": "unconfirmed",
    "not-public": "not public",
    "not-researched": "not researched",
}
SYMBOLS = {"USD": "$", "CNY": "¥", "EUR": "€"}


def number(value: Decimal) -> str:
    """``1048576`` -> ``1,048,576``; fractions keep their digits; a real minus sign."""
    text = f"{value:,f}"
    return text.replace("-", "−")


def quantity(value: Decimal | str, unit: str) -> str:
    """A value with its unit: ``80.6%``, ``$0.14``, ``584 bytes``."""
    if isinstance(value, str):
        return UNITS[unit].format(value)
    if unit in {"usd", "cny"} and value < 0:
        return "−" + UNITS[unit].format(number(-value))
    return UNITS[unit].format(number(value))


def record_value(record: Any) -> str:
    """What to print for a Fact, Spec or Limit: its display form, value, range or state."""
    if record.display:
        return record.display
    low, high = getattr(record, "low", None), getattr(record, "high", None)
    if low is not None and high is not None and record.value is None:
        return UNITS[record.unit].format(f"{number(low)}–{number(high)}")
    if record.value is not None:
        return quantity(record.value, record.unit)
    return STATES.get(record.state, "unknown")


def machine_value(record: Any) -> str | None:
    """The value for ``<data value>``: plain digits or text, None if there is none."""
    value = getattr(record, "value", None)
    if value is None and getattr(record, "low", None) is not None:
        return f"{record.low}/{record.high}"
    return None if value is None else str(value)


def money(value: Decimal, currency: str) -> str:
    """``$0.14``, ``$1.10``, ``$0.003625``, ``¥2``: at least two decimals in dollars."""
    if currency == "USD" and -value.as_tuple().exponent < 2:
        value = value.quantize(Decimal("0.01"))
    return f"{SYMBOLS[currency]}{value:,f}"


def significant(value: Decimal, digits: int) -> Decimal:
    """``value`` rounded half up to so many significant digits, without exponent."""
    if value == 0:
        return Decimal(0)
    exponent = value.adjusted() - digits + 1
    rounded = value.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_UP)
    return Decimal(f"{rounded:f}")


def day(text: str) -> str:
    """``2026-04-24`` -> ``April 24, 2026``; months and years as precise as they are."""
    parts = text.split("-")
    if len(parts) == 1:
        return text
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {int(parts[2])}, {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def instant(moment: dt.datetime | None) -> str:
    """``2026-08-16 16:00 UTC``, or an empty string."""
    if moment is None:
        return ""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC").replace(" 00:00 UTC", "")
