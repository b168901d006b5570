"""How the hybrid attention reads: window, CSA and HCA."""

from __future__ import annotations

from typing import Any

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.loading import Dataset

MODELS = ("v4-pro", "v4-flash")


def _tokens(x: float, y: float, count: int, cell: float, window: int) -> list[str]:
    """A row of tokens; the last ``window`` are kept exactly, the very last asks the question."""
    out = []
    for index in range(count):
        left = x + index * cell
        if index == count - 1:
            out.append(svg.rect(left, y, cell - 2, cell - 2, "ink"))
        elif index >= count - window:
            out.append(svg.rect(left, y, cell - 2, cell - 2, "c-window"))
        else:
            out.append(svg.rect(left, y, cell - 2, cell - 2, None, "ink-soft"))
    return out


def _reads(x1: float, y1: float, x2: float, y2: float, color: str) -> str:
    """A bent line from something that is read to the point where attention gathers it."""
    return svg.path(f"M{x1:g} {y1:g}V{y2:g}H{x2:g}", color, width=1.25)


def _csa(narrow: bool, y: float, pro: Any, flash: Any) -> tuple[list[str], float]:
    width, size = (NARROW, 11.5) if narrow else (WIDE, 13.5)
    cell = 11.0 if narrow else 16.0
    count = 28 if narrow else 40
    window = 8
    x = 4.0
    out, y = svg.paragraph(
        x, y + size,
        f"In a CSA layer: one block for every {pro.csa_ratio} tokens, the best are read",
        width - 8, size + 1, "ink", bold=True,
    )  # fmt: skip
    note = (
        f"The indexer scores every finished block and keeps the best {pro.top_k:,} in V4-Pro, "
        f"{flash.top_k} in V4-Flash (diamonds)."
    )
    more, y = svg.paragraph(x, y, note, width - 8, size)
    out += more
    gather = y + 8
    block_y, token_y = gather + 34, gather + 92
    blocks = (count - window) // 4
    picked = {1, 4, 5} if narrow else {1, 4, 6}
    pooled = 4
    end = x + count * cell - cell / 2 - 1
    for index in range(blocks):
        left, wide = x + index * 4 * cell, 4 * cell - 2
        chosen = index in picked
        out.append(
            svg.rect(left, block_y, wide, 18, "c-csa" if chosen else None, "c-csa", radius=2)
        )
        middle = left + wide / 2
        d = f"M{middle:g} {block_y - 15:g}l5 5l-5 5l-5 -5z"
        out.append(svg.path(d, "c-indexer", "c-indexer" if chosen else None))
        if chosen:
            out.append(_reads(middle, block_y - 17, end, gather, "c-csa"))
    # One block pools eight tokens: its own four and the four before.
    first, last = x + (pooled - 1) * 4 * cell, x + (pooled + 1) * 4 * cell - 2
    left, right = x + pooled * 4 * cell, x + (pooled + 1) * 4 * cell - 2
    out.append(
        f'<path d="M{left:g} {block_y + 18:g}L{first:g} {token_y - 3:g}H{last:g}'
        f'L{right:g} {block_y + 18:g}z" fill="var(--c-csa)" opacity="0.18"/>'
    )
    out += _tokens(x, token_y, count, cell, window)
    start = x + (count - window) * cell
    out.append(svg.line(start, token_y - 6, x + count * cell - 2, token_y - 6, "c-window", 2))
    out.append(svg.line(end, token_y - 6, end, gather, "c-window", 1.5))
    out.append(svg.circle(end, gather, 4.5, "ink"))
    label_y = token_y + cell + size
    pooled_words = "8 tokens in one block" if narrow else "8 tokens pooled in one block"
    out.append(
        svg.text(
            last - 40 if narrow else first,
            label_y,
            pooled_words,
            size,
            "c-csa",
            "end" if narrow else "start",
        )
    )
    out.append(
        svg.text(x + count * cell - 2, label_y, "window" if narrow else "window: exact", size,
                 "c-window", "end")
    )  # fmt: skip
    return out, label_y + 10


def _hca(narrow: bool, y: float, pro: Any) -> tuple[list[str], float]:
    width, size = (NARROW, 11.5) if narrow else (WIDE, 13.5)
    cell = 11.0 if narrow else 16.0
    count = 28 if narrow else 40
    window = 4
    x = 4.0
    out, y = svg.paragraph(
        x, y + size,
        f"In an HCA layer: one block for every {pro.hca_ratio} tokens, all are read",
        width - 8, size + 1, "ink", bold=True,
    )  # fmt: skip
    note = f"Here a square stands for {pro.hca_ratio // 4} tokens, so the window is four squares."
    more, y = svg.paragraph(x, y, note, width - 8, size)
    out += more
    gather = y + 8
    block_y, token_y = gather + 20, gather + 62
    end = x + count * cell - cell / 2 - 1
    for index in range((count - window) // 4):
        left, wide = x + index * 4 * cell, 4 * cell - 2
        out.append(svg.rect(left, block_y, wide, 18, "c-hca", "c-hca", radius=2))
        out.append(_reads(left + wide / 2, block_y, end, gather, "c-hca"))
        out.append(
            f'<path d="M{left:g} {block_y + 18:g}V{token_y - 3:g}H{left + wide:g}'
            f'V{block_y + 18:g}z" fill="var(--c-hca)" opacity="0.14"/>'
        )
    out += _tokens(x, token_y, count, cell, window)
    start = x + (count - window) * cell
    out.append(svg.line(start, token_y - 6, x + count * cell - 2, token_y - 6, "c-window", 2))
    out.append(svg.line(end, token_y - 6, end, gather, "c-window", 1.5))
    out.append(svg.circle(end, gather, 4.5, "ink"))
    label_y = token_y + cell + size
    out.append(svg.text(x, label_y, "older tokens", size, "ink-soft"))
    out.append(
        svg.text(
            x + count * cell - 2, label_y, f"window: last {pro.window}", size, "c-window", "end"
        )
    )
    return out, label_y + 10


def draw(data: Dataset) -> Figure:
    """One query in V4's hybrid attention, in a layer of each kind, and what it reads."""
    pro, flash = (shape(data, model) for model in MODELS)
    title = "What one new token reads in V4's attention"
    alt = (
        f"The new token reads the last {pro.window} tokens exactly. In a CSA layer, older text is "
        f"stored as one block for every {pro.csa_ratio} tokens, each pooling 8, and an indexer "
        f"picks the best {pro.top_k:,} blocks in V4-Pro or {flash.top_k} in V4-Flash. In an HCA "
        f"layer it is stored as one block for every {pro.hca_ratio} tokens, and all are read. A "
        "sink lets a head attend to nothing."
    )

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.5) if narrow else (WIDE, 13.5)
        parts, y = _csa(narrow, 4, pro, flash)
        more, y = _hca(narrow, y + 14, pro)
        parts += more
        y += 16
        parts.append(svg.circle(10, y + size * 0.6, 4.5, "ink"))
        more, y_end = svg.paragraph(
            22, y + size,
            "attention: one softmax over window and blocks, with a sink so that a head may "
            "attend to nothing; the filled square is the token that asks",
            width - 30, size,
        )  # fmt: skip
        parts += more
        return svg.drawing(
            parts, width, y_end + 2, "attention-parts", svg.variant(narrow), title, alt
        )

    rows = [
        {
            "What": what,
            "V4-Pro": str(getattr(pro, field)),
            "V4-Flash": str(getattr(flash, field)),
        }
        for what, field in (
            ("Window, tokens", "window"),
            ("CSA: tokens per block", "csa_ratio"),
            ("CSA: blocks read at most", "top_k"),
            ("HCA: tokens per block", "hca_ratio"),
            ("Layers with CSA", "csa_layers"),
            ("Layers with HCA", "hca_layers"),
            ("Layers with the window only", "window_only_layers"),
        )
    ]
    return Figure(
        id="attention-parts",
        title=title,
        caption=(
            "A layer is of one kind or the other; both keep the window. Filled blocks are read, "
            "outlined ones are skipped. Schematic: real contexts hold far more blocks."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("What", "V4-Pro", "V4-Flash"),
        rows=rows,
        sources=distinct([ref for m in MODELS for ref in need(data, "models", m).sources]),
        as_of="2026-04-24",
    )
