"""Which weights answered to which name of the API, day by day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.figures import svg
from scripts.figures.base import NARROW, WIDE, Figure, distinct, model_color, need
from scripts.figures.labels import width_of
from scripts.sources.records.loading import Dataset

NAMES = (
    "deepseek-chat",
    "deepseek-reasoner",
    "deepseek-v4-flash",
    "deepseek-v4-flash-vision-exp",
    "deepseek-v4-pro",
    "deepseek-flash",
)
OLD_FLASH_NAMES = ("deepseek-v4-flash", "deepseek-v4-flash-vision-exp")
"""Names that go on under the successor's weights and price, without prices of their own."""
SHORT = {
    "deepseek-v3-2": ("V3.2", "V3.2"),
    "v4-flash": ("V4-Flash preview", "V4-Flash preview"),
    "v4-flash-0731": ("V4-Flash-0731", "0731"),
    "v4-flash-vision-exp": ("", ""),
    "v4-pro": ("V4-Pro preview", "V4-Pro preview"),
    "v4-pro-0813": ("V4-Pro-0813", "V4-Pro-0813"),
    "v4-1-flash": ("V4.1-Flash", "V4.1"),
    "v4-1-flash-1017": ("1017", "1017"),
}
FROM = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def _spans(data: Dataset, name: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """Intervals of one API name, one for each checkpoint, from its prices in dollars."""
    found = sorted(
        (
            price
            for price in data["prices"].values()
            if price.seller == "deepseek"
            and price.currency == "USD"
            and price.start is not None
            and (
                price.api_name == name
                or (name in OLD_FLASH_NAMES and price.api_name == "deepseek-flash")
            )
            and (price.end is None or price.end > FROM)
        ),
        key=lambda price: price.start,
    )
    if not found:
        raise LookupError(f"data/prices has no dated dollar price of {name}")
    spans: list[dict[str, Any]] = []
    refs: list[Any] = []
    for price in found:
        refs += price.sources
        end = price.end or UNTIL
        if spans and spans[-1]["model"] == price.model:
            spans[-1]["end"], spans[-1]["open"] = end, price.end is None
        else:
            spans.append(
                {"model": price.model, "start": price.start, "end": end, "open": price.end is None}
            )
    return spans, refs


def _on_paper(
    x: float, y: float, words: str, size: float, fill: str = "ink", bold: bool = False
) -> list[str]:
    """Words with paper behind them, so that the lines of the dates stop there."""
    room = svg.rect(x - 1, y - size, width_of(words, size, bold) + 4, size * 1.3, "paper", radius=0)
    return [room, svg.text(x, y, words, size, fill, bold=bold)]


def draw(data: Dataset) -> Figure:
    """One row for each API name, one bar for each set of weights that it stood for."""
    served: dict[str, list[dict[str, Any]]] = {}
    rows: list[dict[str, str]] = []
    refs: list[Any] = list(need(data, "facts", "price-api-old-flash-name").sources)
    for name in NAMES:
        served[name], sources = _spans(data, name)
        refs += sources
        for span in served[name]:
            rows.append(
                {
                    "API name": name,
                    "Weights": need(data, "models", span["model"]).name,
                    "From (UTC)": span["start"].strftime("%Y-%m-%d %H:%M"),
                    "To (UTC)": "" if span["open"] else span["end"].strftime("%Y-%m-%d %H:%M"),
                }
            )
    title = "Which weights answered to which API name in 2026"
    alt = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{need(data, 'models', s['model']).name.removeprefix('DeepSeek-')} from "
            f"{max(s['start'], FROM):%Y-%m-%d}"
            for s in served[name]
        )
        + (
            ""
            if served[name][-1]["open"]
            else f", by plan off since {served[name][-1]['end']:%Y-%m-%d}"
        )
        for name in NAMES
    )
    changes = [
        (dt.datetime(2026, 4, 24, tzinfo=dt.UTC), "Apr 24"),
        (dt.datetime(2026, 7, 31, tzinfo=dt.UTC), "Jul 31"),
        (dt.datetime(2026, 8, 13, tzinfo=dt.UTC), "Aug 13"),
        (dt.datetime(2026, 9, 10, 4, tzinfo=dt.UTC), "Sep 10"),
        (dt.datetime(2026, 10, 17, tzinfo=dt.UTC), "Oct 17"),
    ]

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.0) if narrow else (WIDE, 13.0)
        left, right = 4.0, width - 4.0
        total = (UNTIL - FROM).total_seconds()

        def x_of(moment: dt.datetime) -> float:
            share = (min(max(moment, FROM), UNTIL) - FROM).total_seconds() / total
            return left + (right - left) * share

        parts: list[str] = []
        y = 34.0 if narrow else 22.0
        top = y - 6
        for name in NAMES:
            parts += _on_paper(left, y + size, name, size + 0.5, bold=True)
            last = served[name][-1]
            if not last["open"]:
                parts += _on_paper(
                    x_of(last["end"]) + 5, y + size + 20, "off by plan", size, "ink-soft"
                )
            y += size + 6
            for span in served[name]:
                x1, x2 = x_of(span["start"]), x_of(span["end"])
                shade = model_color(data, span["model"])
                parts.append(svg.rect(x1, y, x2 - x1 - 1.5, 20, shade, radius=0))
                words = SHORT[span["model"]][narrow]
                if span["model"] == "v4-flash-vision-exp":
                    parts[-1] = svg.rect(x1, y, x2 - x1 - 1.5, 20, "c-v4-flash", radius=0)
                    parts.append(
                        svg.text(x1 - 5, y + 14.5, "Vision-Exp", size, "c-v4-flash", "end", True)
                    )
                elif words and len(words) * size * 0.52 < x2 - x1 - 4:
                    parts.append(svg.text(x1 + 4, y + 14.5, words, size, "paper", bold=True))
            y += 30
        for index, (moment, words) in enumerate(changes):
            x = x_of(moment)
            low = narrow and index in (2,)
            parts.insert(0, svg.line(x, top - (0 if low or not narrow else 12), x, y - 6, "rule"))
            if words == "Jul 31" and not narrow:
                x -= 8
            high = 14 if (low or not narrow) else 0
            parts.append(svg.text(x, 12 + high - (0 if narrow else 14), words, size - 0.5,
                                  "ink-soft", "middle"))  # fmt: skip
        return svg.drawing(parts, width, y - 4, "checkpoints", svg.variant(narrow), title, alt)

    return Figure(
        id="checkpoints",
        title=title,
        caption=(
            "From April 2026 to the day of the review. A color is a line of models, a new bar is a "
            "new set of weights; the name in the request stays the same. The old Flash names are "
            "still accepted and answered by V4.1-Flash-1017. Off by plan: DeepSeek's date; reports "
            "differ on when the name stopped answering."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("API name", "Weights", "From (UTC)", "To (UTC)"),
        rows=rows,
        sources=distinct(refs)[:12],
        as_of="2026-11-15",
    )
