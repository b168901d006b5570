"""Experts in five pictures: router, choice, sum, the layers with a fixed table, and the whole."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import number, spec
from scripts.figures.base import distinct, need
from scripts.figures.strip import SIZE, WIDTH, Panel, Strip, arrow, labeled_box, panel
from scripts.model.experts import gate, shares
from scripts.sources.records.loading import Dataset

MODEL = "v4-pro"
ID = "experts-story"
COLUMNS = 24
SHADES = (0.08, 0.2, 0.36, 0.55, 0.8)
STEP, PRIME = 151, 401
"""Of the rule for the example: prime numbers above the count of experts spread the scores."""

RULE = (
    "Which experts light up follows a rule of ours, not V4's: the number of the expert times "
    f"{STEP}, divided by {PRIME}; the larger the remainder, the higher the product with the "
    "token. A real router has learned what to look for. The gate and the sums are V4-Pro's."
)


@dataclass(frozen=True)
class Counts:
    """What the story counts, from the spec sheet."""

    routed: int
    active: int
    shared: int
    layers: int
    hashed: int
    scale: float
    total: int
    used: int

    @property
    def stored(self) -> int:
        return self.layers * self.routed

    @property
    def working(self) -> int:
        return self.layers * self.active


def counts(data: Dataset) -> Counts:
    lines = ("routed-experts", "active-experts", "shared-experts", "layers", "hash-layers")
    return Counts(
        *(number(data, MODEL, line) for line in lines),
        scale=float(spec(data, MODEL, "route-scale").value),
        total=number(data, MODEL, "total-parameters"),
        used=number(data, MODEL, "active-parameters"),
    )


def products(experts: int, shift: int = 0) -> list[float]:
    """The example's product of token and expert, for each expert; ``shift`` is another token."""
    return [
        -math.log(1 - ((expert + shift) * STEP % PRIME) / PRIME) - 1
        for expert in range(1, experts + 1)
    ]


def best(values: list[float], keep: int) -> list[int]:
    """The experts with the highest values, from the highest on, counted from zero."""
    return sorted(range(len(values)), key=lambda expert: (-values[expert], expert))[:keep]


def _cells(
    experts: Collection[int], x: float, y: float, width: float, height: float, fill: str,
    opacity: float = 1,
) -> str:  # fmt: skip
    """Squares of one shade as a single path: hundreds of elements would weigh more."""
    d = "".join(
        f"M{x + expert % COLUMNS * width:.4g} {y + expert // COLUMNS * height:.4g}"
        f"h{width - 2:.3g}v{height - 2:.3g}h{2 - width:.3g}z"
        for expert in experts
    )
    shown = f' opacity="{opacity:g}"' if opacity != 1 else ""
    return f'<path d="{d}" fill="{svg.var(fill)}"{shown}/>'


def _routed(of: Counts, values: list[float]) -> list[str]:
    order = best(values, of.routed)
    size = math.ceil(of.routed / len(SHADES))
    parts = [*labeled_box(0, 6, 84, 28, "one token"), arrow(86, 20, 118, 20)]
    parts += [*labeled_box(120, 6, 84, 28, "router"), arrow(162, 36, 162, 56)]
    for level, shade in enumerate(reversed(SHADES)):
        chunk = sorted(order[level * size : (level + 1) * size])
        parts.append(_cells(chunk, 0, 62, WIDTH / COLUMNS, 9, "c-v4-pro", shade))
    parts.append(svg.text(0, 226, f"{of.routed} experts, each with a score", SIZE))
    return parts


def _chosen(of: Counts, picked: list[int]) -> list[str]:
    others = [expert for expert in range(of.routed) if expert not in picked]
    return [
        *labeled_box(0, 6, 84, 28, "one token"), arrow(86, 20, 118, 20),
        *labeled_box(120, 6, 84, 28, "router"), arrow(162, 36, 162, 56),
        svg.rect(212, 6, 115, 28, "c-v4-pro", "ink", 3),
        svg.text(269.5, 24, "shared expert", SIZE, "paper", "middle", bold=True),
        _cells(others, 0, 62, WIDTH / COLUMNS, 9, "ink", 0.14),
        _cells(sorted(picked), 0, 62, WIDTH / COLUMNS, 9, "c-v4-pro"),
        svg.text(0, 226, f"{of.active} of {of.routed}, and {of.shared} that always runs", SIZE),
    ]  # fmt: skip


def _sum(of: Counts, picked: list[int], weights: list[float]) -> list[str]:
    parts: list[str] = []
    left, most = 92.0, 150.0
    for row, (expert, weight) in enumerate(zip(picked, weights, strict=True)):
        y = 8.0 + row * 24
        parts.append(svg.text(0, y + 12, f"expert {expert + 1}", SIZE))
        parts.append(svg.rect(left, y, most * weight / max(weights), 16, "c-v4-pro"))
        parts.append(svg.text(left + most + 8, y + 12, f"{weight:.3f} × {of.scale:g}", SIZE))
    y = 8.0 + len(picked) * 24
    parts.append(svg.text(0, y + 12, "shared expert", SIZE))
    parts.append(svg.rect(left, y, most, 16, None, "c-v4-pro", dash="4 3"))
    parts.append(svg.text(left + most + 8, y + 12, "no score", SIZE))
    parts += [arrow(left + most / 2, y + 22, left + most / 2, y + 40)]
    parts.append(svg.text(0, y + 56, "All are added up and go back to the stream.", SIZE))
    return parts


def _hashed(of: Counts) -> list[str]:
    def row(y: float, words: str, picked: list[int]) -> list[str]:
        cell = WIDTH / of.routed
        marks = "".join(f"M{expert * cell:.4g} {y + 8:g}v14" for expert in picked)
        return [
            svg.text(0, y, words, SIZE),
            svg.rect(0, y + 8, WIDTH, 14, "paper-2"),
            svg.path(marks, "c-v4-pro", width=2.5),
        ]

    table = sorted(best(products(of.routed, 57), of.active))
    first, second = (sorted(best(products(of.routed, shift), of.active)) for shift in (3, 200))
    rest = of.hashed + 1
    return [
        svg.text(0, 14, f"Layers 1 to {of.hashed}: a fixed table", SIZE, bold=True),
        *row(36, "“box”, early in the text", table),
        *row(78, "“box”, late in the text: the same", table),
        svg.text(0, 136, f"Layers {rest} to {of.layers}: the router looks", SIZE, bold=True),
        *row(158, "“box”, early in the text", first),
        *row(200, "“box”, late in the text: may be others", second),
    ]


def _whole(data: Dataset, of: Counts) -> list[str]:
    total, used = (spec(data, MODEL, f"{kind}-parameters").display for kind in ("total", "active"))
    parts: list[str] = []
    rows = (
        (f"Stored: {of.stored:,} routed experts", of.stored, of.stored, "rule"),
        (f"Working on a token: {of.working}", of.working, of.stored, "c-v4-pro"),
        (f"Stored: {total} parameters", of.total, of.total, "rule"),
        (f"Working on a token: {used}", of.used, of.total, "c-v4-pro"),
    )
    for row, (words, part, whole, fill) in enumerate(rows):
        y = 16.0 + row * 56 + (8 if row > 1 else 0)
        parts.append(svg.text(0, y, words, SIZE))
        parts.append(svg.rect(0, y + 8, WIDTH * part / whole, 18, fill, "ink-soft"))
    return parts


def _panels(data: Dataset) -> tuple[Panel, ...]:
    of = counts(data)
    values = products(of.routed)
    picked = best(values, of.active)
    weights = shares([gate(values[expert]) for expert in picked])
    return (
        panel(
            ID, "router", "The router gives every expert a score",
            "In each layer stand hundreds of small networks, the experts. The router compares "
            "the token with one learned vector for each of them.",
            f"{of.routed} experts in a layer, {of.routed} scores for each token.",
            f"A token goes to the router, which shades {of.routed} squares by their score.",
            _routed(of, values),
        ),
        panel(
            ID, "choice", "The best few run, and one that always does",
            "Only the experts with the best scores compute. The shared expert takes no part in "
            "the contest: it sees every token, so the others need not all learn the same.",
            f"{of.active} of {of.routed} and {of.shared} shared: {of.active + of.shared} networks "
            "compute, the others wait.",
            f"{of.active} squares of {of.routed} are filled, and the shared expert.",
            _chosen(of, picked),
        ),
        panel(
            ID, "sum", "Their answers are weighed and added",
            "The scores of the chosen are made to add up to one: whoever fits better counts for "
            "more. The sum is scaled, and the shared expert's answer is added.",
            f"{of.active} weights that add up to 1, times {of.scale:g}.",
            "Bars for the weights of the chosen experts, from "
            f"{max(weights):.3f} to {min(weights):.3f}.",
            _sum(of, picked, weights),
        ),
        panel(
            ID, "hash", "The first layers look up a table",
            "There a fixed function of the token picks: the same word always goes to the same "
            "experts, and the gate only weighs them. Later layers look at the token's state, "
            "which depends on the text before it.",
            f"{of.hashed} layers with a fixed table, {of.layers - of.hashed} with a router.",
            "Marks for the chosen experts: equal for the same word in the first layers, "
            "different in the later ones.",
            _hashed(of),
        ),
        panel(
            ID, "whole", "All are stored, few work",
            "Nobody knows which experts the next token wants, so all must be in memory. That is "
            "why total parameters set the memory and active ones the work.",
            f"{of.layers} layers × {of.routed} = {of.stored:,} routed experts stored; {of.layers} "
            f"× {of.active} = {of.working} of them work on a token.",
            f"Bars to scale: {of.working} of {of.stored:,} experts.",
            _whole(data, of),
        ),
    )  # fmt: skip


def draw(data: Dataset) -> Strip:
    """The story of a token in a layer of V4-Pro's experts."""
    refs = [*need(data, "models", MODEL).sources, *spec(data, MODEL, "route-scale").sources]
    refs += need(data, "facts", "moe-affinity").sources
    refs += need(data, "facts", "hash-layers-gate").sources
    return Strip(ID, "Experts in five pictures", _panels(data), RULE, distinct(refs))
