"""The efficiency claim: the headline bars, and cache and work against context length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need
from scripts.model import attention
from scripts.sources.records.loading import Dataset

BASELINE = "deepseek-v3-2"
MODELS = ("deepseek-v3-2", "v4-pro", "v4-flash")
SHORT = {"deepseek-v3-2": "V3.2", "v4-pro": "V4-Pro", "v4-flash": "V4-Flash"}
COLORS = {"V3.2": "c-v3-2", "V4-Pro": "c-v4-pro", "V4-Flash": "c-v4-flash"}
GIB = 2**30
MILLION = 1_000_000


def _config(data: Dataset, model: str) -> Any:
    return attention.AttentionConfig.from_model(need(data, "models", model))


def headline_claim(data: Dataset) -> Figure:
    """Published against reproduced shares of V3.2 at a million tokens."""
    base = _config(data, BASELINE)
    rows: list[dict[str, str]] = []
    values: list[dict[str, Any]] = []
    refs = []
    for model in ("v4-pro", "v4-flash"):
        config = _config(data, model)
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
            "Bars: computed by this site from the published shapes. Black ticks: what DeepSeek "
            "published. Both at one million tokens of context, where the saving is largest."
        ),
        alt=alt,
        **both(build, "headline-claim", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )


def _against_context(
    data: Dataset, figure_id: str, title: str, unit: str, values: list[dict[str, Any]],
    alt: str, caption: str, rows: list[dict[str, str]], log_y: bool,
) -> Figure:  # fmt: skip
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


def _curve(
    data: Dataset, measure: Any, label: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    for power in range(12, 21):
        tokens = 2**power
        row = {"Context, tokens": f"{tokens:,}"}
        for model in MODELS:
            value = measure(_config(data, model), tokens)
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


def cache_vs_context(data: Dataset) -> Figure:
    """KV cache of one sequence against its length."""
    values, rows = _curve(data, lambda c, n: attention.kv_bytes(c, n) / GIB, "GiB")
    last = rows[-1]
    alt = (
        "The cache of one conversation grows in proportion to its length. At 1,048,576 tokens: "
        f"V3.2 {last['V3.2, GiB']} GiB, V4-Pro {last['V4-Pro, GiB']} GiB, "
        f"V4-Flash {last['V4-Flash, GiB']} GiB."
    )
    return _against_context(
        data,
        "cache-vs-context",
        "Memory for the context of one conversation",
        "GiB",
        values,
        alt,
        "Both axes are logarithmic: the lines stay equally far apart, so V4's share of V3.2's "
        "cache is nearly the same at every length. Computed by this site.",
        rows,
        log_y=True,
    )


def compute_vs_context(data: Dataset) -> Figure:
    """Work of one decode step against context length."""
    values, rows = _curve(data, lambda c, n: attention.decode_flops(c, n).total / 1e9, "GFLOPs")
    first, last = rows[0], rows[-1]
    alt = (
        f"Work for one new token. At 4,096 tokens V3.2 needs {first['V3.2, GFLOPs']} GFLOPs, "
        f"V4-Pro {first['V4-Pro, GFLOPs']}, V4-Flash {first['V4-Flash, GFLOPs']}; at 1,048,576 "
        f"tokens {last['V3.2, GFLOPs']}, {last['V4-Pro, GFLOPs']} and "
        f"{last['V4-Flash, GFLOPs']}. The gap opens only at long contexts."
    )
    return _against_context(
        data,
        "compute-vs-context",
        "Work for each new token",
        "Equivalent FP8 GFLOPs",
        values,
        alt,
        "At short contexts V4-Pro and V3.2 are close together; the gap opens beyond some tens of "
        "thousands of tokens. Computed by this site.",
        rows,
        log_y=False,
    )
