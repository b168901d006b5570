"""The eight pictures with the scale that the page opens with, and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story.scene import MILLION, STEPS, Frame, Mark, Real, scene
from scripts.figures.architecture.story.toy import Counts, Toy, counts
from scripts.figures.base import distinct, need
from scripts.model import attention
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import SourceRef

MODELS = ("v4-pro", "v4-flash")
GIB = 2**30

WORDS: dict[str, tuple[str, str]] = {
    "sentence": (
        "A sentence, word by word",
        "A model reads one token after the other; here a token is a word. The last one, "
        "filled, asks: which of the earlier words help to guess what comes next?",
    ),
    "full": (
        "Full attention: ask every word",
        "In the plain method the last word compares itself with every word, and so did each word "
        "before it. Twice the text is four times the lines, and every word has to be kept.",
    ),
    "window": (
        "The window: the nearest words, exactly",
        "Every layer of V4 reads only the latest words one by one. That costs the same however "
        "long the text grows, but what is farther back is out of sight.",
    ),
    "fold": (
        "CSA: a few words fold into one block",
        "Older text is kept as blocks. In CSA a block is a learned blend of four words and, so "
        "that no cut is sharp, of the four before them: neighbors overlap.",
    ),
    "indexer": (
        "The indexer scores all blocks and keeps a few",
        "A small helper, the indexer, gives each finished block a score. Only the best blocks are "
        "read; the others stay in the cache and may be read by a later word.",
    ),
    "hca": (
        "HCA: 128 words fold into one block",
        "Layers of the other kind fold much harder, so nothing has to be chosen: all their "
        "blocks are read. CSA looks sharply at a few places, HCA glances at everything.",
    ),
    "list": (
        "One list, one softmax, one sink",
        "Chosen blocks and window stand in one list, and one softmax shares the attention among "
        "them. The sink takes the share that nothing on the list deserves.",
    ),
    "million": (
        "Now a million tokens",
        "The same rules at full length, with bars to scale. A layer reads one of these thin lines "
        "and its window, instead of the whole bar. That is what makes it affordable.",
    ),
}
"""A heading and what to see, for any scale; without the numbers, which are counted."""

RULE = (
    "Which blocks are chosen here follows a rule of ours, not V4's: a word with the asking word's "
    "subject (people, time, box or food) counts one point, the same word two; a block's own words "
    "count double, those before it once; of equals the later is read. A real indexer has learned "
    "what to look for. Bytes are those of V4-Pro's entries in one layer; full attention is "
    "counted as in the report's comparison, in 16 bits with eight heads."
)


@dataclass(frozen=True)
class Still:
    """One picture in two widths, with its words."""

    step: str
    title: str
    words: str
    counted: str
    wide: str
    narrow: str


def counted(step: str, toy: Toy, of: Counts, real: Real) -> str:
    """What is counted in a picture of the toy, in a sentence; none for the last."""
    return {
        "sentence": f"{toy.words} words, each a possible place to look.",
        "full": f"The last word reads {toy.words} entries; the layer keeps {of.full_bytes:,} "
        "bytes.",
        "window": f"The last word reads {of.window} entries; the layer keeps {of.window_bytes:,} "
        "bytes.",
        "fold": f"{toy.words} words become {of.blocks} blocks, of up to {of.pooled} words each: "
        f"{of.entry_bytes:,} bytes.",
        "indexer": f"{of.blocks} blocks scored, {of.read} read; their index keys take "
        f"{of.index_bytes:,} bytes.",
        "hca": f"A block in {real.hca_ratio} tokens: {real.hca_blocks:,} blocks at {MILLION:,} "
        "tokens.",
        "list": f"The last word reads {of.read} + {of.window} = {of.total_read} entries; the layer "
        f"keeps {of.total_bytes:,} bytes, full attention {of.full_bytes:,}.",
        "million": "",
    }[step]


def real_counts(data: Dataset) -> Real:
    """What a layer of each kind keeps and reads at a million tokens."""
    pro, flash = (shape(data, model) for model in MODELS)
    return Real(
        window=pro.window,
        csa_blocks=attention.compressed_entries(pro.csa_ratio, MILLION),
        hca_ratio=pro.hca_ratio,
        hca_blocks=attention.compressed_entries(pro.hca_ratio, MILLION),
        pro_kept=pro.top_k,
        flash_kept=flash.top_k,
    )


def all_layers(data: Dataset) -> str:
    """The sums over all layers at a million tokens, which the last picture ends with."""
    parts = []
    for model in MODELS:
        config = shape(data, model)
        name = need(data, "models", model).name
        kept = attention.kv_bytes(config, MILLION) / GIB
        parts.append(
            f"{name} reads {attention.entries_read(config, MILLION):,} entries for a new token in "
            f"all its {config.layers} layers and keeps {kept:.2f} GiB"
        )
    layers = shape(data, MODELS[0]).layers
    full = attention.gqa8_bytes(layers, MILLION) / GIB
    return (
        f"{'; '.join(parts)}. Full attention in {layers} layers would read "
        f"{layers * MILLION:,} and keep {full:.0f} GiB."
    )


def _element(mark: Mark) -> str:
    paint = {
        "fill": svg.var(mark["fill"]) if mark.get("fill") else "none",
        "stroke": svg.var(mark["stroke"]) if mark.get("stroke") else None,
        "stroke-width": mark.get("width"),
        "stroke-dasharray": mark.get("dash"),
        "opacity": mark.get("opacity"),
    }
    if mark["tag"] == "rect":
        x, y, w, h = (mark[name] for name in "xywh")
        shape_of = {"x": x, "y": y, "width": w, "height": h, "rx": "1.5"}
        return _tag("rect", {**shape_of, **paint})
    if mark["tag"] == "path":
        return _tag("path", {"d": mark["d"], **paint})
    words = svg.text(
        float(mark["x"]), float(mark["y"]), mark["words"], float(mark["size"]),
        mark.get("color", "ink"), mark.get("anchor", "start"), bool(mark.get("bold")),
    )  # fmt: skip
    turned = f'<text transform="rotate(-90 {mark["x"]} {mark["y"]})"'
    return words.replace("<text", turned, 1) if mark.get("turn") else words


def _tag(name: str, attributes: dict[str, str | None]) -> str:
    inner = "".join(f' {key}="{value}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{inner}/>"


def stills(data: Dataset) -> tuple[list[Still], list[SourceRef]]:
    """All eight with the opening scale, and the sources of their numbers."""
    toy = Toy()
    real = real_counts(data)
    of = counts(toy, shape(data, MODELS[0]))
    out = []
    for step in STEPS:
        title, words = WORDS[step]
        count = counted(step, toy, of, real) or all_layers(data)
        drawn = [
            svg.drawing(
                [_element(mark) for mark in scene(step, toy, of, real, narrow)],
                Frame(narrow).width, Frame(narrow).height, f"story-{step}", svg.variant(narrow),
                title, f"{words} {count}",
            )
            for narrow in (False, True)
        ]  # fmt: skip
        out.append(Still(step, title, words, count, *drawn))
    return out, distinct([ref for m in MODELS for ref in need(data, "models", m).sources])
