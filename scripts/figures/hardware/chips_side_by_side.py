"""Ascend and Nvidia side by side: dense FP8 arithmetic and memory speed."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need, panel_title
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset

CHIPS = ("ascend-910c", "ascend-950pr", "ascend-950dt", "ascend-960dt", "h20", "h200", "b200")
PANELS = (
    ("fp8-dense", "Dense FP8 arithmetic, TFLOPS"),
    ("memory-bandwidth", "Memory speed, TB/s"),
)


def draw(data: Dataset) -> Figure:
    """Two panels of bars; what is planned is outlined, what has no native FP8 says so."""
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for chip_id in CHIPS:
        chip = need(data, "chips", chip_id)
        refs += chip.sources
        name = chip.name.split(",")[0].split(" (")[0].replace("Nvidia ", "").replace(" SXM", "")
        planned = "planned" in chip.name
        row = {"Chip": chip.name}
        for spec_id, title in PANELS:
            spec = chip.specs.get(spec_id)
            if spec is None:
                raise LookupError(f"data/chips: '{chip_id}' has no spec '{spec_id}'")
            absent = spec.value is None
            label = "no native FP8" if absent else f"{spec.value:,}"
            values.append(
                {
                    "chip": name,
                    "panel": title,
                    "value": 0 if absent else float(spec.value),
                    "label": label + (" (planned)" if planned else ""),
                    "maker": chip.maker,
                    "planned": planned,
                }
            )
            row[title] = record_value(spec)
        row["Counted"] = chip.accounting
        rows.append(row)
    order = list(dict.fromkeys(value["chip"] for value in values))
    title = "Ascend and Nvidia, chip by chip"
    alt = "; ".join(
        f"{panel}: " + ", ".join(f"{v['chip']} {v['label']}" for v in values if v["panel"] == panel)
        for _, panel in PANELS
    )

    def build(width: int, narrow: bool) -> dict[str, Any]:
        shade = {
            "field": "maker",
            "legend": None,
            "scale": {
                "domain": ["Huawei", "Nvidia"],
                "range": [color("c-huawei"), color("c-nvidia")],
            },
        }
        panels = []
        for _, panel in PANELS:
            mine = [value for value in values if value["panel"] == panel]
            x = {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "axis": None,
                "scale": {"domain": [0, max(v["value"] for v in mine) * (1.5 if narrow else 1.25)]},
            }
            y = {"field": "chip", "type": "nominal", "sort": order, "title": None}
            bar = {"type": "bar", "height": 16}
            panels.append(
                {
                    "title": panel_title(panel, narrow),
                    "width": width - 110,
                    "height": {"step": 24},
                    "encoding": {"y": y},
                    "layer": [
                        {
                            "data": {"values": [v for v in mine if not v["planned"]]},
                            "mark": bar,
                            "encoding": {"x": x, "color": shade},
                        },
                        {
                            "data": {"values": [v for v in mine if v["planned"]]},
                            "mark": {
                                **bar,
                                "filled": False,
                                "strokeDash": [4, 3],
                                "strokeWidth": 1.5,
                            },
                            "encoding": {"x": x, "color": shade},
                        },
                        {
                            "data": {"values": mine},
                            "mark": {"type": "text", "align": "left", "dx": 6},
                            "encoding": {"x": x, "text": {"field": "label"}},
                        },
                    ],
                }
            )
        return {"vconcat": panels, "spacing": 20}

    return Figure(
        id="chips-side-by-side",
        title=title,
        caption=(
            "Each bar is named by its chip; outlined: planned. Per chip or package, dense; "
            "Huawei's 950 figures count the matrix engine only. Reported by the vendors "
            "or by third parties."
        ),
        alt=alt,
        **both(build, "chips-side-by-side", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-28",
    )
