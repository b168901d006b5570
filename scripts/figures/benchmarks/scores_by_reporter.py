"""Scores of the same test by who reported them."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, model_color, need, score_axis
from scripts.figures.benchmarks._reporters import kind
from scripts.sources.records.loading import Dataset

PAIRS = (
    ("SWE-bench Verified", "swe-bench-verified", "v4-pro"),
    ("Terminal-Bench 2.1", "terminal-bench-2-1", "v4-pro-0813"),
    ("Terminal-Bench 2.1", "terminal-bench-2-1", "v4-flash-0731"),
    ("Terminal-Bench 2.1", "terminal-bench-2-1", "v4-1-flash"),
    ("DeepSWE", "deepswe", "v4-pro"),
    ("DeepSWE", "deepswe", "v4-pro-0813"),
    ("DeepSWE", "deepswe", "v4-flash-0731"),
)
"""Benchmarks of one model that both DeepSeek and somebody else have run."""
SKIP = ("effort-", "scaffold-", "report-t7-", "v41-")
"""Series of their own (other modes, scaffolds, reprints): not the headline score."""


def draw(data: Dataset) -> Figure:
    """Vendor-reported (filled) against independent (hollow) scores of the same model and test."""
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for label, benchmark, model_id in PAIRS:
        model = need(data, "models", model_id)
        found = [
            result
            for result in data["results"].values()
            if result.benchmark == benchmark
            and result.model == model_id
            and result.score is not None
            and (not result.id.startswith(SKIP) or model_id == "v4-1-flash")
            and not result.id.startswith(SKIP[:2])
        ]
        own = [result for result in found if result.reported_by == "deepseek"]
        others = [result for result in found if kind(data, result.reported_by) != "vendor"]
        if not own or not others:
            raise LookupError(
                f"data/results has no pair of vendor and independent scores for {benchmark}, "
                f"{model_id}"
            )
        name = f"{label}, {model.name.removeprefix('DeepSeek-')}"
        best = max(own, key=lambda result: result.score)
        for result in [best, *others]:
            who = need(data, "parties", result.reported_by).name
            refs += result.sources
            values.append(
                {
                    "row": name,
                    "score": float(result.score),
                    "who": who,
                    "model": model_id,
                    "own": result is best,
                    "label": f"{result.score}",
                    "by": f"{who} {result.score}",
                }
            )
            rows.append(
                {
                    "Benchmark and model": name,
                    "Score, %": str(result.score),
                    "Reported by": who,
                    "Date": result.as_of,
                    "Setting": result.harness or result.mode or "",
                }
            )
    order = list(dict.fromkeys(value["row"] for value in values))
    title = "The same test, reported by DeepSeek and by others"
    alt = "; ".join(
        f"{name}: " + ", ".join(f"{v['who']} {v['label']}%" for v in values if v["row"] == name)
        for name in order
    )
    models = sorted({value["model"] for value in values})
    spans = [
        {
            "row": name,
            "low": min(v["score"] for v in values if v["row"] == name),
            "high": max(v["score"] for v in values if v["row"] == name),
        }
        for name in order
    ]

    def build(width: int, narrow: bool) -> dict[str, Any]:
        shade = {
            "field": "model",
            "legend": None,
            "scale": {"domain": models, "range": [color(model_color(data, m)) for m in models]},
        }
        y = {
            "field": "row",
            "type": "nominal",
            "sort": order,
            "title": None,
            # Room for the label below the last mark, which would else stand on the axis.
            "scale": {"type": "point", "padding": 0.75},
            "axis": {"labelExpr": "split(datum.label, ', ')", "labelLineHeight": 13},
        }
        x = score_axis("score")
        return {
            "width": width - (146 if narrow else 160),
            "height": {"step": 44},
            "encoding": {"y": y},
            "layer": [
                {
                    "data": {"values": spans},
                    "mark": {"type": "rule", "color": color("rule"), "strokeWidth": 3},
                    "encoding": {
                        "x": {"field": "low", "type": "quantitative"},
                        "x2": {"field": "high"},
                    },
                },
                {
                    "data": {"values": [v for v in values if v["own"]]},
                    "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                    "encoding": {"x": x, "color": shade},
                },
                {
                    "data": {"values": [v for v in values if not v["own"]]},
                    "mark": {
                        "type": "point",
                        "filled": False,
                        "size": 100,
                        "strokeWidth": 2.5,
                        "opacity": 1,
                    },
                    "encoding": {"x": x, "color": shade},
                },
                {
                    "data": {"values": [v for v in values if v["own"]]},
                    "mark": {"type": "text", "dy": -13, "fontWeight": 600},
                    "encoding": {"x": x, "text": {"field": "label"}},
                },
                *(
                    {
                        "data": {"values": [v for v in values if not v["own"] and near(v)]},
                        "mark": {
                            "type": "text",
                            "dy": 15,
                            "align": align,
                            "color": color("ink-soft"),
                        },
                        "encoding": {"x": x, "text": {"field": "label" if narrow else "by"}},
                    }
                    # A label centered near zero would run into the names of the rows.
                    for align, near in (
                        ("left", lambda v: v["score"] < 15),
                        ("center", lambda v: v["score"] >= 15),
                    )
                ),
            ],
        }

    return Figure(
        id="scores-by-reporter",
        title=title,
        caption=(
            "Filled: DeepSeek's own score. Hollow: the same test of the same model, run by "
            "somebody else, often with another harness, effort or sample; so a gap is not by "
            "itself proof of an error."
        ),
        alt=alt,
        **both(build, "scores-by-reporter", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of=max(row["Date"] for row in rows),
    )
