"""Addresses of the place where the project is kept; none where nobody named it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from scripts.problems import ROOT
from scripts.sources import yaml12
from scripts.sources.forge import FIELDS, FORM, MAX_VALUE, Forge, forge

KEPT = Forge("https://git.example/who/what", "edit/main/")


def test_a_file_opens_at_its_line() -> None:
    assert KEPT.edit("data/facts/a b.yml", 12) == (
        "https://git.example/who/what/edit/main/data/facts/a%20b.yml#L12"
    )
    assert KEPT.edit("docs/index.md").endswith("/docs/index.md")


def test_the_form_is_filled_in_with_what_was_read() -> None:
    address = KEPT.report("https://site.example/f/x/", "facts/x", "A & B: 1 <2>", "2026.11")
    assert parse_qs(urlsplit(address).query) == {
        "template": [FORM],
        "page": ["https://site.example/f/x/"],
        "record": ["facts/x"],
        "value": ["A & B: 1 <2>"],
        "edition": ["2026.11"],
    }
    long = parse_qs(urlsplit(KEPT.report("p", value="x" * 999)).query)["value"][0]
    assert len(long) == MAX_VALUE


def test_every_field_that_is_filled_in_is_one_of_the_form() -> None:
    form = yaml12.read((ROOT / ".github/ISSUE_TEMPLATE" / FORM).read_text("utf-8")).content
    assert {item.get("id") for item in form["body"]} >= set(FIELDS)


@pytest.mark.parametrize("address", ["", None, "javascript:alert(1)", "git@host:x.git", "https://"])
def test_what_is_no_address_of_a_repository_links_nowhere(address: str | None) -> None:
    assert forge(address, "edit/main/docs/") is None


def test_without_edit_uri_errors_are_reported_and_nothing_is_edited() -> None:
    found = forge("https://git.example/who/what/", "")
    assert found == Forge("https://git.example/who/what")
    assert found.edit("docs/index.md") == ""
    assert found.report("page").startswith("https://git.example/who/what/issues/new?")
    assert forge("https://git.example/x", "edit/main/docs/") == Forge(
        "https://git.example/x", "edit/main/"
    )
