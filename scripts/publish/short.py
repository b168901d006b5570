"""Short addresses that survive renames: ``/f/<id>/`` leads to a figure, a page, a renamed fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from scripts.sources.identity import SHORT
from scripts.sources.records.loading import Dataset

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
    places = {f"fig-{name}": (f"{home}#fig-{name}", name) for name, home in figures.items()}
    for old, new in moved.items():
        places[page_name(old)] = (new, pages.get(new, new))
    for url, title in pages.items():
        places[page_name(url)] = (url, title)
    for fact in data["facts"].values():
        for name in fact.former_ids:  # the fact itself has a page there
            places[name] = (f"{SHORT}/{fact.id}/", fact.label)
    for name, (address, title) in places.items():
        folder = into / SHORT / name
        folder.mkdir(parents=True, exist_ok=True)
        text = _PAGE.format(
            title=escape(title),
            target=escape(urljoin(base, address)),
            relative=escape(f"../../{address}"),
        )
        (folder / "index.html").write_text(text, encoding="utf-8")
