"""The headline claim: published and reproduced shares of V3.2 at a million tokens."""

from __future__ import annotations

from typing import Any

from scripts.figures.architecture._compared_models import BASELINE, COLORS, SHORT
from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.base import Figure, both, color, distinct, need
from scripts.model import attention
from scripts.sources.records.loading import Dataset

MILLION = 1_000_000


def draw(data: Dataset) -> Figure:
    """Published against reproduced shares of V3.2 at a million tokens."""
    base = shape(data, BASELINE)
    rows: list[dict[str, str]] = []
    values: list[dict[str, Any]] = []
    refs = []
    for model in ("v4-pro", "v4-flash"):
        config = shape(data, model)
        refs += need(data, "models", model).sources
        for what, record, ours in (
            (
                "Compute for each new token",
                f"{model}-published-flops-share",
                attention.flop_share(config, base, MILLION),
            ),
            (
                "Memory for the context (KV cache)",
                f"{model}-published-kv-share",
                attention.kv_share(config, base, MILLION),
            ),
        ):
            published = need(data, "facts", record)
            refs += published.sources
            rows.append(
                {
                    "What": what,
                    "Model": SHORT[model],
                    "Published, % of V3.2": str(published.value),
                    "Reproduced, % of V3.2": f"{ours:.2f}",
                }
            )
            values.append(
                {
                    "what": what,
                    "model": SHORT[model],
                    "share": round(ours, 2),
                    "label": f"{ours:.1f}%",
                    "published": float(published.value),
                    "note": f"published {published.value}%",
                }
            )
        # The baseline is drawn once in each panel, as the length that the shares refer to.
    for what in dict.fromkeys(value["what"] for value in values):
        values.append({"what": what, "model": "V3.2", "share": 100, "label": "100%", "note": ""})
    title = "What V4 needs at one million tokens, as a share of V3.2"
    alt = "At a context of one million tokens, " + "; ".join(
        f"{row['Model']}: {row['What'].lower()} {row['Reproduced, % of V3.2']}% of V3.2 "
        f"by our computation, {row['Published, % of V3.2']}% as published"
        for row in rows
    )

    def build(width: int, narrow: bool) -> dict[str, Any]:
        y = {
            "field": "model",
            "sort": ["V3.2", "V4-Pro", "V4-Flash"],
            "title": None,
            "type": "nominal",
        }
        layer = [
            {
                "mark": {"type": "bar", "height": 20},
                "encoding": {
                    "x": {
                        "field": "share",
                        "type": "quantitative",
                        "title": None,
                        "axis": None,
                        "scale": {"domain": [0, 100]},
                    },
                    "color": {
                        "field": "model",
                        "legend": None,
                        "scale": {
                            "domain": list(COLORS),
                            "range": [color(name) for name in COLORS.values()],
                        },
                    },
                },
            },
            {
                "transform": [{"filter": "datum.model != 'V3.2'"}],
                "mark": {"type": "tick", "thickness": 2, "size": 30, "color": color("ink")},
                "encoding": {"x": {"field": "published", "type": "quantitative"}},
            },
            {
                "transform": [{"filter": "datum.model != 'V3.2'"}],
                "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": 600},
                "encoding": {
                    "x": {"field": "share", "type": "quantitative"},
                    "text": {"field": "label"},
                },
            },
            {
                "transform": [{"filter": "datum.model != 'V3.2'"}],
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 56 if narrow else 62,
                    "color": color("ink-soft"),
                },
                "encoding": {
                    "x": {"field": "share", "type": "quantitative"},
                    "text": {"field": "note"},
                },
            },
        ]
        panel = {"layer": layer, "width": width - 90, "height": 96, "encoding": {"y": y}}
        return {
            "data": {"values": values},
            "facet": {
                "row": {
                    "field": "what",
                    "title": None,
                    "sort": list(dict.fromkeys(v["what"] for v in values)),
                    "header": {
                        "orient": "top",
                        "labelAnchor": "start",
                        "labelFontWeight": 600,
                        "labelOrient": "top",
                    },
                }
            },
            "spec": panel,
            "spacing": 14,
        }

    return Figure(
        id="headline-claim",
        title=title,
        caption=(
            "Bars: computed by this site from the published shapes. Ticks: what DeepSeek "
            "published. Both at one million tokens of context, where the saving is largest."
        ),
        alt=alt,
        **both(build, "headline-claim", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )
