"""Estimates of the lag behind the frontier, in months."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need
from scripts.figures.benchmarks._reporters import kind
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset

LAGS = (
    "lag-deepseek-report",
    "lag-caisi",
    "lag-caisi-on-vendor-data",
    "lag-epoch",
    "lag-epoch-earlier",
    "lag-mcnair",
)


def draw(data: Dataset) -> Figure:
    """Every estimate, in months, of how far V4 or open models trail the frontier."""
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    subjects = {
        "lag-deepseek-report": "V4-Pro, DeepSeek's own",
        "lag-caisi": "V4-Pro, CAISI's tests",
        "lag-caisi-on-vendor-data": "V4-Pro, CAISI on DeepSeek's data",
        "lag-epoch": "Open models since Jan 2026, Epoch",
        "lag-epoch-earlier": "Open models 2023–25, Epoch",
        "lag-mcnair": "Open models since R1, McNair",
    }
    for record_id in LAGS:
        fact = need(data, "facts", record_id)
        low = fact.low if fact.low is not None else fact.value
        high = fact.high if fact.high is not None else fact.value
        own = kind(data, fact.reported_by) == "vendor"
        refs += fact.sources
        values.append(
            {
                "name": subjects[record_id],
                "low": float(low),
                "high": float(high),
                "own": own,
                "label": f"{low}–{high}" if low != high else f"{low}",
            }
        )
        rows.append(
            {
                "Estimate": fact.label,
                "Months": record_value(fact),
                "As of": fact.as_of,
                "By": need(data, "parties", fact.reported_by).name,
            }
        )
    order = [value["name"] for value in values]
    title = "How many months behind the frontier?"
    alt = "; ".join(f"{value['name']}: {value['label']} months" for value in values)

    def build(width: int, narrow: bool) -> dict[str, Any]:
        y = {
            "field": "name",
            "type": "nominal",
            "sort": order,
            "title": None,
            "axis": {
                "labelExpr": "split(datum.label, ', ')",
                "labelLineHeight": 13,
                "labelLimit": 250,
            },
        }
        x = {
            "field": "low",
            "type": "quantitative",
            "scale": {"domain": [0, 10]},
            "title": "Months",
            "axis": {"grid": True, "tickCount": 5},
        }

        def point(own: bool) -> dict[str, Any]:
            return {
                "transform": [{"filter": f"datum.own == {str(own).lower()}"}],
                "mark": {
                    "type": "point",
                    "filled": own,
                    "size": 100,
                    "opacity": 1,
                    "strokeWidth": 2.5,
                    "color": color("c-v4-pro"),
                },
            }

        ends = []
        for own in (True, False):
            for field in ("low", "high"):
                ends.append({**point(own), "encoding": {"x": {**x, "field": field}}})
        return {
            "data": {"values": values},
            "width": width - (200 if narrow else 240),
            "height": {"step": 40},
            "encoding": {"y": y},
            "layer": [
                {
                    "mark": {"type": "rule", "strokeWidth": 3, "color": color("c-v4-pro")},
                    "encoding": {"x": x, "x2": {"field": "high"}},
                },
                *ends,
                {
                    "mark": {"type": "text", "align": "left", "dx": 10, "fontWeight": 600},
                    "encoding": {"x": {**x, "field": "high"}, "text": {"field": "label"}},
                },
            ],
        }

    return Figure(
        id="months-behind",
        title=title,
        caption=(
            "Filled: the vendor's own estimate; hollow: others. The estimates answer different "
            "questions: some are about V4-Pro, some about the best open model of the day."
        ),
        alt=alt,
        **both(build, "months-behind", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of=max(row["As of"] for row in rows),
    )
