"""Macros that list the whole site: every page with its questions, every term."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from scripts.pages.cells import RecordError, all_of
from scripts.pages.here import Here

_ORDER = (
    "", "release", "architecture", "benchmarks", "pricing", "hardware", "using", "reference",
    "contributing",
)  # fmt: skip
"""Chapters as the menu has them."""
SHOWN = 6
"""Questions of a page that are read here; the search knows all of them."""


def contents_list(here: Here) -> str:
    """Every page by chapter: title, what it says, and what readers ask that it answers."""
    entries = sorted(
        here.site.contents,
        key=lambda entry: (
            _ORDER.index(entry.chapter) if entry.chapter in _ORDER else len(_ORDER),
            entry.source,
        ),
    )
    out, chapter = [], None
    for entry in entries:
        if entry.chapter != chapter:
            chapter = entry.chapter
            out.append(f"\n### {chapter.capitalize() or 'Home'} {{ #part-{chapter or 'home'} }}\n")
        out.append(f"- [{escape(entry.title)}](/{entry.source}): {escape(entry.description)}")
        if entry.asks:
            out.append("    " + " · ".join(escape(ask) for ask in entry.asks[:SHOWN]))
    return "\n".join(out) + "\n"


def terms_list(here: Here) -> str:
    """Every term of the glossary in the order of the alphabet, in one paragraph."""
    terms = sorted(all_of(here, "glossary"), key=lambda term: term.term.lower())
    if not terms:
        raise RecordError("data/glossary has no record")
    return " · ".join(f"[{escape(term.term)}](/reference/glossary.md#{term.id})" for term in terms)


MACROS: dict[str, Callable[..., str]] = {f.__name__: f for f in (contents_list, terms_list)}
