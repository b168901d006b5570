"""What hosts charge for V4-Flash."""

from __future__ import annotations

from scripts.figures.base import Figure
from scripts.figures.pricing._host_prices import host_prices
from scripts.sources.records.loading import Dataset


def draw(data: Dataset) -> Figure:
    """The Flash line's output price at DeepSeek and elsewhere, month by month."""
    return host_prices(
        data, "flash", "host-prices-flash", "Output of the Flash line, at DeepSeek and elsewhere",
        1.2,
        "Dollars per million tokens of output, from zero. Filled: DeepSeek's own price, as a span "
        "where it has peak hours. Hollow: other hosts, as seen that month. No mark: V4-Flash of "
        "April; since September DeepSeek serves V4.1-Flash. OpenRouter's and, in autumn, "
        "Vercel's are the lowest that they list. Fireworks' fast offer of "
        "V4.1-Flash-1017, far dearer, and Mistral's are left out.",
    )  # fmt: skip
