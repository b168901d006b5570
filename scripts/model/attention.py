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

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from scripts.sources.records.schema import Model

FLOPS_PER_MULTIPLY_ADD = 2
KEY_AND_VALUE = 2
WINDOW_ONLY = 0
"""The ratio of a layer that keeps nothing but its sliding window."""

MHC_MIXERS = 2
"""mHC mixes the residual streams before attention and before the experts."""


def _tokens(tokens: int) -> int:
    """``tokens`` unchanged. Raises ValueError unless it is a whole number of at least 0."""
    if isinstance(tokens, bool) or not isinstance(tokens, int):
        raise ValueError(f"tokens must be a whole number, not {tokens!r}")
    if tokens < 0:
        raise ValueError(f"tokens must not be negative, got {tokens}")
    return tokens


def _shape(model: Model, name: str) -> int:
    """The whole number of one line of a spec sheet. Raises ValueError if it is missing."""
    spec = model.specs.get(name)
    if spec is None or spec.value is None:
        raise ValueError(f"{model.id} has no spec '{name}', which the attention model needs")
    value = Decimal(str(spec.value))
    if value != int(value):
        raise ValueError(f"{model.id}: spec '{name}' must be a whole number, not {spec.value}")
    return int(value)


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


@dataclass(frozen=True)
class AttentionConfig:
    """The shape of a network, as far as one decode step needs it."""

    model: str
    layers: int
    hidden: int
    heads: int
    query_rank: int
    """Width of the compressed query (report §2.3: d_c)."""
    rope_dims: int
    index_heads: int
    index_dim: int
    top_k: int
    """Entries (V4) or tokens (V3.2) that the indexer lets through."""
    experts: int
    shared_experts: int
    active_experts: int
    expert_dim: int
    vocabulary: int
    entry_bytes: int
    index_bytes: int

    @classmethod
    def from_model(cls, model: Model) -> HybridConfig | SparseMlaConfig:
        """Read the shape from a spec sheet of ``data/models``.

        Sheets with ``compress-ratios`` are read as V4, sheets with ``kv-lora-rank`` as V3.2.
        Raises ValueError if a line is missing or the schedule contradicts the layer counts.
        """
        if "kv-lora-rank" in model.specs:
            return SparseMlaConfig._read(model)
        return HybridConfig._read(model)

    @staticmethod
    def _common(model: Model) -> dict[str, int | str]:
        names = {
            "layers": "layers",
            "hidden": "hidden-size",
            "heads": "query-heads",
            "query_rank": "query-compression-dim",
            "rope_dims": "rope-dims",
            "index_heads": "index-heads",
            "index_dim": "index-head-dim",
            "top_k": "index-top-k",
            "experts": "routed-experts",
            "shared_experts": "shared-experts",
            "active_experts": "active-experts",
            "expert_dim": "expert-dim",
            "vocabulary": "vocabulary",
            "entry_bytes": "cache-entry-bytes",
            "index_bytes": "index-entry-bytes",
        }
        return {"model": model.id, **{field: _shape(model, name) for field, name in names.items()}}

    def with_layout(self, layout: CacheLayout) -> Self:
        """The same network with another byte layout of its cache."""
        return replace(
            self,
            entry_bytes=self.entry_bytes if layout.entry_bytes is None else layout.entry_bytes,
            index_bytes=self.index_bytes if layout.index_bytes is None else layout.index_bytes,
        )

    def _expert_weights(self) -> int:
        """Parameters of the experts that one token uses in one layer (three matrices each)."""
        used = self.active_experts + self.shared_experts
        return used * 3 * self.hidden * self.expert_dim


@dataclass(frozen=True)
class HybridConfig(AttentionConfig):
    """V4: every layer has a window; most also read compressed entries (report §2.3)."""

    head_dim: int
    """Width of a head, and of the one entry that is key and value for all heads."""
    window: int
    csa_ratio: int
    hca_ratio: int
    output_groups: int
    output_group_dim: int
    mhc_streams: int
    schedule: tuple[int, ...]
    """Compression ratio of each layer: 0 window only, ``csa_ratio`` or ``hca_ratio``."""

    @classmethod
    def _read(cls, model: Model) -> HybridConfig:
        common = cls._common(model)
        spec = model.specs.get("compress-ratios")
        if spec is None or spec.value is None:
            raise ValueError(f"{model.id} has no spec 'compress-ratios'")
        try:
            ratios = tuple(int(part) for part in str(spec.value).split())
        except ValueError as error:
            raise ValueError(f"{model.id}: 'compress-ratios' is not a list of numbers") from error
        layers = int(common["layers"])
        if len(ratios) not in {layers, layers + 1}:
            raise ValueError(
                f"{model.id}: 'compress-ratios' has {len(ratios)} entries for {layers} layers "
                "(one more is allowed for the MTP block)"
            )
        config = cls(
            **common,  # type: ignore[arg-type]
            head_dim=_shape(model, "head-dim"),
            window=_shape(model, "sliding-window"),
            csa_ratio=_shape(model, "csa-ratio"),
            hca_ratio=_shape(model, "hca-ratio"),
            output_groups=_shape(model, "output-groups"),
            output_group_dim=_shape(model, "output-group-dim"),
            mhc_streams=_shape(model, "mhc-streams"),
            schedule=ratios[:layers],
        )
        kinds = {WINDOW_ONLY, config.csa_ratio, config.hca_ratio}
        if strange := set(config.schedule) - kinds:
            raise ValueError(f"{model.id}: 'compress-ratios' has unknown ratios {sorted(strange)}")
        for name, counted in (
            ("csa-layers", config.csa_layers),
            ("hca-layers", config.hca_layers),
            ("window-only-layers", config.window_only_layers),
        ):
            if _shape(model, name) != counted:
                raise ValueError(
                    f"{model.id}: '{name}' is {_shape(model, name)}, "
                    f"but 'compress-ratios' has {counted}"
                )
        return config

    @property
    def csa_layers(self) -> int:
        return self.schedule.count(self.csa_ratio)

    @property
    def hca_layers(self) -> int:
        return self.schedule.count(self.hca_ratio)

    @property
    def window_only_layers(self) -> int:
        return self.schedule.count(WINDOW_ONLY)


@dataclass(frozen=True)
class SparseMlaConfig(AttentionConfig):
    """V3.2: multi-head latent attention whose indexer picks single tokens (DSA)."""

    kv_rank: int
    nope_dim: int
    value_dim: int
    dense_layers: int
    dense_dim: int

    @classmethod
    def _read(cls, model: Model) -> SparseMlaConfig:
        return cls(
            **cls._common(model),  # type: ignore[arg-type]
            kv_rank=_shape(model, "kv-lora-rank"),
            nope_dim=_shape(model, "nope-head-dim"),
            value_dim=_shape(model, "value-head-dim"),
            dense_layers=_shape(model, "dense-layers"),
            dense_dim=_shape(model, "dense-ffn-dim"),
        )


Config = HybridConfig | SparseMlaConfig


def layer_ratio(config: HybridConfig, layer: int) -> int:
    """Compression ratio of a 0-based layer: 0 (window only), 4 (CSA) or 128 (HCA).

    Source: the released ``compress_ratios``. Raises ValueError if there is no such layer.
    """
    if not 0 <= layer < config.layers:
        raise ValueError(f"{config.model} has layers 0 to {config.layers - 1}, not {layer}")
    return config.schedule[layer]


def compressed_entries(ratio: int, tokens: int) -> int:
    """Finished blocks of a layer after ``tokens`` tokens: floor(tokens / ratio), 0 for ratio 0.

    A query sees only complete blocks (report §2.3), so the remainder waits in the window.
    """
    tokens = _tokens(tokens)
    return 0 if ratio == WINDOW_ONLY else tokens // ratio


def layer_entries_read(config: HybridConfig, layer: int, tokens: int) -> int:
    """Entries that one query of one layer attends to (report §2.3).

    The window, plus at most ``top_k`` CSA entries or every HCA entry. The keys that the
    indexer scans to choose the CSA entries are not counted here: see ``index_keys_scanned``.
    """
    ratio = layer_ratio(config, layer)
    blocks = compressed_entries(ratio, tokens)
    if ratio == config.csa_ratio:
        blocks = min(config.top_k, blocks)
    return min(config.window, _tokens(tokens)) + blocks


def entries_read(config: Config, tokens: int) -> int:
    """Entries that one new token attends to, over all layers, at a context of ``tokens``."""
    if isinstance(config, SparseMlaConfig):
        return config.layers * min(config.top_k, _tokens(tokens))
    return sum(layer_entries_read(config, layer, tokens) for layer in range(config.layers))


def index_keys_scanned(config: Config, tokens: int) -> int:
    """Indexer keys scored for one new token, over all layers.

    V3.2 scores every earlier token in every layer, V4 every block of four in its CSA layers.
    """
    if isinstance(config, SparseMlaConfig):
        return config.layers * _tokens(tokens)
    return config.csa_layers * compressed_entries(config.csa_ratio, tokens)


def kv_bytes(config: Config, tokens: int, layout: CacheLayout = AS_STORED) -> int:
    """Bytes of the KV cache of one sequence of ``tokens`` tokens, all main layers.

    V4: compressed entries of finished blocks, indexer keys of CSA layers, and a window of at
    most 128 uncompressed entries in every layer; tokens of an unfinished block, padding and
    draft layers are left out. V3.2: one entry and one indexer key a token and layer.
    Sources: report §2.3 (shapes), FlashMLA and DeepGEMM (bytes). Raises ValueError for a
    negative or non-integer ``tokens``.
    """
    tokens = _tokens(tokens)
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
    return layers * kv_heads * head_dim * KEY_AND_VALUE * bf16 * _tokens(tokens)


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
        + moe_layers * c._expert_weights()
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
    fp8 = c.layers * (attention + grouped + c._expert_weights())
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
    tokens = _tokens(tokens)
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


def kv_share(
    config: Config,
    baseline: Config,
    tokens: int,
    layout: CacheLayout = AS_STORED,
    baseline_layout: CacheLayout = AS_STORED,
) -> float:
    """Cache of ``config`` in percent of ``baseline``. Raises ValueError at 0 tokens."""
    if _tokens(tokens) == 0:
        raise ValueError("an empty context has no cache to compare")
    return 100 * kv_bytes(config, tokens, layout) / kv_bytes(baseline, tokens, baseline_layout)


def flop_share(
    config: Config, baseline: Config, tokens: int, convention: Convention = FP8_EQUIVALENT
) -> float:
    """Work of one decode step of ``config`` in percent of ``baseline``."""
    ours = decode_flops(config, tokens, convention).total
    return 100 * ours / decode_flops(baseline, tokens, convention).total
