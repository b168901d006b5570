"""Macros that print the bibliography: all sources by kind, and its files."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from scripts.pages.cells import mend_mark
from scripts.pages.here import Here
from scripts.sources.references.coins import coins

KIND_TITLES = {
    "primary": "Primary sources",
    "official": "Official documents",
    "evaluation": "Evaluations",
    "press": "Press",
    "analysis": "Analysis",
    "community": "Community",
}


def full_bibliography(here: Here) -> str:
    """Every source by kind; the hook fills in which pages cite it."""
    out = []
    references = here.references
    for kind, title in KIND_TITLES.items():
        chosen = [r for r in references.values() if r.kind == kind]
        if not chosen:
            continue
        out.append(f'\n## {title} {{ #{kind} }}\n\n<ul class="bibliography">')
        for ref in sorted(chosen, key=lambda r: (r.title.lower(), r.key)):
            out.append(
                f'<li id="{ref.key}"><span class="Z3988" title="{escape(coins(ref))}" '
                f'aria-hidden="true"></span><span class="ref-text">{ref.html}</span> '
                f"{ref.archived_html} "
                f'<code class="ref-key">{ref.key}</code> '
                f'<span class="cited-by" data-search-exclude>{cited_by_mark(ref.key)}</span>'
                f"{mend_mark(f'@{ref.key}')}</li>"
            )
        out.append("</ul>\n")
    return "\n".join(out)


def bibliography_files(here: Here) -> str:
    """Links to the whole bibliography for reference managers, on the page of sources."""
    kinds = {"bib": "BibLaTeX", "ris": "RIS", "json": "CSL-JSON"}
    return "Files: " + " · ".join(
        f'<a href="bibliography.{extension}" download>{name}</a>'
        for extension, name in kinds.items()
    )


def cited_by_mark(key: str) -> str:
    """Where the hook puts the list of citing pages once all pages are rendered."""
    return f"<!--cited-by:{key}-->"


def source_count(here: Here) -> str:
    return str(len(here.references))


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        full_bibliography,
        source_count,
        bibliography_files,
    )
}
