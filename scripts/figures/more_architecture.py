"""The whole network, its experts, its residual streams, and where its attention comes from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.figures import svg
from scripts.figures.base import NARROW, WIDE, Figure, distinct, model_color, need
from scripts.figures.diagrams import KINDS
from scripts.model import attention
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import SourceRef


def _spec(data: Dataset, model: str, line: str) -> Any:
    sheet = need(data, "models", model)
    if line not in sheet.specs:
        raise LookupError(f"data/models: '{model}' has no spec '{line}'")
    return sheet.specs[line]


def _number(data: Dataset, model: str, line: str) -> int:
    return int(_spec(data, model, line).value)


def _variant(narrow: bool) -> str:
    return "narrow" if narrow else "wide"


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
    config = attention.AttentionConfig.from_model(need(data, "models", "v4-pro"))
    hashed = _number(data, "v4-pro", "hash-layers")
    kinds = list(config.schedule[: config.layers])
    bar = width * 0.46
    middle = x + bar / 2 - 1.5 * STREAM_STEP
    parts, y = _box(
        x, y, width, "Tokens in",
        f"each of {_number(data, 'v4-pro', 'vocabulary'):,} tokens has a row of "
        f"{_number(data, 'v4-pro', 'hidden-size'):,} numbers", size,
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
    config = attention.AttentionConfig.from_model(need(data, "models", "v4-pro"))
    routed = _number(data, "v4-pro", "routed-experts")
    active = _number(data, "v4-pro", "active-experts")
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
            svg.rect(left, high, cell - 2, cell - 2, "c-v4-pro" if chosen else "rule", radius=1)
        )
    rows = -(-routed // columns)
    inner.append(
        svg.rect(box + 8 + (columns + 0.8) * cell, at, cell - 2, cell - 2, "c-v4-pro", radius=1)
    )
    bottom = at + rows * cell + 8
    parts.append(svg.rect(box, top, wide, bottom - top, "paper-2", "rule", 3))
    parts += inner + _mixer(sx, top, bottom, box, size)
    return parts, bottom


def whole_model(data: Dataset) -> Figure:
    """V4-Pro from tokens to tokens: streams, layers by kind, and one layer enlarged."""
    config = attention.AttentionConfig.from_model(need(data, "models", "v4-pro"))
    flash = attention.AttentionConfig.from_model(need(data, "models", "v4-flash"))
    total, active = (
        record_value(_spec(data, "v4-pro", line))
        for line in ("total-parameters", "active-parameters")
    )
    title = "The whole of V4-Pro in one picture"
    alt = (
        f"Tokens enter as rows of {_number(data, 'v4-pro', 'hidden-size'):,} numbers and run "
        f"through {config.layers} layers in four parallel streams. In each layer, attention "
        f"({config.csa_layers} layers with CSA, {config.hca_layers} with HCA) reads the last "
        f"{config.window} tokens and compressed older text; then a router sends the token to "
        f"{_number(data, 'v4-pro', 'active-experts')} of "
        f"{_number(data, 'v4-pro', 'routed-experts')} experts and one shared expert. In the first "
        f"{_number(data, 'v4-pro', 'hash-layers')} layers a hash picks the experts. At the end "
        "the streams are added up and the next token is predicted; a multi-token block guesses "
        f"one more. Of {total} parameters, {active} work on a token."
    )

    def draw(narrow: bool) -> str:
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
        return svg.drawing(parts, width, y + 6, "whole-model", _variant(narrow), title, alt)

    def cell(model: str, line: str) -> str:
        spec = _spec(data, model, line)
        return record_value(spec)

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
            f"{_number(data, 'v4-flash', 'routed-experts')} experts. Which squares are filled is "
            "an example."
        ),
        alt=alt,
        wide=draw(False),
        narrow=draw(True),
        columns=("Part", "V4-Pro", "V4-Flash"),
        rows=rows,
        sources=distinct(
            [ref for m in ("v4-pro", "v4-flash") for ref in need(data, "models", m).sources]
            + _spec(data, "v4-pro", "csa-layers").sources
        ),
        as_of="2026-04-24",
    )


def experts_active(data: Dataset) -> Figure:
    """Total parameters as a bar, and the part that works on one token inside it."""
    models = ("deepseek-v3-2", "v4-flash", "v4-1-flash", "v4-pro")
    entries: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[SourceRef] = []
    for model in models:
        total, active = (_number(data, model, s) for s in ("total-parameters", "active-parameters"))
        sheet = need(data, "models", model)
        refs += sheet.sources + _spec(data, model, "active-parameters").sources
        name = sheet.name.removeprefix("DeepSeek-")
        backbone = total
        note = ""
        low = active
        if "engram-parameters" in sheet.specs:
            backbone = _number(data, model, "backbone-parameters")
            low = _number(data, model, "active-parameters-reading")
            note = f"{low / 1e9:.0f} while reading; outlined: lookup tables and drafter"
        rows.append(
            {
                "Model": name,
                "Total, billion": f"{total / 1e9:,.0f}",
                "Active for a token, billion": f"{active / 1e9:.0f}"
                if low == active
                else f"{low / 1e9:.0f} reading, {active / 1e9:.0f} writing",
                "Share, %": f"{100 * active / total:.1f}"
                if low == active
                else f"{100 * low / total:.1f} to {100 * active / total:.1f}",
            }
        )
        entries.append(
            {
                "name": name,
                "total": total,
                "backbone": backbone,
                "active": active,
                "note": note,
                "color": model_color(data, model),
                "label": f"{active / 1e9:.0f} of {total / 1e9:,.0f} billion: "
                f"{100 * active / total:.1f}%",
            }
        )
    title = "How much of each model works on one token"
    alt = "Parameters used for one token, of all: " + "; ".join(
        f"{row['Model']} {row['Active for a token, billion']} of {row['Total, billion']} billion "
        f"({row['Share, %']}%)"
        for row in rows
    )
    largest = max(entry["total"] for entry in entries)

    def draw(narrow: bool) -> str:
        width, size = (NARROW, 12.0) if narrow else (WIDE, 13.5)
        parts: list[str] = []
        y = 6.0
        for entry in entries:
            scale = (width - 8) / largest
            parts.append(svg.text(4, y + size, entry["name"], size, bold=True))
            parts.append(svg.text(4 + (size * 7.2), y + size, entry["label"], size, "ink"))
            y += size + 7
            color = entry["color"]
            parts.append(
                svg.rect(4, y, entry["backbone"] * scale, 20, color, radius=0, opacity=0.3)
            )
            if entry["total"] > entry["backbone"]:
                parts.append(
                    svg.rect(4 + entry["backbone"] * scale, y + 0.75,
                             (entry["total"] - entry["backbone"]) * scale, 18.5, None, color,
                             radius=0, dash="4 3")
                )  # fmt: skip
            parts.append(svg.rect(4, y, entry["active"] * scale, 20, color, radius=0))
            y += 20
            if entry["note"]:
                parts.append(svg.text(4, y + size + 3, entry["note"], size - 0.5, "ink-soft"))
                y += size + 4
            y += 14
        return svg.drawing(parts, width, y - 6, "experts-active", _variant(narrow), title, alt)

    return Figure(
        id="experts-active",
        title=title,
        caption=(
            "Length of a bar: all parameters, which must be in memory. Dark: those that work on "
            "one token, which set the arithmetic. By DeepSeek, or counted in the "
            "headers of its files."
        ),
        alt=alt,
        wide=draw(False),
        narrow=draw(True),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-10",
    )


def _balanced(table: list[list[float]], steps: int) -> list[list[float]]:
    """Sinkhorn-Knopp: divide rows and columns by their sums in turn."""
    for _ in range(steps):
        table = [[cell / sum(row) for cell in row] for row in table]
        sums = [sum(column) for column in zip(*table, strict=True)]
        table = [[cell / total for cell, total in zip(row, sums, strict=True)] for row in table]
    return table


def residual_streams(data: Dataset) -> Figure:
    """The plain residual connection beside mHC, with one mixing table worked out."""
    streams = _number(data, "v4-pro", "mhc-streams")
    steps = _number(data, "v4-pro", "sinkhorn-steps")
    start = [[8.0, 2.0, 1.0, 1.0], [1.0, 6.0, 3.0, 1.0], [2.0, 1.0, 7.0, 2.0], [1.0, 1.0, 1.0, 5.0]]
    mixing = _balanced(start, steps)
    numbers = need(data, "facts", "mhc-numbers")
    in_a_row = need(data, "facts", "mhc-mixers-in-a-row-pro")
    bounds = need(data, "facts", "mhc-read-write-weights")
    constraint = need(data, "facts", "mhc-constraint")
    title = "One residual stream, and four that are mixed"
    alt = (
        "Left: in an ordinary network one stream passes a layer F, whose result is added to it. "
        f"Right: in V4 there are {streams} streams. A mixer reads from all of them into the "
        "layer (A), writes the result back to all (C), and mixes the streams with a "
        f"{streams} by {streams} table (B) whose rows and columns each add up to 1. It computes "
        f"{numbers.value} numbers for each token; a token passes {in_a_row.value} such mixers in "
        "V4-Pro."
    )

    def plain(x: float, y: float, height: float, size: float, box: float) -> list[str]:
        end = y + height
        middle = y + height / 2
        parts = [svg.line(x, y, x, end - 4, "accent", 2.5)]
        parts.append(svg.circle(x, y + 26, 3.2, "accent"))
        parts.append(svg.line(x, y + 26, x + 48, y + 26, "accent", 1.5))
        parts.append(svg.line(x + 48 + box / 2, middle + 22, x + 48 + box / 2, end - 26, "accent",
                              1.5))  # fmt: skip
        parts.append(svg.line(x + 48 + box / 2, y + 26, x + 48 + box / 2, middle - 22, "accent",
                              1.5))  # fmt: skip
        parts.append(svg.line(x + 48, y + 26, x + 48 + box / 2, y + 26, "accent", 1.5))
        parts.append(svg.rect(x + 48, middle - 22, box, 44, "paper-2", "ink-soft", 3))
        parts.append(
            svg.text(x + 48 + box / 2, middle + 5, "layer F", size, "ink", "middle", bold=True)
        )
        parts.append(svg.line(x, end - 26, x + 48 + box / 2, end - 26, "accent", 1.5))
        parts.append(svg.circle(x, end - 26, 8, "paper", "accent"))
        parts.append(svg.text(x, end - 21, "+", 15, "accent", "middle", bold=True))
        parts.append(
            svg.path(f"M{x - 4:g} {end - 7:g}L{x:g} {end:g}L{x + 4:g} {end - 7:g}z", None, "accent")
        )
        return parts

    def mixed(x: float, y: float, height: float, size: float, width: float) -> list[str]:
        end, gap = y + height, 13.0
        last = x + (streams - 1) * gap
        middle = y + height / 2
        box_x = x + width - 84
        parts: list[str] = []
        for i in range(streams):
            at = x + i * gap
            parts.append(svg.line(at, y, at, end - 4, "accent", 2.5))
            parts.append(svg.circle(at, y + 26, 3.2, "accent"))
            parts.append(svg.circle(at, end - 26, 3.2, "accent"))
            parts.append(
                svg.path(f"M{at - 4:g} {end - 7:g}L{at:g} {end:g}L{at + 4:g} {end - 7:g}z", None,
                         "accent")
            )  # fmt: skip
        center = box_x + 40
        parts.append(svg.line(x, y + 26, center, y + 26, "accent", 1.5))
        parts.append(svg.line(center, y + 26, center, middle - 22, "accent", 1.5))
        parts.append(svg.line(center, middle + 22, center, end - 26, "accent", 1.5))
        parts.append(svg.line(x, end - 26, center, end - 26, "accent", 1.5))
        parts.append(svg.rect(box_x, middle - 22, 80, 44, "paper-2", "ink-soft", 3))
        parts.append(svg.text(center, middle + 5, "layer F", size, "ink", "middle", bold=True))
        parts.append(svg.text(last + 8, y + 19, "A: read", size, "accent", bold=True))
        parts.append(svg.text(last + 8, end - 32, "C: write", size, "accent", bold=True))
        parts.append(svg.rect(x - 10, middle - 20, last - x + 20, 40, "paper", "accent", radius=3))
        parts.append(
            svg.text((x + last) / 2, middle + 5, "B: mix", size, "accent", "middle", bold=True)
        )
        return parts

    def table(x: float, y: float, cell: float, size: float) -> tuple[list[str], float]:
        parts = []
        for i, row in enumerate(mixing):
            for j, value in enumerate(row):
                left, top = x + j * cell, y + i * cell * 0.72
                parts.append(
                    svg.rect(left, top, cell - 2, cell * 0.72 - 2, "accent", radius=1,
                             opacity=round(0.06 + 0.5 * value, 3))
                )  # fmt: skip
                parts.append(
                    svg.text(left + cell / 2 - 1, top + cell * 0.36 + size * 0.3, f"{value:.2f}",
                             size, "ink", "middle")
                )  # fmt: skip
            parts.append(
                svg.text(x + streams * cell + 4, y + i * cell * 0.72 + cell * 0.36 + size * 0.3,
                         "= 1", size, "ink-soft")
            )  # fmt: skip
        below = y + streams * cell * 0.72 + size + 2
        for j in range(streams):
            parts.append(svg.text(x + j * cell + cell / 2 - 1, below, "= 1", size, "ink-soft",
                                  "middle"))  # fmt: skip
        return parts, below

    heading = {"plain": "Ordinary network", "mixed": "V4: mHC", "table": "A mixing table B"}

    def draw(narrow: bool) -> str:
        size = 12.0 if narrow else 13.5
        parts: list[str] = []
        high = 200.0
        words = (
            f"Example: after {steps} rounds of scaling, rows and columns add up to 1, so nothing "
            "can grow."
        )
        if narrow:
            parts.append(svg.text(4, 16, heading["plain"], size + 0.5, bold=True))
            parts.append(svg.text(138, 16, heading["mixed"], size + 0.5, bold=True))
            parts += plain(16, 26, high, size, 56)
            parts += mixed(150, 26, high, size, 172)
            y = 26 + high + 28
            parts.append(svg.text(4, y, heading["table"], size + 0.5, bold=True))
            more, below = table(4, y + 10, 44, size)
            parts += more
            lines, end = svg.paragraph(222, y + 24, words, NARROW - 224, size)
            parts += lines
            y = max(below, end - size)
            width = NARROW
        else:
            parts.append(svg.text(4, 18, heading["plain"], size + 1, bold=True))
            parts.append(svg.text(200, 18, heading["mixed"], size + 1, bold=True))
            parts.append(svg.text(462, 18, heading["table"], size + 1, bold=True))
            parts += plain(20, 30, high, size, 76)
            parts += mixed(214, 30, high, size, 216)
            more, below = table(462, 34, 50, size)
            parts += more
            lines, end = svg.paragraph(462, below + 22, words, WIDE - 466, size - 0.5)
            parts += lines
            y = max(30 + high, end - size)
            width = WIDE
        return svg.drawing(parts, width, y + 10, "residual-streams", _variant(narrow), title, alt)

    rows = [
        {"Table": "A, read", "Numbers": "4", "Bound": "0 to 1"},
        {"Table": "C, write", "Numbers": "4", "Bound": "0 to 2"},
        {"Table": "B, mix", "Numbers": "16", "Bound": "rows and columns add up to 1"},
    ] + [
        {"Table": f"Example of B, row {i}", "Numbers": ", ".join(f"{v:.2f}" for v in row)}
        for i, row in enumerate(mixing, start=1)
    ]
    return Figure(
        id="residual-streams",
        title=title,
        caption=(
            "The signal runs down. The layer works on a blend of the streams, of its usual width; "
            "only the state between layers is wider. The table is an example of ours, rounded."
        ),
        alt=alt,
        wide=draw(False),
        narrow=draw(True),
        columns=("Table", "Numbers", "Bound"),
        rows=rows,
        sources=distinct(
            [*numbers.sources, *bounds.sources, *constraint.sources, *in_a_row.sources]
        ),
        as_of="2026-04-24",
    )


def _months(text: str) -> float:
    """Months since the start of 2024, from YYYY-MM-DD."""
    day = dt.date.fromisoformat(text)
    return (day.year - 2024) * 12 + day.month - 1 + (day.day - 1) / 31


def lineage(data: Dataset) -> Figure:
    """DeepSeek's attentions along time, with the cache that each adds for a token."""

    def fact_bytes(record_id: str) -> tuple[float, list[SourceRef]]:
        fact = need(data, "facts", record_id)
        return float(fact.value), list(fact.sources)

    v41 = _spec(data, "v4-1-flash", "cache-bytes-per-token")
    known = {
        "V3.2": fact_bytes("v32-cache-growth"),
        "V4-Pro": fact_bytes("v4-pro-cache-growth"),
        "V4-Flash": fact_bytes("v4-flash-cache-growth"),
        "V4.1-Flash": (float(v41.value), list(v41.sources)),
    }
    colors = {"V3.2": "c-v3-2", "V4-Pro": "c-v4-pro", "V4-Flash": "c-v4-flash",
              "V4.1-Flash": "c-v4-1"}  # fmt: skip
    steps = (
        (need(data, "models", "deepseek-v2").released, "MLA",
         "in V2, then V3: one short vector a token", ()),
        ("2025-02-16", "NSA", "research: blocks, chosen blocks, a window", ()),
        (need(data, "models", "deepseek-v3-2-exp").released, "DSA",
         "in V3.2: MLA, reading chosen tokens only", ("V3.2",)),
        (need(data, "models", "v4-pro").released, "CSA and HCA",
         "in V4: one entry for 4 or 128 tokens", ("V4-Pro", "V4-Flash")),
        (need(data, "models", "v4-1-flash").released, "CSA2",
         "in V4.1: one cache for many layers", ("V4.1-Flash",)),
    )  # fmt: skip
    first = need(data, "models", "deepseek-v2")
    nsa = SourceRef(key="yuan2025nsa", at=None)
    refs = [*first.sources, nsa, *need(data, "models", "deepseek-v3-2-exp").sources]
    for _, sources in known.values():
        refs += sources
    title = "From MLA to CSA2: what attention keeps of a token"
    alt = "Bytes of cache added by each token: " + "; ".join(
        f"{name} {value:,.0f}" for name, (value, _) in known.items()
    ) + (
        ". MLA of 2024 and NSA of February 2025 come before, DSA in September 2025, CSA and HCA "
        "in April 2026, CSA2 in September 2026."
    )  # fmt: skip
    largest = max(value for value, _ in known.values())

    def draw(narrow: bool) -> str:
        width, size = (NARROW, 11.5) if narrow else (WIDE, 13.0)
        left = 78.0 if narrow else 96.0
        month = 10.0
        start = _months(steps[0][0])
        y0 = 14.0
        parts: list[str] = []
        y = 0.0
        tick = 0.0
        for date, name, words, models in steps:
            tick = y0 + (_months(date) - start) * month
            y = max(tick, y)
            parts.append(svg.circle(60 if narrow else 76, tick, 4.5, "ink"))
            if y - tick > 2:
                parts.append(svg.line(60 if narrow else 76, tick, left - 4, y, "ink-soft", 1))
            when = dt.date.fromisoformat(date).strftime("%b %Y")
            parts.append(svg.text(50 if narrow else 64, tick + 4, when, size - 0.5, "ink-soft",
                                  "end"))  # fmt: skip
            parts.append(svg.text(left, y + 4, name, size + 1, bold=True))
            lines, below = svg.paragraph(left, y + 4 + size * 1.4, words, width - left - 4, size)
            parts += lines
            below -= size * 0.75
            for model in models:
                value = known[model][0]
                long = max(2.0, (width - left - (96 if narrow else 150)) * value / largest)
                parts.append(svg.rect(left, below, long, 15, colors[model], radius=0))
                parts.append(
                    svg.text(left + long + 6, below + 12,
                             f"{model} {value:,.0f}" + ("" if narrow else " bytes"), size, "ink",
                             bold=True)
                )  # fmt: skip
                below += 20
            y = below + 20
        parts.insert(0, svg.line(60 if narrow else 76, y0, 60 if narrow else 76, tick, "rule", 2))
        return svg.drawing(parts, width, y - 10, "lineage", _variant(narrow), title, alt)

    rows = []
    for date, name, words, models in steps:
        for model in models or ("",):
            rows.append(
                {
                    "Date": date,
                    "Attention": name,
                    "What": words,
                    "Model": model,
                    "Bytes of cache a token": f"{known[model][0]:,.0f}" if model else "",
                }
            )
    return Figure(
        id="lineage",
        title=title,
        caption=(
            "Time runs down. Bars: bytes of cache that each further token adds over all layers, in "
            "the formats in which the models are served; computed by this site for V3.2 and V4, "
            "DeepSeek's figure for V4.1. For MLA before V3.2 and NSA no figure of that kind is "
            "at hand."
        ),
        alt=alt,
        wide=draw(False),
        narrow=draw(True),
        columns=("Date", "Attention", "What", "Model", "Bytes of cache a token"),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-09-10",
    )
