"""Bytes of the KV cache of one sequence."""

from __future__ import annotations

from scripts.model.attention.config import KEY_AND_VALUE, Config, HybridConfig, SparseMlaConfig
from scripts.model.attention.conventions import AS_STORED, CacheLayout
from scripts.model.attention.entries import checked_tokens, compressed_entries


def kv_bytes(config: Config, tokens: int, layout: CacheLayout = AS_STORED) -> int:
    """Bytes of the KV cache of one sequence of ``tokens`` tokens, all main layers.

    V4: compressed entries of finished blocks, indexer keys of CSA layers, and a window of at
    most 128 uncompressed entries in every layer; tokens of an unfinished block, padding and
    draft layers are left out. V3.2: one entry and one indexer key a token and layer.
    Sources: report §2.3 (shapes), FlashMLA and DeepGEMM (bytes). Raises ValueError for a
    negative or non-integer ``tokens``.
    """
    tokens = checked_tokens(tokens)
    config = config.with_layout(layout)
    if isinstance(config, SparseMlaConfig):
        return config.layers * (config.entry_bytes + config.index_bytes) * tokens
    csa = compressed_entries(config.csa_ratio, tokens)
    hca = compressed_entries(config.hca_ratio, tokens)
    return (
        config.csa_layers * (config.entry_bytes + config.index_bytes) * csa
        + config.hca_layers * config.entry_bytes * hca
        + config.layers * config.entry_bytes * min(config.window, tokens)
    )


def window_bytes(config: HybridConfig) -> int:
    """Bytes of the full sliding windows of all layers: the part that stops growing."""
    return config.layers * config.entry_bytes * config.window


def gqa8_bytes(layers: int, tokens: int, *, kv_heads: int = 8, head_dim: int = 128) -> int:
    """Bytes of a conventional cache: grouped-query attention in BF16, 8 KV heads of 128.

    The report's second baseline ("about 2%"). Raises ValueError for bad ``tokens``.
    """
    bf16 = 2
    return layers * kv_heads * head_dim * KEY_AND_VALUE * bf16 * checked_tokens(tokens)


def kv_share(
    config: Config,
    baseline: Config,
    tokens: int,
    layout: CacheLayout = AS_STORED,
    baseline_layout: CacheLayout = AS_STORED,
) -> float:
    """Cache of ``config`` in percent of ``baseline``. Raises ValueError at 0 tokens."""
    if checked_tokens(tokens) == 0:
        raise ValueError("an empty context has no cache to compare")
    return 100 * kv_bytes(config, tokens, layout) / kv_bytes(baseline, tokens, baseline_layout)
