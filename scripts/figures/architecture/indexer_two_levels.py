"""How V4.1-Flash searches its cache in two levels: wide once, then only in what was handed on."""

from __future__ import annotations

import re

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import number, spec
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.loading import Dataset

MODEL = "v4-1-flash"
BAR = 22.0


def _places(data: Dataset, line: str) -> list[int]:
    """Which layers are of a kind: the numbers in the note of the count. LookupError if the note
    and the count differ."""
    counted = spec(data, MODEL, line)
    found = [int(place) for place in re.findall(r"\d+", counted.note or "")]
    if len(found) != int(counted.value):
        raise LookupError(f"data/models: the note of '{MODEL}' {line} does not name its layers")
    return found


def _zoom(x: float, part: float, y: float, width: float, below: float) -> str:
    """From a part of a bar, at its right end, to the whole of the bar below."""
    end = x + width
    d = f"M{end - part:g} {y:g}L{x:g} {below:g}H{end:g}L{end:g} {y:g}z"
    return f'<path d="{d}" fill="var(--c-indexer)" opacity="0.14"/>'


def draw(data: Dataset) -> Figure:
    """Three bars, each the small part of the one above it, and the layers that do the work."""
    layers, window, kept = (
        number(data, MODEL, line) for line in ("layers", "sliding-window", "index-top-k")
    )
    tokens = number(data, MODEL, "context-length")
    pool, blocks = (need(data, "facts", f"v41-search-{name}") for name in ("pool", "blocks"))
    handed, groups = int(pool.value), int(blocks.value)
    full, again = (_places(data, f"{name}-layers") for name in ("full", "reindex"))
    alone = number(data, MODEL, "window-only-layers")
    first = full[-1]
    ratios = [int(ratio) for ratio in str(spec(data, MODEL, "compress-ratios").value).split()]
    entries = tokens // ratios[first]
    read = kept + window
    later = f"{', '.join(str(layer) for layer in again[:-1])} and {again[-1]}"
    title = "How V4.1-Flash's decoder finds what to read"
    alt = (
        f"For one new token after {tokens:,}: layer {first} scores all {entries:,} entries and "
        f"hands on at most {groups:,} blocks of {handed // groups}, {handed:,} positions, or "
        f"{100 * handed / entries:.1f}%. Layers {later} score those alone and keep the best "
        f"{kept}. A layer reads these and the window of {window}: {read} entries. Of {layers} "
        "layers "
        f"{len(full)} make a cache, {len(again)} search it again, the first {alone} have the "
        "window alone and the others reuse the last choice."
    )

    def level(x: float, y: float, width: float, size: float, head: str, part: float,
              below: str) -> tuple[list[str], float, float]:  # fmt: skip
        """A bar with its words; returns the elements, the bottom and the width of the part."""
        lines, y = svg.paragraph(x, y + size, head, width, size, "ink", bold=True)
        top = y - size + 4
        cut = max(3.0, width * part)
        return (
            [
                *lines,
                svg.rect(x, top, width, BAR, None, "c-csa"),
                svg.rect(x + width - cut, top, cut, BAR, "c-csa"),
                svg.text(x, top + BAR + size + 5, below, size, "ink-soft"),
            ],
            top + BAR,
            cut,
        )

    def strip(x: float, y: float, width: float, size: float) -> tuple[list[str], float]:
        """All layers in order; those that search are marked with a diamond."""
        cell = width / layers
        tall = 20.0
        out = []
        for layer in range(layers):
            left = x + layer * cell
            if layer < alone:
                fill, stroke = "c-window", "c-window"
            elif layer in full:
                fill, stroke = "c-csa", "c-csa"
            else:
                fill, stroke = None, "c-csa"
            out.append(svg.rect(left + 0.75, y, cell - 1.5, tall, fill, stroke))
            if layer in full or layer in again:
                middle = left + cell / 2
                d = f"M{middle:g} {y - 13:g}l4.5 5l-4.5 5l-4.5 -5z"
                out.append(svg.path(d, "c-indexer", "c-indexer"))
        for layer in (*full, *again):
            out.append(svg.text(x + (layer + 0.5) * cell, y + tall + size, str(layer), size - 1,
                                "ink-soft", "middle"))  # fmt: skip
        return out, y + tall + size

    def key(x: float, y: float, size: float, width: float) -> tuple[list[str], float]:
        reuse = layers - alone - len(full) - len(again)
        items = (
            ("mark", f"searches: {len(full) + len(again)} layers"),
            ("c-csa", f"makes a cache: {len(full)}"),
            ("", f"uses that of an earlier layer: {len(again) + reuse}"),
            ("c-window", f"window only: {alone}"),
        )
        out: list[str] = []
        left = x
        for fill, words in items:
            room = len(words) * size * 0.52 + 32
            if left > x and left + room > x + width + 10:
                left, y = x, y + size * 1.6
            if fill == "mark":
                d = f"M{left + 6:g} {y - 10:g}l4.5 5l-4.5 5l-4.5 -5z"
                out.append(svg.path(d, "c-indexer", "c-indexer"))
            else:
                out.append(svg.rect(left + 1, y - 10, 10, 10, fill or None, fill or "c-csa"))
            out.append(svg.text(left + 18, y, words, size))
            left += room
        return out, y

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.5) if narrow else (WIDE, 13.5)
        x, room = 4.0, width - 8.0
        parts, bottom, cut = level(
            x, 6, room, size,
            f"1. Layer {first} scores every entry: {entries:,}", handed / entries,
            f"handed on: {groups:,} blocks of {handed // groups}",
        )  # fmt: skip
        below = bottom + 58
        parts.append(_zoom(x, cut, bottom, room, below + size * 1.35 + 4))
        more, bottom, cut = level(
            x, below, room, size,
            f"2. Layers {later}: only those {handed:,}", kept / handed,
            f"kept: the best {kept}",
        )  # fmt: skip
        parts += more
        below = bottom + 58
        parts.append(_zoom(x, cut, bottom, room, below + size * 1.35 + 4))
        lines, y = svg.paragraph(x, below + size, f"3. A layer reads {read} entries", room, size,
                                 "ink", bold=True)  # fmt: skip
        top = y - size + 4
        chosen = room * kept / read
        parts += lines
        parts.append(svg.rect(x, top, chosen - 1, BAR, "c-csa"))
        parts.append(svg.rect(x + chosen + 1, top, room - chosen - 1, BAR, "c-window"))
        parts.append(svg.text(x, top + BAR + size + 5, f"{kept} chosen", size, "ink-soft"))
        parts.append(svg.text(x + room, top + BAR + size + 5, f"window: {window}", size, "ink-soft",
                              "end"))  # fmt: skip
        y = top + BAR + size + 40
        parts.append(svg.text(x, y, f"The {layers} layers, from 0 to {layers - 1}", size,
                              bold=True))  # fmt: skip
        more, y = strip(x, y + 24, room, size)
        parts += more
        more, y = key(x, y + size + 12, size, room)
        parts += more
        return svg.drawing(parts, width, y + 10, "indexer-two-levels", svg.variant(narrow), title,
                           alt)  # fmt: skip

    def row(what: str, count: int, of: int) -> dict[str, str]:
        share = f"{100 * count / of:.1f}"
        return {"Step": what, "Entries": f"{count:,}", "Of the step before, %": share}

    return Figure(
        id="indexer-two-levels",
        title=title,
        caption=(
            f"Each bar is the filled part of the one above, enlarged; at {tokens:,} tokens. The "
            f"two levels are those of the decoder, layers {first} to {layers - 1}. Outlined layers "
            "without a diamond reuse an earlier choice."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("Step", "Entries", "Of the step before, %"),
        rows=[
            row(f"Scored by layer {first}", entries, entries),
            row("Handed on to later searches, at most", handed, entries),
            row(f"Kept by a search of layers {later}", kept, handed),
            {"Step": "Read by a layer, with the window", "Entries": f"{read:,}"},
        ],
        sources=distinct(
            [*pool.sources, *blocks.sources]
            + [
                ref
                for line in ("full-layers", "reindex-layers", "index-top-k", "sliding-window")
                for ref in spec(data, MODEL, line).sources
            ]
        ),
        as_of="2026-09-10",
    )
