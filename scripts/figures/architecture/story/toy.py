"""The sentence, and what its last word reads at a scale that the reader can change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scripts.model.attention import (
    WINDOW_ONLY,
    HybridConfig,
    compressed_entries,
    gqa8_bytes,
    kv_bytes,
)

SENTENCE: tuple[tuple[str, str], ...] = (
    ("Our", "people"), ("guests", "people"), ("from", ""), ("Lisbon", ""),
    ("arrive", ""), ("today", "time"), ("at", ""), ("noon;", "time"),
    ("the", ""), ("green", "box"), ("box", "box"), ("holds", "box"),
    ("mint", "food"), ("and", ""), ("the", ""), ("blue", "box"),
    ("one", "box"), ("salt,", "food"), ("so", ""), ("when", "time"),
    ("somebody", "people"), ("asks", "people"), ("for", ""), ("tea", "food"),
    ("after", "time"), ("lunch,", "time"), ("please", "people"), ("bring", ""),
    ("the", ""), ("green", "box"),
)  # fmt: skip
"""Words and the subject that we gave each; the next word, which nobody reads, is "box".

The last two are in no block of four: the newest words of a text usually are not.
"""

SAME_WORD, SAME_SUBJECT = 2, 1
OWN, BEFORE = 2, 1
"""The rule by which a block of the toy is scored: see :func:`scores`."""

LEAST, SINK = 2, 6
"""What all that is read weighs before its points, and the sink, when shares are invented."""


@dataclass(frozen=True)
class Toy:
    """A scale: how many words are written, make a block, blocks are read, words are exact.

    ``keep`` is how many blocks are read at most; published addresses call it so.
    """

    words: int = len(SENTENCE)
    block: int = 4
    keep: int = 3
    window: int = 6


def plain(word: str) -> str:
    """A word without its case and punctuation."""
    return re.sub(r"[^a-z]", "", word.lower())


def points(toy: Toy, index: int) -> int:
    """What a word counts for the last one, which asks; the asking word itself counts nothing.

    The same word counts two, one with the same subject one. A real indexer learns what to look
    for.
    """
    asker = toy.words - 1
    subject = SENTENCE[asker][1]
    if index == asker:
        return 0
    if plain(SENTENCE[index][0]) == plain(SENTENCE[asker][0]):
        return SAME_WORD
    return SAME_SUBJECT if subject and SENTENCE[index][1] == subject else 0


def scores(toy: Toy) -> list[int]:
    """Points of each finished block: its own words count double, those of the one before once."""
    out = []
    for block in range(compressed_entries(toy.block, toy.words)):
        start = block * toy.block
        own = sum(points(toy, i) for i in range(start, start + toy.block))
        before = sum(points(toy, i) for i in range(max(0, start - toy.block), start))
        out.append(OWN * own + BEFORE * before)
    return out


def chosen(toy: Toy) -> list[int]:
    """The blocks that are read: most points first, of equals the later one."""
    points = scores(toy)
    best = sorted(range(len(points)), key=lambda block: (-points[block], -block))
    return sorted(best[: toy.keep])


def shares(toy: Toy) -> dict[str, int]:
    """Of all that is read, and of the sink, a share in percent, by key of its mark: invented.

    More points, more share; together 100 at every scale. What is lost in rounding down goes to
    those that lost most.
    """
    of_blocks = scores(toy)
    weights = {f"b{block}": LEAST + of_blocks[block] for block in chosen(toy)}
    for index in range(max(0, toy.words - toy.window), toy.words):
        weights[f"w{index}"] = LEAST + OWN * points(toy, index)
    weights["sink"] = SINK
    total = sum(weights.values())
    out = {key: 100 * weight // total for key, weight in weights.items()}
    lost = sorted(weights, key=lambda key: -(100 * weights[key] % total))
    for key in lost[: 100 - sum(out.values())]:
        out[key] += 1
    return out


def hint(toy: Toy) -> tuple[int | None, int] | None:
    """Where the last word stood before, if both it and the word after it are read.

    A block that holds both (None: the window does), and the index of the word that followed: what
    a reader would guess. The latest such place counts; None if nothing that is read helps.
    """
    last = toy.words - 1
    word = plain(SENTENCE[last][0])
    read = chosen(toy)
    for index in range(last - 2, -1, -1):
        if plain(SENTENCE[index][0]) != word:
            continue
        if index >= toy.words - toy.window:
            return None, index + 1
        block = index // toy.block
        if block in read and (index + 1) // toy.block == block:
            return block, index + 1
    return None


@dataclass(frozen=True)
class Counts:
    """What the last word reads and one layer stores, by the model that draws the figures."""

    pairs: int
    window: int
    blocks: int
    read: int
    waiting: int
    """Words in no finished block; the window has the latest of them."""
    unseen: int
    """Those of them that are not in the window either: none at V4's own scale."""
    window_bytes: int
    entry_bytes: int
    index_bytes: int
    full_bytes: int
    entry: int
    """Bytes of one entry of V4; then of one index key, and of a word in full attention."""
    key: int
    full_entry: int

    @property
    def total_read(self) -> int:
        return self.window + self.read

    @property
    def total_bytes(self) -> int:
        return self.window_bytes + self.entry_bytes + self.index_bytes


def counts(toy: Toy, pro: HybridConfig) -> Counts:
    """Reads and bytes of one CSA layer with the toy's scale and V4-Pro's entries."""
    layer = replace(
        pro, layers=1, window=toy.window, csa_ratio=toy.block, top_k=toy.keep, schedule=(toy.block,)
    )
    blocks = compressed_entries(layer.csa_ratio, toy.words)
    without_keys = kv_bytes(replace(layer, index_bytes=0), toy.words)
    window_bytes = kv_bytes(replace(layer, schedule=(WINDOW_ONLY,)), toy.words)
    return Counts(
        pairs=toy.words * (toy.words + 1) // 2,
        window=min(layer.window, toy.words),
        blocks=blocks,
        read=min(layer.top_k, blocks),
        waiting=toy.words - blocks * toy.block,
        unseen=max(0, toy.words - blocks * toy.block - layer.window),
        window_bytes=window_bytes,
        entry_bytes=without_keys - window_bytes,
        index_bytes=kv_bytes(layer, toy.words) - without_keys,
        full_bytes=gqa8_bytes(1, toy.words),
        entry=pro.entry_bytes,
        key=pro.index_bytes,
        full_entry=gqa8_bytes(1, 1),
    )
