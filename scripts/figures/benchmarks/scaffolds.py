"""One model in eight agent programs."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct
from scripts.sources.records.loading import Dataset

SCAFFOLD_TESTS = (("deepswe", "DeepSWE"), ("terminal-bench-2-1", "Terminal-Bench 2.1"))


def draw(data: Dataset) -> Figure:
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
