"""Choices that are ours, not the models': byte layouts of the cache, weights of number formats.

The report compares "equivalent FP8 FLOPs" without saying how it weighs the formats, so the
weights are a reconstruction. Every choice is a field, so that a page can vary it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CacheLayout:
    """Bytes of one cached entry and of one indexer key. None: as the model stores them."""

    entry_bytes: int | None = None
    index_bytes: int | None = None


AS_STORED = CacheLayout()
"""V3.2: 656 + 132 bytes (FlashMLA, DeepGEMM). V4: 584 + 68 bytes (FlashMLA, FP4 keys)."""

FP8_INDEX_KEYS = CacheLayout(index_bytes=132)
"""Indexer keys in FP8 with one FP32 scale, as engines without FP4 units keep them."""

BF16_ENTRIES_V32 = CacheLayout(entry_bytes=1152)
"""V3.2's 576 numbers in BF16, without quantization."""

CACHE_VARIANTS: tuple[tuple[str, CacheLayout, CacheLayout], ...] = (
    ("As stored", AS_STORED, AS_STORED),
    ("Index keys of V4 in FP8", FP8_INDEX_KEYS, AS_STORED),
    ("Entries of V3.2 in BF16", AS_STORED, BF16_ENTRIES_V32),
)
"""Name, layout of V4 and layout of V3.2 for each cache row of the sensitivity table."""


@dataclass(frozen=True)
class Convention:
    """How many FP8 FLOPs one FLOP in another format is worth."""

    name: str
    bf16_weights: float = 2.0
    """Multiplications with a BF16 weight (routers, compressors, output head)."""
    bf16_core: float = 2.0
    """Core attention, which runs in BF16."""
    fp4_index: float = 0.5
    """V4's indexer scan, which multiplies FP4 by FP4."""
    grouped_output_in_bf16: bool = False
    """Count the first half of V4's grouped output projection in BF16 instead of FP8."""


FP8_EQUIVALENT = Convention("FP4 counts 1/2, BF16 counts 2")
"""The convention of every figure on the site: FP8 = FP4xFP8 = 1, BF16 = 2, FP4xFP4 = 1/2."""

CONVENTIONS: tuple[Convention, ...] = (
    FP8_EQUIVALENT,
    Convention(
        "The same, first half of the output projection in BF16", grouped_output_in_bf16=True
    ),
    Convention("FP4 counts 1/2, BF16 attention counts 2, all weights count 1", bf16_weights=1.0),
    Convention("Only FP4 weighted, at 1/2", bf16_weights=1.0, bf16_core=1.0),
    Convention("BF16 counts 2, FP4 counts as FP8", fp4_index=1.0),
    Convention("No weighting at all", bf16_weights=1.0, bf16_core=1.0, fp4_index=1.0),
)
"""The variants of the sensitivity table, ours first."""
