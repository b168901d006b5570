"""Retrieval by length of the prompt."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need
from scripts.sources.records.loading import Dataset

LENGTHS = ("8k", "16k", "32k", "64k", "128k", "256k", "512k", "1m")


def draw(data: Dataset) -> Figure:
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
        "Mean match with the right text, as printed in DeepSeek's figure: V4-Pro "
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
            "report, where the values are printed. Stable to 128K tokens, falling beyond."
        ),
        alt=alt,
        **both(build, "mrcr-by-length", title, alt),
        columns=("Prompt", "V4-Pro", "V4-Flash"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-04-24",
    )
