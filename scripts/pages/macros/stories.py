"""Macros for stories told in pictures: the still pictures, and the tools that move them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from scripts.figures.architecture.story.stills import Still, note, stills
from scripts.figures.architecture.story.toy import SENTENCE
from scripts.figures.architecture.strips import experts, residual
from scripts.figures.pricing.strips import cache
from scripts.figures.strip import Panel, Strip
from scripts.pages.cells import RecordError, cite
from scripts.pages.here import Here
from scripts.pages.macros.figures import explorer
from scripts.sources.records.loading import Dataset

TITLE = "Attention in eight pictures"
STRIPS: dict[str, Callable[[Dataset], Strip]] = {
    "cache": cache.draw,
    "experts": experts.draw,
    "residual": residual.draw,
}


def attention_story(here: Here) -> str:
    """Attention in eight pictures: stills for all, and in the browser a tool made from them."""
    pictures, sources = stills(here.records)
    words = " ".join(
        f'<span data-subject="{subject}">{escape(word)}</span>' for word, subject in SENTENCE
    )
    items = "".join(_item(index, len(pictures), still) for index, still in enumerate(pictures, 1))
    return (
        f'\n<p class="story-sentence" id="story-sentence">{words} …</p>\n'
        + explorer(
            here,
            "story",
            TITLE,
            f'<ol class="story-stills" tabindex="0" aria-label="{TITLE}">{items}</ol>',
        )
        + f"\n{note(here.records)} Shapes and byte sizes: {cite(sources)}\n{{ .table-note }}\n"
    )


def _item(number: int, of: int, still: Still) -> str:
    return (
        f'<li data-step="{still.step}"><p class="story-title">{number} of {of}: '
        f'<span>{escape(still.title)}</span></p><p class="story-words">{escape(still.words)}</p>'
        f'<div class="story-frame" data-search-exclude><div class="fig-wide">{still.wide}</div>'
        f'<div class="fig-narrow">{still.narrow}</div></div>'
        f'<p class="story-count">{escape(still.counted)}</p></li>'
    )


def picture_strip(here: Here, name: str) -> str:
    """A mechanism in a few pictures, side by side: ``cache``, ``experts`` or ``residual``."""
    if name not in STRIPS:
        raise RecordError(f"no picture strip '{name}'; there are {', '.join(STRIPS)}")
    strip = STRIPS[name](here.records)
    items = "".join(
        _panel(index, len(strip.panels), one) for index, one in enumerate(strip.panels, 1)
    )
    label = escape(strip.title, quote=True)
    listed = f'<ol class="story-strip" tabindex="0" aria-label="{label}">{items}</ol>'
    return (
        explorer(here, "strip", strip.title, listed)
        + f"\n{strip.rule} {cite(strip.sources)}\n{{ .table-note }}\n"
    )


def _panel(number: int, of: int, panel: Panel) -> str:
    return (
        f'<li data-step="{panel.step}"><p class="story-title">{number} of {of}: '
        f'<span>{escape(panel.title)}</span></p><div class="story-frame" data-search-exclude>'
        f'{panel.picture}</div><p class="story-words">{escape(panel.words)}</p>'
        f'<p class="story-count">{escape(panel.counted)}</p></li>'
    )


MACROS: dict[str, Callable[..., str]] = {
    macro.__name__: macro for macro in (attention_story, picture_strip)
}
