"""The whole network: streams, layers by kind, and one layer enlarged."""

from __future__ import annotations

from scripts.figures import svg
from scripts.figures.architecture._layer_kinds import KINDS
from scripts.figures.architecture._spec_sheets import number, shape, spec
from scripts.figures.base import NARROW, WIDE, Figure, distinct, need
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset


def _arrow(x: float, y1: float, y2: float, color: str = "ink-soft", width: float = 1.5) -> str:
    """A line down, with a head at its end."""
    return svg.line(x, y1, x, y2 - 4, color, width) + svg.path(
        f"M{x - 4:g} {y2 - 6:g}L{x:g} {y2:g}L{x + 4:g} {y2 - 6:g}z", None, color
    )


def _box(
    x: float, y: float, width: float, words: str, more: str, size: float, fill: str = "paper-2"
) -> tuple[list[str], float]:
    """A box with a bold line and a wrapped plain one; returns the elements and its bottom."""
    lines, end = svg.paragraph(x + 8, y + 2 * size + 8, more, width - 16, size)
    bottom = end - size * 1.35 + 10
    return [
        svg.rect(x, y, width, bottom - y, fill, "rule", 3),
        svg.text(x + 8, y + size + 6, words, size, bold=True),
        *lines,
    ], bottom


STREAM_STEP = 9.0


def _streams(x: float, y1: float, y2: float) -> list[str]:
    return [
        svg.line(x + i * STREAM_STEP, y1, x + i * STREAM_STEP, y2, "accent", 2) for i in range(4)
    ]


def _stack(
    data: Dataset, x: float, y: float, width: float, size: float, step: float
) -> tuple[list[str], float]:
    """From the tokens at the top to the next token at the bottom, with every layer of V4-Pro."""
    config = shape(data, "v4-pro")
    hashed = number(data, "v4-pro", "hash-layers")
    kinds = list(config.schedule[: config.layers])
    bar = width * 0.46
    middle = x + bar / 2 - 1.5 * STREAM_STEP
    parts, y = _box(
        x, y, width, "Tokens in",
        f"each of {number(data, 'v4-pro', 'vocabulary'):,} tokens has a row of "
        f"{number(data, 'v4-pro', 'hidden-size'):,} numbers", size,
    )  # fmt: skip
    parts += _streams(middle, y, y + 26)
    parts.append(svg.text(x + bar + 10, y + 17, "four streams", size, "accent", bold=True))
    y += 26
    top = y
    for kind in kinds:
        parts.append(svg.rect(x, y, bar, step - 1, KINDS[kind][1], radius=0.5))
        y += step
    right = x + bar + 10
    parts.append(
        svg.path(f"M{x + bar + 3:g} {top:g}h5V{top + hashed * step - 1:g}h-5", "ink-soft", width=1)
    )
    wide = width - bar - 12
    lines, below = svg.paragraph(
        right + 2, top + size - 1, f"first {hashed}: a hash picks the experts", wide, size
    )
    parts += lines
    below = max(below, top + (y - top) * 0.34) + 6
    for words, kind in (
        (f"{config.layers} layers", None),
        (f"{kinds.count(4)} with CSA", 4),
        (f"{kinds.count(128)} with HCA", 128),
    ):
        if kind is not None:
            parts.append(svg.rect(right + 2, below - 10, 11, 11, KINDS[kind][1]))
        parts.append(
            svg.text(right + (18 if kind is not None else 2), below, words, size, bold=kind is None)
        )
        below += size * 1.5
    parts += _streams(middle, y, y + 22)
    parts.append(svg.text(right, y + 15, "added up again", size, "accent", bold=True))
    y += 22
    more, y = _box(
        x, y, width, "Next token out",
        "one score for each token it knows", size,
    )  # fmt: skip
    parts += more
    parts.append(_arrow(x + 20, y, y + 16))
    more, y = _box(
        x, y + 16, width, "Multi-token block (MTP)", "guesses one token further", size, "paper"
    )
    return parts + more, y


def _mixer(x: float, y1: float, y2: float, box: float, size: float) -> list[str]:
    """mHC around one part of a layer: read from all streams, mix them, write back to all."""
    end = x + 3 * STREAM_STEP
    parts = _streams(x, y1, y2)
    for i in range(4):
        at = x + i * STREAM_STEP
        parts.append(svg.circle(at, y1 + 14, 2.6, "accent"))
        parts.append(svg.circle(at, y2 - 14, 2.6, "accent"))
    parts.append(svg.line(x, y1 + 14, box - 4, y1 + 14, "accent", 1.25))
    parts.append(
        svg.path(f"M{box - 7:g} {y1 + 10:g}L{box:g} {y1 + 14:g}L{box - 7:g} {y1 + 18:g}z", None,
                 "accent")
    )  # fmt: skip
    parts.append(svg.line(x, y2 - 14, box, y2 - 14, "accent", 1.25))
    parts.append(svg.text(end + 6, y1 + 9, "read", size - 1, "accent"))
    parts.append(svg.text(end + 6, y2 - 18, "write", size - 1, "accent"))
    middle = (y1 + y2) / 2
    parts.append(
        svg.rect(x - 7, middle - 13, 3 * STREAM_STEP + 14, 26, "paper", "accent", radius=3)
    )
    parts.append(
        svg.text(x + 1.5 * STREAM_STEP, middle + 4, "mix", size - 1, "accent", "middle", bold=True)
    )
    return parts


def _layer(
    data: Dataset, x: float, y: float, width: float, size: float, cell: float
) -> tuple[list[str], float]:
    """One layer enlarged: attention, then experts, each between reading and writing streams."""
    config = shape(data, "v4-pro")
    routed = number(data, "v4-pro", "routed-experts")
    active = number(data, "v4-pro", "active-experts")
    sx = x + 10
    box = sx + 3 * STREAM_STEP + 44
    wide = x + width - box
    parts: list[str] = []

    top = y
    inner: list[str] = []
    at = top + size + 10
    inner.append(svg.text(box + 8, at, "Attention: looks back", size + 0.5, bold=True))
    at += size + 7
    for color, words in (
        ("c-window", f"window: the last {config.window} tokens, exact"),
        ("c-csa", f"CSA layer: one entry for {config.csa_ratio} tokens, the best "
                  f"{config.top_k:,} are read"),
        ("c-hca", f"HCA layer: one entry for {config.hca_ratio} tokens, all are read"),
    ):  # fmt: skip
        inner.append(svg.rect(box + 8, at - 10, 11, 11, color))
        lines, at = svg.paragraph(box + 25, at, words, wide - 32, size, "ink")
        inner += lines
        at += 3
    bottom = at + 4
    parts.append(svg.rect(box, top, wide, bottom - top, "paper-2", "rule", 3))
    parts += inner + _mixer(sx, top, bottom, box, size)
    parts += _streams(sx, bottom, bottom + 18)

    top = bottom + 18
    inner = [svg.text(box + 8, top + size + 10, "Experts: work on it", size + 0.5, bold=True)]
    lines, at = svg.paragraph(
        box + 8, top + 2 * size + 17,
        f"a router picks {active} of {routed} for each token; one shared expert, set apart, "
        "always runs",
        wide - 12, size, "ink",
    )  # fmt: skip
    inner += lines
    at -= size - 4
    columns = int((wide - 16 - 2.5 * cell) / cell)
    columns = max(c for c in (16, 24, 32, 48, 64) if c <= columns)
    picked = {(67 * i + 23) % routed for i in range(active)}
    for index in range(routed):
        left = box + 8 + (index % columns) * cell
        high = at + (index // columns) * cell
        chosen = index in picked
        inner.append(
            # Not "rule": where the system sets the colors that is as strong as a mark.
            svg.rect(
                left,
                high,
                cell - 2,
                cell - 2,
                "c-v4-pro" if chosen else "ink",
                radius=1,
                opacity=1 if chosen else 0.14,
            )
        )
    rows = -(-routed // columns)
    inner.append(
        svg.rect(box + 8 + (columns + 0.8) * cell, at, cell - 2, cell - 2, "c-v4-pro", radius=1)
    )
    bottom = at + rows * cell + 8
    parts.append(svg.rect(box, top, wide, bottom - top, "paper-2", "rule", 3))
    parts += inner + _mixer(sx, top, bottom, box, size)
    return parts, bottom


def draw(data: Dataset) -> Figure:
    """V4-Pro from tokens to tokens: streams, layers by kind, and one layer enlarged."""
    config = shape(data, "v4-pro")
    flash = shape(data, "v4-flash")
    total, active = (
        record_value(spec(data, "v4-pro", line))
        for line in ("total-parameters", "active-parameters")
    )
    title = "The whole of V4-Pro in one picture"
    alt = (
        f"Tokens enter as rows of {number(data, 'v4-pro', 'hidden-size'):,} numbers and run "
        f"through {config.layers} layers in four parallel streams. In each layer, attention "
        f"({config.csa_layers} layers with CSA, {config.hca_layers} with HCA) reads the last "
        f"{config.window} tokens and compressed older text; then a router sends the token to "
        f"{number(data, 'v4-pro', 'active-experts')} of "
        f"{number(data, 'v4-pro', 'routed-experts')} experts and one shared expert. In the first "
        f"{number(data, 'v4-pro', 'hash-layers')} layers a hash picks the experts. At the end "
        "the streams are added up and the next token is predicted; a multi-token block guesses "
        f"one more. Of {total} parameters, {active} work on a token."
    )

    def paint(narrow: bool) -> str:
        size = 11.5 if narrow else 13.0
        if narrow:
            parts, y = _stack(data, 4, 4, NARROW - 8, size, 3.0)
            parts.append(svg.text(4, y + 26, "One layer, enlarged", size + 1, bold=True))
            more, y = _layer(data, 4, y + 36, NARROW - 8, size, 7.0)
            parts += more
            width = NARROW
        else:
            parts, left = _stack(data, 4, 4, 250, size, 4.6)
            x = 290.0
            parts.append(svg.text(x, 18, "One layer, enlarged", size + 2, bold=True))
            more, right = _layer(data, x, 32, WIDE - x - 4, size, 9.0)
            parts += more
            lines, right = svg.paragraph(
                x, right + 26, f"Of {total} parameters, {active} work on a token.",
                WIDE - x - 8, size + 1, "ink", bold=True,
            )  # fmt: skip
            parts += lines
            y, width = max(left, right), WIDE
        return svg.drawing(parts, width, y + 6, "whole-model", svg.variant(narrow), title, alt)

    def cell(model: str, line: str) -> str:
        return record_value(spec(data, model, line))

    lines = (
        ("Total parameters", "total-parameters"),
        ("Active parameters", "active-parameters"),
        ("Layers", "layers"),
        ("Layers with CSA", "csa-layers"),
        ("Layers with HCA", "hca-layers"),
        ("Layers with the window only", "window-only-layers"),
        ("Width of a stream", "hidden-size"),
        ("Residual streams", "mhc-streams"),
        ("Routed experts in a layer", "routed-experts"),
        ("of them used by a token", "active-experts"),
        ("Shared experts", "shared-experts"),
        ("Layers routed by a hash", "hash-layers"),
        ("Tokens guessed ahead (MTP)", "mtp-depth"),
    )
    rows = [
        {"Part": words, "V4-Pro": cell("v4-pro", line), "V4-Flash": cell("v4-flash", line)}
        for words, line in lines
    ]
    return Figure(
        id="whole-model",
        title=title,
        caption=(
            "Left or above: the way of a token, with each of the "
            f"{config.layers} layers as one bar. Each layer reads from the four streams, works, "
            "and writes back, first for attention and then for the experts. V4-Flash has the same "
            f"plan with {flash.layers} layers and "
            f"{number(data, 'v4-flash', 'routed-experts')} experts. Which squares are filled is "
            "an example."
        ),
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("Part", "V4-Pro", "V4-Flash"),
        rows=rows,
        sources=distinct(
            [ref for m in ("v4-pro", "v4-flash") for ref in need(data, "models", m).sources]
            + spec(data, "v4-pro", "csa-layers").sources
        ),
        as_of="2026-04-24",
    )
