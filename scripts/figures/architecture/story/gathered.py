"""The seventh picture: window, blocks and sink as one list, each with its share of one softmax."""

from __future__ import annotations

import math

from scripts.figures.architecture.story.marks import Frame, Mark, num, path, rect, text
from scripts.figures.architecture.story.toy import SENTENCE, Counts, Toy, shares

TALL, BAND = 66, 98


def _entry(key: str, toy: Toy) -> tuple[str, str, str]:
    """Name, filling and line of one entry."""
    if key == "sink":
        return "sink", "", "c-sink"
    index = int(key[1:])
    if key.startswith("b"):
        return f"block {index + 1}", "c-csa", "c-csa"
    color = "ink" if index == toy.words - 1 else "c-window"
    return SENTENCE[index][0], color, color


def gathered(frame: Frame, toy: Toy, counts: Counts) -> list[Mark]:
    """Boxes in one row, or in as many as a finger needs; a line of each, as wide as its share."""
    found = shares(toy)
    most = 13 if frame.narrow else 33
    bands = math.ceil(len(found) / most)
    each = math.ceil(len(found) / bands)
    wide = min(44.0, frame.width / each)
    middle = frame.width / 2
    gather = 22 + bands * BAND + 40
    lines: list[Mark] = []
    boxes: list[Mark] = []
    words: list[Mark] = []
    for place, (key, share) in enumerate(found.items()):
        said, fill, stroke = _entry(key, toy)
        x, top = place % each * wide, 22 + place // each * BAND
        dash = {} if fill else {"dash": "3 3"}
        d = f"M{num(x + wide / 2)} {top + TALL + 18}L{num(middle)} {gather - 8}"
        lines.append(path(f"l{key}", d, "", stroke, width=num(0.5 + share * 0.16)))
        boxes.append(rect(key, x + 1, top, wide - 2, TALL, fill or "paper", stroke, **dash))
        name = "tsink" if key == "sink" else f"{'c' if key[0] == 'b' else 't'}{key[1:]}"
        color = "paper" if fill else "ink"
        words.append(text(name, x + wide / 2 + 4, top + TALL - 5, said, 12, color=color,
                          turn=True))  # fmt: skip
        words.append(text(f"p{key}", x + wide / 2, top + TALL + 14, str(share), 12,
                          anchor="middle"))  # fmt: skip
    return [
        *lines, *boxes, *words,
        path("gather", f"M{num(middle - 8)} {gather}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z", "ink"),
        text("softmax", middle + 16, gather + 5, "one softmax", frame.size, bold=True),
        *_legend(frame, counts, gather + 40),
    ]  # fmt: skip


def _legend(frame: Frame, counts: Counts, line: int) -> list[Mark]:
    """What the boxes are, and that their numbers are no model's."""
    near = f"Window: {counts.window}, with the word that asks" if counts.window else "Window: none"
    out: list[Mark] = []
    for index, (fill, stroke, said) in enumerate(
        (
            ("c-csa", "c-csa", f"Blocks read: {counts.read} of {counts.blocks}"),
            ("c-window", "c-window", near),
            ("", "c-sink", "Sink: takes a share, so that little may be read"),
        )
    ):
        y = line + index * 24
        dash = {} if fill else {"dash": "3 3"}
        out.append(rect(f"s{index}", 1, y - 11, 14, 14, fill, stroke, **dash))
        out.append(text(f"n{index}", 22, y, said, frame.size))
    out.append(text("invented", 0, line + 72, "Shares in percent, invented: they add up to 100.",
                    frame.size))  # fmt: skip
    return out
