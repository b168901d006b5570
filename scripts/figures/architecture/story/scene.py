"""Where each mark of the eight pictures stands: one list a picture, the same in the browser."""

from __future__ import annotations

from collections.abc import Callable

from scripts.figures.architecture.story.gathered import gathered
from scripts.figures.architecture.story.marks import Frame, Mark, num, path, text
from scripts.figures.architecture.story.real import MILLION, Real, hca, million
from scripts.figures.architecture.story.toy import SENTENCE, Counts, Toy, chosen, scores

__all__ = ["MILLION", "STEPS", "Real", "scene"]

STEPS = ("sentence", "full", "window", "fold", "indexer", "hca", "list", "million")
BOWS = {"full": 100, "window": 54}
"""Room above the words: for a line over all of them, or over the widest window."""


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
        middle = start + (frame.cell - 2) / 2
        if frame.narrow:
            x, y = frame.spot(middle, place["word"] + 4)
            out.append(text(f"t{index}", x, y + 4.2, word, 12, color=color))
        else:
            out.append(text(f"t{index}", middle + 4.2, place["end"] - 5, word, 12, color=color,
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
        x, y = frame.spot((start + end) / 2, middle)
        out.append(text(f"c{block}", x, y + 4, str(block + 1), 12 if frame.narrow else 11,
                        anchor="middle", color="paper" if fill else "ink-soft"))  # fmt: skip
    if counts.waiting:
        start, end = (toy.words - counts.waiting) * frame.cell + 1, toy.words * frame.cell - 1
        out.append(frame.box("rest", start, end, place["block"], place["under"], "", "ink-soft",
                             dash="3 3"))  # fmt: skip
    return out


def _score_notes(frame: Frame, counts: Counts, points: list[int], read: set[int]) -> list[str]:
    """Who gives the scores, and which blocks are read for them."""
    if not points:
        return ["No block is finished yet: nothing to score"]
    scored = f"{counts.blocks} scored, by our toy's rule (below);"
    good = sum(1 for block in read if points[block])
    if not good:
        which = "the last one is" if counts.read == 1 else f"the last {counts.read} are"
        return _lines(frame, scored, f"none has a point, so {which} read")
    if good < counts.read:
        have = "1 with points" if good == 1 else f"{good} with points"
        return _lines(frame, scored, f"{have} and the latest of the others, filled, are read")
    which = "best one, filled, is" if counts.read == 1 else f"best {counts.read}, filled, are"
    return _lines(frame, scored, f"the {which} read")


def _keys(frame: Frame, toy: Toy, points: list[int], read: set[int]) -> list[Mark]:
    """A diamond with its points for each block, and a line from each that is read."""
    place = frame.across
    out = []
    end = (toy.words - 0.5) * frame.cell
    for block, value in enumerate(points):
        middle = (block + 0.5) * toy.block * frame.cell
        x, y = frame.spot(middle, place["key"])
        fill = "c-indexer" if block in read else ""
        out.append(path(f"k{block}", f"M{num(x)} {num(y - 5)}l5 5l-5 5l-5 -5z", fill, "c-indexer"))
        x, y = frame.spot(middle, place["points"])
        if frame.narrow:
            out.append(text(f"p{block}", x, y + 4, str(value), 12))
        else:
            out.append(text(f"p{block}", x, y, str(value), 12, anchor="middle"))
        if block in read:
            out.append(path(f"r{block}", _way(frame, middle, end), "", "c-csa"))
    return out


def _way(frame: Frame, block: float, asker: float) -> str:
    """From a block that is read to the lane that leads to the asking word, and into its column."""
    place = frame.across
    start = f"M{frame.at(block, place['turn'] - 2)}L{frame.at(block, place['gather'])}"
    if frame.column(block) == frame.column(asker):
        return f"{start}L{frame.at(asker, place['gather'])}"
    _, y = frame.spot(asker, 0)
    return f"{start}L{num(place['gather'])} {num(y)}L{frame.at(asker, place['word'] - 2)}"


def scene(step: str, toy: Toy, counts: Counts, real: Real, narrow: bool) -> list[Mark]:
    """All marks of one picture, from back to front. ValueError for an unknown step."""
    if step not in STEPS:
        raise ValueError(f"the story has no picture '{step}'; it has {', '.join(STEPS)}")
    frame = Frame(narrow, BOWS.get(step, 0))
    last = toy.words - 1
    word = SENTENCE[last][0]
    if step == "sentence":
        return [
            *_words(frame, toy, _asker(toy)),
            *frame.notes([f"{toy.words} words. The last, “{word}”, asks."], "end"),
        ]
    if step == "full":
        pairs = "".join(frame.bow(a, b) for a in range(last) for b in range(a))
        asked = "".join(frame.bow(last, b) for b in range(last))
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
        near = "".join(frame.bow(last, b) for b in range(first, last))
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
            *frame.notes(_score_notes(frame, counts, points, read), "gather"),
        ]
    if step == "hca":
        return hca(frame, real)
    return gathered(frame, toy, counts) if step == "list" else million(frame, real, toy.words)
