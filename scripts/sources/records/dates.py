"""Dates as precise as a source is: a day, a month or a year, kept as typed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

_PARTIAL_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


def _partial_date(value: str) -> str:
    if not _PARTIAL_DATE.match(value):
        raise ValueError("write the date as YYYY-MM-DD, YYYY-MM or YYYY")
    if len(value) == 10:
        dt.date.fromisoformat(value)
    if not "1950" <= value[:4] <= "2199":
        raise ValueError(f"the year {value[:4]} is before 1950 or after 2199")
    return value


def is_date(value: str) -> bool:
    """Whether a text is a date as records have it."""
    try:
        return bool(_partial_date(value))
    except ValueError:
        return False


def _date_to_text(value: object) -> object:
    """YAML reads 2026-04-24 as a date and 2026 as a number; we keep the text as typed."""
    if isinstance(value, dt.datetime):
        raise ValueError("a date without a time of day is expected")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


PartialDate = Annotated[str, BeforeValidator(_date_to_text), AfterValidator(_partial_date)]
"""A date as precise as the source is: 2026-04-24, 2026-04 or 2026."""
