"""Exercises with an answer that the tested models give: question, field, hint, worked solution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from scripts.model import attention
from scripts.model import cost as bills
from scripts.model.attention.entries import compressed_entries, layer_entries_read
from scripts.model.cost import UNIT, Calls
from scripts.pages.cells import RecordError, get
from scripts.pages.here import Here
from scripts.problems import nearest

MILLION = 1_048_576
RISE = dt.datetime(2026, 8, 16, 16, tzinfo=dt.UTC)
"""The moment of the price rise; a test holds it to the records."""


def _config(here: Here, model: str) -> Any:
    return attention.AttentionConfig.from_model(get(here, "models", model))


def _csa_layer(here: Here) -> float:
    """Bytes that one CSA layer of V4-Pro keeps of 4,096 tokens."""
    pro = _config(here, "v4-pro")
    blocks = compressed_entries(pro.csa_ratio, 4096)
    return pro.window * pro.entry_bytes + blocks * (pro.entry_bytes + pro.index_bytes)


def _first_block(here: Here) -> float:
    """Position, from 0, of the first token with a finished CSA block."""
    ratio = _config(here, "v4-pro").csa_ratio
    return next(at for at in range(MILLION) if compressed_entries(ratio, at + 1) == 1)


def _hca_entries(here: Here) -> float:
    return compressed_entries(_config(here, "v4-pro").hca_ratio, 100_000)


def _one_query(here: Here) -> float:
    """Entries that a query of V4-Flash reads in a CSA layer at the full window."""
    flash = _config(here, "v4-flash")
    layer = next(i for i, ratio in enumerate(flash.schedule) if ratio == flash.csa_ratio)
    return layer_entries_read(flash, layer, MILLION)


def _against_v32(here: Here) -> float:
    """Bytes a token of one V3.2 layer over those of one CSA layer of V4-Pro."""
    pro, old = _config(here, "v4-pro"), _config(here, "deepseek-v3-2")
    return (old.entry_bytes + old.index_bytes) / (
        (pro.entry_bytes + pro.index_bytes) / pro.csa_ratio
    )


def _experts(here: Here) -> float:
    pro = _config(here, "v4-pro")
    return 100 * pro.active_experts / pro.experts


def _whole_cache(here: Here) -> float:
    """MiB that V4-Flash keeps of 8,192 tokens."""
    return attention.kv_bytes(_config(here, "v4-flash"), 8192) / 2**20


def _growth(here: Here) -> float:
    """Tokens of V4-Pro's cache in the room of 1,000 tokens of V3.2's, windows left out."""
    pro, old = _config(here, "v4-pro"), _config(here, "deepseek-v3-2")
    span = pro.hca_ratio * 1000
    grown = attention.kv_bytes(pro, 2 * span) - attention.kv_bytes(pro, span)
    old_growth = attention.kv_bytes(old, 1)
    return 1000 * old_growth / (grown / span)


def _bill(here: Here) -> float:
    """Dollars: a million fresh tokens in and 100,000 out, half a minute before the rise, half a
    minute after it."""
    half = [Calls(uncached=500_000, output=50_000)]
    prices, schemes = here.records["prices"].values(), here.records["peak_schemes"]
    total = 0
    for moment in (RISE - dt.timedelta(minutes=1), RISE + dt.timedelta(minutes=1)):
        price = bills.price_in_force(prices, "deepseek", "deepseek-v4-pro", "USD", moment)
        if price is None:
            raise RecordError(f"no price of deepseek-v4-pro at {moment:%Y-%m-%d %H:%M}")
        total += bills.cost_at(price, schemes, half, moment).total or 0
    return total / UNIT


def _headline(here: Here) -> float:
    """How many times fewer FLOPs a token takes, by DeepSeek's 27%."""
    return 100 / float(get(here, "facts", "v4-pro-published-flops-share").value)


ANSWERS: dict[str, tuple[Callable[[Here], float], str, float]] = {
    "csa-layer": (_csa_layer, "bytes", 0),
    "first-block": (_first_block, "", 0),
    "hca-entries": (_hca_entries, "entries", 0),
    "one-query": (_one_query, "entries", 0),
    "against-v32": (_against_v32, "times", 0.01),
    "experts": (_experts, "percent", 0.01),
    "whole-cache": (_whole_cache, "MiB", 0.005),
    "growth": (_growth, "tokens", 0.005),
    "bill": (_bill, "dollars", 0.003),
    "headline": (_headline, "times", 0.01),
}
"""By the name of an exercise: its answer, the unit, and how far off (relative) still counts."""


def _answer(here: Here, name: str) -> tuple[float, str, float]:
    if name not in ANSWERS:
        raise RecordError(f"no exercise '{name}'{nearest(name, ANSWERS)}")
    compute, unit, tolerance = ANSWERS[name]
    return compute(here), unit, tolerance


def _shown(value: float, digits: int) -> str:
    """A count whole, all else with as many digits as mean something."""
    rounded = value if value == int(value) else float(f"{value:.{digits}g}")
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.{digits}g}"


def answer(here: Here, name: str, bare: bool = False, digits: int = 4) -> str:
    """The answer of an exercise in digits, for its solution; ``bare``: without its unit."""
    value, unit, _ = _answer(here, name)
    return _shown(value, digits) if bare else f"{_shown(value, digits)} {unit}".strip()


def exercise(here: Here, name: str) -> str:
    """A place for an answer, which the page checks where scripts arrive."""
    value, unit, tolerance = _answer(here, name)
    return (
        f'<div class="exercise" data-exercise="{name}" data-answer="{value!r}" '
        f'data-unit="{unit}" data-tolerance="{tolerance}"></div>'
    )


MACROS: dict[str, Callable[..., str]] = {"exercise": exercise, "answer": answer}
