"""Prices in the order of time: which one of a seller's API name held when."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from scripts.sources.records.loading import Dataset

IN_FORCE = {"list", "promotion"}


def price_lines(data: Dataset) -> dict[tuple[str, str, str], list[Any]]:
    """Prices in force by (seller, API name, currency), each line in the order of time."""
    lines: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for price in data["prices"].values():
        if price.api_name and price.start and price.kind in IN_FORCE:
            lines[(price.seller, price.api_name, price.currency)].append(price)
    for line in lines.values():
        line.sort(key=lambda price: price.start)
    return lines
