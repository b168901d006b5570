"""What the built site tells machines: citations, metadata, feeds, files of figures."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import rispy
from lxml import html

from scripts.pages.macros.bibliography import KIND_TITLES
from scripts.problems import ROOT
from scripts.publish import citing
from scripts.sources.references.coins import coins
from tests import real


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Pages of ``docs/`` by folder; bare pages of figures and short addresses are none."""
    out = {}
    for path in sorted(site.rglob("index.html")):
        where = path.parent.relative_to(site).as_posix()
        if where.split("/")[0] not in {"f", "figures"}:
            parser = html.HTMLParser(encoding="utf-8")
            out["" if where == "." else where] = html.parse(str(path), parser).getroot()
    return out


@pytest.fixture(scope="module")
def works(site: Path, pages) -> dict[str, html.HtmlElement]:
    """Pages, every fifth fact and all figures: whatever has citations of its own."""
    facts = sorted((site / "f").glob("*/cite.json"))[::5]
    figures = sorted((site / "figures").glob("*/cite.json"))
    assert len(facts) > 100 and len(figures) > 20
    parser = html.HTMLParser(encoding="utf-8")
    return {
        **pages,
        **{
            path.parent.relative_to(site).as_posix(): html.parse(
                str(path.parent / "index.html"), parser
            ).getroot()
            for path in [*facts, *figures]
        },
    }


def meta(page: html.HtmlElement, name: str) -> list[str]:
    return page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")


def test_the_formats_of_every_page_agree(site: Path, works) -> None:
    for where, page in works.items():
        title = meta(page, "citation_title")[0]
        address = meta(page, "citation_public_url")[0]
        day = meta(page, "DC.date")[0]
        item = json.loads((site / where / "cite.json").read_text(encoding="utf-8"))[0]
        entry = rispy.loads((site / where / "cite.ris").read_text(encoding="utf-8"))[0]
        bib = (site / where / "cite.bib").read_text(encoding="utf-8")
        assert item["title"] == entry["title"] == title, where
        assert item["URL"] == entry["urls"][0] == address, where
        assert "-".join(f"{part:02d}" for part in item["issued"]["date-parts"][0]) == day
        assert entry["date"].replace("/", "-") == day, where
        assert f"date = {{{day}}}" in bib and f"url = {{{address}}}" in bib, where
        shown = {
            pre.getprevious().text: pre.text for pre in page.xpath("//*[@class='cite-format']/pre")
        }
        assert set(shown) == set(citing.FORMATS), where
        for name, text in shown.items():
            assert address in text and citing.AUTHOR in text, (where, name)


def test_pages_arrive_as_web_pages_with_one_group_author(pages) -> None:
    for where, page in pages.items():
        assert meta(page, "citation_author") == [f"{citing.AUTHOR},"], where
        assert "," not in citing.AUTHOR
        assert meta(page, "og:site_name"), where
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", meta(page, "citation_publication_date")[0])
        assert not meta(page, "citation_journal_title"), where
        rels = {rel for rels in page.xpath("//link/@rel") for rel in rels.split()}
        assert {"cite-as", "license", "describedby", "canonical"} <= rels, where


def test_downloads_arrive_as_a_dataset(pages) -> None:
    page = pages["reference/downloads"]
    assert meta(page, "DC.type") == ["dataset"] and meta(page, "DC.identifier")
    assert len(page.xpath("//link[@rel='item']/@href")) >= 10


def test_json_ld_says_what_the_page_says(pages) -> None:
    for where, page in pages.items():
        (text,) = page.xpath("//script[@type='application/ld+json']/text()")
        graph = {node["@type"]: node for node in json.loads(text)["@graph"]}
        article = graph["TechArticle"]
        assert article["headline"] == meta(page, "citation_title")[0], where
        assert len(article["citation"]) == len(page.xpath("//ol[@class='references']/li")), where
        steps = graph["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), where
        if where == "reference/downloads":
            assert len(graph["Dataset"]["distribution"]) > 20
        if where == "reference/glossary":
            assert len(graph["DefinedTermSet"]["hasDefinedTerm"]) >= 60


def test_cards_and_feeds_exist_where_pages_say(site: Path, pages) -> None:
    for where, page in pages.items():
        card = urlsplit(meta(page, "og:image")[0]).path.lstrip("/")
        assert (site / card).read_bytes().startswith(b"\x89PNG"), where
    rss = ElementTree.parse(site / "feed.xml").getroot()
    feed = json.loads((site / "feed.json").read_text(encoding="utf-8"))
    assert rss.tag == "rss" and len(rss.findall("channel/item")) == len(feed["items"]) >= 20
    identifiers = [item["id"] for item in feed["items"]]
    assert len(identifiers) == len(set(identifiers))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_the_sitemap_has_every_page_with_its_review(site: Path, pages) -> None:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    entries = ElementTree.parse(site / "sitemap.xml").getroot().findall(f"{name}url")
    assert len(entries) == len(pages)
    assert all(entry.find(f"{name}lastmod") is not None for entry in entries)
    assert "Sitemap:" in (site / "robots.txt").read_text(encoding="utf-8")


def test_every_page_has_its_markdown_and_llms_txt_names_it(site: Path, pages) -> None:
    listing = (site / "llms.txt").read_text(encoding="utf-8")
    for where in pages:
        text = (site / where / "index.md").read_text(encoding="utf-8")
        if not where.startswith("contributing"):  # which shows how macros are written
            assert not re.search(r"\{\{\s*\w+\(", text), where
        assert f"{where}/index.md" in listing or not where


def test_figures_are_files_with_the_data_of_the_page(site: Path) -> None:
    folders = sorted(path for path in (site / "figures").iterdir() if path.is_dir())
    assert len(folders) >= 13
    for folder in folders:
        svg = (folder / f"{folder.name}.svg").read_text(encoding="utf-8")
        assert "var(--" not in svg
        ElementTree.fromstring(svg)
        assert (folder / f"{folder.name}.png").read_bytes().startswith(b"\x89PNG")
        text = (folder / f"{folder.name}.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1, folder.name
        assert "<nav" not in (folder / "index.html").read_text(encoding="utf-8")


def test_other_peoples_pages_may_read_the_files(site: Path) -> None:
    """By the file in which some hosts look for what to send."""
    everywhere = (site / "_headers").read_text("utf-8").split("\n/", 1)[0]
    assert everywhere.startswith("/*\n")
    assert "\n  Access-Control-Allow-Origin: *" in everywhere


def test_short_addresses_lead_to_entries(site: Path) -> None:
    for path in sorted((site / "f").iterdir())[::40]:
        page = (path / "index.html").read_text(encoding="utf-8")
        target = re.search(r"http-equiv=\"refresh\"[^>]*url=([^\"]+)", page)
        if (path / "cite.json").is_file():  # a fact has a page of its own
            assert not target and f'#{path.name}"' in page, path.name
            continue
        assert target, path.name
        if path.name.startswith("page-"):
            assert (path / target[1] / "index.html").is_file(), path.name
        elif not path.name.startswith("fig-"):
            place, _, anchor = target[1].partition("#")
            led_to = (path / place / "index.html").read_text(encoding="utf-8")
            assert f'id="{anchor}"' in led_to, path.name


def test_every_source_can_be_picked_from_the_page(site: Path, pages) -> None:
    spans = [
        s for kind in KIND_TITLES for s in pages[f"reference/sources/{kind}"].find_class("Z3988")
    ]
    assert len(spans) == len(real.references())
    items = json.loads((site / "reference/sources/bibliography.json").read_text(encoding="utf-8"))
    assert len(items) == len(spans)
    entries = rispy.loads((site / "reference/sources/bibliography.ris").read_text(encoding="utf-8"))
    assert len(entries) == len(spans)


def test_coins_carry_title_author_and_address() -> None:
    reference = real.references()["deepseek2026v4report"]
    fields = parse_qs(coins(reference))
    assert fields["rft.title"] == [reference.title]
    assert fields["rft.creator"] == ["DeepSeek-AI,"]  # one field, not two
    assert fields["rft.identifier"] == [reference.url]


def test_a_fact_has_our_citation_and_its_sources(site: Path) -> None:
    content = json.loads((site / "data/citations.json").read_text(encoding="utf-8"))
    entry = content["license-v4"]
    assert "MIT License" in entry["ours"]["APA"]
    assert entry["sources"][0]["key"] == "deepseek2026v4modelcard"


def test_citation_file_names_the_same_author() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"name: {citing.AUTHOR}" in text
