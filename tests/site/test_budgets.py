"""Every built page keeps to its weight and its number of tab stops, small pages of facts too."""

from __future__ import annotations

import gzip
import tomllib
from pathlib import Path

import pytest
from lxml import html

from scripts.problems import ROOT
from tests.site.stops import stops

BUDGETS = tomllib.loads((ROOT / "tests/quality/budgets.toml").read_text(encoding="utf-8"))
TOOL = 25
"""What a tool of a page adds to its tab stops at most, before anything in it is opened."""


@pytest.fixture(scope="module")
def files(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 1000
    return found


def test_no_page_is_heavy(files: list[Path], site: Path) -> None:
    """As a server sends it: compressed, at the level that is usual."""
    most = BUDGETS["weight"]["html"] * 1000
    sizes = {path: len(gzip.compress(path.read_bytes(), 6)) for path in files}
    heavy = {str(path.relative_to(site)): size for path, size in sizes.items() if size > most}
    assert not heavy, f"over {most:.0f} bytes; divide the page, or give its records pages: {heavy}"


def test_no_page_has_too_many_tab_stops(files: list[Path], site: Path) -> None:
    most = BUDGETS["keyboard"]["tab-stops"]
    parser = html.HTMLParser(encoding="utf-8")
    many = {}
    for path in files:
        page = html.parse(str(path), parser).getroot()
        count = stops(page) + (TOOL if page.xpath("//*[@data-explorer]") else 0)
        if count > most:
            many[str(path.relative_to(site))] = count
    assert not many, f"over {most}; fold what is long, or give a row one link: {many}"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<a href="#x">a</a><a>b</a><a href="" tabindex="-1">c</a><p tabindex="0">d</p>', 2),
        ("<button>a</button><button disabled>b</button><input type=hidden><select></select>", 2),
        ('<details><summary>a</summary><a href="#">b</a></details>', 1),
        ('<details open><summary>a</summary><a href="#">b</a></details>', 2),
        ('<details><summary>a</summary><details open><summary>b</summary></details></details>', 1),
        ('<div hidden><a href="#">a</a></div><dialog><a href="#">b</a></dialog>', 0),
        ('<div popover><a href="#">a</a></div><template><a href="#">b</a></template>', 0),
        ('<input class="md-toggle"><label tabindex="0">a</label><nav class="md-nav">'
         '<a href="#">b</a></nav>', 1),
        ('<input class="md-toggle" checked><label tabindex="0">a</label><nav class="md-nav">'
         '<a href="#">b</a></nav>', 2),
        ('<div class="claim claim--holds" id="c"><a href="#">a</a></div>', 2),
    ],
)  # fmt: skip
def test_what_counts(body: str, count: int) -> None:
    assert stops(html.fromstring(f"<html><body>{body}</body></html>")) == count
