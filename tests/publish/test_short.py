"""Short addresses: they lead to a fact, a figure or a page, also after a page has moved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.publish import short
from scripts.sources.records.loading import Dataset
from tests import real


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "page-home"),
        ("pricing/", "page-pricing"),
        ("pricing/rivals/", "page-pricing-rivals"),
        ("release/first-day-story/", "page-release-first-day-story"),
    ],
)
def test_a_page_has_an_id(url: str, name: str) -> None:
    assert short.page_name(url) == name


def test_a_page_that_moved_keeps_its_short_address(tmp_path: Path, empty: Dataset) -> None:
    short.write(
        empty,
        {"costs": "money/"},
        {"money/": "What it costs & why"},
        {"pricing/": "money/"},
        "https://our.example/v4/",
        tmp_path,
    )
    for name, target in (
        ("page-money", "money/"),
        ("page-pricing", "money/"),
        ("fig-costs", "money/#fig-costs"),
    ):
        text = (tmp_path / "f" / name / "index.html").read_text(encoding="utf-8")
        assert re.findall(r'url=([^"]+)"', text) == [f"../../{target}"]
        assert f'rel="canonical" href="https://our.example/v4/{target}"' in text
    assert "What it costs &amp; why" in (tmp_path / "f/page-pricing/index.html").read_text("utf-8")


def test_every_record_has_one(tmp_path: Path) -> None:
    """Beside the facts, which have a page there; a fact goes before a term of the same id."""
    site = real.site()
    short.write(site.records, {}, {}, {}, "https://our.example/", tmp_path)
    facts = site.records["facts"]
    for collection in ("prices", "results", "events", "models", "chips", "glossary", "rumors"):
        for name in site.records[collection]:
            file = tmp_path / "f" / name / "index.html"
            assert file.is_file() != (name in facts), name
            if name not in facts:
                assert f'#{name}"' in file.read_text("utf-8")


@pytest.fixture
def empty() -> Dataset:
    return Dataset()
