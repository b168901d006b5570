"""What thinking buys: V4's three modes, and the effort dial of V4.1-Flash."""

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


def modes_and_scores(data: Dataset) -> Figure:
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
            "Small circle: Non-think; square: High; diamond: Max. Upper line of each pair (blue): "
            "V4-Pro; lower (orange): V4-Flash. Numbers: lowest and highest of the three. The "
            "preview of April 24, 2026, all by DeepSeek."
        ),
        alt=alt,
        **both(build, "modes-and-scores", title, alt),
        columns=("Test", "Model", "Non-think", "High", "Max"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )


def effort_dial(data: Dataset) -> Figure:
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


SCAFFOLD_TESTS = (("deepswe", "DeepSWE"), ("terminal-bench-2-1", "Terminal-Bench 2.1"))


def scaffolds(data: Dataset) -> Figure:
    """One set of weights in eight agent programs, on two tests."""
    by_program: dict[str, dict[str, Any]] = {}
    refs: list[Any] = []
    for test, _ in SCAFFOLD_TESTS:
        prefix = f"scaffold-v41-{test}-"
        for record_id, result in data["results"].items():
            if record_id.startswith(prefix):
                by_program.setdefault(result.harness, {})[test] = result
                refs += result.sources
    if not by_program or any(len(found) != 2 for found in by_program.values()):
        raise LookupError("data/results: a scaffold of V4.1-Flash lacks one of its two tests")
    order = sorted(by_program, key=lambda name: -by_program[name]["deepswe"].score)
    values = [
        {
            "program": name,
            "test": words,
            "score": float(by_program[name][test].score),
            "label": f"{by_program[name][test].score}",
        }
        for name in order
        for test, words in SCAFFOLD_TESTS
    ]
    rows = [
        {"Program": name, **{w: str(by_program[name][t].score) for t, w in SCAFFOLD_TESTS}}
        for name in order
    ]
    title = "The same model in eight agent programs"
    alt = "V4.1-Flash at max effort, DeepSWE and Terminal-Bench 2.1, in percent: " + "; ".join(
        f"{row['Program']} {row['DeepSWE']} and {row['Terminal-Bench 2.1']}" for row in rows
    )

    def build(width: int, narrow: bool) -> dict[str, Any]:
        y = {
            "field": "program",
            "type": "nominal",
            "sort": order,
            "title": None,
            "axis": {
                "labelExpr": "split(replace(datum.label, 'Harness ', 'Harness|'), '|')",
                "labelLineHeight": 12,
            },
        }
        x = {
            "field": "score",
            "type": "quantitative",
            "scale": {"domain": [60, 95], "nice": False},
            "title": "Score, %",
            "axis": {"grid": True, "values": [60, 70, 80, 90]},
        }
        layers: list[dict[str, Any]] = []
        for (_, words), shape in zip(SCAFFOLD_TESTS, ("circle", "diamond"), strict=True):
            mine = [value for value in values if value["test"] == words]
            layers.append(
                {
                    "data": {"values": mine},
                    "mark": {
                        "type": "point",
                        "filled": True,
                        "opacity": 1,
                        "shape": shape,
                        "size": 90 if shape == "circle" else 120,
                        "color": color("c-v4-1"),
                    },
                    "encoding": {"x": x},
                }
            )
            layers.append(
                {
                    "data": {"values": mine},
                    "mark": {"type": "text", "align": "left", "dx": 9},
                    "encoding": {"x": x, "text": {"field": "label"}},
                }
            )
            layers.append(
                {
                    "data": {"values": mine[:1]},
                    "mark": {
                        "type": "text",
                        "dy": -16,
                        "fontWeight": 600,
                        "align": "right",
                        "dx": (0 if shape == "circle" else 34) if narrow else 40,
                        "color": color("c-v4-1"),
                    },
                    "encoding": {"x": x, "text": {"field": "test"}},
                }
            )
        return {
            "width": width - (142 if narrow else 200),
            "height": {"step": 32},
            "encoding": {"y": y},
            "layer": layers,
        }

    return Figure(
        id="scaffolds",
        title=title,
        caption=(
            "Circle: DeepSWE; diamond: Terminal-Bench 2.1. V4.1-Flash at max effort, all by "
            "DeepSeek, from its report as read by third parties. The axis begins at 60."
        ),
        alt=alt,
        **both(build, "scaffolds", title, alt),
        columns=("Program", "DeepSWE", "Terminal-Bench 2.1"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-10",
    )
