"""Macros that put a figure or a tool into a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urljoin

from scripts import figures
from scripts.figures import kept, sharing
from scripts.figures.base import Figure
from scripts.pages.cells import RecordError, cite, get, table
from scripts.pages.here import Here
from scripts.problems import nearest
from scripts.sources.records.formatting import day, record_value


def figure(here: Here, figure_id: str) -> str:
    """A figure drawn from the data: wide and narrow picture, caption, data as a table."""
    if figure_id not in figures.FIGURES:
        raise RecordError(f"no figure '{figure_id}'{nearest(figure_id, figures.FIGURES)}")
    drawn = kept.drawn(figure_id, here.site)
    rows = [[str(row.get(column, "")) for column in drawn.columns] for row in drawn.rows]
    numeric = [
        i
        for i in range(len(drawn.columns))
        if rows and all(re.match(r"^[\d.,%$¥−-]*$", row[i]) for row in rows)
    ]
    return (
        f'\n<figure class="fig" id="fig-{figure_id}" data-as-of="{drawn.as_of}" markdown="1">\n'
        f'<p class="fig-head" id="fig-{figure_id}-head">{escape(drawn.finding)}</p>\n'
        f'<p class="fig-sub">{escape(drawn.subtitle)}</p>\n'
        f'<div class="fig-wide" data-search-exclude>{_one_line(drawn.wide)}</div>\n'
        f'<div class="fig-narrow" data-search-exclude>{_one_line(drawn.narrow)}</div>\n'
        f'<figcaption markdown="1">\n\n{drawn.caption} As of {day(drawn.as_of)}. '
        f"Sources: {cite(drawn.sources)}\n\n"
        f'<div class="fig-line" markdown="1">\n'
        f'<details class="fig-data" markdown="1" name="fig-{figure_id}"><summary>Table</summary>\n'
        f"{table(drawn.columns, rows, f'Data of the figure: {drawn.title}', numeric)}"
        f"</details>\n{_figure_files(here, drawn)}</div>\n</figcaption>\n</figure>\n"
    )


def _figure_files(here: Here, figure: Figure) -> str:
    """Files and a line to copy, for people who use the figure elsewhere."""
    folder = f"{here.top}figures/{figure.id}/"
    links = " · ".join(
        f'<a href="{folder}{figure.id}.{kind}" download>{kind.upper()}</a>'
        for kind in ("svg", "png", "csv")
    )
    name = f"use-{figure.id}"
    words = escape(
        sharing.attribution(figure, urljoin(here.site.url, f"{here.url}#fig-{figure.id}"))
    )
    code = escape(sharing.embed_code(figure, here.site.url))
    fold = f'<details class="fig-data" data-search-exclude name="fig-{figure.id}"><summary>'
    return (
        f"{fold}Download</summary><p>{links} · CC BY 4.0</p></details>\n"
        f'{fold}Embed</summary><p id="{name}-code">Embed code, or the <a href="{folder}">page</a>'
        f'</p><pre data-copy tabindex="0" role="region" aria-labelledby="{name}-code">{code}</pre>'
        f"</details>\n"
        f'{fold}Cite</summary><p id="{name}-words">Attribution</p><pre data-copy tabindex="0" '
        f'role="region" aria-labelledby="{name}-words">{words}</pre></details>\n'
    )


TOOLS = "assets/javascripts/tools"
"""Below ``docs/``: a folder for each tool, with ``index.js``."""
OLDER_NAMES = {"calculator": "efficiency"}
"""Tools whose name on the pages, in published addresses, is not that of their folder."""
WHEN_SEEN = {"story", "strip", "claim", "attention"}
"""Tools that are fetched only when they come into sight: stories, which stand beside the text, and
the second tool of a page."""


def _facts(here: Here, ids: Sequence[str]) -> str:
    """Facts as an attribute: a tool need not fetch all of them for four."""
    if not ids:
        return ""
    chosen = {}
    for name in ids:
        fact = get(here, "facts", name)
        chosen[name] = {
            "label": fact.label,
            "value": str(fact.value),
            "unit": fact.unit,
            "shown": record_value(fact),
            "as_of": str(fact.as_of),
            "sources": [{"key": ref.key, "at": ref.at} for ref in fact.sources],
        }
    return f" data-facts='{escape(json.dumps(chosen, ensure_ascii=False), quote=True)}'"


def explorer(here: Here, name: str, title: str, fallback: str, facts: Sequence[str] = ()) -> str:
    """A tool (a folder of docs/assets/javascripts/tools) and, for readers without scripts and
    for print, the static Markdown that stands in its place. ``facts``: those that it needs."""
    known = {path.parent.name for path in (here.site.docs / TOOLS).glob("*/index.js")}
    folder = OLDER_NAMES.get(name, name)
    if folder not in known:
        raise RecordError(f"no explorer '{name}'{nearest(name, known)}")
    label = escape(title, quote=True)
    when = ' data-when="seen"' if name in WHEN_SEEN else ""
    return (
        f'\n<section class="explorer" id="explorer-{name}" data-explorer="{name}" '
        f'data-tool="{folder}"{when} aria-label="{label}"{_facts(here, facts)} markdown="1">\n\n'
        f'<div class="explorer-live"></div>\n\n'
        f'<div class="explorer-static" markdown="1">\n\n{fallback}\n\n</div>\n\n</section>\n'
    )


def _one_line(svg: str) -> str:
    """Markdown leaves a block of HTML alone only as long as it has no blank line."""
    return re.sub(r"\s*\n\s*", " ", svg)


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        figure,
        explorer,
    )
}
