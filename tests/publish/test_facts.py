"""A fact's own page says what is known of it, who says so, and how to cite it; and is light."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from scripts.publish import facts
from scripts.publish.citing import FORMATS, Printer
from scripts.publish.done import Done
from scripts.publish.finished import Finished
from scripts.sources.records.loading import Dataset
from scripts.sources.site import Site
from tests import real

NAMES = (
    "peak-hours-tokyo", "peak-hours-utc", "hugging-face-count-pro-first",
    "hugging-face-count-pro-later", "app-prices-usd", "safety-parameter",
)  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    whole = real.site()
    some = {name: whole.records["facts"][name] for name in NAMES}
    site = replace(
        whole, records=Dataset({**whole.records.collections, "facts": some}), edition="2026.11"
    )
    assert isinstance(site, Site)
    folder = tmp_path_factory.mktemp("facts")
    page = Finished("pricing/billing.md", "pricing/billing/", "How billing works")
    with Printer() as printer:
        facts.write(site, {"used-on:facts/peak-hours-tokyo": [page]}, printer, folder, Done())
    return folder / "f"


def text_of(written: Path, name: str) -> str:
    main = html.parse(str(written / name / "index.html")).getroot().find(".//main")
    assert main is not None
    return re.sub(r"\s+", " ", main.text_content())


def test_our_own_arithmetic_names_what_it_was_computed_from(written: Path) -> None:
    text = text_of(written, "peak-hours-tokyo")
    assert "Computed by this site from Peak hours, UTC" in text
    assert "reported by This site" not in text
    assert "Used on How billing works" in text


def test_history_leads_both_ways(written: Path) -> None:
    assert "Replaced by" in text_of(written, "hugging-face-count-pro-first")
    assert "Before it" in text_of(written, "hugging-face-count-pro-later")


def test_what_nobody_said_is_said(written: Path) -> None:
    assert "no statement was found" in text_of(written, "app-prices-usd")


def test_each_page_is_light_and_carries_its_metadata(written: Path) -> None:
    for name in NAMES:
        data = (written / name / "index.html").read_bytes()
        assert len(gzip.compress(data)) < 20_000
        head = html.fromstring(data)
        address = head.xpath("//link[@rel='canonical']/@href")
        assert address == head.xpath("//meta[@name='citation_public_url']/@content")
        assert address[0].endswith(f"/f/{name}/")
        (date,) = head.xpath("//meta[@name='citation_publication_date']/@content")
        assert date.replace("/", "-") == real.site().reviewed
        described = json.loads(head.xpath("//script[@type='application/ld+json']/text()")[0])
        assert described["@graph"][0]["url"] == address[0]
        assert {path.name for path in (written / name).iterdir()} == {
            "index.html", "cite.bib", "cite.ris", "cite.json",
        }  # fmt: skip


def test_what_to_cite_is_offered_apart_and_together(written: Path) -> None:
    """For the value its source; for our record the record; for both, both."""
    page = html.parse(str(written / "peak-hours-utc" / "index.html")).getroot()
    assert [h.text for h in page.xpath("//section[@class='cite']/h3")] == [
        "Its sources", "Our record", "Both",
    ]  # fmt: skip
    formats = page.xpath("//*[@class='cite-format']/summary/text()")
    assert sorted(formats) == sorted(FORMATS)
    source, both = (
        "".join(page.xpath(f"//h3[@id='cite-{name}']/following-sibling::details/pre/text()"))
        for name in ("source", "both")
    )
    assert "@online{deepseek2026pricing1115," in source
    assert "@online{deepseek2026pricing1115," in both
    assert "@online{deepseek-v4-explained-peak-hours-utc," in both


def test_nothing_is_offered_that_is_not_there(written: Path) -> None:
    page = html.parse(str(written / "app-prices-usd" / "index.html")).getroot()
    titles = [h.text for h in page.xpath("//section[@class='cite']/h3")]
    assert ("Its sources" in titles) == bool(real.records()["facts"]["app-prices-usd"].sources)


def test_what_a_record_says_is_text_and_never_markup(written: Path) -> None:
    page = (written / "safety-parameter" / "index.html").read_text(encoding="utf-8")
    assert "&#34;safety_check&#34;" in page
