"""All that is written beside the pages, in one go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from scripts.publish import (
    bibliography,
    cards,
    downloads,
    feeds,
    figure_files,
    history,
    llms,
    markdown,
    short,
    well_known,
    works,
)
from scripts.publish.citing import Printer, Work
from scripts.publish.finished import Finished
from scripts.sources.pages import built_path
from scripts.sources.site import Site

_FIGURE = re.compile(r'<figure class="fig" id="fig-([a-z0-9-]+)"')


def homes(pages: Sequence[Finished]) -> dict[str, str]:
    """Address of the first page that shows a figure, by the figure's id."""
    out: dict[str, str] = {}
    for page in pages:
        for figure_id in _FIGURE.findall(page.content):
            out.setdefault(figure_id, page.url)
    return out


def write_all(
    site: Site,
    pages: Sequence[Finished],
    citable: Mapping[str, Work],
    printer: Printer,
    moved: Mapping[str, str],
    description: str,
    into: Path,
) -> None:
    """``pages``: those of the menu, in its order; ``citable``: works by the address of their page;
    ``moved``: old and new file of pages that moved; ``into``: the folder of the site."""
    downloads.write(site, into)
    history.write(site.records, into)
    works.write_page_files(citable, printer, into)
    works.write_fact_citations(site, printer, into)
    bibliography.write_bibliography(site, into)
    feeds.write_feeds(site, into)
    markdown.write_markdown(pages, site.url, into)
    llms.write_llms(pages, site.url, into, description)
    well_known.write_robots(site.url, into)
    well_known.write_opensearch(site.url, into)
    cards.write_cards(pages, into)
    at = homes(pages)
    figure_files.write(site, at, into)
    titles = {page.url: page.heading for page in pages}
    addresses = {
        built_path(old): built_path(new) for old, new in moved.items() if not urlsplit(new).scheme
    }
    short.write(site.records, at, titles, addresses, site.url, into)
