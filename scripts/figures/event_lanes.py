"""Dated events in lanes, for the timelines of several chapters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.figures import svg
from scripts.figures.base import NARROW, WIDE, Figure, distinct
from scripts.sources.records.loading import Dataset

LANES = {
    lane: (lane.capitalize(), f"c-lane-{lane}")
    for lane in ("models", "prices", "chips", "rules", "markets", "politics")
}
"""The name and the color of each lane; the tool has two lanes more (tokens.css)."""
RADIUS = 9


def _day(text: str) -> dt.date:
    """The first day of a date given as YYYY, YYYY-MM or YYYY-MM-DD."""
    parts = [int(part) for part in text.split("-")]
    return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _chosen(data: Dataset, lanes: list[str], start: dt.date, end: dt.date) -> list[Any]:
    found = [
        event
        for event in data["events"].values()
        if event.major and event.lane in lanes and start <= _day(event.date) <= end
    ]
    missing = [lane for lane in lanes if not any(event.lane == lane for event in found)]
    if missing:
        raise LookupError(f"data/events has no major event for the lane {', '.join(missing)}")
    return sorted(found, key=lambda event: (_day(event.date), event.id))


def _wide(
    events: list[Any], lanes: list[str], start: dt.date, end: dt.date
) -> tuple[list[str], float]:
    """Lanes across, time to the right, numbered marks, and the numbers explained below."""
    left, right, size = 84.0, WIDE - 16.0, 12.5
    span = (end - start).days
    parts: list[str] = []

    def x_of(day: dt.date) -> float:
        return left + (right - left) * (day - start).days / span

    y = 8.0
    number = {event.id: index for index, event in enumerate(events, start=1)}
    tops: dict[str, float] = {}
    for lane in lanes:
        mine = [event for event in events if event.lane == lane]
        rows: list[float] = []  # right end of the last mark in each row of the lane
        placed: list[tuple[float, int, Any]] = []
        for event in mine:
            x = x_of(_day(event.date))
            row = next((i for i, last in enumerate(rows) if x - last >= 2 * RADIUS + 1), len(rows))
            rows[row : row + 1] = [x]
            placed.append((x, row, event))
        height = max(1, len(rows)) * (2 * RADIUS + 3) + 8
        tops[lane] = y
        name, color = LANES[lane]
        parts.append(svg.text(4, y + height / 2 + 4, name, size + 0.5, color, bold=True))
        parts.append(svg.line(left - 10, y + height, right + 10, y + height, "rule", 1))
        for x, row, event in placed:
            top = y + 4 + RADIUS + row * (2 * RADIUS + 3)
            filled = event.status == "confirmed"
            parts.append(svg.circle(x, top, RADIUS, color if filled else "paper", color))
            parts.append(
                svg.text(x, top + 4, str(number[event.id]), 10.5, "paper" if filled else "ink",
                         "middle", bold=True)
            )  # fmt: skip
        y += height
    axis = y
    for year in range(start.year, end.year + 1):
        for month in (1, 7):
            day = dt.date(year, month, 1)
            if start <= day <= end:
                x = x_of(day)
                parts.insert(0, svg.line(x, 4, x, axis + 5, "rule", 1))
                words = str(year) if month == 1 else "July"
                parts.append(svg.text(x, axis + 18, words, 12, "ink-soft", "middle"))
    y = axis + 40
    column = (WIDE - 24) / 2
    half = (len(events) + 1) // 2
    bottoms = []
    for offset, chunk in ((4.0, events[:half]), (4.0 + column + 16, events[half:])):
        below = y
        for event in chunk:
            color = LANES[event.lane][1]
            parts.append(
                svg.text(offset + 18, below, str(number[event.id]), size, color, "end", True)
            )
            words = f"{event.date}  {event.title}"
            more, below = svg.paragraph(offset + 26, below, words, column - 26, size, "ink")
            parts += more
            below += 3
        bottoms.append(below)
    return parts, max(bottoms)


def _narrow(events: list[Any]) -> tuple[list[str], float]:
    """One column from old to new: mark, date and lane, title."""
    parts: list[str] = []
    y, size = 14.0, 11.5
    first, last = y, y
    for event in events:
        name, color = LANES[event.lane]
        filled = event.status == "confirmed"
        last = y - 4
        parts.append(svg.circle(9, y - 4, 5, color if filled else "paper", color))
        parts.append(svg.text(24, y, f"{event.date}  {name}", size, color, bold=True))
        more, y = svg.paragraph(24, y + 15, event.title, NARROW - 28, size + 0.5, "ink")
        parts += more
        y += 8
    parts.insert(0, svg.line(9, first, 9, last, "rule", 2))
    return parts, y


def in_lanes(
    data: Dataset, figure_id: str, title: str, caption: str, lanes: list[str],
    start: dt.date, end: dt.date,
) -> Figure:  # fmt: skip
    """The major events of some lanes, from ``start`` to ``end`` with both days."""
    events = _chosen(data, lanes, start, end)
    alt = f"{len(events)} events. " + "; ".join(f"{e.date}: {e.title}" for e in events)
    wide, wide_height = _wide(events, lanes, start, end)
    narrow, narrow_height = _narrow(events)
    rows = [
        {"Date": event.date, "Lane": LANES[event.lane][0], "Event": event.title} for event in events
    ]
    return Figure(
        id=figure_id,
        title=title,
        caption=caption,
        alt=alt,
        wide=svg.drawing(wide, WIDE, wide_height, figure_id, "wide", title, alt),
        narrow=svg.drawing(narrow, NARROW, narrow_height, figure_id, "narrow", title, alt),
        columns=("Date", "Lane", "Event"),
        rows=rows,
        sources=distinct([ref for event in events for ref in event.sources[:1]]),
        as_of=max(event.date for event in events),
    )
