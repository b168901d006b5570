"""Scores by who reported them, the lag behind the frontier, and retrieval by length."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, model_color, need, score_axis
from scripts.sources.records.formatting import record_value
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


def _kind(data: Dataset, reporter: str) -> str:
    party = data["parties"].get(reporter)
    return party.kind if party else "community"


def scores_by_reporter(data: Dataset) -> Figure:
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
        others = [result for result in found if _kind(data, result.reported_by) != "vendor"]
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


LAGS = (
    "lag-deepseek-report",
    "lag-caisi",
    "lag-caisi-on-vendor-data",
    "lag-epoch",
    "lag-epoch-earlier",
    "lag-mcnair",
)


def months_behind(data: Dataset) -> Figure:
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
        own = _kind(data, fact.reported_by) == "vendor"
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


LENGTHS = ("8k", "16k", "32k", "64k", "128k", "256k", "512k", "1m")


def mrcr_by_length(data: Dataset) -> Figure:
    """Retrieval (MRCR, 8 needles) by prompt length, as DeepSeek's report draws it."""
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for index, length in enumerate(LENGTHS):
        row = {"Prompt": length.upper()}
        for model, name in (("v4-pro", "V4-Pro"), ("v4-flash", "V4-Flash")):
            result = need(data, "results", f"report-fig9-mrcr-{length}-{model}-max")
            refs += result.sources
            values.append(
                {
                    "index": index,
                    "length": length.upper(),
                    "model": name,
                    "score": float(result.score),
                }
            )
            row[name] = str(result.score)
        rows.append(row)
    title = "Finding eight needles, by length of the prompt"
    alt = (
        "Share of needles found, as read off DeepSeek's figure: V4-Pro "
        f"{rows[4]['V4-Pro']} at 128K, {rows[5]['V4-Pro']} at 256K and {rows[7]['V4-Pro']} at 1M "
        f"tokens; V4-Flash {rows[4]['V4-Flash']}, {rows[5]['V4-Flash']} and {rows[7]['V4-Flash']}."
    )
    ends = [value for value in values if value["length"] == "1M"]

    def build(width: int, narrow: bool) -> dict[str, Any]:
        x = {
            "field": "length",
            "type": "ordinal",
            "sort": [length.upper() for length in LENGTHS],
            "title": "Length of the prompt, tokens",
            "axis": {"labelAngle": 0},
        }
        y = {
            "field": "score",
            "type": "quantitative",
            "scale": {"domain": [0, 1]},
            "title": None,
            "axis": {"tickCount": 5, "format": ".1f"},
        }
        shade = {
            "field": "model",
            "legend": None,
            "scale": {
                "domain": ["V4-Pro", "V4-Flash"],
                "range": [color("c-v4-pro"), color("c-v4-flash")],
            },
        }
        return {
            "width": width - (96 if narrow else 120),
            "height": 200 if narrow else 240,
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {
                        "type": "line",
                        "point": {"filled": True, "size": 45, "opacity": 1},
                    },
                    "encoding": {"x": x, "y": y, "color": shade},
                },
                {
                    "data": {"values": ends},
                    "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": 600},
                    "encoding": {"x": x, "y": y, "color": shade, "text": {"field": "model"}},
                },
            ],
        }

    return Figure(
        id="mrcr-by-length",
        title=title,
        caption=(
            "MRCR with eight needles, at max effort, reported by DeepSeek in Figure 9 of its "
            "report; the values were read off the drawing by third parties. Stable to 128K "
            "tokens, falling beyond."
        ),
        alt=alt,
        **both(build, "mrcr-by-length", title, alt),
        columns=("Prompt", "V4-Pro", "V4-Flash"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )
