"""How often a record must be looked at again, and when it is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

COLLECTIONS = {
    "prices": 31, "limits": 92, "error_codes": 92, "engines": 92, "rumors": 92, "chips": 183,
}  # fmt: skip
"""Days between two looks at a record; collections that are not here hold what does not change."""
UNKNOWN = 92
"""The same for facts that nobody knew, or that were not there: that may change. What is known of a
fact stays so unless its record, or the defaults of its file, say ``review_days``."""
CHAPTERS = {
    "release": 92, "architecture": 365, "benchmarks": 92, "pricing": 31, "hardware": 92,
    "using": 92,
}  # fmt: skip
"""The same for the pages of a chapter: from one review to the next."""


def last_day(date: str) -> dt.date:
    """The last day that a partial date may mean."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _changes(collection: str, record: Any) -> bool:
    """Whether a record speaks of something that may be otherwise by now."""
    if getattr(record, "status", "") == "superseded" or getattr(record, "computed_from", None):
        return False
    if collection == "prices":
        # What was charged from one moment to another stays so; a host's price was seen on one day.
        return record.start is not None and record.end is None
    return True


def period(collection: str, record: Any) -> int | None:
    """Days from one look to the next; None for what does not change."""
    if not _changes(collection, record):
        return None
    unknown = collection == "facts" and record.state != "known"
    own = getattr(record, "review_days", None)
    return own or (UNKNOWN if unknown else COLLECTIONS.get(collection))


def due(collection: str, record: Any) -> dt.date | None:
    """The day on which a record must be looked at again; None if it need not."""
    days = period(collection, record)
    return last_day(record.as_of) + dt.timedelta(days=days) if days else None
