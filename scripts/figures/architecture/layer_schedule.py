"""Which layer is of which kind, in V4-Pro and V4-Flash."""

from __future__ import annotations

from scripts.figures import svg
from scripts.figures.architecture._layer_kinds import KINDS
from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.loading import Dataset

MODELS = ("v4-pro", "v4-flash")


def draw(data: Dataset) -> Figure:
    """Every layer of both models by its kind of attention."""
    configs = {"V4-Pro": shape(data, "v4-pro"), "V4-Flash": shape(data, "v4-flash")}
    counts = {
        name: {ratio: list(c.schedule[: c.layers]).count(ratio) for ratio in KINDS}
        for name, c in configs.items()
    }
    title = "Which layer reads how"
    alt = "; ".join(
        f"{name}, {config.layers} layers: "
        + ", ".join(f"{counts[name][ratio]} {KINDS[ratio][0]}" for ratio in (4, 128, 0))
        for name, config in configs.items()
    )

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.5) if narrow else (WIDE, 13.5)
        per_row = 22 if narrow else 61
        step = (width - 8) / per_row
        parts: list[str] = []
        y = 4.0
        for name, config in configs.items():
            words = f"{name}: {config.layers} layers"
            parts.append(svg.text(4, y + size, words, size + 1, bold=True))
            y += size + 10
            for layer in range(config.layers):
                kind = config.schedule[layer]
                x = 4 + (layer % per_row) * step
                top = y + (layer // per_row) * 30
                # Height tells the kinds apart without color: HCA low, CSA high, window lowest.
                height = {4: 24, 128: 14, 0: 6}[kind]
                parts.append(svg.rect(x, top + 24 - height, step - 2, height, KINDS[kind][1]))
            y += 30 * ((config.layers - 1) // per_row + 1) + 2
            label = ", ".join(
                f"{counts[name][ratio]} {KINDS[ratio][0]}"
                for ratio in (4, 128, 0)
                if counts[name][ratio]
            )
            parts.append(svg.text(4, y + size, label, size, "ink-soft"))
            y += size + 16
        x = 4.0
        for ratio, words in ((4, "CSA (high)"), (128, "HCA (low)"), (0, "window only (flat)")):
            parts.append(svg.rect(x, y + 1, 11, 11, KINDS[ratio][1]))
            parts.append(svg.text(x + 16, y + 11, words, size, "ink-soft"))
            x += 26 + len(words) * size * 0.52
        return svg.drawing(parts, width, y + 18, "layer-schedule", svg.variant(narrow), title, alt)

    rows = [
        {
            "Layer": str(layer),
            **{
                name: KINDS[config.schedule[layer]][0] if layer < config.layers else ""
                for name, config in configs.items()
            },
        }
        for layer in range(max(config.layers for config in configs.values()))
    ]
    return Figure(
        id="layer-schedule",
        title=title,
        caption=(
            "Left is the first layer. From the third layer on, CSA and HCA alternate in both "
            "models; V4-Pro begins with two HCA layers, V4-Flash with two that have only the "
            "window."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("Layer", "V4-Pro", "V4-Flash"),
        rows=rows,
        sources=distinct([ref for m in MODELS for ref in need(data, "models", m).sources]),
        as_of="2026-04-24",
    )
