"""Cache and work against the length of the context, for the compared models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.figures.architecture._compared_models import COLORS, MODELS, SHORT
from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.base import Figure, both, color, distinct, need
from scripts.sources.records.loading import Dataset


def against_context(
    data: Dataset, figure_id: str, title: str, unit: str, values: list[dict[str, Any]],
    alt: str, caption: str, rows: list[dict[str, str]], log_y: bool,
) -> Figure:  # fmt: skip
    """Lines of all models over a logarithmic axis of tokens, named at their right ends."""
    ends = [value for value in values if value["tokens"] == 2**20]
    refs = [ref for model in MODELS for ref in need(data, "models", model).sources]

    def labels(x: Any, y: Any, shade: Any) -> Iterator[dict[str, Any]]:
        # On the logarithmic axis V4-Pro and V4-Flash end close together: one up, one down.
        lift = {"V4-Pro": -18, "V4-Flash": 8} if log_y else {}
        for end in ends:
            for field, weight, dy in (("model", 600, 0), ("label", 400, 14)):
                yield {
                    "data": {"values": [end]},
                    "mark": {
                        "type": "text",
                        "align": "left",
                        "dx": 8,
                        "dy": dy + lift.get(end["model"], 0),
                        "fontWeight": weight,
                    },
                    "encoding": {"x": x, "y": y, "color": shade, "text": {"field": field}},
                }

    def build(width: int, narrow: bool) -> dict[str, Any]:
        ticks = (
            [2**12, 2**14, 2**17, 2**20] if narrow else [2**p for p in range(12, 21, 2)] + [2**17]
        )
        x = {
            "field": "tokens",
            "type": "quantitative",
            "scale": {"type": "log", "base": 2, "domain": [4096, 2**20], "nice": False},
            "title": "Context, tokens",
            "axis": {
                "values": ticks,
                "labelExpr": "datum.value >= 1048576 ? '1M' : datum.value / 1024 + 'K'",
            },
        }
        scale = {"type": "log", "base": 10} if log_y else {"zero": True}
        y = {
            "field": "value",
            "type": "quantitative",
            "title": unit,
            "scale": scale,
            "axis": {
                "titleAngle": 0,
                "titleAnchor": "start",
                "titleAlign": "left",
                "titleY": -12,
                "titleX": 0,
                **({"values": [0.01, 0.1, 1, 10, 100]} if log_y else {"tickCount": 5}),
            },
        }
        scale_color = {
            "domain": list(COLORS),
            "range": [color(name) for name in COLORS.values()],
        }
        shade = {"field": "model", "legend": None, "scale": scale_color}
        return {
            "width": width - (112 if narrow else 130),
            "height": 230 if narrow else 290,
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {"type": "line", "interpolate": "monotone"},
                    "encoding": {"x": x, "y": y, "color": shade},
                },
                {
                    "data": {"values": ends},
                    "mark": {"type": "point", "filled": True, "size": 50, "opacity": 1},
                    "encoding": {"x": x, "y": y, "color": shade},
                },
                *labels(x, y, shade),
            ],
        }

    return Figure(
        id=figure_id,
        title=title,
        caption=caption,
        alt=alt,
        **both(build, figure_id, title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )


def curve(
    data: Dataset, measure: Any, label: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Points and table rows of ``measure(shape, tokens)`` from 4K to 1M, ``label`` its unit."""
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    for power in range(12, 21):
        tokens = 2**power
        row = {"Context, tokens": f"{tokens:,}"}
        for model in MODELS:
            value = measure(shape(data, model), tokens)
            text = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
            values.append(
                {
                    "tokens": tokens,
                    "model": SHORT[model],
                    "value": value,
                    "label": f"{text} {label}",
                }
            )
            row[f"{SHORT[model]}, {label}"] = text
        rows.append(row)
    return values, rows
