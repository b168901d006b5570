"""What is due, and in which order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scripts.checks import stale
from scripts.pages.passages import passages
from scripts.sources import site as sites
from scripts.sources.review import due, last_day
from scripts.sources.site import Site
from tests import real

HEAD = "reported_by: us, sources: [{key: first2026a}]"
FACTS = f"""defaults: {{topic: pricing, {HEAD}, review_days: 31}}
records:
  - {{id: seen-twice, label: Twice, value: 1, unit: count, as_of: 2026-08-01}}
  - {{id: seen-once, label: Once, value: 1, unit: count, as_of: 2026-04}}
  - {{id: seen-never, label: Never, value: 1, unit: count, as_of: 2026-04-01}}
  - {{id: fresh, label: Fresh, value: 1, unit: count, as_of: 2026-11-20}}
  - {{id: gone, label: Gone, value: 1, unit: count, as_of: 2026-01-01, status: superseded}}
  - {{id: sum, label: Sum, value: 2, unit: count, as_of: 2026-01-01, computed_from: ["fact:fresh"]}}
"""
TODAY = dt.date(2026, 11, 29)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    pages = {"a.md": "seen-twice", "b.md": "seen-twice", "c.md": "seen-once"}
    for name, fact in pages.items():
        text = f'---\ntitle: x\n---\n\n# x\n\nIt is {{{{ fact("{fact}") }}}}.\n'
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "facts.yml").write_text(FACTS, encoding="utf-8")
    bib = "@misc{first2026a, title = {First}, year = {2026}, url = {https://example.org/x}}\n"
    (tmp_path / "references.bib").write_text(bib, encoding="utf-8")
    return sites.read(tmp_path)


def test_most_read_first_then_longest_due(site: Site) -> None:
    found = stale.stale(site, passages(site), TODAY)
    assert [(item.id, item.pages) for item in found] == [
        ("seen-twice", 2), ("seen-once", 1), ("seen-never", 0),
    ]  # fmt: skip
    assert str(found[0]) == (
        "data/facts.yml:3: seen-twice: as of 2026-08-01, due since 2026-09-01, on 2 pages: Twice. "
        "Look at https://example.org/x"
    )
    assert found[1].since == dt.date(2026, 5, 31)  # April may mean its last day


def test_the_issue_lists_each_with_a_box(site: Site) -> None:
    text = stale.as_markdown(stale.stale(site, passages(site), TODAY), most=2)
    assert text.startswith("3 records are older") and text.count("- [ ] ") == 2
    assert text.endswith("And 1 more: `make stale`.\n")
    assert stale.summary(site, passages(site), dt.date(2026, 1, 1)) == ""


def test_only_prices_that_still_hold_are_due() -> None:
    for price in real.records()["prices"].values():
        holds = price.start is not None and price.end is None and price.status != "superseded"
        assert (due("prices", price) is not None) == holds, price.id


def test_a_partial_date_lasts_to_its_end() -> None:
    assert last_day("2026-02") == dt.date(2026, 2, 28)
    assert last_day("2024") == dt.date(2024, 12, 31)
    assert last_day("2026-12") == dt.date(2026, 12, 31)
