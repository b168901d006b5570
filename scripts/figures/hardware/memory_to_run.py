"""What each checkpoint needs in memory, and what machines have."""

from __future__ import annotations

from typing import Any

from scripts.figures import svg
from scripts.figures.base import (
    NARROW,
    WIDE,
    Figure,
    distinct,
    model_color,
    need,
)
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset

CHECKPOINTS = (
    ("v4-flash", "V4-Flash"),
    ("v4-flash-0731", "V4-Flash-0731"),
    ("v4-1-flash", "V4.1-Flash"),
    ("v4-pro", "V4-Pro"),
    ("v4-pro-0813", "V4-Pro-0813"),
)
MACHINES = (("h100", 8, "8 H100"), ("h200", 8, "8 H200"), ("b200", 8, "8 B200"))


def draw(data: Dataset) -> Figure:
    """Weights on disk and the memory that a recipe asks for, against machines."""
    entries: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for model_id, name in CHECKPOINTS:
        sheet = need(data, "models", model_id)
        disk = sheet.specs["weights-on-disk"]
        asked = sheet.specs.get("serving-memory") or need(data, "facts", "selfhost-memory-pro")
        refs += [*(disk.sources or sheet.sources), *asked.sources]
        entries.append(
            {
                "name": name,
                "disk": float(disk.value),
                "asked": float(asked.value),
                "color": model_color(data, model_id),
                "label": f"{disk.value:,} GB" + f", recipe {asked.value:,} GB",
            }
        )
        rows.append(
            {
                "What": name,
                "Weights on disk": record_value(disk),
                "Memory the recipe asks for": record_value(asked),
            }
        )
    machines: list[tuple[str, float]] = []
    for chip_id, count, name in MACHINES:
        chip = need(data, "chips", chip_id)
        refs += chip.sources
        size = count * float(chip.specs["memory"].value)
        machines.append((name, size))
        rows.append({"What": name, "Memory of the machine": f"{size:,.0f} GB"})
    title = "What each checkpoint needs, and what machines have"
    alt = (
        "Size of the weights: "
        + "; ".join(f"{e['name']} {e['label']}" for e in entries)
        + ". Memory of machines: "
        + ", ".join(f"{name} {size:,.0f} GB" for name, size in machines)
        + "."
    )
    top = max(size for _, size in machines)

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.0) if narrow else (WIDE, 13.0)
        left, right = 4.0, width - (26.0 if narrow else 40.0)
        parts: list[str] = []
        y = 40.0

        def x_of(gb: float) -> float:
            return left + (right - left) * gb / top

        start = y
        bars: list[float] = []
        for entry in entries:
            parts.append(svg.text(left, y + size, entry["name"], size + 0.5, bold=True))
            parts.append(svg.text(left + size * 8.6, y + size, entry["label"], size, "ink-soft"))
            y += size + 7
            bars.append(y)
            parts.append(svg.rect(left, y, x_of(entry["disk"]) - left, 18, entry["color"],
                                  radius=0))  # fmt: skip
            if entry["asked"] > entry["disk"]:
                x = x_of(entry["disk"])
                parts.append(
                    svg.rect(x, y + 0.75, x_of(entry["asked"]) - x, 16.5, None, entry["color"],
                             radius=0, dash="3 2")
                )  # fmt: skip
            y += 28
        for name, gb in machines:
            x = x_of(gb)
            if not narrow:
                parts.insert(0, svg.line(x, start - 4, x, y - 8, "rule", 1.25))
            for top_of_bar in bars:
                parts.append(svg.line(x, top_of_bar - 3, x, top_of_bar + 21, "ink", 1.5))
            anchor = "end" if gb == top else "middle"
            at = width - 4 if gb == top else x
            parts.append(svg.text(at, 14, name, size, "ink", anchor, bold=True))
            parts.append(svg.text(at, 14 + size * 1.3, f"{gb:,.0f} GB", size, "ink-soft", anchor))
        return svg.drawing(parts, width, y, "memory-to-run", svg.variant(narrow), title, alt)

    return Figure(
        id="memory-to-run",
        title=title,
        caption=(
            "Bars: weights as released, by third parties who downloaded or served them. Dashed "
            "end: the least memory that vLLM's recipe asks for. Vertical lines: memory of "
            "eight GPUs together, computed. Conversations need room beside the weights, so a bar "
            "that ends close to a line need not fit."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=(
            "What",
            "Weights on disk",
            "Memory the recipe asks for",
            "Memory of the machine",
        ),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-15",
    )
