"""Where each mark of the eight pictures stands: one list a picture, the same in the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.figures.architecture.story.marks import ALL, Frame, Mark, num, path, rect, text
from scripts.figures.architecture.story.toy import SENTENCE, Counts, Toy, chosen, scores

STEPS = ("sentence", "full", "window", "fold", "indexer", "hca", "list", "million")
MILLION = 1_048_576
HCA_SHOWN = 32


@dataclass(frozen=True)
class Real:
    """Counts of the real models at a million tokens."""

    window: int
    csa_blocks: int
    csa_ratio: int
    hca_ratio: int
    hca_blocks: int
    pro_read: int
    flash_read: int


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


def _looked(counts: Counts) -> int:
    """The block that is the example of how one is made."""
    return counts.blocks // 2


def _pools(frame: Frame, toy: Toy, counts: Counts) -> list[Mark]:
    """What one block blends: its own words and, fainter, those of the block before.

    Both fans meet on the block, half and half: drawn over each other they could not be read.
    """
    if not counts.blocks:
        return []
    block = _looked(counts)
    top, foot = frame.across["end"] + 2, frame.across["block"]

    def edge(words: int) -> float:
        return words * toy.block * frame.cell

    def fan(key: str, first: int, start: float, end: float, opacity: str) -> Mark:
        d = (
            f"M{frame.at(edge(first) + 1, top)}L{frame.at(edge(first + 1) - 1, top)}"
            f"L{frame.at(end - 1, foot)}L{frame.at(start + 1, foot)}z"
        )
        return path(key, d, "c-csa", opacity=opacity)

    start, end = edge(block), edge(block + 1)
    if not block:
        return [fan("own", block, start, end, "0.5")]
    middle = (start + end) / 2
    return [
        fan("before", block - 1, start, middle, "0.25"),
        fan("own", block, middle, end, "0.5"),
    ]


def _pool_notes(frame: Frame, toy: Toy, counts: Counts) -> list[str]:
    """The caption of that example, and the words that wait for a block."""
    lines = []
    if not counts.blocks:
        lines.append("No block is finished yet")
    else:
        one = toy.block == 1
        own = f"Block {_looked(counts) + 1}, for example: its own "
        own += "word" if one else f"{toy.block} words"
        before = "and, fainter, the one before" if one else f"and, fainter, the {toy.block} before"
        lines += [own] if not _looked(counts) else _lines(frame, own, before)
    if counts.waiting:
        words = "1 word" if counts.waiting == 1 else f"{counts.waiting} words"
        where = f"{counts.unseen} of them unread" if counts.unseen else "read in the window"
        lines.append(f"Dashed: {words} in no block yet, {where}")
    return lines


def _lines(frame: Frame, *parts: str) -> list[str]:
    """One line on a wide picture, one for each part on a narrow one."""
    return list(parts) if frame.narrow else [" ".join(parts)]


def _blocks(frame: Frame, toy: Toy, counts: Counts, read: set[int]) -> list[Mark]:
    """The blocks with their numbers, and dashed the words that are in none yet."""
    place = frame.across
    out = []
    middle = (place["block"] + place["under"]) / 2
    for block in range(counts.blocks):
        start, end = block * toy.block * frame.cell + 1, (block + 1) * toy.block * frame.cell - 1
        fill = "c-csa" if block in read else ""
        out.append(
            frame.box(f"b{block}", start, end, place["block"], place["under"], fill, "c-csa")
        )
        x, y = (middle, (start + end) / 2) if frame.narrow else ((start + end) / 2, middle)
        out.append(text(f"c{block}", x, y + 4, str(block + 1), 10 if frame.narrow else 11,
                        anchor="middle", color="paper" if fill else "ink-soft"))  # fmt: skip
    if counts.waiting:
        start, end = (toy.words - counts.waiting) * frame.cell + 1, toy.words * frame.cell - 1
        out.append(frame.box("rest", start, end, place["block"], place["under"], "", "ink-soft",
                             dash="3 3"))  # fmt: skip
    return out


def _score_notes(frame: Frame, counts: Counts, points: list[int]) -> list[str]:
    """Who gives the scores, and which blocks are read for them."""
    if not points:
        return ["No block is finished yet: nothing to score"]
    scored = f"{counts.blocks} scored, by our toy's rule (see the note);"
    if not any(points):
        which = "the last one is" if counts.read == 1 else f"the last {counts.read} are"
        return _lines(frame, scored, f"none has a point, so {which} read")
    which = "best one, filled, is" if counts.read == 1 else f"best {counts.read}, filled, are"
    return _lines(frame, scored, f"the {which} read")


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
    out.append(text("hnote", 0, 14, f"{real.hca_ratio} tokens: our {ALL} words after "
                    f"{real.hca_ratio - ALL} others", frame.size))  # fmt: skip
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

    def name(key: str, said: str, color: str = "paper") -> None:
        if wide > 12:
            words.append(text(key, place + wide / 2 + 4, top + tall - 5, said, 12,
                              color=color, turn=True))  # fmt: skip

    for block in blocks:
        name(f"c{block}", f"block {block + 1}")
        one(f"b{block}", "c-csa", "c-csa")
    for index in exact:
        name(f"t{index}", SENTENCE[index][0])
        color = "ink" if index == toy.words - 1 else "c-window"
        one(f"w{index}", color, color)
    name("tsink", "sink", "ink")
    one("sink", "", "c-sink", dash="3 3")
    out += words
    out.append(
        path("gather", f"M{num(middle - 8)} {gather}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z", "ink")
    )
    out.append(text("softmax", middle + 16, gather + 5, "one softmax", frame.size, bold=True))
    line = gather + 40
    legend = (
        ("c-csa", "c-csa", f"Blocks read: {counts.read} of {counts.blocks}"),
        (
            "c-window",
            "c-window",
            f"Window: {counts.window}, with the word that asks"
            if counts.window
            else "Window: none",
        ),
        ("", "c-sink", "Sink: takes a share, so that little may be read"),
    )
    for index, (fill, stroke, words) in enumerate(legend):
        y = line + index * 24
        dash = {} if fill else {"dash": "3 3"}
        out.append(rect(f"s{index}", 1, y - 11, 14, 14, fill, stroke, **dash))
        out.append(text(f"n{index}", 22, y, words, frame.size))
    return out


def _million(frame: Frame, toy: Toy, real: Real) -> list[Mark]:
    """Bars, all to scale: the text and what is scored, and enlarged what a layer reads of it."""
    long = (
        ("all", f"The text: {MILLION:,} tokens", MILLION, "ink-soft", "ink-soft"),
        ("kept", f"CSA: {real.csa_blocks:,} blocks stored and scored", real.csa_blocks, "",
         "c-csa"),
    )  # fmt: skip
    thin = (
        ("far", f"HCA: {real.hca_blocks:,} blocks, all read", real.hca_blocks, "c-hca", "c-hca"),
        ("pro", f"CSA, V4-Pro: the best {real.pro_read:,} blocks read", real.pro_read, "c-csa",
         "c-csa"),
        ("flash", f"CSA, V4-Flash: the best {real.flash_read:,} blocks read", real.flash_read,
         "c-csa", "c-csa"),
        ("near", f"Window, in every layer: {real.window:,} tokens read", real.window, "c-window",
         "c-window"),
    )  # fmt: skip
    out = []
    room = frame.width - 2
    step, lens = (56, 40) if frame.narrow else (44, 34)
    for index, (key, words, count, fill, stroke) in enumerate((*long, *thin)):
        whole, below = (MILLION, 0) if index < len(long) else (real.hca_blocks, lens)
        y = 16 + index * step + below
        out.append(text(f"m{key}", 0, y, words, frame.size))
        out.append(rect(f"x{key}", 1, y + 7, room * count / whole, 16, fill, stroke))
    top = 16 + (len(long) - 1) * step + 25
    foot = top + lens + step - 40
    d = (f"M1 {num(top)}L{num(1 + room * real.hca_blocks / MILLION)} {num(top)}"
         f"L{num(1 + room)} {num(foot)}L1 {num(foot)}z")  # fmt: skip
    out.append(path("lens", d, "ink-soft", opacity="0.16"))
    times = f"Enlarged {MILLION // real.hca_blocks} times:"
    out.append(text("mlens", 6, foot - 6, times, frame.size))
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
                [f"{toy.words} to read for the last word,", f"{counts.pairs} for all words"], "end"
            ),
        ]
    if step == "window":
        first = toy.words - counts.window
        near = "".join(_arc(frame, last, b) for b in range(first, last))
        return [
            path("asked", near, "", "c-window", width="1.5"),
            *_words(frame, toy, _in_window(toy)),
            *frame.notes([f"Window: the last {counts.window} words"], "end"),
        ]
    if step == "fold":
        return [
            *_pools(frame, toy, counts),
            *_blocks(frame, toy, counts, set()),
            *_words(frame, toy, _in_window(toy)),
            *frame.notes(_pool_notes(frame, toy, counts), "under"),
        ]
    if step == "indexer":
        points = scores(toy)
        read = set(chosen(toy))
        return [
            *_blocks(frame, toy, counts, read),
            *_keys(frame, toy, points, read),
            *_words(frame, toy, _in_window(toy)),
            *frame.notes(_score_notes(frame, counts, points)),
        ]
    if step == "hca":
        return _hca(frame, toy, real)
    return _list(frame, toy, counts) if step == "list" else _million(frame, toy, real)
