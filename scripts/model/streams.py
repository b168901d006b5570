"""How the table that mixes residual streams is balanced, and how mixing adds up over layers."""

from __future__ import annotations

from collections.abc import Sequence

Table = Sequence[Sequence[float]]


def balanced(table: Table, rounds: int) -> list[list[float]]:
    """Sinkhorn-Knopp: columns, then rows, divided by their sums, ``rounds`` times."""
    rows = [list(row) for row in table]
    for _ in range(rounds):
        sums = [sum(column) for column in zip(*rows, strict=True)]
        rows = [[cell / total for cell, total in zip(row, sums, strict=True)] for row in rows]
        rows = [[cell / sum(row) for cell in row] for row in rows]
    return rows


def farthest(table: Table) -> float:
    """How far the sum of a row or a column is from 1, at most."""
    sums = [sum(row) for row in table] + [sum(column) for column in zip(*table, strict=True)]
    return max(abs(total - 1) for total in sums)


def growth(factor: float, mixers: int) -> float:
    """What a signal is multiplied with by so many tables whose columns all add up to ``factor``."""
    return factor**mixers
