"""The shapes of networks, read from the spec sheets in ``data/models``.

Sources: report §2.3 and §4.2.1, released ``config.json``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from scripts.model.attention.conventions import CacheLayout
from scripts.sources.records.schema import Model

KEY_AND_VALUE = 2
WINDOW_ONLY = 0
"""The ratio of a layer that keeps nothing but its sliding window."""


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

    def expert_weights(self) -> int:
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
