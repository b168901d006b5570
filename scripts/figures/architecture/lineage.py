"""Where V4's attention comes from: papers and models by date."""

from __future__ import annotations

import datetime as dt

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import spec
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import SourceRef


def _months(text: str) -> float:
    """Months since the start of 2024, from YYYY-MM-DD."""
    day = dt.date.fromisoformat(text)
    return (day.year - 2024) * 12 + day.month - 1 + (day.day - 1) / 31


def draw(data: Dataset) -> Figure:
    """DeepSeek's attentions along time, with the cache that each adds for a token."""

    def fact_bytes(record_id: str) -> tuple[float, list[SourceRef]]:
        fact = need(data, "facts", record_id)
        return float(fact.value), list(fact.sources)

    v41 = spec(data, "v4-1-flash", "cache-bytes-per-token")
    known = {
        "V3.2": fact_bytes("v32-cache-growth"),
        "V4-Pro": fact_bytes("v4-pro-cache-growth"),
        "V4-Flash": fact_bytes("v4-flash-cache-growth"),
        "V4.1-Flash": (float(v41.value), list(v41.sources)),
    }
    colors = {"V3.2": "c-v3-2", "V4-Pro": "c-v4-pro", "V4-Flash": "c-v4-flash",
              "V4.1-Flash": "c-v4-1"}  # fmt: skip
    steps = (
        (need(data, "models", "deepseek-v2").released, "MLA",
         "in V2, then V3: one short vector a token", ()),
        ("2025-02-16", "NSA", "research: blocks, chosen blocks, a window", ()),
        (need(data, "models", "deepseek-v3-2-exp").released, "DSA",
         "in V3.2: MLA, reading chosen tokens only", ("V3.2",)),
        (need(data, "models", "v4-pro").released, "CSA and HCA",
         "in V4: one entry for 4 or 128 tokens", ("V4-Pro", "V4-Flash")),
        (need(data, "models", "v4-1-flash").released, "CSA2",
         "in V4.1: one cache for many layers", ("V4.1-Flash",)),
    )  # fmt: skip
    first = need(data, "models", "deepseek-v2")
    nsa = SourceRef(key="yuan2025nsa", at=None)
    refs = [*first.sources, nsa, *need(data, "models", "deepseek-v3-2-exp").sources]
    for _, sources in known.values():
        refs += sources
    title = "From MLA to CSA2: what attention keeps of a token"
    alt = "Bytes of cache added by each token: " + "; ".join(
        f"{name} {value:,.0f}" for name, (value, _) in known.items()
    ) + (
        ". MLA of 2024 and NSA of February 2025 come before, DSA in September 2025, CSA and HCA "
        "in April 2026, CSA2 in September 2026."
    )  # fmt: skip
    largest = max(value for value, _ in known.values())

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.5) if narrow else (WIDE, 13.0)
        left = 78.0 if narrow else 96.0
        month = 10.0
        start = _months(steps[0][0])
        y0 = 14.0
        parts: list[str] = []
        y = 0.0
        tick = 0.0
        for date, name, words, models in steps:
            tick = y0 + (_months(date) - start) * month
            y = max(tick, y)
            parts.append(svg.circle(60 if narrow else 76, tick, 4.5, "ink"))
            if y - tick > 2:
                parts.append(svg.line(60 if narrow else 76, tick, left - 4, y, "ink-soft", 1))
            when = dt.date.fromisoformat(date).strftime("%b %Y")
            parts.append(svg.text(50 if narrow else 64, tick + 4, when, size - 0.5, "ink-soft",
                                  "end"))  # fmt: skip
            parts.append(svg.text(left, y + 4, name, size + 1, bold=True))
            lines, below = svg.paragraph(left, y + 4 + size * 1.4, words, width - left - 4, size)
            parts += lines
            below -= size * 0.75
            for model in models:
                value = known[model][0]
                long = max(2.0, (width - left - (96 if narrow else 150)) * value / largest)
                parts.append(svg.rect(left, below, long, 15, colors[model], radius=0))
                parts.append(
                    svg.text(left + long + 6, below + 12,
                             f"{model} {value:,.0f}" + ("" if narrow else " bytes"), size, "ink",
                             bold=True)
                )  # fmt: skip
                below += 20
            y = below + 20
        parts.insert(0, svg.line(60 if narrow else 76, y0, 60 if narrow else 76, tick, "rule", 2))
        return svg.drawing(parts, width, y - 10, "lineage", svg.variant(narrow), title, alt)

    rows = []
    for date, name, words, models in steps:
        for model in models or ("",):
            rows.append(
                {
                    "Date": date,
                    "Attention": name,
                    "What": words,
                    "Model": model,
                    "Bytes of cache a token": f"{known[model][0]:,.0f}" if model else "",
                }
            )
    return Figure(
        id="lineage",
        title=title,
        caption=(
            "Time runs down. Bars: bytes of cache that each further token adds over all layers, in "
            "the formats in which the models are served; computed by this site for V3.2 and V4, "
            "DeepSeek's figure for V4.1. For MLA before V3.2 and NSA no figure of that kind is "
            "at hand."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("Date", "Attention", "What", "Model", "Bytes of cache a token"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-10",
    )
