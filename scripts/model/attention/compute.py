"""Work of one decode step, in FLOPs with a multiply-add as 2, weighted by a convention."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.model.attention.config import KEY_AND_VALUE, Config, HybridConfig, SparseMlaConfig
from scripts.model.attention.conventions import FP8_EQUIVALENT, Convention
from scripts.model.attention.entries import checked_tokens, entries_read, index_keys_scanned

FLOPS_PER_MULTIPLY_ADD = 2

MHC_MIXERS = 2
"""mHC mixes the residual streams before attention and before the experts."""


@dataclass(frozen=True)
class FlopParts:
    """Work of one decode step, in FLOPs weighted by a convention."""

    weights: float
    """Every parameter used once: projections, experts, routers, output head."""
    indexer: float
    """Scoring the key of every earlier token (V3.2) or block (V4)."""
    core: float
    """Attention proper, over the entries that are read."""

    @property
    def total(self) -> float:
        return self.weights + self.indexer + self.core


def _v32_weights(config: SparseMlaConfig) -> tuple[int, int]:
    """Parameters used once a token, as (FP8, BF16). V3.2-Exp configuration."""
    c, d, h = config, config.hidden, config.heads
    moe_layers = c.layers - c.dense_layers
    attention = (
        d * c.query_rank
        + c.query_rank * h * (c.nope_dim + c.rope_dims)
        + d * (c.kv_rank + c.rope_dims)
        + h * c.value_dim * d
        + c.query_rank * c.index_heads * c.index_dim
        + d * c.index_dim
    )
    absorbed = KEY_AND_VALUE * h * c.nope_dim * c.kv_rank
    fp8 = (
        c.layers * attention
        + c.dense_layers * 3 * d * c.dense_dim
        + moe_layers * c.expert_weights()
    )
    bf16 = c.layers * (absorbed + d * c.index_heads) + moe_layers * d * c.experts + c.vocabulary * d
    return fp8, bf16


def _v4_weights(config: HybridConfig, convention: Convention) -> tuple[int, int]:
    """Parameters used once a token, as (FP8, BF16). Report §2.3 and §4.2.1."""
    c, d, h = config, config.hidden, config.heads
    grouped = h * c.head_dim * c.output_group_dim
    attention = (
        d * c.query_rank
        + c.query_rank * h * c.head_dim
        + d * c.head_dim
        + c.output_groups * c.output_group_dim * d
    )
    fp8 = c.layers * (attention + grouped + c.expert_weights())
    fp8 += c.csa_layers * c.query_rank * c.index_heads * c.index_dim
    # A CSA compressor has two overlapping series, each with contents and weights (2 x 2);
    # HCA's has one (2). The indexer keeps a compressor of CSA's kind for its own keys.
    csa_compressors = 2 * 2 * d * (c.head_dim + c.index_dim)
    hca_compressor = 2 * d * c.head_dim
    mixed = c.mhc_streams * (2 + c.mhc_streams)  # A, C and B of one mHC mixer: 4 + 4 + 16
    bf16 = (
        c.csa_layers * (csa_compressors + d * c.index_heads)
        + c.hca_layers * hca_compressor
        + c.layers * (d * c.experts + MHC_MIXERS * mixed * c.mhc_streams * d)
        + c.mhc_streams * c.mhc_streams * d  # the last mixer, which merges the streams
        + c.vocabulary * d
    )
    if convention.grouped_output_in_bf16:
        fp8, bf16 = fp8 - c.layers * grouped, bf16 + c.layers * grouped
    return fp8, bf16


def active_parameters(config: Config) -> int:
    """Parameters that one token passes, output head included, embedding and drafts excluded.

    A check on the published "49B" and "13B" (report §4.2.1). V3.2's up-projections are
    counted as served, for keys and for values.
    """
    if isinstance(config, SparseMlaConfig):
        return sum(_v32_weights(config))
    return sum(_v4_weights(config, FP8_EQUIVALENT))


def decode_flops(config: Config, tokens: int, convention: Convention = FP8_EQUIVALENT) -> FlopParts:
    """FLOPs of one decode step at a context of ``tokens``, weighted by ``convention``.

    The output head counts, the embedding lookup and draft layers do not. V3.2 runs with its
    key and value up-projections absorbed, as it is served. Sources: report §2.3, §4.2.1 and
    Figure 1 (which gives only the ratios). Raises ValueError for bad ``tokens``.
    """
    tokens = checked_tokens(tokens)
    index_width = config.index_heads * config.index_dim
    scan = FLOPS_PER_MULTIPLY_ADD * index_width * index_keys_scanned(config, tokens)
    if isinstance(config, SparseMlaConfig):
        fp8, bf16 = _v32_weights(config)
        scan_weight = 1.0
        width = 2 * config.kv_rank + config.rope_dims  # scores over 576, values over 512
        core = FLOPS_PER_MULTIPLY_ADD * config.heads * width * entries_read(config, tokens)
    else:
        fp8, bf16 = _v4_weights(config, convention)
        scan_weight = convention.fp4_index
        width = KEY_AND_VALUE * config.head_dim
        core = FLOPS_PER_MULTIPLY_ADD * config.heads * width * entries_read(config, tokens)
    return FlopParts(
        weights=FLOPS_PER_MULTIPLY_ADD * (fp8 + convention.bf16_weights * bf16),
        indexer=scan_weight * scan,
        core=convention.bf16_core * core,
    )


def flop_share(
    config: Config, baseline: Config, tokens: int, convention: Convention = FP8_EQUIVALENT
) -> float:
    """Work of one decode step of ``config`` in percent of ``baseline``."""
    ours = decode_flops(config, tokens, convention).total
    return 100 * ours / decode_flops(baseline, tokens, convention).total
