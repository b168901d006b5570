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
from scripts.publish.citing import Printer
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
        assert described["url"] == address[0]
        assert {path.name for path in (written / name).iterdir()} == {
            "index.html", "cite.bib", "cite.ris", "cite.json",
        }  # fmt: skip


def test_what_a_record_says_is_text_and_never_markup(written: Path) -> None:
    page = (written / "safety-parameter" / "index.html").read_text(encoding="utf-8")
    assert "&#34;safety_check&#34;" in page
