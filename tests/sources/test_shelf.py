"""What is kept is used only while all that it was made from is the same; noise is no result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.sources.records.loading import Dataset
from scripts.sources.shelf import Shelf, digest
from scripts.sources.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    records = Dataset({"facts": {"a": "one", "b": "two"}, "models": {"m": "x"}})
    return Site(tmp_path, records=records, shelf=Shelf(tmp_path / "kept", "code"))


def changed(site: Site, **facts: str) -> Site:
    return replace(site, records=Dataset({**site.records.collections, "facts": facts}))


def counted(site: Site, look: Any) -> list[int]:
    """A list that grows each time the thing is really made."""
    made: list[int] = []

    def make(seen: Site) -> str:
        made.append(1)
        return str(look(seen))

    site.kept("kind", "name", "inputs", make)
    site.kept("kind", "name", "inputs", make)
    return made


def test_it_is_made_once(site: Site) -> None:
    assert counted(site, lambda seen: seen.records["facts"]["a"]) == [1]


def test_a_record_that_was_looked_at_counts_and_no_other(site: Site) -> None:
    def look(seen: Site) -> Any:
        return seen.records["facts"]["a"]

    assert site.kept("k", "n", "i", look) == "one"
    assert changed(site, a="one", b="NEW").kept("k", "n", "i", lambda _: "again") == "one"
    assert changed(site, a="NEW", b="two").kept("k", "n", "i", look) == "NEW"


@pytest.mark.parametrize(
    "look",
    [
        lambda seen: list(seen.records["facts"]),
        lambda seen: list(seen.records["facts"].values()),
        lambda seen: sorted(seen.records["facts"].items()),
        lambda seen: len(seen.records["facts"]),
        lambda seen: "c" in seen.records["facts"],
        lambda seen: seen.records["facts"].get("c"),
    ],
)
def test_a_record_that_is_added_counts_for_who_looked_at_all_or_missed_it(
    site: Site, look: Any
) -> None:
    site.kept("k", "n", "i", lambda seen: str(look(seen)))
    after = changed(site, a="one", b="two", c="three")
    assert after.kept("k", "n", "i", lambda seen: "again") == "again"


def test_inputs_and_code_count(site: Site) -> None:
    site.kept("k", "n", "inputs", lambda _: "first")
    assert site.kept("k", "n", "other", lambda _: "second") == "second"
    newer = replace(site, shelf=replace(site.shelf, code="newer"))
    assert newer.kept("k", "n", "other", lambda _: "third") == "third"


def test_what_an_inner_thing_used_counts_for_the_outer(site: Site) -> None:
    def outer(seen: Site) -> str:
        return "(" + seen.kept("inner", "n", "i", lambda deep: deep.records["facts"]["a"]) + ")"

    for _ in range(2):  # the second time the inner one comes from the shelf
        assert site.kept("outer", "n", str(_), outer) == "(one)"
    assert changed(site, a="NEW").kept("outer", "n", "1", outer) == "(NEW)"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"\x00\xff" * 100,
        lambda data: data.replace(b"one", b"1ne"),
        lambda data: b"{}\n" + data,
        lambda data: b"0" * 32 + b"\n{}",
    ],
)
def test_a_damaged_or_foreign_file_is_made_again(site: Site, damage: Any) -> None:
    site.kept("k", "n", "i", lambda _: "one")
    (file,) = (site.root / "kept" / "k").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert site.kept("k", "n", "i", lambda _: "fresh") == "fresh"


def test_a_place_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where a folder should be")
    site = Site(tmp_path, shelf=Shelf(tmp_path / "kept", "code"))
    assert site.kept("k", "n", "i", lambda _: "made") == "made"


def test_where_one_text_ends_counts() -> None:
    assert digest("ab", "c") != digest("a", "bc")
