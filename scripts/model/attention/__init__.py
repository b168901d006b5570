"""Cache bytes and arithmetic of one decode step, for V4's hybrid attention and V3.2's DSA.

What is counted is one decode step: a new token attends to ``tokens`` earlier ones.
The shapes come from ``data/models`` (report §2.3 and §4.2.1, released ``config.json``);
the precision weights are a reconstruction, because the report compares "equivalent FP8
FLOPs" without saying how it weighs the formats. Every such choice is a field of
``Convention`` or ``CacheLayout``, so that a page can vary it.

Units: bytes are bytes of one sequence; FLOPs are counted with a multiply-add as 2 and,
unless a convention says otherwise, expressed as equivalent FP8 FLOPs. Element-wise work,
softmax, top-k, rotations, norms and Sinkhorn steps are left out, as are draft layers.
"""

from __future__ import annotations

from scripts.model.attention.cache import gqa8_bytes, kv_bytes, kv_share, window_bytes
from scripts.model.attention.compute import (
    FLOPS_PER_MULTIPLY_ADD,
    MHC_MIXERS,
    FlopParts,
    active_parameters,
    decode_flops,
    flop_share,
)
from scripts.model.attention.config import (
    KEY_AND_VALUE,
    WINDOW_ONLY,
    AttentionConfig,
    Config,
    HybridConfig,
    SparseMlaConfig,
)
from scripts.model.attention.conventions import (
    AS_STORED,
    BF16_ENTRIES_V32,
    CACHE_VARIANTS,
    CONVENTIONS,
    FP8_EQUIVALENT,
    FP8_INDEX_KEYS,
    CacheLayout,
    Convention,
)
from scripts.model.attention.entries import (
    compressed_entries,
    entries_read,
    index_keys_scanned,
    layer_entries_read,
    layer_ratio,
)

__all__ = [
    "AS_STORED",
    "BF16_ENTRIES_V32",
    "CACHE_VARIANTS",
    "CONVENTIONS",
    "FLOPS_PER_MULTIPLY_ADD",
    "FP8_EQUIVALENT",
    "FP8_INDEX_KEYS",
    "KEY_AND_VALUE",
    "MHC_MIXERS",
    "WINDOW_ONLY",
    "AttentionConfig",
    "CacheLayout",
    "Config",
    "Convention",
    "FlopParts",
    "HybridConfig",
    "SparseMlaConfig",
    "active_parameters",
    "compressed_entries",
    "decode_flops",
    "entries_read",
    "flop_share",
    "gqa8_bytes",
    "index_keys_scanned",
    "kv_bytes",
    "kv_share",
    "layer_entries_read",
    "layer_ratio",
    "window_bytes",
]
