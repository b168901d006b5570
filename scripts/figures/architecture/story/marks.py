"""A mark of a picture, and the frame in which all of them stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from scripts.figures.architecture.story.toy import SENTENCE
from scripts.figures.base import NARROW, WIDE

ALL = len(SENTENCE)

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


@dataclass(frozen=True)
class Frame:
    """Words run to the right on a wide picture and down on a narrow one."""

    narrow: bool

    @property
    def width(self) -> int:
        return NARROW if self.narrow else WIDE

    @property
    def height(self) -> int:
        return 440 if self.narrow else 304

    @property
    def size(self) -> float:
        return 12 if self.narrow else 13

    @property
    def cell(self) -> float:
        """Room of one word along the line of words."""
        return 13 if self.narrow else WIDE / ALL

    @property
    def across(self) -> dict[str, float]:
        """Places across the line of words: where arcs stand, words begin and end, and so on."""
        if self.narrow:
            return {"peak": 66, "base": 74, "word": 78, "end": 146, "block": 174, "under": 198,
                    "key": 212, "points": 222, "turn": 256, "gather": 264}  # fmt: skip
        return {"peak": 88, "base": 100, "word": 104, "end": 172, "block": 196, "under": 218,
                "key": 232, "points": 254, "turn": 262, "gather": 270}  # fmt: skip

    def at(self, along: float, across: float) -> str:
        """A point, as a path names it."""
        return f"{num(across)} {num(along)}" if self.narrow else f"{num(along)} {num(across)}"

    def box(self, key: str, start: float, end: float, top: float, bottom: float,
            fill: str = "", stroke: str = "", **more: Any) -> Mark:  # fmt: skip
        if self.narrow:
            return rect(key, top, start, bottom - top, end - start, fill, stroke, **more)
        return rect(key, start, top, end - start, bottom - top, fill, stroke, **more)

    def notes(self, lines: list[str], below: str = "") -> list[Mark]:
        """Words at the foot, or on a wide picture right below what has been drawn."""
        step = self.size * 1.35
        first = self.height - 6 - step * (len(lines) - 1)
        if below and not self.narrow:
            first = self.across[below] + 24
        return [
            text(f"note{i}", 0, first + i * step, line, self.size) for i, line in enumerate(lines)
        ]
