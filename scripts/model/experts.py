"""How V4's router turns products of token and expert into weights."""

from __future__ import annotations

import math
from collections.abc import Sequence


def gate(product: float) -> float:
    """The score of an expert: the square root of a softplus, never negative, without a limit."""
    # log1p of the smaller exponential: no overflow for large products
    return math.sqrt(max(product, 0.0) + math.log1p(math.exp(-abs(product))))


def shares(scores: Sequence[float]) -> list[float]:
    """The scores of the chosen experts, made to add up to one. ValueError if none is above zero."""
    total = sum(scores)
    if total <= 0:
        raise ValueError("at least one score must be above zero")
    return [score / total for score in scores]
