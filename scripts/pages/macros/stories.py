"""Macros for stories told in pictures: the still pictures, and the tool that moves them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from scripts.figures.architecture.story.stills import RULE, Still, stills
from scripts.figures.architecture.story.toy import SENTENCE
from scripts.pages.cells import cite
from scripts.pages.here import Here
from scripts.pages.macros.figures import explorer

TITLE = "Attention in eight pictures"


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
        + f"\n{RULE} Shapes and byte sizes: {cite(sources)}\n{{ .table-note }}\n"
    )


def _item(number: int, of: int, still: Still) -> str:
    return (
        f'<li data-step="{still.step}"><p class="story-title">{number} of {of}: '
        f'<span>{escape(still.title)}</span></p><p class="story-words">{escape(still.words)}</p>'
        f'<p class="story-count">{escape(still.counted)}</p>'
        f'<div class="story-frame" data-search-exclude><div class="fig-wide">{still.wide}</div>'
        f'<div class="fig-narrow">{still.narrow}</div></div></li>'
    )


MACROS: dict[str, Callable[..., str]] = {attention_story.__name__: attention_story}
