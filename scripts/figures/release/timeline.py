"""The story in six lanes, by date."""

from __future__ import annotations

import datetime as dt

from scripts.figures.base import Figure
from scripts.figures.event_lanes import LANES, in_lanes
from scripts.sources.records.loading import Dataset


def draw(data: Dataset) -> Figure:
    """The story in six lanes, from V3 to the day of the review."""
    return in_lanes(
        data,
        "timeline",
        "The story in six lanes",
        "Filled marks are confirmed by the party that acted, hollow ones are reported by others.",
        list(LANES),
        dt.date(2024, 12, 1),
        dt.date(2026, 11, 30),
    )
