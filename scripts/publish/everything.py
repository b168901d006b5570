"""All that is written beside the pages, in one go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from scripts.publish import (
    bibliography,
    calendar,
    cards,
    downloads,
    facts,
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
from scripts.publish.done import Done
from scripts.publish.figure_files import tokens_of
from scripts.publish.finished import Finished
from scripts.sources.pages import built_path
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.shelf import digest
from scripts.sources.site import Site

_FIGURE = re.compile(r'<figure class="fig"[^>]* id="fig-([a-z0-9-]+)"')


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
    users: Mapping[str, Sequence[Finished]],
    printer: Printer,
    moved: Mapping[str, str],
    description: str,
    into: Path,
    done: Done,
) -> None:
    """``pages``: those of the menu, in its order; ``citable``: works by the address of their page;
    ``users``: pages by the mark of what they use;
    ``moved``: old and new file of pages that moved; ``into``: the folder of the site, in which
    stands what ``done`` says."""
    frame = digest(site.url, site.newest, site.edition, site.frozen, site.commit, description)
    records = digest(*(site.print_of(f"{name}/*") for name in COLLECTIONS))
    if done.again("records", frame, records, site.bib):
        downloads.write(site, into, done)
        history.write(site.records, site.url, into)
        works.write_fact_citations(site, printer, into)
        feeds.write_feeds(site, into)
        calendar.write(site, into)
    if done.again("bibliography", site.bib):
        bibliography.write_bibliography(site, into)
    if done.again("citations of pages", repr(list(citable.items()))):
        works.write_page_files(citable, printer, into)
    texts = [page for page in pages if done.again(f"text of {page.url}", frame, page.markdown)]
    markdown.write_markdown(site, texts, pages, into)
    if done.again("llms", frame, *(page.markdown for page in pages)):
        llms.write_llms(pages, site.url, into, description)
    titles = {page.url: page.heading for page in pages}
    if done.again("pages", frame, repr(titles)):
        well_known.write_robots(site.url, into)
        well_known.write_opensearch(site.url, into)
        cards.write_cards(site, pages, into)
    if done.again("facts", frame, records, site.bib, site.reviewed, tokens_of(site), repr(titles)):
        facts.write(site, users, printer, into, done)
    at = homes(pages)
    shown = repr((at, {url: titles.get(url) for url in at.values()}))
    if done.again("figures", frame, records, site.bib, site.reviewed, shown, tokens_of(site)):
        figure_files.write(site, at, titles, printer, into)
    addresses = {
        built_path(old): built_path(new) for old, new in moved.items() if not urlsplit(new).scheme
    }
    if done.again("short addresses", frame, records, repr((at, titles, addresses))):
        short.write(site.records, at, titles, addresses, site.url, into)
