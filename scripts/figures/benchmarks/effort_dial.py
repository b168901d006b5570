"""V4.1-Flash at a low and at full effort."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need, score_axis
from scripts.sources.records.loading import Dataset


def draw(data: Dataset) -> Figure:
    """V4.1-Flash at a low and at full effort, with the tokens where they are known."""
    fact = {
        key: need(data, "facts", f"effort-v4-1-{key}")
        for key in ("reasoning-25", "reasoning-100", "tokens", "apex-tokens-low",
                    "apex-tokens-high")
    }  # fmt: skip
    result = {
        key: need(data, "results", key)
        for key in (
            "effort-v41-deepswe-25",
            "v41-deepswe-v4-1-flash",
            "effort-v41-terminal-bench-2-1-25",
            "v41-terminal-bench-2-1-v4-1-flash",
            "effort-v41-matharena-apex-low",
            "v41-matharena-apex-v4-1-flash",
        )
    }
    pairs = (
        ("Eight reasoning tests, mean", fact["reasoning-25"].value, fact["reasoning-100"].value,
         f"{fact['tokens'].value} times the tokens", "25"),
        ("DeepSWE", result["effort-v41-deepswe-25"].score,
         result["v41-deepswe-v4-1-flash"].score, "", "25"),
        ("Terminal-Bench 2.1", result["effort-v41-terminal-bench-2-1-25"].score,
         result["v41-terminal-bench-2-1-v4-1-flash"].score, "", "25"),
        ("MathArena Apex", result["effort-v41-matharena-apex-low"].score,
         result["v41-matharena-apex-v4-1-flash"].score,
         f"{float(fact['apex-tokens-low'].value) / 1000:.1f}k to "
         f"{float(fact['apex-tokens-high'].value) / 1000:.1f}k tokens", "lowest printed"),
    )  # fmt: skip
    values = [
        {
            "test": test,
            "low": float(low),
            "high": float(high),
            "lowLabel": f"{low}",
            "highLabel": f"{high}",
            "tokens": tokens,
            "middle": (float(low) + float(high)) / 2,
        }
        for test, low, high, tokens, _ in pairs
    ]
    rows = [
        {
            "Test": test,
            "Low effort": f"{low} ({setting})",
            "Full effort": f"{high}",
            "Output tokens": tokens,
        }
        for test, low, high, tokens, setting in pairs
    ]
    title = "V4.1-Flash at low and at full effort"
    alt = "; ".join(
        f"{test}: {low}% at {'effort 25' if setting == '25' else 'the lowest effort printed'}, "
        f"{high}% at full effort" + (f" ({tokens})" if tokens else "")
        for test, low, high, tokens, setting in pairs
    )
    order = [value["test"] for value in values]
    refs = [ref for record in [*fact.values(), *result.values()] for ref in record.sources]

    def build(width: int, narrow: bool) -> dict[str, Any]:
        y = {
            "field": "test",
            "type": "nominal",
            "sort": order,
            "title": None,
            # Room for the label below the last mark, which would else stand on the axis.
            "scale": {"type": "point", "padding": 0.75},
            "axis": {"labelExpr": "split(datum.label, ', ')", "labelLineHeight": 13},
        }
        x = score_axis("low")
        high = {**x, "field": "high"}
        mark = {"type": "point", "filled": True, "opacity": 1, "color": color("c-v4-1")}
        text = {"type": "text", "fontWeight": 600}
        return {
            "data": {"values": values},
            "width": width - (150 if narrow else 190),
            "height": {"step": 46},
            "encoding": {"y": y},
            "layer": [
                {
                    "mark": {"type": "rule", "strokeWidth": 3, "color": color("c-v4-1")},
                    "encoding": {"x": x, "x2": {"field": "high"}},
                },
                {"mark": {**mark, "size": 40}, "encoding": {"x": x}},
                {"mark": {**mark, "size": 140}, "encoding": {"x": high}},
                {
                    "mark": {**text, "align": "right", "dx": -8, "fontWeight": 400},
                    "encoding": {"x": x, "text": {"field": "lowLabel"}},
                },
                {
                    "mark": {**text, "align": "left", "dx": 10},
                    "encoding": {"x": high, "text": {"field": "highLabel"}},
                },
                {
                    "mark": {
                        "type": "text",
                        "align": "right" if narrow else "center",
                        "dy": 16,
                        "dx": 10 if narrow else 0,
                        "color": color("ink-soft"),
                    },
                    "encoding": {
                        "x": high if narrow else {**x, "field": "middle"},
                        "text": {"field": "tokens"},
                    },
                },
            ],
        }

    return Figure(
        id="effort-dial",
        title=title,
        caption=(
            "Small mark: effort 25 of 100 (for MathArena Apex the lowest that is printed); large "
            "mark: full effort. Below the line: the output tokens, where known. By DeepSeek, from "
            "the V4.1 report as read by third parties."
        ),
        alt=alt,
        **both(build, "effort-dial", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-10",
    )
