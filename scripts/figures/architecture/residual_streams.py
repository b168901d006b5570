"""The plain residual connection beside the mixed streams of mHC."""

from __future__ import annotations

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import number
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.loading import Dataset


def _balanced(table: list[list[float]], steps: int) -> list[list[float]]:
    """Sinkhorn-Knopp: divide rows and columns by their sums in turn."""
    for _ in range(steps):
        table = [[cell / sum(row) for cell in row] for row in table]
        sums = [sum(column) for column in zip(*table, strict=True)]
        table = [[cell / total for cell, total in zip(row, sums, strict=True)] for row in table]
    return table


def draw(data: Dataset) -> Figure:
    """The plain residual connection beside mHC, with one mixing table worked out."""
    streams = number(data, "v4-pro", "mhc-streams")
    steps = number(data, "v4-pro", "sinkhorn-steps")
    start = [[8.0, 2.0, 1.0, 1.0], [1.0, 6.0, 3.0, 1.0], [2.0, 1.0, 7.0, 2.0], [1.0, 1.0, 1.0, 5.0]]
    mixing = _balanced(start, steps)
    numbers = need(data, "facts", "mhc-numbers")
    in_a_row = need(data, "facts", "mhc-mixers-in-a-row-pro")
    bounds = need(data, "facts", "mhc-read-write-weights")
    constraint = need(data, "facts", "mhc-constraint")
    title = "One residual stream, and four that are mixed"
    alt = (
        "Left: in an ordinary network one stream passes a layer F, whose result is added to it. "
        f"Right: in V4 there are {streams} streams. A mixer reads from all of them into the "
        "layer (A), writes the result back to all (C), and mixes the streams with a "
        f"{streams} by {streams} table (B) whose rows and columns each add up to 1. It computes "
        f"{numbers.value} numbers for each token; a token passes {in_a_row.value} such mixers in "
        "V4-Pro."
    )

    def plain(x: float, y: float, height: float, size: float, box: float) -> list[str]:
        end = y + height
        middle = y + height / 2
        parts = [svg.line(x, y, x, end - 4, "accent", 2.5)]
        parts.append(svg.circle(x, y + 26, 3.2, "accent"))
        parts.append(svg.line(x, y + 26, x + 48, y + 26, "accent", 1.5))
        parts.append(svg.line(x + 48 + box / 2, middle + 22, x + 48 + box / 2, end - 26, "accent",
                              1.5))  # fmt: skip
        parts.append(svg.line(x + 48 + box / 2, y + 26, x + 48 + box / 2, middle - 22, "accent",
                              1.5))  # fmt: skip
        parts.append(svg.line(x + 48, y + 26, x + 48 + box / 2, y + 26, "accent", 1.5))
        parts.append(svg.rect(x + 48, middle - 22, box, 44, "paper-2", "ink-soft", 3))
        parts.append(
            svg.text(x + 48 + box / 2, middle + 5, "layer F", size, "ink", "middle", bold=True)
        )
        parts.append(svg.line(x, end - 26, x + 48 + box / 2, end - 26, "accent", 1.5))
        parts.append(svg.circle(x, end - 26, 8, "paper", "accent"))
        parts.append(svg.text(x, end - 21, "+", 15, "accent", "middle", bold=True))
        parts.append(
            svg.path(f"M{x - 4:g} {end - 7:g}L{x:g} {end:g}L{x + 4:g} {end - 7:g}z", None, "accent")
        )
        return parts

    def mixed(x: float, y: float, height: float, size: float, width: float) -> list[str]:
        end, gap = y + height, 13.0
        last = x + (streams - 1) * gap
        middle = y + height / 2
        box_x = x + width - 84
        parts: list[str] = []
        for i in range(streams):
            at = x + i * gap
            parts.append(svg.line(at, y, at, end - 4, "accent", 2.5))
            parts.append(svg.circle(at, y + 26, 3.2, "accent"))
            parts.append(svg.circle(at, end - 26, 3.2, "accent"))
            parts.append(
                svg.path(f"M{at - 4:g} {end - 7:g}L{at:g} {end:g}L{at + 4:g} {end - 7:g}z", None,
                         "accent")
            )  # fmt: skip
        center = box_x + 40
        parts.append(svg.line(x, y + 26, center, y + 26, "accent", 1.5))
        parts.append(svg.line(center, y + 26, center, middle - 22, "accent", 1.5))
        parts.append(svg.line(center, middle + 22, center, end - 26, "accent", 1.5))
        parts.append(svg.line(x, end - 26, center, end - 26, "accent", 1.5))
        parts.append(svg.rect(box_x, middle - 22, 80, 44, "paper-2", "ink-soft", 3))
        parts.append(svg.text(center, middle + 5, "layer F", size, "ink", "middle", bold=True))
        parts.append(svg.text(last + 8, y + 19, "A: read", size, "accent", bold=True))
        parts.append(svg.text(last + 8, end - 32, "C: write", size, "accent", bold=True))
        parts.append(svg.rect(x - 10, middle - 20, last - x + 20, 40, "paper", "accent", radius=3))
        parts.append(
            svg.text((x + last) / 2, middle + 5, "B: mix", size, "accent", "middle", bold=True)
        )
        return parts

    def table(x: float, y: float, cell: float, size: float) -> tuple[list[str], float]:
        parts = []
        for i, row in enumerate(mixing):
            for j, value in enumerate(row):
                left, top = x + j * cell, y + i * cell * 0.72
                parts.append(
                    svg.rect(left, top, cell - 2, cell * 0.72 - 2, "accent", radius=1,
                             opacity=round(0.06 + 0.5 * value, 3))
                )  # fmt: skip
                parts.append(
                    svg.text(left + cell / 2 - 1, top + cell * 0.36 + size * 0.3, f"{value:.2f}",
                             size, "ink", "middle")
                )  # fmt: skip
            parts.append(
                svg.text(x + streams * cell + 4, y + i * cell * 0.72 + cell * 0.36 + size * 0.3,
                         "= 1", size, "ink-soft")
            )  # fmt: skip
        below = y + streams * cell * 0.72 + size + 2
        for j in range(streams):
            parts.append(svg.text(x + j * cell + cell / 2 - 1, below, "= 1", size, "ink-soft",
                                  "middle"))  # fmt: skip
        return parts, below

    heading = {"plain": "Ordinary network", "mixed": "V4: mHC", "table": "A mixing table B"}

    def paint(narrow: bool) -> str:
        size = 12.0 if narrow else 13.5
        parts: list[str] = []
        high = 200.0
        words = (
            f"Example: after {steps} rounds of scaling, rows and columns add up to 1, so nothing "
            "can grow."
        )
        if narrow:
            parts.append(svg.text(4, 16, heading["plain"], size + 0.5, bold=True))
            parts.append(svg.text(138, 16, heading["mixed"], size + 0.5, bold=True))
            parts += plain(16, 26, high, size, 56)
            parts += mixed(150, 26, high, size, 172)
            y = 26 + high + 28
            parts.append(svg.text(4, y, heading["table"], size + 0.5, bold=True))
            more, below = table(4, y + 10, 44, size)
            parts += more
            lines, end = svg.paragraph(222, y + 24, words, NARROW - 224, size)
            parts += lines
            y = max(below, end - size)
            width = NARROW
        else:
            parts.append(svg.text(4, 18, heading["plain"], size + 1, bold=True))
            parts.append(svg.text(200, 18, heading["mixed"], size + 1, bold=True))
            parts.append(svg.text(462, 18, heading["table"], size + 1, bold=True))
            parts += plain(20, 30, high, size, 76)
            parts += mixed(214, 30, high, size, 216)
            more, below = table(462, 34, 50, size)
            parts += more
            lines, end = svg.paragraph(462, below + 22, words, WIDE - 466, size - 0.5)
            parts += lines
            y = max(30 + high, end - size)
            width = WIDE
        return svg.drawing(
            parts, width, y + 10, "residual-streams", svg.variant(narrow), title, alt
        )

    rows = [
        {"Table": "A, read", "Numbers": "4", "Bound": "0 to 1"},
        {"Table": "C, write", "Numbers": "4", "Bound": "0 to 2"},
        {"Table": "B, mix", "Numbers": "16", "Bound": "rows and columns add up to 1"},
    ] + [
        {"Table": f"Example of B, row {i}", "Numbers": ", ".join(f"{v:.2f}" for v in row)}
        for i, row in enumerate(mixing, start=1)
    ]
    return Figure(
        id="residual-streams",
        title=title,
        caption=(
            "The signal runs down. The layer works on a blend of the streams, of its usual width; "
            "only the state between layers is wider. The table is an example of ours, rounded."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("Table", "Numbers", "Bound"),
        rows=rows,
        sources=distinct(
            [*numbers.sources, *bounds.sources, *constraint.sources, *in_a_row.sources]
        ),
        as_of="2026-04-24",
    )
