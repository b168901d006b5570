"""What search engines are told about a page, a fact or a figure, in schema.org's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from scripts.publish import citing
from scripts.publish.citing import Work
from scripts.publish.finished import Finished
from scripts.sources.identity import (
    ABOUT,
    AUTHOR,
    DATA,
    LICENSE,
    LICENSE_NAME,
    SITE_TITLE,
    SQLITE,
)
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site

SCHEMA = "https://schema.org"
Node = dict[str, Any]
Step = tuple[str, str]
"""Name and address of a page on the way to another."""


def text(graph: Iterable[Mapping[str, Any]]) -> str:
    """The nodes as one graph, safe inside a script element."""
    content = json.dumps({"@context": SCHEMA, "@graph": list(graph)}, ensure_ascii=False)
    return content.replace("</", "<\\/")


def author_url(site: Site) -> str:
    """The page that says who writes here; empty where there is none."""
    there = (site.docs / ABOUT / "index.md").is_file()
    return urljoin(site.newest, f"{ABOUT}/") if there else ""


def _author(site: Site) -> Node:
    url = author_url(site)
    return {"@type": "Organization", "name": AUTHOR} | ({"url": url} if url else {})


def whole(site: Site) -> Node:
    """The site, of which everything is a part."""
    return {"@type": "WebSite", "name": SITE_TITLE, "url": site.url}


def common(work: Work, site: Site) -> Node:
    """What is said of every work, whatever its type."""
    return {
        "description": work.abstract,
        "url": work.url,
        "inLanguage": "en-US",
        "dateModified": work.issued,
        "version": citing.csl(work)["version"],
        "license": LICENSE,
        "author": _author(site),
        # Not the contributors: readers of articles print it as the name of the site.
        "publisher": {"@type": "Organization", "name": SITE_TITLE, "url": site.url},
        "isPartOf": whole(site),
    }


def breadcrumbs(steps: Iterable[Step]) -> Node:
    """The way to a page. Every step has an address: search engines take an error otherwise."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, "item": url}
            for i, (name, url) in enumerate(steps, start=1)
        ],
    }


def _once(steps: Iterable[Step]) -> list[Step]:
    """No address twice: the first page of a part is that part."""
    known: dict[str, str] = {}
    for name, address in steps:
        known.pop(address, None)
        known[address] = name
    return [(name, address) for address, name in known.items()]


def way(page: Finished, pages: Sequence[Finished], site: Site) -> list[Step]:
    """The steps to a page of the menu. A part of it has the address of its first page."""
    steps = [(SITE_TITLE, site.newest)]
    path = tuple(reversed(page.parts))
    for depth in range(1, len(path) + 1):
        inside = (one for one in pages if tuple(reversed(one.parts))[:depth] == path[:depth])
        first = next(inside, page)
        steps.append((path[depth - 1], urljoin(site.newest, first.url)))
    steps.append((page.heading, urljoin(site.newest, page.url)))
    return _once(steps)


def cited(references: Iterable[Reference]) -> list[Node]:
    """Sources, by name and address."""
    return [
        {"@type": "CreativeWork", "name": reference.title}
        | ({"url": reference.url} if reference.url else {})
        for reference in references
    ]


def _dataset(work: Work, site: Site) -> Node:
    base = urljoin(site.url, DATA + "/")
    files = [(SQLITE, "application/vnd.sqlite3")]
    for name in COLLECTIONS:
        files += [(f"{name}.json", "application/json"), (f"{name}.csv", "text/csv")]
    return {
        "@type": "Dataset",
        "name": f"{SITE_TITLE}: all records",
        "description": work.abstract,
        "url": work.url,
        "version": citing.csl(work)["version"],
        "license": LICENSE,
        "isAccessibleForFree": True,
        "creator": _author(site),
        "dateModified": work.issued,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": urljoin(base, name), "encodingFormat": kind}
            for name, kind in files
        ],
    }


def _terms(data: Dataset, work: Work) -> Node:
    return {
        "@type": "DefinedTermSet",
        "name": "Glossary",
        "url": work.url,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": term.term,
                "description": term.short,
                "url": f"{work.url}#{term.id}",
            }
            for term in data["glossary"].values()
        ],
    }


def of_page(
    page: Finished, work: Work, pages: Sequence[Finished], card: str, site: Site
) -> list[Node]:
    """A page. ``pages``: those of the menu, in its order; ``card``: address of its picture."""
    keys = re.findall(r'<li id="ref-([a-z0-9-]+)"', page.content)
    article = {
        "@type": "TechArticle",
        "headline": work.title,
        **common(work, site),
        "image": card,
        "mainEntityOfPage": work.url,
        "citation": cited(site.references[key] for key in keys if key in site.references),
    }
    graph = [article, breadcrumbs(way(page, pages, site))]
    if work.kind == "dataset":
        graph.append(_dataset(work, site))
    if page.url == "reference/glossary/":
        graph.append(_terms(site.records, work))
    return graph


def of_fact(work: Work, value: str, sources: Sequence[Reference], site: Site) -> list[Node]:
    """A record: a claim, its day in its name, and what it rests on."""
    claim = {"@type": "Claim", "name": work.title, "text": value, **common(work, site)}
    return [
        {**claim, "citation": cited(sources)},
        breadcrumbs(
            [
                (SITE_TITLE, site.newest),
                ("Single facts", urljoin(site.newest, "reference/facts/")),
                (work.title, urljoin(site.newest, work.url.removeprefix(site.url))),
            ]
        ),
    ]


def of_figure(
    work: Work, home: Step, picture: str, sources: Sequence[Reference], site: Site
) -> list[Node]:
    """A figure. ``home``: name and address of the page that it stands on; ``picture``: of its
    file."""
    image = {
        "@type": "ImageObject",
        "name": work.title,
        **common(work, site),
        # What a search engine's picture viewer shows beside it.
        "contentUrl": picture,
        "creator": _author(site),
        "creditText": f"{AUTHOR}, {SITE_TITLE}",
        "copyrightNotice": f"{AUTHOR}, {LICENSE_NAME}",
        "acquireLicensePage": home[1],
        "encodingFormat": "image/png",
        "citation": cited(sources),
    }
    steps = [(SITE_TITLE, site.newest), home]
    steps.append((work.title, urljoin(site.newest, work.url.removeprefix(site.url))))
    return [image, breadcrumbs(_once(steps))]
