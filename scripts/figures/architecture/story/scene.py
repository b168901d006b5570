"""Where each mark of the eight pictures stands: one list a picture, the same in the browser."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.figures.architecture.story.toy import SENTENCE, Counts, Toy, chosen, scores
from scripts.figures.base import NARROW, WIDE

ALL = len(SENTENCE)
STEPS = ("sentence", "full", "window", "fold", "indexer", "hca", "list", "million")
MILLION = 1_048_576
HCA_SHOWN = 32

Mark = dict[str, Any]


@dataclass(frozen=True)
class Real:
    """Counts of the real models at a million tokens."""

    window: int
    csa_blocks: int
    hca_ratio: int
    hca_blocks: int
    pro_kept: int
    flash_kept: int


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
        return 472 if self.narrow else 304

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


def _words(frame: Frame, toy: Toy, state: Callable[[int], tuple[str, str]]) -> list[Mark]:
    """A box and its word for each; ``state`` gives fill and line of the box."""
    out = []
    place = frame.across
    for index, (word, _) in enumerate(SENTENCE):
        start = index * frame.cell + 1
        written = index < toy.words
        fill, stroke = state(index) if written else ("", "rule")
        out.append(
            frame.box(f"w{index}", start, start + frame.cell - 2, place["word"], place["end"],
                      fill, stroke, **({} if written else {"dash": "2 2"}))
        )  # fmt: skip
        color = "paper" if fill else "ink" if written else "ink-soft"
        size = 10 if frame.narrow else 12
        middle = start + (frame.cell - 2) / 2 + size * 0.35
        if frame.narrow:
            out.append(text(f"t{index}", place["word"] + 4, middle, word, size, color=color))
        else:
            out.append(text(f"t{index}", middle, place["end"] - 5, word, size, color=color,
                            turn=True))  # fmt: skip
    return out


def _asker(toy: Toy) -> Callable[[int], tuple[str, str]]:
    return lambda index: ("ink", "ink") if index == toy.words - 1 else ("", "ink-soft")


def _in_window(toy: Toy) -> Callable[[int], tuple[str, str]]:
    def state(index: int) -> tuple[str, str]:
        if index == toy.words - 1:
            return "ink", "ink"
        return ("c-window", "c-window") if index >= toy.words - toy.window else ("", "ink-soft")

    return state


def _arc(frame: Frame, later: int, earlier: int) -> str:
    """A bow from the middle of one word to that of another, the higher the farther."""
    place = frame.across
    a, b = (later + 0.5) * frame.cell, (earlier + 0.5) * frame.cell
    top = -2 * place["peak"] * (a - b) / (frame.cell * (ALL - 1))
    # Relative, so that bows of one length are the same text: pages compress it well.
    return f"M{frame.at(a, place['base'])}q{frame.at((b - a) / 2, top)} {frame.at(b - a, 0)}"


def _blocks(frame: Frame, toy: Toy, counts: Counts, read: set[int]) -> list[Mark]:
    """The blocks, and what each pools: its own words and, fainter, those of the block before."""
    place = frame.across
    out = []
    looked = counts.blocks // 2
    for block in range(counts.blocks):
        start, end = block * toy.block * frame.cell + 1, (block + 1) * toy.block * frame.cell - 1
        before = max(0, block - 1) * toy.block * frame.cell + 1
        shown = "0.45" if block == looked else "0.12"
        for key, left in (("own", start), ("before", before)):
            top, foot = place["end"] + 2, place["block"]
            d = (
                f"M{frame.at(left, top)}L{frame.at(end, top)}"
                f"L{frame.at(end, foot)}L{frame.at(start, foot)}z"
            )
            half = num(float(shown) / 2) if block == looked else "0.1"
            out.append(path(f"{key}{block}", d, "c-csa", opacity=shown if key == "own" else half))
        fill = "c-csa" if block in read else ""
        out.append(
            frame.box(f"b{block}", start, end, place["block"], place["under"], fill, "c-csa")
        )
    rest = counts.blocks * toy.block
    if rest < toy.words:
        start, end = rest * frame.cell + 1, toy.words * frame.cell - 1
        out.append(frame.box("rest", start, end, place["block"], place["under"], "", "ink-soft",
                             dash="3 3"))  # fmt: skip
    return out


def _keys(frame: Frame, toy: Toy, points: list[int], read: set[int]) -> list[Mark]:
    """A diamond with its points for each block, and a line from each that is read."""
    place = frame.across
    out = []
    end = toy.words * frame.cell - frame.cell / 2
    for block, value in enumerate(points):
        middle = (block + 0.5) * toy.block * frame.cell
        x, y = (place["key"], middle) if frame.narrow else (middle, place["key"])
        d = f"M{num(x)} {num(y - 5)}l5 5l-5 5l-5 -5z"
        fill = "c-indexer" if block in read else ""
        out.append(path(f"k{block}", d, fill, "c-indexer"))
        if frame.narrow:
            out.append(text(f"p{block}", place["points"], y + 4, str(value), 11))
        else:
            out.append(text(f"p{block}", x, place["points"], str(value), 12, anchor="middle"))
        if block in read:
            d = (f"M{frame.at(middle, place['turn'] - 2)}L{frame.at(middle, place['gather'])}"
                 f"L{frame.at(end, place['gather'])}")  # fmt: skip
            out.append(path(f"r{block}", d, "", "c-csa"))
    return out


def _hca(frame: Frame, toy: Toy, real: Real) -> list[Mark]:
    """128 small squares fold into one block; below, what a layer of this kind reads."""
    columns = 32 if frame.narrow else 64
    cell = frame.width / columns
    out = []
    top = 24
    for index in range(real.hca_ratio):
        ours = index - (real.hca_ratio - ALL)
        written = 0 <= ours < toy.words
        key = f"w{ours}" if ours >= 0 else f"h{index}"
        fill = "ink-soft" if written else ""
        x, y = index % columns * cell + 1, top + index // columns * cell
        out.append(rect(key, x, y, cell - 2, cell - 2, fill, "ink-soft"))
    under = top + real.hca_ratio / columns * cell + 2
    block = under + 34
    middle = frame.width / 2
    d = (f"M0 {num(under)}L{num(frame.width)} {num(under)}L{num(middle + 30)} {num(block)}"
         f"L{num(middle - 30)} {num(block)}z")  # fmt: skip
    out.append(path("hfan", d, "c-hca", opacity="0.16"))
    out.append(rect("hblock", middle - 30, block, 60, 22, "c-hca", "c-hca"))
    out.append(text("hnote", 0, 14, f"{real.hca_ratio} tokens, our {ALL} words the last of them",
                    frame.size))  # fmt: skip
    out.append(text("hone", middle + 38, block + 16, "one block", frame.size))
    row = block + 74
    out.append(text("hrow", 0, row - 10, f"A text of {HCA_SHOWN * real.hca_ratio:,} tokens: "
                    f"{HCA_SHOWN} blocks, all read", frame.size))  # fmt: skip
    wide = frame.width / HCA_SHOWN
    for index in range(HCA_SHOWN):
        out.append(rect(f"g{index}", index * wide + 1, row, wide - 2, 22, "c-hca", "c-hca"))
    return out


def _list(frame: Frame, toy: Toy, counts: Counts) -> list[Mark]:
    """Window, blocks and sink in one row, gathered by one softmax."""
    exact = list(range(toy.words - counts.window, toy.words))
    blocks = chosen(toy)
    wide = min(44.0, frame.width / (len(exact) + len(blocks) + 1))
    out: list[Mark] = []
    words: list[Mark] = []
    top, tall = 22, 66
    place = 0.0
    middle, gather = frame.width / 2, top + tall + 66

    def one(key: str, fill: str, stroke: str, **more: Any) -> None:
        nonlocal place
        out.append(rect(key, place + 1, top, wide - 2, tall, fill, stroke, **more))
        d = f"M{num(place + wide / 2)} {top + tall + 2}L{num(middle)} {num(gather - 8)}"
        out.append(path(f"l{key}", d, "", stroke, **more))
        place += wide

    for block in blocks:
        one(f"b{block}", "c-csa", "c-csa")
    for index in exact:
        if wide > 12:
            middle_of_box = place + wide / 2 + 4
            words.append(text(f"t{index}", middle_of_box, top + tall - 5, SENTENCE[index][0], 12,
                              color="paper", turn=True))  # fmt: skip
        one(f"w{index}", "c-window", "c-window")
    one("sink", "", "c-sink", dash="3 3")
    out += words
    out.append(
        path("gather", f"M{num(middle - 8)} {gather}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z", "ink")
    )
    out.append(text("softmax", middle + 16, gather + 5, "one softmax", frame.size, bold=True))
    line = gather + 40
    legend = (
        ("c-csa", "c-csa", f"Blocks: {counts.read} of {counts.blocks}"),
        ("c-window", "c-window", f"Window: {counts.window}, word by word"),
        ("", "c-sink", "Sink: lets a head read almost nothing"),
    )
    for index, (fill, stroke, words) in enumerate(legend):
        y = line + index * 24
        dash = {} if fill else {"dash": "3 3"}
        out.append(rect(f"s{index}", 1, y - 11, 14, 14, fill, stroke, **dash))
        out.append(text(f"n{index}", 22, y, words, frame.size))
    return out


def _million(frame: Frame, toy: Toy, real: Real) -> list[Mark]:
    """Bars to scale: all tokens, and what a layer of each kind keeps and reads of them."""
    bars = (
        ("all", f"The text: {MILLION:,} tokens", MILLION, "ink-soft", "ink-soft"),
        ("kept", f"CSA: {real.csa_blocks:,} blocks kept and scored", real.csa_blocks, "", "c-csa"),
        ("pro", f"CSA, V4-Pro: {real.pro_kept:,} of them read", real.pro_kept, "c-csa", "c-csa"),
        ("flash", f"CSA, V4-Flash: {real.flash_kept:,} read", real.flash_kept, "c-csa", "c-csa"),
        ("far", f"HCA: {real.hca_blocks:,} blocks, all read", real.hca_blocks, "c-hca", "c-hca"),
        ("near", f"Window: {real.window:,} tokens", real.window, "c-window", "c-window"),
    )
    out = []
    step = 62 if frame.narrow else 48
    for index, (key, words, count, fill, stroke) in enumerate(bars):
        y = 16 + index * step
        out.append(text(f"m{key}", 0, y, words, frame.size))
        wide = max(1.5, (frame.width - 2) * count / MILLION)
        out.append(rect(f"x{key}", 1, y + 7, wide, 16, fill, stroke))
    # Our words, where they would stand: at the end of the text, too small to see.
    for index in range(toy.words):
        out.append(rect(f"w{index}", frame.width - 2, 23, 1, 16, "ink", ""))
    return out


def scene(step: str, toy: Toy, counts: Counts, real: Real, narrow: bool) -> list[Mark]:
    """All marks of one picture, from back to front. ValueError for an unknown step."""
    if step not in STEPS:
        raise ValueError(f"the story has no picture '{step}'; it has {', '.join(STEPS)}")
    frame = Frame(narrow)
    last = toy.words - 1
    word = SENTENCE[last][0]
    if step == "sentence":
        return [
            *_words(frame, toy, _asker(toy)),
            *frame.notes([f"{toy.words} words. The last, “{word}”, asks."], "end"),
        ]
    if step == "full":
        pairs = "".join(_arc(frame, a, b) for a in range(last) for b in range(a))
        asked = "".join(_arc(frame, last, b) for b in range(last))
        return [
            path("pairs", pairs, "", "rule", width="0.7"),
            path("asked", asked, "", "c-sink", width="1.5"),
            *_words(frame, toy, _asker(toy)),
            *frame.notes(
                [f"{toy.words} to read for the last word,", f"{counts.pairs} for all"], "end"
            ),
        ]
    if step == "window":
        first = toy.words - counts.window
        near = "".join(_arc(frame, last, b) for b in range(first, last))
        return [
            path("asked", near, "", "c-window", width="1.5"),
            *_words(frame, toy, _in_window(toy)),
            *frame.notes([f"Window: the last {counts.window}"], "end"),
        ]
    if step == "fold":
        return [
            *_blocks(frame, toy, counts, set()),
            *_words(frame, toy, _asker(toy)),
            *frame.notes(
                [f"{counts.blocks} blocks of {toy.block}; each also pools the block before"],
                "under",
            ),
        ]
    if step == "indexer":
        points = scores(toy)
        read = set(chosen(toy))
        return [
            *_blocks(frame, toy, counts, read),
            *_keys(frame, toy, points, read),
            *_words(frame, toy, _in_window(toy)),
            *frame.notes([f"{counts.blocks} scored; the best {counts.read}, filled, are read"]),
        ]
    if step == "hca":
        return _hca(frame, toy, real)
    return _list(frame, toy, counts) if step == "list" else _million(frame, toy, real)
