"""The sums of the real models at a million tokens: which layers, how often, how much."""

from __future__ import annotations

from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story.scene import MILLION, Real
from scripts.figures.base import need
from scripts.model import attention
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


def all_layers(data: Dataset) -> str:
    """The sums over all layers at a million tokens, one line a model, and what is not in them."""
    lines = []
    for model in MODELS:
        config = shape(data, model)
        near, alone = config.window, config.window_only_layers
        far = attention.compressed_entries(config.hca_ratio, MILLION)
        read, all_tokens = attention.entries_read(config, MILLION), config.layers * MILLION
        kept = attention.kv_bytes(config, MILLION)
        full = attention.gqa8_bytes(config.layers, MILLION)
        lines.append(
            f"{_name(data, model)} reads for a new token: {config.csa_layers} CSA layers × "
            f"({config.top_k:,} + {near:,}) + {config.hca_layers} HCA layers × ({far:,} + {near:,})"
            + (f" + {alone} × {near:,} with the window alone" if alone else "")
            + f" = {read:,} entries; full attention in {config.layers} layers {all_tokens:,}, "
            f"about {all_tokens / read:.0f} times as many. It stores {kept / GIB:.2f} GiB; full "
            f"attention {full / GIB:.0f} GiB, about {full / kept:.0f} times as much."
        )
    pro = shape(data, MODELS[0])
    lines.append(
        f"Scoring comes on top: {attention.compressed_entries(pro.csa_ratio, MILLION):,} index "
        f"keys in each CSA layer, of {pro.index_bytes} bytes in 4-bit numbers, where an entry has "
        f"{pro.entry_bytes}."
    )
    return "\n".join(lines)
