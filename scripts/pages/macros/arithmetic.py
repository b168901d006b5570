"""Macros over the attention model: the reproduced efficiency claim in text and tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from scripts.model import attention
from scripts.pages.cells import RecordError, cite, distinct, get, table, value_span
from scripts.pages.here import Here
from scripts.sources.records.formatting import number, significant

BASELINE = "deepseek-v3-2"
HYBRIDS = ("v4-pro", "v4-flash")
GIB = 2**30
LENGTHS = tuple(2**power for power in range(12, 21))


def _config(here: Here, model: str) -> Any:
    return attention.AttentionConfig.from_model(get(here, "models", model))


def _computed(here: Here, text: str, exact: float, *models: str, show: bool = True) -> str:
    """A computed number that cites the shapes it was computed from."""
    where = " ".join(f"models/{model}" for model in models)
    span = value_span(here, text, f"{exact:.6g}", where, "fact--computed")
    first = here.records["models"][models[0]]
    return span + (cite(first.sources[:1], f"models/{models[0]}", computed=True) if show else "")


def _digits(value: float, digits: int) -> str:
    return number(significant(Decimal(repr(value)), digits))


def kv_share(here: Here, model: str, tokens: int, digits: int = 3, **options: bool) -> str:
    """Cache of a sequence in percent of V3.2's at the same length: ``10.5%``."""
    exact = attention.kv_share(_config(here, model), _config(here, BASELINE), tokens)
    text = f"{_digits(exact, digits)}%"
    return _computed(here, text, exact, model, BASELINE, show=options.get("cite", True))


def flop_share(here: Here, model: str, tokens: int, digits: int = 3, **options: bool) -> str:
    """Work of one decode step in percent of V3.2's at the same length: ``27.0%``."""
    exact = attention.flop_share(_config(here, model), _config(here, BASELINE), tokens)
    text = f"{_digits(exact, digits)}%"
    return _computed(here, text, exact, model, BASELINE, show=options.get("cite", True))


def kv_gib(here: Here, model: str, tokens: int, digits: int = 3, **options: bool) -> str:
    """Cache of one sequence in GiB: ``4.92 GiB``."""
    exact = attention.kv_bytes(_config(here, model), tokens) / GIB
    text = f"{_digits(exact, digits)} GiB"
    return _computed(here, text, exact, model, show=options.get("cite", True))


def decode_gflops(here: Here, model: str, tokens: int, digits: int = 3, **options: bool) -> str:
    """Work of one decode step in equivalent FP8 GFLOPs: ``310 GFLOPs``."""
    exact = attention.decode_flops(_config(here, model), tokens).total / 1e9
    text = f"{_digits(exact, digits)} GFLOPs"
    return _computed(here, text, exact, model, show=options.get("cite", True))


def _note(here: Here, words: str) -> str:
    sources = [
        ref for model in (BASELINE, *HYBRIDS) for ref in get(here, "models", model).sources[:1]
    ]
    return f"Computed by this site from the published shapes. {words} {cite(distinct(sources))}"


def efficiency_table(here: Here, lengths: list[int] | None = None) -> str:
    """Cache and work of one decode step by context length, for V3.2, V4-Pro and V4-Flash."""
    base = _config(here, BASELINE)
    hybrids = [_config(here, model) for model in HYBRIDS]
    rows = []
    for tokens in lengths or LENGTHS:
        row = [f"{tokens:,}", f"{attention.kv_bytes(base, tokens) / GIB:.3f}"]
        for config in hybrids:
            share = attention.kv_share(config, base, tokens)
            row.append(f"{attention.kv_bytes(config, tokens) / GIB:.3f} ({share:.1f}%)")
        row.append(f"{attention.decode_flops(base, tokens).total / 1e9:,.0f}")
        for config in hybrids:
            share = attention.flop_share(config, base, tokens)
            work = attention.decode_flops(config, tokens).total / 1e9
            row.append(f"{work:,.0f} ({share:.1f}%)")
        rows.append(row)
    headers = ("Context, tokens", "V3.2 cache, GiB", "V4-Pro cache", "V4-Flash cache")
    headers += ("V3.2 work, GFLOPs", "V4-Pro work", "V4-Flash work")
    note = _note(
        here, "In brackets the share of V3.2; work in equivalent FP8 GFLOPs of one new token."
    )
    return table(headers, rows, "Cache and work by context length", range(7), note)


def flop_parts_table(here: Here, tokens: int) -> str:
    """Where the work of one decode step goes: weights, indexer, core attention."""
    base = attention.decode_flops(_config(here, BASELINE), tokens).total
    rows = []
    for model in (BASELINE, *HYBRIDS):
        parts = attention.decode_flops(_config(here, model), tokens)
        cells = [parts.weights, parts.indexer, parts.core, parts.total]
        rows.append(
            [
                get(here, "models", model).name,
                *(f"{value / 1e9:,.1f}" for value in cells),
                f"{100 * parts.total / base:.2f}%",
            ]
        )
    headers = ("Model", "Weights", "Indexer", "Core attention", "Total", "Share of V3.2")
    note = _note(here, f"Equivalent FP8 GFLOPs of one new token after {tokens:,} tokens.")
    return table(headers, rows, "Parts of the work of one token", range(1, 6), note)


def sensitivity_table(here: Here, tokens: int) -> str:
    """The share of V3.2's work under each way of weighing the number formats."""
    base = _config(here, BASELINE)
    rows = []
    for convention in attention.CONVENTIONS:
        shares = [attention.flop_share(_config(here, m), base, tokens, convention) for m in HYBRIDS]
        rows.append([convention.name, *(f"{share:.1f}%" for share in shares)])
    headers = ("How formats are weighed", "V4-Pro", "V4-Flash")
    note = _note(here, f"Work of one new token after {tokens:,} tokens, as a share of V3.2's.")
    return table(headers, rows, "Sensitivity to the convention", (1, 2), note)


def cache_layout_table(here: Here, tokens: int) -> str:
    """The share of V3.2's cache under other byte layouts."""
    base = _config(here, BASELINE)
    variants = (
        ("As stored: FP8 entries, FP4 indexer keys", attention.AS_STORED, attention.AS_STORED),
        ("V4's indexer keys in FP8", attention.FP8_INDEX_KEYS, attention.AS_STORED),
        ("V3.2's entries in BF16", attention.AS_STORED, attention.BF16_ENTRIES_V32),
    )
    rows = []
    for name, ours, theirs in variants:
        shares = [attention.kv_share(_config(here, m), base, tokens, ours, theirs) for m in HYBRIDS]
        rows.append([name, *(f"{share:.2f}%" for share in shares)])
    note = _note(here, f"Cache of one sequence of {tokens:,} tokens, as a share of V3.2's.")
    headers = ("Byte layout", "V4-Pro", "V4-Flash")
    return table(headers, rows, "Sensitivity to the byte layout", (1, 2), note)


def conventional_cache_share(here: Here, model: str, tokens: int, **options: bool) -> str:
    """Cache in percent of a conventional one: grouped-query attention, 8 heads, BF16."""
    config = _config(here, model)
    if tokens <= 0:
        raise RecordError("tokens must be at least 1")
    whole = attention.gqa8_bytes(config.layers, tokens)
    exact = 100 * attention.kv_bytes(config, tokens) / whole
    return _computed(here, f"{_digits(exact, 3)}%", exact, model, show=options.get("cite", True))


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        kv_share, flop_share, kv_gib, decode_gflops, efficiency_table, flop_parts_table,
        sensitivity_table, cache_layout_table, conventional_cache_share,
    )
}  # fmt: skip
