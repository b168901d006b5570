"""Huawei's road map against three Nvidia chips."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import (
    Figure,
    both,
    color,
    distinct,
    need,
    panel_title,
)
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset

ROAD_MAP = (
    ("ascend-910c", 2025.17, "910C"),
    ("ascend-950pr", 2026.17, "950PR"),
    ("ascend-950dt", 2026.75, "950DT"),
    ("ascend-960dt", 2027.0, "960DT"),
    ("ascend-960pr", 2027.5, "960PR"),
    ("ascend-970", 2028.0, "970"),
    ("ascend-980", 2029.0, "980"),
)
"""Chip, year with its fraction, short name. Quarters as in the notes of data/chips.yml."""
WHEN = {
    "ascend-910c": "March 2025",
    "ascend-950pr": "March 2026",
    "ascend-950dt": "fourth quarter of 2026, by the road map",
    "ascend-960dt": "first quarter of 2027, planned",
    "ascend-960pr": "third quarter of 2027, planned",
    "ascend-970": "2028, planned",
    "ascend-980": "2029, planned",
}
LINES = ("h20", "h200", "b200")
PANELS = (
    ("memory-bandwidth", "Memory speed, TB/s", (1, 60), (1, 3, 10, 30)),
    ("fp8-dense", "Dense FP8 arithmetic, TFLOPS", (200, 12000), (300, 1000, 3000, 10000)),
)
ASIDE = {
    ("memory-bandwidth", "910C"): ("left", 9, 9),
    ("memory-bandwidth", "950PR"): ("left", 10, 4),
    ("memory-bandwidth", "950DT"): ("left", 9, 10),
    ("memory-bandwidth", "960PR"): ("left", 10, 4),
    ("fp8-dense", "950PR"): ("center", 0, 15),
    ("fp8-dense", "970"): ("right", -9, 10),
    ("fp8-dense", "950DT"): ("left", 10, 0),
    ("fp8-dense", "960PR"): ("left", 7, 12),
}
"""Where a label stands when left above its mark would run into another: align, dx, dy."""


def draw(data: Dataset) -> Figure:
    """Ascend chips by date, with three Nvidia chips as levels."""
    values: list[dict[str, Any]] = []
    levels: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for chip_id, year, name in ROAD_MAP:
        chip = need(data, "chips", chip_id)
        refs += chip.sources
        row = {"Chip": chip.name, "When": WHEN[chip_id]}
        for spec_id, panel, _, _ in PANELS:
            spec = chip.specs[spec_id]
            row[panel] = record_value(spec)
            if spec.value is None:
                continue
            values.append(
                {
                    "panel": panel,
                    "year": year,
                    "value": float(spec.value),
                    "label": f"{name}  {spec.value:,}",
                    "planned": year >= 2026.9,
                    "name": name,
                }
            )
        rows.append(row)
    for chip_id in LINES:
        chip = need(data, "chips", chip_id)
        refs += chip.sources
        name = chip.name.replace("Nvidia ", "").replace(" SXM", "")
        row = {"Chip": chip.name, "When": ""}
        for spec_id, panel, _, _ in PANELS:
            value = chip.specs[spec_id].value
            row[panel] = record_value(chip.specs[spec_id])
            levels.append(
                {"panel": panel, "value": float(value), "label": f"{name} {value:,}", "name": name}
            )
        rows.append(row)
    title = "Huawei's road map, against three Nvidia chips"
    alt = "; ".join(
        f"{panel}: "
        + ", ".join(v["label"].replace("  ", " ") for v in values if v["panel"] == panel)
        + "; for comparison "
        + ", ".join(v["label"] for v in levels if v["panel"] == panel)
        for _, panel, _, _ in PANELS
    )

    def build(width: int, narrow: bool) -> dict[str, Any]:
        panels = []
        for spec_id, panel, domain, ticks in PANELS:
            mine = [v for v in values if v["panel"] == panel]
            own_levels = [v for v in levels if v["panel"] == panel]
            x = {
                "field": "year",
                "type": "quantitative",
                "scale": {"domain": [2025, 2029.3], "nice": False},
                "title": None,
                "axis": {"values": [2025, 2026, 2027, 2028, 2029], "format": "d"},
            }
            y = {
                "field": "value",
                "type": "quantitative",
                "scale": {"type": "log", "domain": list(domain), "nice": False},
                "title": None,
                "axis": {"values": list(ticks), "format": ",d"},
            }
            layers: list[dict[str, Any]] = [
                {
                    "data": {"values": own_levels},
                    "mark": {"type": "rule", "color": color("c-nvidia"), "strokeWidth": 1.5},
                    "encoding": {"y": y},
                }
            ]
            for level in own_levels:
                close = {"H20": 5, "H200": -5}.get(level["name"], 0)
                layers.append(
                    {
                        "data": {"values": [level]},
                        "mark": {
                            "type": "text",
                            "align": "left",
                            "dx": 6,
                            "dy": close,
                            "color": color("c-nvidia"),
                            "fontWeight": 600,
                        },
                        "encoding": {
                            "y": y,
                            "x": {"value": width - (118 if narrow else 150)},
                            "text": {"field": "label"},
                        },
                    }
                )
            for planned in (False, True):
                layers.append(
                    {
                        "data": {"values": [v for v in mine if v["planned"] == planned]},
                        "mark": {
                            "type": "point",
                            "filled": not planned,
                            "size": 90,
                            "opacity": 1,
                            "strokeWidth": 2.5,
                            "color": color("c-huawei"),
                            **({"fill": color("paper")} if planned else {}),
                        },
                        "encoding": {"x": x, "y": y},
                    }
                )
            for value in mine:
                align, dx, dy = ASIDE.get((spec_id, value["name"]), ("right", -9, -9))
                layers.append(
                    {
                        "data": {"values": [value]},
                        "mark": {
                            "type": "text",
                            "align": align,
                            "dx": dx,
                            "dy": dy,
                        },
                        "encoding": {"x": x, "y": y, "text": {"field": "label"}},
                    }
                )
            panels.append(
                {
                    "title": panel_title(panel, narrow),
                    "width": width - (118 if narrow else 150),
                    "height": 200 if narrow else 210,
                    "layer": layers,
                }
            )
        return {"vconcat": panels, "spacing": 18}

    return Figure(
        id="ascend-roadmap",
        title=title,
        caption=(
            "Logarithmic. Marks: Ascend by date, hollow where planned for 2027 or later. Levels: "
            "Nvidia chips, without a date. Per chip or package, dense. The "
            "910C has no native FP8. Figures of the road map are rounded and Huawei's own."
        ),
        alt=alt,
        **both(build, "ascend-roadmap", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-28",
    )
