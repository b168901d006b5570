"""What hosts charge for V4-Pro."""

from __future__ import annotations

from scripts.figures.base import Figure
from scripts.figures.pricing._host_prices import host_prices
from scripts.sources.records.loading import Dataset


def draw(data: Dataset) -> Figure:
    """V4-Pro's output price at DeepSeek and elsewhere, month by month."""
    return host_prices(
        data, "pro", "host-prices-pro", "Output of V4-Pro, at DeepSeek and elsewhere", 5.0,
        "Dollars per million tokens of output, from zero. Filled: DeepSeek's own price, as a "
        "span where it has peak hours. Hollow: other hosts, as seen that month in catalogues or on "
        "their pages; OpenRouter's and, in autumn, Vercel's are the lowest that they list. "
        "0813: the weights of August 13, elsewhere those of April.",
    )  # fmt: skip
