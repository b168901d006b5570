"""What the clients are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

FACTS = 200
"""Of a thousand, evenly: programs that read all of them would take minutes."""


def folders(site: Path) -> dict[str, list[Path]]:
    """Folders of all that can be cited, by what it is: ``page``, ``f`` (a fact), ``figures``."""
    out: dict[str, list[Path]] = {"page": [], "f": [], "figures": []}
    for path in sorted(site.rglob("cite.json")):
        top = path.relative_to(site).parts[0]
        out[top if top in out else "page"].append(path.parent)
    count = len(out["f"])
    out["f"] = [out["f"][i * count // FACTS] for i in range(FACTS)] if count else []
    return out


def parsed(site: Path, found: list[Path]) -> dict[str, html.HtmlElement]:
    """Their pages, by address below the site."""
    parser = html.HTMLParser(encoding="utf-8")
    return {
        folder.relative_to(site).as_posix(): html.parse(
            str(folder / "index.html"), parser
        ).getroot()
        for folder in found
    }


@pytest.fixture(scope="session")
def cited(site: Path) -> list[Path]:
    """Folders of all pages that can be cited, of 200 facts and of all figures."""
    found = folders(site)
    assert len(found["page"]) > 50 and len(found["f"]) == FACTS and len(found["figures"]) > 20
    return [folder for kind in found.values() for folder in kind]


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """The pages among them, parsed, by address below the site."""
    return parsed(site, folders(site)["page"])


@pytest.fixture(scope="session")
def works_of_ours(site: Path, cited: list[Path]) -> dict[str, html.HtmlElement]:
    """All of them, parsed, by address below the site."""
    return parsed(site, cited)
