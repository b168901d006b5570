"""What the clients are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html


@pytest.fixture(scope="session")
def cited(site: Path) -> list[Path]:
    """Folders of all pages that can be cited."""
    found = sorted(
        path.parent
        for path in site.rglob("cite.json")
        if path.relative_to(site).parts[0] != "f"  # facts: tests/publish/test_facts.py
    )
    assert len(found) > 50
    return found


@pytest.fixture(scope="session")
def pages(site: Path, cited: list[Path]) -> dict[str, html.HtmlElement]:
    """The same pages, parsed, by address below the site."""
    parser = html.HTMLParser(encoding="utf-8")
    return {
        folder.relative_to(site).as_posix(): html.parse(
            str(folder / "index.html"), parser
        ).getroot()
        for folder in cited
    }
