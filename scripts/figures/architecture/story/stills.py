"""The eight pictures with the scale that the page opens with, and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.figures import svg
from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story.marks import Frame, Mark, height
from scripts.figures.architecture.story.real import MILLION, Real
from scripts.figures.architecture.story.scene import STEPS, scene
from scripts.figures.architecture.story.sums import MODELS, all_layers, turns
from scripts.figures.architecture.story.telling import counted, rule, told
from scripts.figures.architecture.story.toy import Toy, counts
from scripts.figures.base import distinct, need
from scripts.model import attention
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import SourceRef


@dataclass(frozen=True)
class Still:
    """One picture in two widths, with its words."""

    step: str
    title: str
    words: str
    counted: str
    wide: str
    narrow: str


def real_counts(data: Dataset) -> Real:
    """What a layer of each kind stores and reads at a million tokens."""
    pro, flash = (shape(data, model) for model in MODELS)
    return Real(
        window=pro.window,
        csa_blocks=attention.compressed_entries(pro.csa_ratio, MILLION),
        hca_ratio=pro.hca_ratio,
        hca_blocks=attention.compressed_entries(pro.hca_ratio, MILLION),
        csa_ratio=pro.csa_ratio,
        pro_read=pro.top_k,
        flash_read=flash.top_k,
    )


def note(data: Dataset) -> str:
    """What is ours in the pictures, and what an entry is, in Markdown."""
    pro = shape(data, MODELS[0])
    return rule(counts(Toy(), pro), pro.head_dim)


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
    sums = {"hca": turns(data, real), "million": all_layers(data)}
    telling = told(real)
    for step in STEPS:
        title, words = telling[step]
        count = sums.get(step) or counted(step, toy, of)
        drawn = []
        for narrow in (False, True):
            marks = scene(step, toy, of, real, narrow)
            drawn.append(
                svg.drawing(
                    [_element(mark) for mark in marks], Frame(narrow).width, height(marks),
                    f"story-{step}", svg.variant(narrow), title, f"{words} {count}",
                )
            )  # fmt: skip
        out.append(Still(step, title, words, count, *drawn))
    return out, distinct([ref for m in MODELS for ref in need(data, "models", m).sources])
