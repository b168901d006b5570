"""What Zotero takes from our pages: its own translators, run in Chromium without network.

ztractor packages Zotero's translation runtime with the translators as its connector runs them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from scripts.pages.macros.bibliography import KIND_TITLES
from scripts.publish import citing
from scripts.sources.records.formatting import MONTHS
from tests.browser.zotero import EXTRACT, IMPORTERS, Extract, imported, zotero
from tests.clients import from_npm
from tests.clients.conftest import folders
from tests.clients.test_bibliographies import bare, straight
from tests.clients.test_matrix import FIELDS, Read, declared, losses

TYPES = {
    "webpage": "webpage", "report": "report", "paper-conference": "document",
    "article-journal": "document", "article": "preprint", "dataset": "dataset",
    "motion_picture": "videoRecording", "Computer software": "computerProgram",
}  # fmt: skip


@pytest.fixture(scope="module")
def runs(browser: Browser) -> Iterator[Page]:
    with zotero(browser) as page:
        yield page


@pytest.fixture(scope="module")
def extract(runs: Page) -> Extract:
    """From the HTML of a page to what Zotero makes of it."""
    return lambda text: runs.evaluate(EXTRACT, ["https://example.org/", text])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """All pages and figures, and 200 facts, by address below the site."""
    return {
        folder.relative_to(site).as_posix(): (folder / "index.html").read_text("utf-8")
        for kind in folders(site).values()
        for folder in kind
    }


def one(result: dict[str, Any]) -> dict[str, Any]:
    assert result["success"], result
    (item,) = result["items"]
    return item


def test_every_page_arrives_whole(extract: Extract, pages: dict[str, str], site: Path) -> None:
    for where, text in pages.items():
        item = one(extract(text))
        work = json.loads((site / where / "cite.json").read_text("utf-8"))[0]
        dataset = work["type"] == "dataset"
        assert item["itemType"] == ("dataset" if dataset else "webpage"), where
        assert item["title"] == work["title"], where
        # One field, not a first and a last name.
        assert item["creators"] == [{"lastName": citing.AUTHOR, "creatorType": "author"}], where
        assert item["date"] == "{}/{:02d}/{:02d}".format(*work["issued"]["date-parts"][0]), where
        assert item["url"] == work["URL"], where
        assert item["abstractNote"] == work["abstract"], where
        assert item["rights"] == citing.LICENSE, where
        assert item["language"], where
        if where != ".":
            assert citing.SITE_TITLE in (work.get("publisher"), work.get("container-title")), where
        site_name = item.get("publisher") if dataset else item.get("publicationTitle")
        assert site_name == citing.SITE_TITLE, where


def test_its_importer_knows_every_type_of_the_bibliography(site: Path) -> None:
    """One that it does not know, and it refuses the whole file. The list is its own."""
    code = "".join(
        path.read_text("utf-8") for path in (from_npm("ztractor") / "dist").rglob("*.js")
    )
    listed = re.search(r"const CSL_TYPES = \{(.*?)\}", code, re.DOTALL)
    assert listed, "the importer of CSL JSON is not in the package"
    known = set(re.findall(r'"?([a-z_-]+)"?: true', listed[1]))
    items = json.loads((site / "reference/sources/bibliography.json").read_text("utf-8"))
    assert "webpage" in known and {item["type"] for item in items} <= known


def test_highwire_tags_alone_would_make_it_an_article(extract: Extract, pages) -> None:
    """Why Open Graph stands beside them; and that this test can tell."""
    text = pages["pricing"].replace('property="og:', 'property="x:')
    assert one(extract(text))["itemType"] == "journalArticle"


def test_the_sources_are_offered_to_pick_from(extract: Extract, pages: dict[str, str]) -> None:
    for kind in KIND_TITLES:
        notes = extract(pages[f"reference/sources/{kind}"])["diagnostics"]
        told = [n["message"] for n in notes if n["translator"] == "COinS"]
        assert any("multiple items" in message for message in told), kind


def test_every_source_arrives_whole_when_picked(extract: Extract, pages, site: Path) -> None:
    file = site / "reference/sources/bibliography.json"
    sources = {item["id"]: item for item in json.loads(file.read_text("utf-8"))}
    lists = [html.fromstring(pages[f"reference/sources/{kind}"]) for kind in KIND_TITLES]
    spans = [span for page in lists for span in page.find_class("Z3988")]
    assert len(spans) == len(sources)
    for span in spans:
        key = next(e.get("id") for e in span.iterancestors() if e.get("id"))
        alone = f"<!doctype html><title>x</title><body>{html.tostring(span, encoding='unicode')}"
        item, source = one(extract(alone)), sources[key]
        # Zotero's reader of COinS takes an escaped plus sign for a space; addresses have %2B.
        assert item["title"] == bare(source["title"]).replace("+", " "), key
        assert item["itemType"] == TYPES.get(source.get("genre"), TYPES[source["type"]]), key
        assert item.get("url", "").replace("%2B", "+") == source.get("URL", ""), key
        assert len(item["creators"]) == len(source["author"]), key
        for creator, name in zip(item["creators"], source["author"], strict=True):
            assert bool(creator.get("firstName")) == ("given" in name), (key, creator)
        parts = source.get("issued", {}).get("date-parts", [[]])[0]
        assert item.get("date", "") == "-".join(f"{part:02d}" for part in parts), key


# ------------------------------------------------------------------------- import of the files

FOLDER = "reference/sources/bibliography"
EXTENSIONS = {"RIS": "ris", "BibLaTeX": "bib", "CSL-JSON": "json"}
PLACES = (
    "publicationTitle", "websiteTitle", "publisher", "institution", "company", "studio",
    "conferenceName", "repository",
)  # fmt: skip
MONTH = {name: number for number, name in enumerate(MONTHS, start=1)}


def day(text: str) -> str:
    """Zotero keeps a date of CSL-JSON as it prints it: ``April 24, 2026``, ``June 2026``."""
    if printed := re.fullmatch(r"([A-Z][a-z]+) (?:(\d+), )?(\d{4})", text):
        month, number, year = printed.groups()
        return f"{year}-{MONTH[month]:02d}" + (f"-{int(number):02d}" if number else "")
    return text.replace("/", "-")


def without_signs(names: str) -> str:
    """A comma would divide a group, so that files have parentheses instead."""
    return re.sub("[(),]", "", names)


def of_zotero(item: dict[str, Any], place: str) -> dict[str, str]:
    """An item in the terms of the matrix; ``place``: who put it up, if a field says so."""
    said = [item[name] for name in PLACES if name in item]
    names = [
        " ".join(filter(None, [name.get("lastName"), name.get("firstName")]))
        for name in item["creators"]
    ]
    return {
        "title": item["title"],
        "authors": without_signs("; ".join(names)),
        "date": day(item.get("date", "")),
        "address": item.get("url", ""),
        "publisher": next((text for text in said if straight(text) == straight(place)), ""),
        "language": item.get("language", ""),
    }


@pytest.mark.parametrize("form", IMPORTERS)
def test_it_imports_every_entry_of_the_bibliography(runs: Page, site: Path, form: str) -> None:
    sources = json.loads((site / f"{FOLDER}.json").read_text("utf-8"))
    items = imported(runs, form, site / f"{FOLDER}.{EXTENSIONS[form]}")
    assert len(items) == len(sources)
    if form == "BibLaTeX":  # sorted by key, which Zotero keeps; the others are in one order
        by_key = {item["itemID"]: item for item in items}
        items = [by_key[source["id"]] for source in sources]
    wanted: Read = {}
    read: Read = {}
    for source, item in zip(sources, items, strict=True):
        place = source.get("container-title") or source.get("publisher", "")
        parts = source.get("issued", {}).get("date-parts", [[]])[0]
        people = [
            name.get("literal") or " ".join(filter(None, [name["family"], name.get("given")]))
            for name in source.get("author", [])
        ]
        wanted[source["id"]] = {
            "title": bare(source["title"]),
            "authors": without_signs("; ".join(people)),
            "date": "-".join(f"{part:02d}" for part in parts),
            "address": source.get("URL", ""),
            "publisher": place,
            "language": source.get("language", ""),
            "note": "",
        }
        read[source["id"]] = of_zotero(item, place)
    found = losses(read, wanted)
    lost = {field: keys[:5] for field, keys in found.items()}
    assert set(found) == declared()["Zotero", form] & set(FIELDS), lost
