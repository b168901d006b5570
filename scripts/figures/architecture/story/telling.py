"""What is said beside the pictures: words for any scale, and what is counted at one."""

from __future__ import annotations

from scripts.figures.architecture.story.real import Real
from scripts.figures.architecture.story.toy import (
    SENTENCE,
    Counts,
    Toy,
    hint,
    plain,
    points,
    shares,
)


def told(real: Real) -> dict[str, tuple[str, str]]:
    """A heading and what to see, for any scale; numbers of a scale are counted elsewhere."""
    return {
        "sentence": (
            "A sentence, word by word",
            "A model reads one token after the other; here a token is a word. In each of its "
            "layers the last one, in the solid box, asks: which of the words so far help to guess "
            "what comes next?",
        ),
        "full": (
            "Full attention: ask every word",
            "In the plain method the last word compares itself with every word, and so did each "
            "word before it. Twice the text is four times the lines. A layer stores an entry for "
            "each word: the cache.",
        ),
        "window": (
            "The window: the nearest words, exactly",
            "Every layer of V4 reads the latest words one by one. That costs the same however "
            "long the text grows. Most layers read older words, too, but as blocks.",
        ),
        "fold": (
            "CSA (compressed sparse attention): a few words to a block",
            f"A block is one entry, a learned blend of its own words ({real.csa_ratio} in V4) "
            "and those of the block before, so that no cut is sharp. Words in no finished block "
            "yet are read exactly, in the window; its other words are in blocks, too.",
        ),
        "indexer": (
            "The indexer scores all blocks; a few are read",
            "A small helper, the indexer, scores each finished block by a short index key. Only "
            "the best blocks are read. The others stay in the cache: a later word may read them.",
        ),
        "hca": (
            f"HCA (heavily compressed attention): {real.hca_ratio} words to a block",
            "Layers of the other kind compress much harder, so nothing has to be chosen: all their "
            "blocks are read. CSA looks sharply at a few places, HCA glances at everything. Both "
            "have the window, too, for words in no finished block.",
        ),
        "list": (
            "One list, one softmax, one sink",
            "Chosen blocks and window are one list. A softmax turns how well each fits into shares "
            "that sum to 1; the sink, a learned number, takes one, so that little is read where "
            "nothing fits. What is read, mixed by its shares, helps to guess the next word.",
        ),
        "million": (
            "Now a million tokens",
            "The same rules at full length; the lower bars are enlarged, all alike. A layer reads "
            "one kind of block and its window, not the whole text, and to score a block is far "
            "less work than to read one: so it is affordable.",
        ),
    }


def rule(of: Counts, numbers: int) -> str:
    """What is ours in the pictures, and what an entry is; ``numbers`` are in one of V4's."""
    return (
        "Which blocks are chosen here follows a rule of ours, not V4's; its subjects are people, "
        "time, box and food, and of equals the later is read. A real indexer has learned what to "
        "look for. Shares are invented: more points, more share. An entry is what a layer keeps "
        "of a word or block: a key, by which it is found, and a value, which is what is read. Full "
        "attention keeps both for each of eight heads, which attend side by side, of 128 numbers "
        f"in 16 bits, as in the report's comparison: {of.full_entry:,} bytes. In V4 one list of "
        f"{numbers} numbers, mostly in 8 bits, is key and value for all heads: {of.entry} bytes; "
        f"an index key has {of.key}, in 4-bit numbers. Work is counted as in "
        "[the claim recomputed](/architecture/efficiency.md#compute): operations in 16 bits "
        "double, in 4 bits half. Bytes of the toy are those of V4-Pro's entries in one layer."
    )


def counted(step: str, toy: Toy, of: Counts) -> str:
    """What is counted in a picture of the toy, in a sentence; none for the real models' two."""
    itself = ", itself included" if of.window else ""
    return {
        "sentence": f"{toy.words} words, the asking one included.",
        "full": f"The last word reads {toy.words} entries, itself included. Stored: {toy.words} × "
        f"{of.full_entry:,} = {of.full_bytes:,} bytes.",
        "window": f"The last word reads {of.window} entries{itself}. Stored: {of.window} × "
        f"{of.entry} = {of.window_bytes:,} bytes.",
        "fold": f"Finished blocks: {of.blocks}, stored: {of.blocks} × {of.entry} = "
        f"{of.entry_bytes:,} bytes." + (f" Words in none yet: {of.waiting}." if of.waiting else ""),
        "indexer": f"{of.blocks} blocks scored, {of.read} read. {_points(toy)} Index keys, stored: "
        f"{of.blocks} × {of.key} = {of.index_bytes:,} bytes.",
        "list": f"The last word reads {of.read} + {of.window} = {of.total_read} entries"
        f"{_shared(toy)}. Stored: {of.window_bytes:,} + {of.entry_bytes:,} + {of.index_bytes:,} = "
        f"{of.total_bytes:,} bytes for window, blocks and index keys; full attention "
        f"{of.full_bytes:,}.{_found(toy)}",
    }.get(step, "")


def _points(toy: Toy) -> str:
    """The rule of the toy, with the words that count at a scale."""
    word, subject = plain(SENTENCE[toy.words - 1][0]), SENTENCE[toy.words - 1][1]
    like = dict.fromkeys(
        plain(text) for i, (text, _) in enumerate(SENTENCE[: toy.words]) if points(toy, i) == 1
    )
    others = f", 1 for a word of its subject, {subject} ({', '.join(like)})" if like else ""
    return (
        f"Our toy's rule: 2 points for “{word}”{others}; a block's own words count double, those "
        "of the block before once."
    )


def _shared(toy: Toy) -> str:
    """The shares of the picture as one sum."""
    found = shares(toy)
    blocks, window = (
        sum(share for key, share in found.items() if key.startswith(kind)) for kind in "bw"
    )
    return (
        f". Shares, invented: blocks {blocks} + window {window} + sink {found['sink']} = "
        f"{sum(found.values())} percent"
    )


def _found(toy: Toy) -> str:
    """How what is read may help to guess, if it holds the asking word with another behind it."""
    found = hint(toy)
    if found is None:
        return ""
    block, index = found
    where = "The window" if block is None else f"Block {block + 1}"
    return (
        f" {where} holds the asking word from before, then “{plain(SENTENCE[index][0])}”: "
        "a hint at what comes next, though our toy does not guess."
    )
