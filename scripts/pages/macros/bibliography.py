"""Macros that print the bibliography: all sources by kind, and its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from itertools import groupby

from scripts.pages.cells import RecordError, mend_mark
from scripts.pages.here import Here
from scripts.sources.references.bibliography import Reference
from scripts.sources.references.coins import coins

KIND_TITLES = {
    "primary": "Primary sources",
    "official": "Official documents",
    "evaluation": "Evaluations",
    "press": "Press",
    "analysis": "Analysis",
    "community": "Community",
}


def full_bibliography(here: Here, kind: str | None = None) -> str:
    """Every source by kind, or those of one kind in folds by the letter with which they begin;
    the hook fills in which pages cite each."""
    if kind is None:
        return "\n".join(
            f"\n## {title} {{ #{name} }}\n\n{_list(map(_entry, _of(here, name)))}\n"
            for name, title in KIND_TITLES.items()
            if _of(here, name)
        )
    if not _of(here, kind):
        raise RecordError(f"no source of the kind '{kind}'; there are {', '.join(KIND_TITLES)}")
    out = []
    for letter, held in groupby(_of(here, kind), key=_letter):
        entries = list(map(_entry, held))
        out.append(
            f'<details class="fold"><summary>{letter}: {len(entries)}</summary>\n'
            f"{_list(entries)}</details>"
        )
    return "\n" + "\n".join(out) + "\n"


def sources_index(here: Here) -> str:
    """A line for each source, which leads to its entry on the page of its kind.

    Every source was an entry of one page once; whoever comes by such an address finds the line."""
    out = []
    for kind, title in KIND_TITLES.items():
        if not (found := _of(here, kind)):
            continue
        lines = (
            f'<li id="{ref.key}"><a href="{kind}/#{ref.key}">{escape(ref.title)}</a> '
            f"{_who(ref)}</li>"
            for ref in found
        )
        out.append(
            f"\n## {title} {{ #{kind} }}\n\n"
            f"[{title} with addresses, dates and who cites them](/reference/sources/{kind}.md)\n\n"
            f'<details class="fold"><summary>Titles of all {len(found)}</summary>\n'
            f"{_list(lines)}</details>\n"
        )
    return "\n".join(out)


def _of(here: Here, kind: str) -> list[Reference]:
    """The sources of a kind, in the order of what is read first: who wrote them, or the title."""
    chosen = [ref for ref in here.references.values() if ref.kind == kind]
    return sorted(chosen, key=lambda ref: (_letter(ref), _begins(ref).casefold(), ref.key))


def _begins(ref: Reference) -> str:
    return unescape(re.sub(r"<[^>]+>", "", ref.html)).lstrip("“”‘’\"'([ ")


def _letter(ref: Reference) -> str:
    first = _begins(ref)[:1].upper()
    return first if first.isascii() and first.isalpha() else "Other signs"


def _who(ref: Reference) -> str:
    authors = ref.csl.get("author", [{}])
    name = authors[0].get("literal") or authors[0].get("family", "")
    more = " and others" if len(authors) > 1 else ""
    return escape(", ".join(part for part in (f"{name}{more}", ref.date) if part))


def _entry(ref: Reference) -> str:
    return (
        f'<li id="{ref.key}"><span class="Z3988" title="{escape(coins(ref))}" '
        f'aria-hidden="true"></span><span class="ref-text">{ref.html}</span> '
        f"{ref.archived_html} "
        f'<code class="ref-key">{ref.key}</code> '
        f'<span class="cited-by" data-search-exclude>{cited_by_mark(ref.key)}</span>'
        f"{mend_mark(f'@{ref.key}')}</li>"
    )


def _list(entries: Iterable[str]) -> str:
    lines = "\n".join(entries)
    return f'<ul class="bibliography">\n{lines}\n</ul>\n'


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


def source_count(here: Here, kind: str | None = None) -> str:
    """How many sources there are, or how many of one kind."""
    return str(len(_of(here, kind) if kind else here.references))


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        full_bibliography,
        sources_index,
        source_count,
        bibliography_files,
    )
}
