"""What thinking changes: each test in three modes."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need, score_axis
from scripts.sources.records.loading import Dataset

MODES = ("non-think", "high", "max")
TESTS = (
    "hmmt-feb-2026",
    "hle",
    "livecodebench",
    "gpqa-diamond",
    "simpleqa-verified",
    "swe-bench-verified",
    "mmlu-pro",
)


def _mode_result(data: Dataset, test: str, model: str, mode: str) -> Any:
    """The last column of Table 7 is that of Table 6 and stands there."""
    record = f"report-t7-{test}-{model}-{mode}"
    if record not in data["results"] and model == "v4-pro" and mode == "max":
        record = f"report-t6-{test}-v4-pro-max"
    return need(data, "results", record)


def draw(data: Dataset) -> Figure:
    """Each test in three modes, for both models of April."""
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for test in TESTS:
        name = need(data, "benchmarks", test).name
        for model, short in (("v4-pro", "V4-Pro"), ("v4-flash", "V4-Flash")):
            row = {"Test": name, "Model": short}
            for mode in MODES:
                result = _mode_result(data, test, model, mode)
                refs += result.sources
                words = {"non-think": "Non-think", "high": "High", "max": "Max"}[mode]
                row[words] = f"{result.score}"
                values.append(
                    {
                        "test": name,
                        "model": short,
                        "mode": words,
                        "score": float(result.score),
                        "label": f"{result.score}",
                    }
                )
            rows.append(row)
    title = "What thinking changes, test by test"
    alt = "Scores without thinking, in High and in Max: " + "; ".join(
        f"{row['Test']}, {row['Model']} {row['Non-think']}, {row['High']}, {row['Max']}"
        for row in rows
    )
    order = list(dict.fromkeys(value["test"] for value in values))

    def build(width: int, narrow: bool) -> dict[str, Any]:
        shade = {
            "field": "model",
            "legend": None,
            "scale": {
                "domain": ["V4-Pro", "V4-Flash"],
                "range": [color("c-v4-pro"), color("c-v4-flash")],
            },
        }
        x = score_axis("score")
        y = {
            "field": "test",
            "type": "nominal",
            "sort": order,
            "scale": {"paddingInner": 0.25},
            "title": None,
            "axis": {
                "labelExpr": "split(replace(datum.label, ' ', '|'), '|')",
                "labelLineHeight": 13,
            }
            if narrow
            else {},
        }
        offset = {"field": "model", "type": "nominal", "sort": ["V4-Pro", "V4-Flash"]}
        spans = [
            {
                "test": test,
                "model": model,
                "low": min(scores),
                "high": max(scores),
                # Beside the names of the rows there is no room for a label on a phone.
                "lowLabel": "" if narrow and min(scores) < 15 else f"{min(scores):.1f}",
                "highLabel": f"{max(scores):.1f}" + ("" if narrow or index else f"  {model}"),
            }
            for index, test in enumerate(order)
            for model in ("V4-Pro", "V4-Flash")
            for scores in [[v["score"] for v in values if (v["test"], v["model"]) == (test, model)]]
        ]
        layers: list[dict[str, Any]] = [
            {
                "data": {"values": spans},
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    "x": {"field": "low", "type": "quantitative"},
                    "x2": {"field": "high"},
                    "color": shade,
                },
            }
        ]
        for mode, shape, size in (
            ("Non-think", "circle", 34),
            ("High", "square", 60),
            ("Max", "diamond", 120),
        ):
            layers.append(
                {
                    "data": {"values": [v for v in values if v["mode"] == mode]},
                    "mark": {
                        "type": "point",
                        "filled": True,
                        "opacity": 1,
                        "shape": shape,
                        "size": size,
                    },
                    "encoding": {"x": x, "color": shade},
                }
            )
        for field, align, dx, weight in (("low", "right", -7, 400), ("high", "left", 9, 600)):
            layers.append(
                {
                    "data": {"values": spans},
                    "mark": {"type": "text", "align": align, "dx": dx, "fontWeight": weight},
                    "encoding": {
                        "x": {"field": field, "type": "quantitative"},
                        "text": {"field": field + "Label"},
                        "color": shade,
                    },
                }
            )
        return {
            "width": width - (136 if narrow else 252),
            "height": {"step": 40, "for": "position"},
            "encoding": {"y": y, "yOffset": offset},
            "layer": layers,
        }

    return Figure(
        id="modes-and-scores",
        title=title,
        caption=(
            "Small circle: Non-think; square: High; diamond: Max. Upper line of each pair: "
            "V4-Pro; lower: V4-Flash. Numbers: lowest and highest of the three. The "
            "preview of April 24, 2026, all by DeepSeek."
        ),
        alt=alt,
        **both(build, "modes-and-scores", title, alt),
        columns=("Test", "Model", "Non-think", "High", "Max"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )
