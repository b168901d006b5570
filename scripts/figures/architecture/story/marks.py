"""A mark of a picture, and the frame in which all of them stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from scripts.figures.architecture.story.toy import SENTENCE
from scripts.figures.base import NARROW, WIDE

ALL = len(SENTENCE)
ROWS = 16
"""Words in a column of a narrow picture: every size of block ends with it."""

Mark = dict[str, Any]


def num(value: float) -> str:
    """One decimal at most, halves up: the browser rounds the same way."""
    rounded = math.floor(value * 10 + 0.5) / 10
    return f"{rounded:g}"


def rect(key: str, x: float, y: float, w: float, h: float, fill: str = "", stroke: str = "",
         **more: Any) -> Mark:  # fmt: skip
    return {"key": key, "tag": "rect", "x": num(x), "y": num(y), "w": num(max(0.5, w)),
            "h": num(max(0.5, h)), "fill": fill, "stroke": stroke, **more}  # fmt: skip


def text(key: str, x: float, y: float, words: str, size: float, **more: Any) -> Mark:
    return {"key": key, "tag": "text", "x": num(x), "y": num(y), "words": words,
            "size": num(size), **more}  # fmt: skip


def path(key: str, d: str, fill: str = "", stroke: str = "", **more: Any) -> Mark:
    return {"key": key, "tag": "path", "d": d, "fill": fill, "stroke": stroke, **more}


def height(marks: list[Mark]) -> int:
    """Of a picture: as high as its lowest box or word, so that no picture ends in a hole."""
    lowest = 0.0
    for mark in marks:
        if mark["tag"] != "path":
            lowest = max(lowest, float(mark["y"]) + float(mark.get("h", 0)))
    return math.ceil(lowest + 6)


@dataclass(frozen=True)
class Frame:
    """Words run to the right on a wide picture and down on a narrow one, there in two columns.

    ``bows`` is the room for lines above the words; a narrow picture has them beside, in what
    otherwise is room for blocks.
    """

    narrow: bool
    bows: int = 0

    @property
    def width(self) -> int:
        return NARROW if self.narrow else WIDE

    @property
    def size(self) -> float:
        return 12 if self.narrow else 13

    @property
    def cell(self) -> float:
        """Room of one word along the line of words: on a phone, that of a finger."""
        return 24 if self.narrow else WIDE / ALL

    @property
    def across(self) -> dict[str, float]:
        """Places across the line of words: where bows stand, words begin and end, and so on."""
        if self.narrow and self.bows:
            return {"peak": 50, "base": 58, "word": 60, "end": 128, "column": 196}
        if self.narrow:
            return {"word": 1, "end": 68, "block": 86, "under": 110, "key": 120, "points": 128,
                    "turn": 144, "gather": 153, "column": 166}  # fmt: skip
        if self.bows:
            return {"peak": 88, "base": self.bows, "word": self.bows + 4, "end": self.bows + 72}
        return {"word": 4, "end": 72, "block": 96, "under": 118, "key": 132, "points": 154,
                "turn": 162, "gather": 170}  # fmt: skip

    def column(self, along: float) -> int:
        """Of a place along the words: 1 for the second column of a narrow picture."""
        return int(self.narrow and along >= ROWS * self.cell)

    def spot(self, along: float, across: float) -> tuple[float, float]:
        """A point as x and y."""
        if not self.narrow:
            return along, across
        column = self.column(along)
        return across + column * self.across["column"], along - column * ROWS * self.cell

    def at(self, along: float, across: float) -> str:
        """A point, as a path names it."""
        x, y = self.spot(along, across)
        return f"{num(x)} {num(y)}"

    def box(self, key: str, start: float, end: float, top: float, bottom: float,
            fill: str = "", stroke: str = "", **more: Any) -> Mark:  # fmt: skip
        x, y = self.spot(start, top)
        if self.narrow:
            return rect(key, x, y, bottom - top, end - start, fill, stroke, **more)
        return rect(key, x, y, end - start, bottom - top, fill, stroke, **more)

    def bow(self, later: int, earlier: int) -> str:
        """A line from a word to an earlier one, the higher the farther; straight to another column.

        Relative, so that bows of one length are the same text: pages compress it well.
        """
        place = self.across
        a, b = (later + 0.5) * self.cell, (earlier + 0.5) * self.cell
        start = f"M{self.at(a, place['base'])}"
        if not self.narrow:
            top = -2 * place["peak"] * (a - b) / (self.cell * (ALL - 1))
            return f"{start}q{num((b - a) / 2)} {num(top)} {num(b - a)} 0"
        if self.column(a) == self.column(b):
            top = -2 * place["peak"] * (a - b) / (self.cell * (ROWS - 1))
            return f"{start}q{num(top)} {num((b - a) / 2)} 0 {num(b - a)}"
        wide = place["end"] + 2 - place["base"] - place["column"]
        down = num(b - a + ROWS * self.cell)
        return f"{start}c{num(wide / 2)} 0 {num(wide / 2)} {down} {num(wide)} {down}"

    def notes(self, lines: list[str], below: str) -> list[Mark]:
        """Words right below what has been drawn."""
        step = self.size * 1.35
        first = ROWS * self.cell + 18 if self.narrow else self.across[below] + 24
        return [
            text(f"note{i}", 0, first + i * step, line, self.size) for i, line in enumerate(lines)
        ]
