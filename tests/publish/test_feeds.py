"""The feeds tell what is new on the site: once, by the day it came in, under an id that stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scripts.publish import calendar
from scripts.publish.happenings import Happening, happenings
from scripts.sources.records.loading import Dataset
from scripts.sources.site import Site
from tests import real

APRIL = "correction-mmlu-pro"


@pytest.fixture(scope="module")
def site() -> Site:
    """The real one, in which everything but one correction and two sources is old."""
    whole = real.site()
    old = {
        f"{name}/{record}": "2026-11-24"
        for name, records in whole.records.collections.items()
        for record in records
    }
    sources = dict.fromkeys((f"@{key}" for key in whole.references), "2026-11-24")
    late = dict.fromkeys(list(sources)[:2], "2026-11-30")
    return replace(whole, entered={**old, **sources, **late, f"corrections/{APRIL}": "2026-11-30"})


def by_id(found: list[Happening]) -> dict[str, Happening]:
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}


def test_what_was_found_today_about_april_comes_first(site: Site) -> None:
    found = happenings(site)
    entry = by_id(found)[f"deepseek-v4-explained/corrections/{APRIL}"]
    assert entry in found[:2]
    assert entry.entered == "2026-11-30" and entry.date == "2026-04-24"
    assert "April 24, 2026" in entry.text and entry.category == "corrections"


def test_new_sources_are_one_entry_a_day(site: Site) -> None:
    days = [one for one in happenings(site) if one.category == "new sources"]
    assert [one.entered for one in days] == ["2026-11-30", "2026-11-24"]
    assert days[0].title == "2 new sources on November 30, 2026"


def test_a_rise_of_prices_is_one_entry(site: Site) -> None:
    rise = [
        one
        for one in happenings(site)
        if one.category == "prices" and one.date == "2026-08-16" and "DeepSeek" in one.title
    ]
    assert len(rise) == 1
    assert "deepseek-v4-flash" in rise[0].text and "deepseek-v4-pro" in rise[0].text


def test_ids_stay_when_the_site_moves_and_a_day_becomes_known(site: Site) -> None:
    event = next(one for one in site.records["events"].values() if one.major)
    changed = event.model_copy(update={"date": f"{event.date[:4]}-12-31"})
    events = {**site.records["events"], event.id: changed}
    records = Dataset({**site.records.collections, "events": events}, site.records.places)
    moved = replace(site, url="https://elsewhere.org/", records=records)
    assert by_id(happenings(moved)).keys() == by_id(happenings(site)).keys()


def test_scores_are_told_in_names(site: Site) -> None:
    for one in happenings(site):
        if one.category == "scores":
            assert not any(model in one.title for model in ("v4-flash-0731", "v4-pro,"))


def test_without_a_history_each_has_its_own_day(site: Site) -> None:
    found = by_id(happenings(replace(site, entered={})))
    assert found[f"deepseek-v4-explained/corrections/{APRIL}"].entered == "2026-04-24"
    assert not any(one.category == "new sources" for one in found.values())


@pytest.mark.parametrize("text", ["a" * 200, "深度求索" * 40, "x"])
def test_long_lines_are_folded_between_characters(text: str) -> None:
    folded = calendar.folded(text)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text
