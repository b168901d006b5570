"""The figure tells what output costs whether a price has peak hours or not."""

from __future__ import annotations

from dataclasses import replace

from scripts.figures.pricing import price_history
from tests import real


def test_a_price_without_peak_hours_is_told_as_one() -> None:
    data = real.records()
    name, flat = "deepseek-v4-pro-usd-2026-08-22", {"off_peak": None, "peak": None}
    before = data["prices"][name]
    flat_price = before.model_copy(update={**flat, "rates": before.off_peak, "peak_scheme": None})
    prices = {**data["prices"], name: flat_price}
    figure = price_history.draw(replace(data, collections={**data.collections, "prices": prices}))
    assert "that of V4-Pro $1.98; that of the Flash model" in figure.alt
    assert "that of V4-Pro $1.98, in peak hours $3.96" in price_history.draw(data).alt
