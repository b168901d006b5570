"""The sums of the real models at a million tokens: which layers, how often, how much."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story.real import MILLION, Real
from scripts.figures.base import need
from scripts.model import attention
from scripts.model.attention import HybridConfig
from scripts.sources.records.loading import Dataset

MODELS = ("v4-pro", "v4-flash")
GIB = 2**30


def _name(data: Dataset, model: str) -> str:
    """As the pictures call it."""
    name: str = need(data, "models", model).name
    return name.removeprefix("DeepSeek-")


def turns(data: Dataset, real: Real) -> str:
    """How many blocks HCA makes, and which model has how many layers of each kind."""
    parts = []
    for model in MODELS:
        config = shape(data, model)
        only = config.window_only_layers
        parts.append(
            f"{_name(data, model)} has {config.csa_layers} CSA and "
            f"{config.hca_layers} HCA layers"
            + (f" and {only} with the window alone" if only else "")
        )
    return (
        f"A block for {real.hca_ratio} tokens: {real.hca_blocks:,} at {MILLION:,} tokens. "
        f"CSA and HCA take turns: {', '.join(parts)}."
    )


@dataclass(frozen=True)
class _Sums:
    """What one model reads, scores and stores at a million tokens, by the tested model."""

    config: HybridConfig

    @property
    def near(self) -> int:
        return self.config.window

    @property
    def csa(self) -> int:
        return attention.compressed_entries(self.config.csa_ratio, MILLION)

    @property
    def hca(self) -> int:
        return attention.compressed_entries(self.config.hca_ratio, MILLION)

    @property
    def read(self) -> int:
        return attention.entries_read(self.config, MILLION)

    @property
    def scored(self) -> int:
        return attention.index_keys_scanned(self.config, MILLION)

    @property
    def all_tokens(self) -> int:
        return self.config.layers * MILLION

    @property
    def kept(self) -> int:
        return attention.kv_bytes(self.config, MILLION)

    @property
    def full(self) -> int:
        return attention.gqa8_bytes(self.config.layers, MILLION)

    @property
    def scores_to_an_entry(self) -> float:
        """How many scores are as much work as the reading of one entry."""
        work = attention.decode_flops(self.config, MILLION)
        return (work.core / self.read) / (work.indexer / self.scored)

    @property
    def scoring(self) -> float:
        """The work of all scores, in readings of an entry."""
        return self.scored / self.scores_to_an_entry

    @property
    def less(self) -> float:
        """How many times less work than to read an entry for every token in every layer."""
        return self.all_tokens / (self.read + self.scoring)


def all_layers(data: Dataset) -> str:
    """The sums over all layers at a million tokens: in full for one model, results for the other.

    Reading, the scoring that comes on top, bytes, and what the other model has.
    """
    pro, flash = (_Sums(shape(data, model)) for model in MODELS)
    of = pro.config
    return "\n".join(
        (
            f"{_name(data, MODELS[0])} reads for a new token: {of.csa_layers} CSA layers × "
            f"({of.top_k:,} + {pro.near:,}) + {of.hca_layers} HCA layers × ({pro.hca:,} + "
            f"{pro.near:,}) = {pro.read:,} entries; full attention in {of.layers} layers "
            f"{pro.all_tokens:,}, about {pro.all_tokens / pro.read:.0f} times as many.",
            f"Scoring comes on top: {of.csa_layers} × {pro.csa:,} = {pro.scored:,} index keys, "
            f"each 1/{pro.scores_to_an_entry:.0f} of the work of reading an entry, together as "
            f"much as {pro.scoring:,.0f} entries more. So {pro.all_tokens:,} readings are about "
            f"{pro.less:.0f} times the work.",
            f"It stores {of.csa_layers} × {pro.csa:,} × ({of.entry_bytes} + {of.index_bytes}) + "
            f"{of.hca_layers} × {pro.hca:,} × {of.entry_bytes} + {of.layers} × {pro.near:,} × "
            f"{of.entry_bytes} = {pro.kept:,} bytes, or {pro.kept / GIB:.2f} GiB; full attention "
            f"{of.layers} × {MILLION:,} × {attention.gqa8_bytes(1, 1):,}, or {pro.full / GIB:.0f} "
            f"GiB, about {pro.full / pro.kept:.0f} times as much.",
            f"{_name(data, MODELS[1])}, with {flash.config.layers} layers: {flash.read:,} entries "
            f"read, scoring as much as {flash.scoring:,.0f} more; full attention is about "
            f"{flash.less:.0f} times the work. {flash.kept / GIB:.2f} GiB; full attention "
            f"{flash.full / GIB:.0f} GiB.",
        )
    )
