"""The built site: what every page has, and what none of them does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from scripts.pages.macros.bibliography import KIND_TITLES
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


# State nothing about V4: one repeats the titles of the other pages, the guides tell how to write,
# the others speak of the site itself.
CITES_NOTHING = {
    "contributing/review/",
    "contributing/start/",
    "contributing/style/",
    "reference/accessibility/",
    "reference/contents/",
    "reference/licenses/",
    "reference/offline/",
    "reference/privacy/",
}


LISTS = ("reference/facts/", *(f"reference/sources/{kind}/" for kind in KIND_TITLES))
"""Pages that list all records, or all sources of a kind."""


def test_every_page_cites_at_least_three_sources(pages: dict[str, html.HtmlElement]) -> None:
    def cites(page: html.HtmlElement) -> bool:
        return len(page.xpath("//ol[@class='references']/li")) >= 3

    lists = {address for address in pages if address.startswith(LISTS)}
    assert set(failing(pages, cites)) - lists == CITES_NOTHING


def test_every_listed_record_leads_to_its_sources(pages: dict[str, html.HtmlElement]) -> None:
    """A fact by way of its own page, the others at once."""
    count = 0
    for address, page in pages.items():
        for record in page.find_class("record"):
            count += 1
            links = [link.get("href") for link in record.iter("a")]
            leads = any(
                re.search(r"(^|/)f/[a-z0-9-]+/$|reference/sources/[a-z]+/#", to) for to in links
            )
            assert leads, (address, record.get("id"))
    assert count > 2000


def number(link: html.HtmlElement) -> int | None:
    """The number of a mark, as characters or drawn; None for one that stands for many sources."""
    shown = link.get("data-n") or (link.text or "").strip("[]")
    return int(shown) if shown.isdigit() else None


def test_citations_are_numbered_in_the_order_of_reading(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        marks = page.find_class("cite-ref")
        entries = {entry.get("id"): n for n, entry in enumerate(listed(page), 1)}
        first_seen: dict[str, None] = {}
        for mark in marks:
            for target in (mark.get("data-refs") or mark.get("href").lstrip("#")).split():
                first_seen[target.partition(".")[0]] = None
            if (given := number(mark)) is not None:
                assert given == entries[mark.get("href")[1:].partition(".")[0]], address
        assert list(first_seen) == list(entries), address


def listed(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.xpath("//ol[@class='references']/li")


def test_every_mark_leads_to_a_note_and_every_note_back(
    pages: dict[str, html.HtmlElement],
) -> None:
    for address, page in pages.items():
        ids = set(page.xpath("//@id"))
        for mark in page.find_class("cite-ref"):
            targets = (mark.get("data-refs") or mark.get("href").lstrip("#")).split()
            assert set(targets) <= ids, f"{address}: {targets}"
        for back in page.xpath("//a[@class='cite-back']/@href"):
            assert back[1:] in ids, f"{address}: {back}"


def test_a_note_stands_once_and_outside_the_text(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        notes = page.xpath("//ol[@class='references']//details[@class='ref-notes']/ul/li")
        said = []
        for note in notes:
            words = re.sub(r"\s*\u21a9[\s\d]*$", "", " ".join(note.itertext()))
            record = note.xpath("string(a[@class='cite-record']/@href)")
            said.append((note.get("id").partition(".")[0], record, words))
        assert len(said) == len(set(said)), f"{address}: a note stands twice"
        outside = page.xpath("//*[@class='cite-fact'][not(ancestor::ol[@class='references'])]")
        assert not outside, address
        assert not page.xpath("//article//*[@role='note']"), address


def test_terms_have_no_title_of_the_browser(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        terms = page.find_class("gloss")
        assert not [term for term in terms if term.get("title")], address
        ids = set(page.xpath("//details[@class='page-terms']//dl/dd/@id"))
        assert {term.get("data-term") for term in terms} == ids, address


def test_ids_are_unique(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        ids = page.xpath("//@id")
        twice = {name for name in ids if ids.count(name) > 1}
        assert not twice, f"{address}: {sorted(twice)[:5]}"


def test_every_link_leads_somewhere(pages: dict[str, html.HtmlElement]) -> None:
    """Without an address a link cannot be reached by keyboard, nor followed by a crawler."""
    without = [
        (name, link.text_content())
        for name, page in pages.items()
        for link in page.iter("a")
        if not link.get("href") or link.get("href", "").startswith("javascript:")
    ]
    assert without == []


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
    """Once with all that is known of it, and by a line on the page that had them all once."""
    references = real.references()
    listed = []
    for kind in KIND_TITLES:
        entries = pages[f"reference/sources/{kind}/"].xpath("//ul[@class='bibliography']/li")
        assert {references[entry.get("id")].kind for entry in entries} == {kind}
        listed += entries
    assert sorted(entry.get("id") for entry in listed) == sorted(references)
    lines = pages["reference/sources/"].xpath("//ul[@class='bibliography']/li")
    assert {line.get("id"): line.find("a").get("href") for line in lines} == {
        key: f"{reference.kind}/#{key}" for key, reference in references.items()
    }
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


def test_search_index_has_no_notes(site: Path) -> None:
    sections = json.loads((site / "search/texts.json").read_text(encoding="utf-8"))
    assert "KV cache" in " ".join(sections)
    assert "昇腾" in (site / "search/pages.json").read_text(encoding="utf-8")
    answer = next(text for text in sections if "a million tokens of fresh input cost" in text)
    assert "cost $0.15 on the Flash model and $0.66 on V4-Pro" in answer
    assert not [text for text in sections if "· reported by" in text]


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
