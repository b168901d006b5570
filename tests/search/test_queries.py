"""The list of queries that the search is measured with is in order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.problems import ROOT
from scripts.sources import pages as markdown

QUERIES = Path(__file__).with_name("queries.yml")
KINDS = {"words": 90, "question": 90}
"""The kinds of query, and how many of each there must be."""
FIELDS = {"q", "kind", "pages"}


@pytest.fixture(scope="module")
def queries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return found


def typed(query: dict[str, Any]) -> str:
    """What two queries must not share: width, case and spaces make no other query."""
    return " ".join(unicodedata.normalize("NFKC", query["q"]).casefold().split())


def test_each_has_its_fields_and_no_other(queries: list[dict[str, Any]]) -> None:
    wrong = [q for q in queries if not FIELDS <= set(q) <= FIELDS | {"note"}]
    assert wrong == []


def test_each_is_a_text_that_somebody_can_type(queries: list[dict[str, Any]]) -> None:
    wrong = [q["q"] for q in queries if not isinstance(q["q"], str) or not q["q"].strip()]
    assert wrong == []


def test_there_are_enough_of_each_kind(queries: list[dict[str, Any]]) -> None:
    count = Counter(q["kind"] for q in queries)
    assert set(count) == set(KINDS)
    assert len(queries) >= 200
    assert {kind: n for kind, n in count.items() if n < KINDS[kind]} == {}


def test_none_stands_twice(queries: list[dict[str, Any]]) -> None:
    assert [text for text, n in Counter(map(typed, queries)).items() if n > 1] == []


def test_each_names_one_to_three_pages_of_the_site(queries: list[dict[str, Any]]) -> None:
    docs = ROOT / "docs"
    known = {markdown.built_path(p.relative_to(docs).as_posix()) for p in docs.rglob("*.md")}
    wrong = {
        q["q"]: q["pages"]
        for q in queries
        if not 1 <= len(q["pages"]) <= 3
        or len(set(q["pages"])) < len(q["pages"])
        or not set(q["pages"]) <= known
    }
    assert wrong == {}
