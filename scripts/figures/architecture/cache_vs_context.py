"""The cache of one sequence against its length."""

from __future__ import annotations

from scripts.figures.architecture._context_curves import against_context, curve
from scripts.figures.base import Figure
from scripts.model import attention
from scripts.sources.records.loading import Dataset

GIB = 2**30


def draw(data: Dataset) -> Figure:
    """KV cache of one sequence against its length."""
    values, rows = curve(data, lambda c, n: attention.kv_bytes(c, n) / GIB, "GiB")
    last = rows[-1]
    alt = (
        "The cache of one conversation grows in proportion to its length. At 1,048,576 tokens: "
        f"V3.2 {last['V3.2, GiB']} GiB, V4-Pro {last['V4-Pro, GiB']} GiB, "
        f"V4-Flash {last['V4-Flash, GiB']} GiB."
    )
    return against_context(
        data,
        "cache-vs-context",
        "Memory for the context of one conversation",
        "GiB",
        values,
        alt,
        "Both axes are logarithmic: the lines stay equally far apart, so V4's share of V3.2's "
        "cache is nearly the same at every length. Computed by this site.",
        rows,
        log_y=True,
    )
