"""Short addresses that survive renames: ``/f/<id>/`` leads to a figure, a page, a record.

A fact has a page of its own there; a price, a score or an event is an entry of a list, which may
be divided or move while its short address stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from scripts.publish.hosting import policy
from scripts.sources.identity import SHORT
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import address, name_of
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.shelf import write_texts

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{target}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={relative}">
</head>
<body><p>This address leads to <a href="{relative}">{title}</a>.</p></body>
</html>
"""


def page_name(url: str) -> str:
    """Id of a page in a short address: ``pricing/rivals/`` -> ``page-pricing-rivals``."""
    return "page-" + (re.sub(r"[^a-z0-9]+", "-", url.lower()).strip("-") or "home")


UNLISTED = {"facts", "parties", "peak_schemes"}
"""Collections whose records need no short address: they have a page, or no entry anywhere."""


def _records(data: Dataset) -> dict[str, tuple[str, str]]:
    """Address and name of every record that is an entry of a list, by its id and older ids.

    A term and a fact may share an id; the fact was there first.
    """
    taken = {name for fact in data["facts"].values() for name in (fact.id, *fact.former_ids)}
    places = {}
    for collection in (name for name in COLLECTIONS if name not in UNLISTED):
        for record in data[collection].values():
            place = (address(collection, record.id), name_of(data, collection, record))
            for name in (record.id, *record.former_ids):
                if name not in taken:
                    places.setdefault(name, place)
    return places


def write(
    data: Dataset,
    figures: Mapping[str, str],
    pages: Mapping[str, str],
    moved: Mapping[str, str],
    base: str,
    into: Path,
) -> None:
    """One small page an id.

    ``figures``: figure id to the address of the page it stands on; ``pages``: address to title;
    ``moved``: address that a page had to the one it has now (its short address stays).
    """
    places = _records(data)
    places |= {f"fig-{name}": (f"{home}#fig-{name}", name) for name, home in figures.items()}
    for old, new in moved.items():
        places[page_name(old)] = (new, pages.get(new, new))
    for url, title in pages.items():
        places[page_name(url)] = (url, title)
    for fact in data["facts"].values():
        for name in fact.former_ids:  # the fact itself has a page there
            places[name] = (f"{SHORT}/{fact.id}/", fact.label)
    page = policy.sealed(_PAGE)  # once: all of them have the same
    texts = {
        f"{name}/index.html": page.format(
            title=escape(title),
            target=escape(urljoin(base, place)),
            relative=escape(f"../../{place}"),
        )
        for name, (place, title) in places.items()
    }
    write_texts(texts, into / SHORT)
