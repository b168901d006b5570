"""Short addresses that survive renames: ``/f/<id>/`` leads to a fact or a figure."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urljoin

from scripts.data.load import Dataset

FOLDER = "f"

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


def write(data: Dataset, figures: dict[str, str], base: str, site: Path) -> None:
    """One small page an id. ``figures``: figure id to the address of the page it stands on."""
    places = {f"fig-{name}": (f"{home}#fig-{name}", name) for name, home in figures.items()}
    for fact in data["facts"].values():
        for name in (fact.id, *fact.former_ids):
            places[name] = (f"reference/facts/#{fact.id}", fact.label)
    for name, (address, title) in places.items():
        folder = site / FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        text = _PAGE.format(
            title=escape(title),
            target=escape(urljoin(base, address)),
            relative=escape(f"../../{address}"),
        )
        (folder / "index.html").write_text(text, encoding="utf-8")
