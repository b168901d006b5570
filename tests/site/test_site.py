"""The built site: what every page has, and what none of them does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from scripts.problems import ROOT
from tests import real


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its address; the not-found page is no page."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): html.parse(
            str(path), html.HTMLParser(encoding="utf-8")
        ).getroot()
        for path in sorted(site.rglob("index.html"))
        if path.relative_to(site).parts[0] not in {"f", "figures"}
    }


def failing(pages: dict[str, html.HtmlElement], good) -> list[str]:
    return [address or "home" for address, page in pages.items() if not good(page)]


def test_every_markdown_file_is_a_page(pages: dict[str, html.HtmlElement]) -> None:
    assert len(pages) == len(list((ROOT / "docs").rglob("*.md")))


def test_every_page_has_a_title_and_a_description(pages: dict[str, html.HtmlElement]) -> None:
    assert failing(pages, lambda p: len(p.findtext("head/title") or "") > 10) == []
    assert failing(pages, lambda p: p.xpath("//meta[@name='description']/@content")) == []


def test_titles_and_descriptions_differ(pages: dict[str, html.HtmlElement]) -> None:
    for values in (
        [page.findtext("head/title") for page in pages.values()],
        [page.xpath("//meta[@name='description']/@content")[0] for page in pages.values()],
    ):
        assert sorted(values) == sorted(set(values))


def test_every_page_has_one_h1_an_answer_and_dates(pages: dict[str, html.HtmlElement]) -> None:
    assert failing(pages, lambda p: len(p.xpath("//h1")) == 1) == []
    assert failing(pages, lambda p: len(p.find_class("answer")) == 1) == []
    assert failing(pages, lambda p: len(p.xpath("//*[@class='asof']//time/@datetime")) == 2) == []


def test_every_page_cites_at_least_three_sources(pages: dict[str, html.HtmlElement]) -> None:
    def cites(page: html.HtmlElement) -> bool:
        return len(page.xpath("//ol[@class='references']/li")) >= 3

    assert failing(pages, cites) == []


def test_citations_are_numbered_in_the_order_of_reading(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        numbers = [int(link.text) for link in page.find_class("cite-ref")]
        first_seen = list(dict.fromkeys(numbers))
        assert first_seen == sorted(first_seen), address


def test_ids_are_unique(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        ids = page.xpath("//@id")
        twice = {name for name in ids if ids.count(name) > 1}
        assert not twice, f"{address}: {sorted(twice)[:5]}"


def test_nothing_is_loaded_from_another_host(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        loaded = page.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src")
        loaded += page.xpath("//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
        outside = [url for url in loaded if urlsplit(url).netloc]
        assert not outside, f"{address}: {outside}"


def test_style_sheets_load_nothing_from_another_host(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(@import\s+|url\(\s*)[\"']?(https?:)?//", text), sheet.name


def test_no_leftovers_of_macros_or_marks(site: Path) -> None:
    for path in site.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"<(pre|code)\b.*?</\1>", "", text, flags=re.DOTALL)
        for mark in ("{{", "{%", "macro-error", "cite--unknown", "<!--cited-by", "<!--used-on"):
            assert mark not in text, f"{path.relative_to(site)}: {mark}"


def test_at_least_sixty_sources_are_cited_by_chapters(
    pages: dict[str, html.HtmlElement],
) -> None:
    cited = {
        entry.get("id").removeprefix("ref-")
        for address, page in pages.items()
        if not address.startswith("reference/facts/")
        for entry in page.xpath("//ol[@class='references']/li")
    }
    references = real.references()
    assert len(references) >= 90
    assert len(cited) >= 60
    assert cited <= set(references)


def test_the_bibliography_lists_every_source_with_its_pages(
    pages: dict[str, html.HtmlElement],
) -> None:
    listed = pages["reference/sources/"].xpath("//ul[@class='bibliography']/li")
    assert {entry.get("id") for entry in listed} == set(real.references())
    report = next(entry for entry in listed if entry.get("id") == "deepseek2026v4report")
    assert len(report.find_class("cited-by")[0].xpath(".//a")) >= 5


def test_all_31_claims_of_the_starting_article_are_there(
    pages: dict[str, html.HtmlElement],
) -> None:
    page = pages["release/first-day-story/"]
    for number in range(1, 32):
        (claim,) = page.xpath(f"//*[@id='claim-{number:02d}']")
        assert claim.find_class("verdict"), number
        assert claim.find_class("claim-more"), number
        assert claim.find_class("cite-ref"), number


def test_refuted_numbers_do_not_stand_uncorrected(pages: dict[str, html.HtmlElement]) -> None:
    """90.1 on MMLU-Pro and 9% for SMIC may be told only beside the right value."""
    for address, page in pages.items():
        for block in page.xpath("//p | //li | //tr"):
            whole = block.xpath("ancestor::*[contains(@class, 'claim') or @class='record'][1]")
            text = (whole[0] if whole else block).text_content()
            if "90.1" in text and "MMLU-Pro" in text:
                assert "87.5" in text or "wrong" in text.lower(), f"{address}: {text[:120]}"


def test_search_index_has_no_hover_notes(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    text = " ".join(f"{doc['title']} {doc['text']}" for doc in index["docs"])
    assert "KV cache" in text
    assert "昇腾" in text
    assert "cite-pop" not in text
    chapter = " ".join(
        doc["text"] for doc in index["docs"] if doc["location"].startswith("architecture/")
    )
    assert "1.6 trillion" in chapter
    assert "· reported by" not in chapter
    assert "read 2026-11-23" not in chapter


def test_the_not_found_page_leads_home(site: Path) -> None:
    page = html.parse(str(site / "404.html")).getroot()
    assert page.xpath("//a[contains(@href, '/')]")


def test_every_page_says_which_edition_it_is(site: Path) -> None:
    edition = re.search(r'(?m)^  edition: "([\d.]+)"', (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert edition
    pages = [path for path in site.rglob("index.html") if "md-footer" in path.read_text("utf-8")]
    assert len(pages) > 50
    for page in pages:
        text = page.read_text("utf-8")
        assert f"Newest text, edition {edition[1]}</a>" in text, page
        assert "md-banner" not in text, f"{page}: only an edition has something to announce"
