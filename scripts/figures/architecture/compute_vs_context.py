"""The work of one decode step against the length of the context."""

from __future__ import annotations

from scripts.figures.architecture._context_curves import against_context, curve
from scripts.figures.base import Figure
from scripts.model import attention
from scripts.sources.records.loading import Dataset


def draw(data: Dataset) -> Figure:
    """Work of one decode step against context length."""
    values, rows = curve(data, lambda c, n: attention.decode_flops(c, n).total / 1e9, "GFLOPs")
    first, last = rows[0], rows[-1]
    alt = (
        f"Work for one new token. At 4,096 tokens V3.2 needs {first['V3.2, GFLOPs']} GFLOPs, "
        f"V4-Pro {first['V4-Pro, GFLOPs']}, V4-Flash {first['V4-Flash, GFLOPs']}; at 1,048,576 "
        f"tokens {last['V3.2, GFLOPs']}, {last['V4-Pro, GFLOPs']} and "
        f"{last['V4-Flash, GFLOPs']}. The gap opens only at long contexts."
    )
    return against_context(
        data,
        "compute-vs-context",
        "Work for each new token",
        "Equivalent FP8 GFLOPs",
        values,
        alt,
        "At short contexts V4-Pro and V3.2 are close together; the gap opens beyond some tens of "
        "thousands of tokens. Computed by this site.",
        rows,
        log_y=False,
    )
