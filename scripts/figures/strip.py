"""What the stories in a strip share: a few pictures of one size, each with its words.

A picture is drawn once, as wide as a phone: side by side they fill a desktop. The first story,
on attention, has a scale to change and drawings of its own (``architecture/story``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.figures import svg
from scripts.sources.records.schema import SourceRef

WIDTH, HEIGHT = 328, 240
SIZE = 12.0
"""Of the labels, in the units of the drawing."""


@dataclass(frozen=True)
class Panel:
    """One picture with what to see in it and what it counts."""

    step: str
    title: str
    words: str
    counted: str
    picture: str


@dataclass(frozen=True)
class Strip:
    """A mechanism in three to five pictures."""

    id: str
    title: str
    panels: tuple[Panel, ...]
    rule: str
    """What in the pictures is an example of ours."""
    sources: list[SourceRef]


def panel(
    strip: str, step: str, title: str, words: str, counted: str, seen: str, parts: Sequence[str]
) -> Panel:
    """A picture of the common size; ``seen`` tells what is drawn to those who do not see it."""
    drawn = svg.drawing(list(parts), WIDTH, HEIGHT, f"{strip}-{step}", "strip", title, seen)
    return Panel(step, title, words, counted, drawn)


def arrow(x1: float, y1: float, x2: float, y2: float, color: str = "ink-soft") -> str:
    """A level or upright arrow."""
    if x1 == x2:
        back = -6 if y2 > y1 else 6
        tip = f"M{x2 - 4:g} {y2 + back:g}L{x2:g} {y2:g}L{x2 + 4:g} {y2 + back:g}"
    else:
        back = -6 if x2 > x1 else 6
        tip = f"M{x2 + back:g} {y2 - 4:g}L{x2:g} {y2:g}L{x2 + back:g} {y2 + 4:g}"
    return svg.path(f"M{x1:g} {y1:g}L{x2:g} {y2:g}{tip}", color, width=1.25)


def labeled_box(
    x: float, y: float, width: float, height: float, words: str,
    fill: str | None = "paper-2", stroke: str = "ink-soft", color: str = "ink",
) -> list[str]:  # fmt: skip
    """A box with its name in the middle."""
    return [
        svg.rect(x, y, width, height, fill, stroke, 3),
        svg.text(x + width / 2, y + height / 2 + 4, words, SIZE, color, "middle", bold=True),
    ]
