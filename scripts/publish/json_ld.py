"""What search engines are told about a page, in schema.org's words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from scripts.publish import citing
from scripts.publish.citing import Work
from scripts.publish.downloads import FORMAT_VERSION
from scripts.publish.finished import Finished
from scripts.sources.identity import AUTHOR, DATA, LICENSE, SITE_TITLE, SQLITE
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site

SCHEMA = "https://schema.org"


def _breadcrumbs(page: Finished, site: Site) -> dict[str, Any]:
    steps: list[tuple[str, str | None]] = [(SITE_TITLE, site.url)]
    steps += [(title, None) for title in reversed(page.parts)]
    steps.append((page.heading, urljoin(site.newest, page.url)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, **({"item": url} if url else {})}
            for i, (name, url) in enumerate(steps, start=1)
        ],
    }


def _cited(page: Finished, references: Mapping[str, Reference]) -> list[dict[str, Any]]:
    keys = re.findall(r'<li id="ref-([a-z0-9-]+)"', page.content)
    return [
        {"@type": "CreativeWork", "name": references[key].title}
        | ({"url": references[key].url} if references[key].url else {})
        for key in keys
        if key in references
    ]


def _dataset(work: Work, site: Site) -> dict[str, Any]:
    base = urljoin(site.url, DATA + "/")
    files = [(SQLITE, "application/vnd.sqlite3")]
    for name in COLLECTIONS:
        files += [(f"{name}.json", "application/json"), (f"{name}.csv", "text/csv")]
    return {
        "@type": "Dataset",
        "name": f"{SITE_TITLE}: all records",
        "description": work.abstract,
        "url": work.url,
        "version": FORMAT_VERSION,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "dateModified": work.issued,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": urljoin(base, name), "encodingFormat": kind}
            for name, kind in files
        ],
    }


def _terms(data: Dataset, work: Work) -> dict[str, Any]:
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


def json_ld(page: Finished, work: Work, site: Site) -> str:
    """schema.org's description of a page, safe inside a script element."""
    author = {"@type": "Organization", "name": AUTHOR}
    article = {
        "@type": "TechArticle",
        "headline": work.title,
        "description": work.abstract,
        "url": work.url,
        "inLanguage": "en-US",
        "dateModified": work.issued,
        "version": citing.csl(work)["version"],
        "license": LICENSE,
        "author": author,
        "publisher": author,
        "isPartOf": {"@type": "WebSite", "name": SITE_TITLE, "url": site.url},
        "citation": _cited(page, site.references),
    }
    graph = [article, _breadcrumbs(page, site)]
    if work.kind == "dataset":
        graph.append(_dataset(work, site))
    if page.url == "reference/glossary/":
        graph.append(_terms(site.records, work))
    text = json.dumps({"@context": SCHEMA, "@graph": graph}, ensure_ascii=False)
    return text.replace("</", "<\\/")
