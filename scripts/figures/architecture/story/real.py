"""Of the real models, at full length: HCA's blocks, and what a layer reads of a million tokens."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.figures.architecture.story.marks import ALL, Frame, Mark, num, path, rect, text
from scripts.figures.architecture.story.toy import SENTENCE

MILLION = 1_048_576
HCA_SHOWN = 32
LINE = {False: 104, True: 50}
"""Letters in a line of the sentence, on a wide and on a narrow picture."""


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


def _wrapped(narrow: bool) -> list[str]:
    """The whole sentence in lines."""
    lines = ["…"]
    for word, _ in SENTENCE:
        if len(lines[-1]) + 1 + len(word) > LINE[narrow]:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return lines


def hca(frame: Frame, real: Real) -> list[Mark]:
    """128 small squares make one block; below, what a layer of this kind reads."""
    columns = 32 if frame.narrow else 64
    cell = frame.width / columns
    lines = _wrapped(frame.narrow)
    out = [text("hnote", 0, 14, f"{real.hca_ratio} tokens: {real.hca_ratio - ALL} others, then our "
                f"{ALL} words, filled:", frame.size)]  # fmt: skip
    for index, line in enumerate(lines):
        out.append(text(f"hline{index}", 0, 34 + index * 17, line, frame.size, color="ink-soft"))
    top = 26 + len(lines) * 17
    for index in range(real.hca_ratio):
        ours = index - (real.hca_ratio - ALL)
        key = f"w{ours}" if ours >= 0 else f"h{index}"
        fill = "ink-soft" if ours >= 0 else ""
        x, y = index % columns * cell + 1, top + index // columns * cell
        out.append(rect(key, x, y, cell - 2, cell - 2, fill, "ink-soft"))
    under = top + real.hca_ratio / columns * cell + 2
    block = under + 34
    middle = frame.width / 2
    d = (f"M0 {num(under)}L{num(frame.width)} {num(under)}L{num(middle + 30)} {num(block)}"
         f"L{num(middle - 30)} {num(block)}z")  # fmt: skip
    out.append(path("hfan", d, "c-hca", opacity="0.16"))
    out.append(rect("hblock", middle - 30, block, 60, 22, "c-hca", "c-hca"))
    out.append(text("hone", middle + 38, block + 16, "one block", frame.size))
    row = block + 62
    out.append(text("hrow", 0, row - 10, f"A text of {HCA_SHOWN * real.hca_ratio:,} tokens: "
                    f"{HCA_SHOWN} blocks, all read", frame.size))  # fmt: skip
    wide = frame.width / HCA_SHOWN
    for index in range(HCA_SHOWN):
        out.append(rect(f"g{index}", index * wide + 1, row, wide - 2, 22, "c-hca", "c-hca"))
    return out


def million(frame: Frame, real: Real, words: int) -> list[Mark]:
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
    step = 46 if frame.narrow else 44
    for index, (key, said, count, fill, stroke) in enumerate((*long, *thin)):
        whole, below = (MILLION, 0) if index < len(long) else (real.hca_blocks, 80 - step)
        y = 16 + index * step + below
        out.append(text(f"m{key}", 0, y, said, frame.size))
        out.append(rect(f"x{key}", 1, y + 7, room * count / whole, 16, fill, stroke))
    # HCA's bar at the scale of the text, from which it is enlarged: a slice, not the bar above it.
    slice_at = step + 48
    true = room * real.hca_blocks / MILLION
    out.append(rect("slice", 1, slice_at, true, 8, "c-hca"))
    times = f"HCA at this scale; all below is enlarged {MILLION // real.hca_blocks} times:"
    out.append(text("mlens", true + 8, slice_at + 8, times, frame.size))
    d = (f"M1 {num(slice_at + 10)}L{num(1 + true)} {num(slice_at + 10)}"
         f"L{num(1 + room)} {num(slice_at + 34)}L1 {num(slice_at + 34)}z")  # fmt: skip
    out.append(path("lens", d, "ink-soft", opacity="0.16"))
    # Our words, where they would stand: at the end of the text, too small to see.
    out.append(text("mours", frame.width, 16, "our words: its very end", frame.size, anchor="end"))
    for index in range(words):
        out.append(rect(f"w{index}", frame.width - 3, 23, 2, 16, "ink", ""))
    return out
