"""Chips and the rules about them, by date."""

from __future__ import annotations

import datetime as dt

from scripts.figures.base import Figure
from scripts.figures.event_lanes import in_lanes
from scripts.sources.records.loading import Dataset


def draw(data: Dataset) -> Figure:
    """Chips and the rules about them, from the first controls on."""
    return in_lanes(
        data,
        "timeline-chips",
        "Chips and the rules about them",
        "Filled marks are confirmed by the party that acted, hollow ones are reported by others.",
        ["rules", "chips"],
        dt.date(2022, 9, 1),
        dt.date(2026, 11, 30),
    )
