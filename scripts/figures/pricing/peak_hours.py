"""When the dear hours fall on the reader's clock."""

from __future__ import annotations

from scripts.figures import svg
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.loading import Dataset

SCHEME = "deepseek-peak-weekdays-2026-08"
ZONES = (
    ("San Francisco", -8.0),
    ("New York", -5.0),
    ("São Paulo", -3.0),
    ("London, UTC", 0.0),
    ("Berlin, Paris", 1.0),
    ("Dubai", 4.0),
    ("India", 5.5),
    ("Beijing, Singapore", 8.0),
    ("Tokyo, Seoul", 9.0),
    ("Sydney", 11.0),
)
"""Hours before or behind UTC on November 24, 2026 (summer time in Sydney)."""


def _hours(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) + int(minute) / 60


def _clock(hours: float) -> str:
    hours %= 24
    return f"{int(hours):02d}:{round(hours % 1 * 60):02d}"


def draw(data: Dataset) -> Figure:
    """The two daily windows on ten local clocks."""
    scheme = need(data, "peak_schemes", SCHEME)
    windows = [(_hours(start), _hours(end)) for start, end in scheme.windows_utc]
    per_week = sum(end - start for start, end in windows) * len(scheme.weekdays)
    rows = [
        {
            "Place": place,
            "Against UTC, hours": f"{offset:+g}".replace("-", "−"),
            "First window": f"{_clock(windows[0][0] + offset)} to {_clock(windows[0][1] + offset)}",
            "Second window": f"{_clock(windows[1][0] + offset)} to "
            f"{_clock(windows[1][1] + offset)}",
        }
        for place, offset in ZONES
    ]
    title = "DeepSeek's peak hours on your clock"
    alt = (
        f"Local times of the two peak windows, {per_week:g} hours a week, in November 2026: "
        + "; ".join(
            f"{row['Place']} {row['First window']} and {row['Second window']}" for row in rows
        )
    )

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.0) if narrow else (WIDE, 13.0)
        left = 4.0 if narrow else 142.0
        right = width - 12.0
        step = (right - left) / 24
        parts: list[str] = []
        y = 24.0
        top = y
        ticks = range(0, 25, 6) if narrow else range(0, 25, 3)
        for (place, offset), row in zip(ZONES, rows, strict=True):
            if narrow:
                parts.append(svg.text(left, y + 10, place, size, bold=True))
                words = f"{row['First window']}, {row['Second window']}".replace(" to ", "–")
                parts.append(svg.text(right, y + 10, words, size, "ink-soft", "end"))
                y += 14
            else:
                parts.append(svg.text(left - 10, y + 14, place, size, anchor="end"))
            parts.append(svg.rect(left, y, 24 * step, 18, "paper-2", radius=0))
            if narrow:
                # Words stand between the rows there: no line goes through them.
                parts += [
                    svg.line(left + hour * step, y, left + hour * step, y + 18, "rule", 1)
                    for hour in ticks
                ]
            for start, end in windows:
                start, end = start + offset, end + offset
                for shift in (-24, 0, 24):
                    a, b = max(0.0, start + shift), min(24.0, end + shift)
                    if b > a:
                        # What falls on the evening before the Chinese working day is outlined.
                        before = shift == 24
                        parts.append(
                            svg.rect(left + a * step, y + 1, (b - a) * step, 16,
                                     "accent-soft" if before else "accent", "accent", radius=0)
                        )  # fmt: skip
            if offset == 8:
                parts.append(svg.rect(left, y, 24 * step, 18, None, "ink", radius=0))
            y += 26
        bottom = y - 6
        for hour in ticks:
            x = left + hour * step
            if not narrow:
                parts.insert(0, svg.line(x, top - 4, x, bottom, "rule", 1))
            anchor = "start" if narrow and hour == 0 else "middle"
            words = f"{hour}:00" if hour < 24 else "24"
            parts.append(svg.text(x, top - 9, words, size - 0.5, "ink-soft", anchor))
        y += 4
        for shade, words in (
            ("accent", "peak, Monday to Friday"),
            ("accent-soft", "peak, the evening before: Sunday to Thursday"),
        ):
            parts.append(svg.rect(left + 1, y, 22, 12, shade, "accent", radius=0))
            parts.append(svg.text(left + 30, y + 11, words, size, "ink-soft"))
            y += 20
        return svg.drawing(parts, width, y + 2, "peak-hours", svg.variant(narrow), title, alt)

    return Figure(
        id="peak-hours",
        title=title,
        caption=(
            "Each row is a day on the local clock of the place, as of November 24, 2026; summer "
            "time shifts a row by an hour. All else, and the whole Chinese weekend, is off-peak: "
            f"{per_week:g} of 168 hours a week are dear. Chinese public holidays are off-peak too. "
            "Computed from the UTC windows."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(scheme.sources),
        as_of=scheme.as_of,
    )
