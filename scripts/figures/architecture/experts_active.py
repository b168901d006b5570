"""How much of each model works on one token."""

from __future__ import annotations

from typing import Any

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import number, spec
from scripts.figures.base import NARROW, WIDE, Figure, distinct, model_color, need
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import SourceRef


def draw(data: Dataset) -> Figure:
    """Total parameters as a bar, and the part that works on one token inside it."""
    models = ("deepseek-v3-2", "v4-flash", "v4-1-flash", "v4-pro")
    entries: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[SourceRef] = []
    for model in models:
        total, active = (number(data, model, s) for s in ("total-parameters", "active-parameters"))
        sheet = need(data, "models", model)
        refs += sheet.sources + spec(data, model, "active-parameters").sources
        name = sheet.name.removeprefix("DeepSeek-")
        backbone = total
        note = ""
        low = active
        if "engram-parameters" in sheet.specs:
            backbone = number(data, model, "backbone-parameters")
            low = number(data, model, "active-parameters-reading")
            note = f"{low / 1e9:.0f} while reading; outlined: lookup tables and drafter"
        rows.append(
            {
                "Model": name,
                "Total, billion": f"{total / 1e9:,.0f}",
                "Active for a token, billion": f"{active / 1e9:.0f}"
                if low == active
                else f"{low / 1e9:.0f} reading, {active / 1e9:.0f} writing",
                "Share, %": f"{100 * active / total:.1f}"
                if low == active
                else f"{100 * low / total:.1f} to {100 * active / total:.1f}",
            }
        )
        entries.append(
            {
                "name": name,
                "total": total,
                "backbone": backbone,
                "active": active,
                "note": note,
                "color": model_color(data, model),
                "label": f"{active / 1e9:.0f} of {total / 1e9:,.0f} billion: "
                f"{100 * active / total:.1f}%",
            }
        )
    title = "How much of each model works on one token"
    alt = "Parameters used for one token, of all: " + "; ".join(
        f"{row['Model']} {row['Active for a token, billion']} of {row['Total, billion']} billion "
        f"({row['Share, %']}%)"
        for row in rows
    )
    largest = max(entry["total"] for entry in entries)

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 12.0) if narrow else (WIDE, 13.5)
        parts: list[str] = []
        y = 6.0
        for entry in entries:
            scale = (width - 8) / largest
            parts.append(svg.text(4, y + size, entry["name"], size, bold=True))
            parts.append(svg.text(4 + (size * 7.2), y + size, entry["label"], size, "ink"))
            y += size + 7
            color = entry["color"]
            parts.append(
                svg.rect(4, y, entry["backbone"] * scale, 20, color, radius=0, opacity=0.3)
            )
            if entry["total"] > entry["backbone"]:
                parts.append(
                    svg.rect(4 + entry["backbone"] * scale, y + 0.75,
                             (entry["total"] - entry["backbone"]) * scale, 18.5, None, color,
                             radius=0, dash="4 3")
                )  # fmt: skip
            parts.append(svg.rect(4, y, entry["active"] * scale, 20, color, radius=0))
            y += 20
            if entry["note"]:
                parts.append(svg.text(4, y + size + 3, entry["note"], size - 0.5, "ink-soft"))
                y += size + 4
            y += 14
        return svg.drawing(parts, width, y - 6, "experts-active", svg.variant(narrow), title, alt)

    return Figure(
        id="experts-active",
        title=title,
        caption=(
            "Length of a bar: all parameters, which must be in memory. Solid part: those that "
            "work on one token, which set the arithmetic. By DeepSeek, or counted in the "
            "headers of its files."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-10",
    )
