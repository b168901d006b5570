"""A price as the rows of a table: one at all hours, or one off-peak and one at peak.

The macro that prints tables and ``data/history.json``, from which the as-of control prints the
rows of another day, both ask here; so a row never mixes two records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts.sources.records.formatting import instant, money
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import party_name

FIELDS = ("cache_hit", "cache_miss", "output")
"""The columns of rates, in order."""

_KINDS = {"promotion": " (promotion)", "announced-not-applied": " (announced, not applied)"}


@dataclass(frozen=True)
class Row:
    """One line of a table of prices."""

    label: str
    cells: tuple[tuple[str, str] | None, ...]
    """Field with its tier (``output:peak``) and text, a column each; None: no such rate."""
    when: str


def model_name(data: Dataset, price: Any) -> str:
    """The model that was sold, without the seller."""
    model = data["models"].get(price.model)
    return model.name if model else price.model


def period(price: Any) -> str:
    """From when to when, as far as is known."""
    start, end = instant(price.start), instant(price.end)
    if start and end:
        return f"{start} to {end}"
    if start:
        return f"since {start}"
    if end:
        return f"until {end}"
    return f"seen {price.as_of}"


def price_rows(data: Dataset, price: Any) -> list[Row]:
    """All rows of a price, long prompts included."""
    name = model_name(data, price)
    model = data["models"].get(price.model)
    seller = party_name(data, price.seller)
    if model is None or seller.lower() not in f"{name} {model.developer}".lower():
        name = f"{name} at {seller}"
    bands = [
        ("", "", price.rates),
        (", off-peak", ":off_peak", price.off_peak),
        (", peak", ":peak", price.peak),
    ]
    if price.long_prompt:
        above = f", prompts above {price.long_prompt.above_tokens:,} tokens"
        bands.append((above, "", price.long_prompt.rates))
    out = []
    for words, tier, rates in bands:
        if rates is not None:
            cells = tuple(
                None
                if (value := getattr(rates, field)) is None
                else (field + tier, money(value, price.currency))
                for field in FIELDS
            )
            out.append(Row(f"{name}{words}{_KINDS.get(price.kind, '')}", cells, period(price)))
    return out
