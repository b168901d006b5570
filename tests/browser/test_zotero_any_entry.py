"""Zotero takes whatever an entry of the bibliography may hold, from each of its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_zotero import EXTENSIONS, PLACES, day
from tests.browser.zotero import IMPORTERS, imported, zotero
from tests.clients.any_entry import Wanted, balanced
from tests.clients.test_any_entry import Published, examples, in_one_line, people, plain, published


@pytest.fixture(scope="module")
def runs(browser: Browser) -> Iterator[Page]:
    with zotero(browser) as page:
        yield page


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return published(examples(), tmp_path_factory.mktemp("zotero"))


def names(item: dict[str, Any]) -> list[str]:
    """It keeps a suffix behind the given names."""
    parts = [
        (plain(name["lastName"]), plain(name.get("firstName", ""))) for name in item["creators"]
    ]
    return in_one_line(parts)


def title_of(entry: Wanted, form: str) -> str:
    """Of a brace that has no other, it keeps the name by which BibLaTeX has it."""
    title = plain(entry.title)
    if form == "BibLaTeX" and not balanced(entry.title):
        title = title.replace("{", "\\textbraceleft").replace("}", "\\textbraceright")
    return title


def authors_of(entry: Wanted, form: str) -> list[str]:
    """Of CSL-JSON it takes no suffix, and BibLaTeX's "and others" is a name to it."""
    if form == "CSL-JSON":
        entry = replace(entry, authors=tuple(replace(name, suffix="") for name in entry.authors))
    return in_one_line(people(entry, "others" if form == "BibLaTeX" else "et al."))


@pytest.mark.parametrize("form", IMPORTERS)
def test_it_imports_any_entry(runs: Page, written: Published, form: str) -> None:
    items = imported(runs, form, written.files.with_suffix(f".{EXTENSIONS[form]}"))
    assert len(items) == len(written.wanted)
    order = [item["id"] for item in written.items]
    keys = list(written.wanted) if form == "BibLaTeX" else order
    for key, item in zip(keys, items, strict=True):
        entry = written.wanted[key]
        if form != "BibLaTeX" or entry.title.count("$") < 2:  # which enclose mathematics to it
            assert plain(item["title"]) == title_of(entry, form), key
        assert names(item) == authors_of(entry, form), key
        assert item.get("url", "") == entry.url, key
        assert day(item.get("date", ""))[:4] == entry.date[:4], key
        if (form, entry.kind) == ("BibLaTeX", "dataset"):
            continue  # the host goes into Extra, and "arXiv" nowhere: docs/reference/cite.md
        said = [plain(item[name]) for name in (*PLACES, "university") if name in item]
        assert not entry.house or plain(entry.house) in said, key
