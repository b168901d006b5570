"""How many entries one new token reads, and how many indexer keys it scans (report §2.3)."""

from __future__ import annotations

from scripts.model.attention.config import WINDOW_ONLY, Config, HybridConfig, SparseMlaConfig


def checked_tokens(tokens: int) -> int:
    """``tokens`` unchanged. Raises ValueError unless it is a whole number of at least 0."""
    if isinstance(tokens, bool) or not isinstance(tokens, int):
        raise ValueError(f"tokens must be a whole number, not {tokens!r}")
    if tokens < 0:
        raise ValueError(f"tokens must not be negative, got {tokens}")
    return tokens


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
    tokens = checked_tokens(tokens)
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
    return min(config.window, checked_tokens(tokens)) + blocks


def entries_read(config: Config, tokens: int) -> int:
    """Entries that one new token attends to, over all layers, at a context of ``tokens``."""
    if isinstance(config, SparseMlaConfig):
        return config.layers * min(config.top_k, checked_tokens(tokens))
    return sum(layer_entries_read(config, layer, tokens) for layer in range(config.layers))


def index_keys_scanned(config: Config, tokens: int) -> int:
    """Indexer keys scored for one new token, over all layers.

    V3.2 scores every earlier token in every layer, V4 every block of four in its CSA layers.
    """
    if isinstance(config, SparseMlaConfig):
        return config.layers * checked_tokens(tokens)
    return config.csa_layers * compressed_entries(config.csa_ratio, tokens)
