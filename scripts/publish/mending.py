"""From what a reader sees to where it is mended: "Edit" and "Report an error" beside each thing.

Macros leave a mark beside a record or source; it is filled in when all is rendered, because the
line on which something stands moves with every edit above it.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urljoin

from scripts.publish.finished import Finished
from scripts.sources.records.loading import Place
from scripts.sources.records.lookup import named
from scripts.sources.references import bibtex
from scripts.sources.site import Site

_MARK = re.compile(r"<!--mend:(?:@(?P<key>[a-z0-9-]+)|(?P<collection>[a-z_]+)/(?P<id>[\w-]+))-->")
BIB = "references.bib"


def _links(site: Site, place: Place, page: str, name: str, value: str) -> dict[str, str]:
    """Addresses by what they are for; empty where the forge is not known."""
    if site.forge is None:
        return {}
    return {
        "edit": site.forge.edit(place.file, place.line),
        "report": site.forge.report(page, name, value, site.edition),
    }


def of_page(page: Finished, site: Site) -> dict[str, str]:
    """For a page as a whole."""
    return _links(site, Place(f"docs/{page.source}", 1), urljoin(site.url, page.url), "", "")


def of_record(collection: str, record_id: str, page: str, site: Site) -> dict[str, str]:
    """For a record; ``page`` is the whole address on which it is read."""
    if site.forge is None:
        return {}
    label, value = named(site.records, collection, record_id)
    words = f"{label}: {value}" if value else label
    place = site.records.place(collection, record_id)
    return _links(site, place, page, f"{collection}/{record_id}", words)


def fill_in(page: Finished, site: Site) -> str:
    """The HTML of a page with links in place of the marks, or with nothing there."""
    if site.forge is None:
        return _MARK.sub("", page.content)
    address = urljoin(site.url, page.url)
    entries = {entry.key: entry.line for entry in bibtex.read(site.bib).entries}

    def links(match: re.Match[str]) -> str:
        if key := match["key"]:
            if key not in entries:
                return ""
            known = site.references.get(key)
            words = known.title if known else ""
            found = _links(site, Place(BIB, entries[key]), address, key, words)
        elif match["id"] in site.records[match["collection"]]:
            found = of_record(match["collection"], match["id"], address, site)
        else:
            return ""
        return html(found)

    return _MARK.sub(links, page.content)


def html(found: dict[str, str]) -> str:
    """The links as a line of small print, which is for readers with a screen alone."""
    words = {"edit": "Edit", "report": "Report an error"}
    links = [
        f'<a href="{escape(address)}" rel="nofollow">{words[name]}</a>'
        for name, address in found.items()
        if address
    ]
    return f'<span class="mend" data-search-exclude>{" · ".join(links)}</span>' if links else ""
