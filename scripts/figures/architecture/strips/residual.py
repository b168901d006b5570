"""Residual streams in five pictures: one stream, four, what goes wrong, the remedy, the price."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import number, spec
from scripts.figures.base import distinct, need
from scripts.figures.strip import SIZE, WIDTH, Panel, Strip, arrow, labeled_box, panel
from scripts.model.streams import balanced, farthest, growth
from scripts.sources.records.loading import Dataset

MODEL = "v4-pro"
ID = "residual-story"
START = ((8.0, 2.0, 1.0, 1.0), (1.0, 6.0, 3.0, 1.0), (2.0, 1.0, 7.0, 2.0), (1.0, 1.0, 1.0, 5.0))
"""The table of the example before it is balanced; as large as V4's."""
FREE = 1.05
"""What rows and columns add up to in the example without a limit."""
LAYERS_SHOWN = 4

RULE = (
    f"The table of the fourth picture and the factor {FREE} of the third are examples of ours; "
    "the counts are V4-Pro's."
)


@dataclass(frozen=True)
class Counts:
    """What the story counts, from records."""

    streams: int
    steps: int
    layers: int
    mixers: int
    width: int

    @property
    def numbers(self) -> int:
        """A and C have one number a stream, B one for each pair."""
        return 2 * self.streams + self.streams**2

    @property
    def state(self) -> int:
        return self.streams * self.width


def counts(data: Dataset) -> Counts:
    lines = ("mhc-streams", "sinkhorn-steps", "layers")
    return Counts(
        *(number(data, MODEL, line) for line in lines),
        mixers=int(need(data, "facts", "mhc-mixers-in-a-row-pro").value),
        width=number(data, MODEL, "hidden-size"),
    )


def _one() -> list[str]:
    y, gap = 60.0, WIDTH / LAYERS_SHOWN
    parts = [arrow(0, y, WIDTH, y, "accent"), svg.line(0, y, WIDTH - 6, y, "accent", 3)]
    for index in range(LAYERS_SHOWN):
        x = index * gap + 8
        parts.append(svg.path(f"M{x:g} {y:g}v60h24", "accent", width=1.5))
        parts += labeled_box(x + 8, y + 60, 46, 30, "layer")
        parts.append(svg.path(f"M{x + 54:g} {y + 75:g}h8V{y + 12:g}", "accent", width=1.5))
        parts.append(svg.circle(x + 62, y, 8, "paper", "accent"))
        parts.append(svg.text(x + 62, y + 5, "+", 14, "accent", "middle", bold=True))
    parts.append(svg.text(0, 34, "the stream: the state of a token", SIZE, "accent", bold=True))
    parts.append(svg.text(0, 190, "Each layer reads the sum, and adds to it.", SIZE))
    return parts


def _four(of: Counts) -> list[str]:
    parts: list[str] = []
    top, gap = 34.0, 16.0
    bottom = top + (of.streams - 1) * gap
    for index in range(of.streams):
        y = top + index * gap
        parts.append(svg.line(0, y, WIDTH - 6, y, "accent", 2.5))
        parts.append(arrow(WIDTH - 12, y, WIDTH, y, "accent"))
        parts.append(svg.circle(46, y, 3.5, "accent"))
        parts.append(svg.circle(292, y, 3.5, "accent"))
    parts.append(svg.path(f"M46 {top:g}V136h74", "accent", width=1.5))
    parts += labeled_box(120, 120, 88, 32, "layer")
    parts.append(svg.path(f"M208 136H292V{top:g}", "accent", width=1.5))
    parts += labeled_box(
        124, top - 12, 80, bottom - top + 24, "B: mix", "paper", "accent", "accent"
    )
    parts.append(svg.text(54, 112, "A: read", SIZE, "accent", bold=True))
    parts.append(svg.text(284, 112, "C: write", SIZE, "accent", "end", bold=True))
    parts.append(svg.text(0, 14, f"{of.streams} streams", SIZE, "accent", bold=True))
    for row, (name, size, what) in enumerate(
        (
            ("A", of.streams, "what the layer gets of each"),
            ("C", of.streams, "where its result goes"),
            ("B", of.streams**2, "what each gives to each"),
        )
    ):
        parts.append(svg.text(0, 184 + row * 20, f"{name}: {size} numbers, {what}", SIZE))
    return parts


def _grow(of: Counts) -> list[str]:
    left, right, low, high = 42.0, WIDTH - 8.0, 190.0, 24.0
    top = math.ceil(math.log10(growth(FREE, of.mixers)))

    def x_of(mixer: float) -> float:
        return left + (right - left) * mixer / of.mixers

    def y_of(factor: float) -> float:
        return low - (low - high) * math.log10(factor) / top

    parts = []
    for power in range(top + 1):
        y = y_of(10**power)
        parts.append(svg.line(left, y, right, y, "rule", 0.8))
        parts.append(svg.text(left - 5, y + 4, f"{10**power:,}", SIZE - 1, "ink-soft", "end"))
    steep = "L".join(
        f"{x_of(mixer):.4g} {y_of(growth(FREE, mixer)):.4g}" for mixer in (0, of.mixers)
    )
    parts.append(svg.path(f"M{steep}", "ink-soft", width=2.5))
    parts.append(svg.line(left, low, right, low, "accent", 3))
    middle = x_of(of.mixers * 0.36)
    parts.append(svg.text(left + 8, 46, f"sums of {FREE}: × {growth(FREE, of.mixers):,.0f}", SIZE,
                          "ink", bold=True))  # fmt: skip
    parts.append(svg.text(middle, low - 8, "sums of 1: × 1", SIZE, "accent", bold=True))
    parts.append(svg.text(left, low + 18, "first mixer", SIZE - 1, "ink-soft"))
    parts.append(svg.text(right, low + 18, f"mixer {of.mixers}", SIZE - 1, "ink-soft", "end"))
    parts.append(svg.text(0, 12, "Size of a signal, in powers of ten", SIZE - 1, "ink-soft"))
    return parts


def _table(x: float, rows: list[list[float]], digits: int, words: str) -> list[str]:
    cell, tall, top = 30.0, 30.0, 48.0
    most = max(max(row) for row in rows)
    parts = [svg.text(x, 24, words, SIZE, bold=True)]
    for i, row in enumerate(rows):
        y = top + i * tall
        for j, value in enumerate(row):
            parts.append(svg.rect(x + j * cell, y, cell - 2, tall - 2, "accent", radius=1,
                                  opacity=round(0.06 + 0.34 * value / most, 3)))  # fmt: skip
            parts.append(svg.text(x + j * cell + cell / 2 - 1, y + 18, f"{value:.{digits}f}",
                                  SIZE - 1, "ink", "middle"))  # fmt: skip
        parts.append(svg.text(x + len(row) * cell + 2, y + 18, f"{sum(row):.{digits}f}", SIZE - 1,
                              "ink-soft"))  # fmt: skip
    for j, column in enumerate(zip(*rows, strict=True)):
        parts.append(svg.text(x + j * cell + cell / 2 - 1, top + len(rows) * tall + 14,
                              f"{sum(column):.{digits}f}", SIZE - 1, "ink-soft",
                              "middle"))  # fmt: skip
    return parts


def _scaled(of: Counts) -> list[str]:
    before = [list(row) for row in START]
    after = balanced(START, of.steps)
    return [
        *_table(0, before, 0, "before"),
        arrow(142, 107, 164, 107),
        *_table(170, after, 2, f"after {of.steps} rounds"),
        svg.text(0, 214, "Divide columns by their sums, then rows,", SIZE),
        svg.text(0, 231, "and again. At the edges: the sums.", SIZE),
    ]


def _price(data: Dataset, of: Counts) -> list[str]:
    parts: list[str] = []
    total = spec(data, MODEL, "total-parameters")
    mixers = need(data, "facts", "mhc-parameters-pro")
    rows = (
        (f"State, one stream: {of.width:,} numbers", of.width / of.state, "rule"),
        (f"State, {of.streams} streams: {of.state:,}", 1.0, "accent"),
        (f"All parameters: {total.display}", 1.0, "rule"),
        (f"Of the mixers: {mixers.display}", float(mixers.value) / float(total.value), "accent"),
    )
    for row, (words, part, fill) in enumerate(rows):
        y = 16.0 + row * 56 + (8 if row > 1 else 0)
        parts.append(svg.text(0, y, words, SIZE))
        parts.append(svg.rect(0, y + 8, max(1.5, WIDTH * part), 18, fill, "ink-soft"))
    return parts


def _panels(data: Dataset) -> tuple[Panel, ...]:
    of = counts(data)
    after = balanced(START, of.steps)
    overhead = need(data, "facts", "mhc-overhead")
    far = farthest(after)
    return (
        panel(
            ID, "one", "An ordinary network has one stream",
            "A token's state runs through the network, and every layer adds its result. All "
            "share one road: what was written stays, with the same weight for all who read.",
            f"{of.layers} layers in V4-Pro, each of two parts: {of.mixers} additions in a row.",
            "One line passes four layers; each takes from it and adds its result.",
            _one(),
        ),
        panel(
            ID, "four", "V4 has several, and three tables rule them",
            "A layer gets a blend of the streams, its result is spread over them, and they trade "
            "among themselves on the way past it. The tables are computed for each token.",
            f"{of.streams} + {of.streams} + {of.streams**2} = {of.numbers} numbers for each token "
            "and mixer.",
            f"{of.streams} lines pass one layer, with tables to read, to mix and to write.",
            _four(of),
        ),
        panel(
            ID, "growth", "Without a limit, signals grow",
            "A table that makes things a little larger does so at every mixer. Over the whole "
            "depth a little becomes a lot. If its sums are exactly one, nothing grows.",
            f"{FREE} to the power of {of.mixers} is {growth(FREE, of.mixers):,.0f}; 1 stays 1.",
            f"A rising line that ends at {growth(FREE, of.mixers):,.0f} and a level one at 1.",
            _grow(of),
        ),
        panel(
            ID, "scaling", "So rows and columns are scaled to one",
            "The network may want any table of positive numbers. Dividing columns and rows by "
            "their sums, in turn, makes of it one whose sums are all one.",
            f"After one round a sum is off by {farthest(balanced(START, 1)):.2f} at most; after "
            f"V4's {of.steps} rounds by less than {_small(far)}.",
            f"A table of {of.streams} by {of.streams} numbers, before and after the scaling.",
            _scaled(of),
        ),
        panel(
            ID, "price", "The price is traffic, not size",
            "The mixers hold next to nothing of the model. But the state between layers is "
            "wider, and all of it must be written and read.",
            f"{of.streams} × {of.width:,} = {of.state:,} numbers a token; "
            f"{overhead.value:g}% more time in one stage of training.",
            "Bars to scale: the state is several times as large, the share of the parameters "
            "too thin to see.",
            _price(data, of),
        ),
    )  # fmt: skip


def _small(value: float) -> str:
    """A power of ten above a small number, a millionth at least: 0.0001."""
    digits = min(6, max(0, math.floor(-math.log10(value)))) if value else 6
    return f"{10.0**-digits:.{digits}f}"


def draw(data: Dataset) -> Strip:
    """The story of a token's state in V4-Pro."""
    facts = (
        "mhc-update", "mhc-constraint", "mhc-mixers-in-a-row-pro", "mhc-parameters-pro",
        "mhc-overhead",
    )  # fmt: skip
    refs = [ref for name in facts for ref in need(data, "facts", name).sources]
    refs = [*need(data, "models", MODEL).sources, *refs]
    return Strip(ID, "Residual streams in five pictures", _panels(data), RULE, distinct(refs))
