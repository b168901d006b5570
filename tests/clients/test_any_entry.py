"""Whatever an entry of the bibliography holds arrives in every file, and in the list of sources.

What a format cannot hold is named in docs/reference/cite.md, below the table of programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, unquote_plus

import pypandoc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import HealthCheck, Phase, given, settings
from lxml import html
from pybtex.database import Person, parse_string

from scripts.checks import bibliography as rules
from scripts.publish.bibliography import write_bibliography
from scripts.sources.references.coins import coins
from scripts.sources.site import Site
from tests.clients.any_entry import Wanted, balanced, bibliographies
from tests.clients.test_any_title import words
from tests.clients.test_bibliographies import bare, biber, straight
from tests.clients.test_matrix import STYLES, in_style, letters
from tests.clients.test_round_trip import untexed

Found = dict[str, Any]


@dataclass(frozen=True)
class Published:
    """Entries as they were meant, and what is written of them."""

    wanted: dict[str, Wanted]
    site: Site
    files: Path
    """Of the bibliography, without its extension."""

    def text(self, extension: str) -> str:
        return self.files.with_suffix(f".{extension}").read_bytes().decode("utf-8")

    @property
    def items(self) -> list[Found]:
        items: list[Found] = json.loads(self.text("json"))
        return items


DRAWS, AT_ONCE = 13, 10


def examples() -> list[Wanted]:
    """Entries, the same each time, for all tests at once: programs take longer to start than to
    read, and hypothesis to draw a hundred together than ten times ten."""
    drawn: list[tuple[Wanted, ...]] = []

    # Without shrinking: nothing fails here, and the first draw is of the smallest entries.
    @settings(
        max_examples=DRAWS,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(bibliographies(AT_ONCE))
    def draw(entries: tuple[Wanted, ...]) -> None:
        drawn.append(entries)

    draw()
    entries = [entry for entries in drawn[1:] for entry in entries]
    return [
        replace(entry, key=f"k{number}-2026", url=f"{entry.url}/{number}")
        for number, entry in enumerate(entries)
    ]


def published(entries: Iterable[Wanted], folder: Path) -> Published:
    wanted = {entry.key: entry for entry in entries}
    text = "\n".join(entry.bib for entry in wanted.values())
    (folder / "references.bib").write_text(text, encoding="utf-8")
    site = Site(root=folder, bib=text)
    write_bibliography(site, folder)
    return Published(wanted, site, folder / "reference" / "sources" / "bibliography")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Published:
    entries = examples()
    assert len(entries) >= 100
    assert {len(entry.authors) for entry in entries} >= {0, 1, 2, 3, 4, 60}
    assert len({entry.kind for entry in entries}) > 8 and any(entry.others for entry in entries)
    return published(entries, tmp_path_factory.mktemp("any"))


# ------------------------------------------------------------------------- what is compared


def plain(text: str) -> str:
    """Quotation marks and spaces are each format's own."""
    return re.sub(r"\s+", " ", straight(bare(text))).strip()


def people(entry: Wanted, others: str) -> list[tuple[str, ...]]:
    names = [name.arrives for name in entry.authors] + [(others, "", "")] * entry.others
    return [tuple(map(plain, name)) for name in names]


def of_csl(item: Found) -> list[tuple[str, ...]]:
    """Authors of CSL-JSON, in whichever way it divides them."""
    last = ("non-dropping-particle", "dropping-particle", "family", "literal")
    return [
        (
            plain(" ".join(name[part] for part in last if part in name)),
            plain(name.get("given", "")),
            name.get("suffix", ""),
        )
        for name in item.get("author", [])
    ]


def in_one_line(names: Iterable[tuple[str, ...]]) -> list[str]:
    """As RIS has them, which knows neither suffixes nor commas within a name."""
    return [re.sub("[(),]", "", " ".join(filter(None, name))) for name in names]


def date_of(item: Found) -> str:
    parts = item.get("issued", {}).get("date-parts", [])
    return "/".join("-".join(f"{number:02d}" for number in part) for part in parts)


def house_of(item: Found) -> str:
    return plain(item.get("container-title") or item.get("publisher", ""))


def assert_says(item: Found, entry: Wanted, others: str) -> None:
    """CSL-JSON says all that the entry does."""
    assert plain(item["title"]) == plain(entry.title), entry.key
    assert of_csl(item) == people(entry, others), entry.key
    assert date_of(item) == entry.date.rstrip("/"), entry.key
    assert item["URL"] == entry.url, entry.key
    assert house_of(item) == plain(entry.house), entry.key
    assert item.get("note", "") == entry.note, entry.key


# ------------------------------------------------------------------------- the tests


def test_the_check_takes_what_may_be_typed(written: Published) -> None:
    """Of all that is drawn, it asks for an author where there is none, and for nothing else."""
    root = written.site.root
    found = [p for p in rules.check(root / "references.bib", root) if p.level == "error"]
    without = [entry.key for entry in written.wanted.values() if not entry.authors]
    assert [problem.message.partition(":")[0] for problem in found] == without
    assert all("'author' is missing" in problem.message for problem in found)


def test_csl_json(written: Published) -> None:
    items = {item["id"]: item for item in written.items}
    assert items.keys() == written.wanted.keys()
    read = CiteProcJSON(written.items)
    for key, entry in written.wanted.items():
        assert_says(items[key], entry, "et al.")
        assert len(read[key].get("author", [])) == len(entry.authors) + entry.others, key


def test_biblatex_by_pandoc(written: Published) -> None:
    text = pypandoc.convert_text(written.text("bib"), to="csljson", format="biblatex")
    items = {item["id"]: item for item in json.loads(text)}
    assert items.keys() == written.wanted.keys()
    for key, entry in written.wanted.items():
        item = items[key]
        if not balanced(entry.title):  # it passes over a brace that has no other
            item["title"] = entry.title
        item["issued"] = {"date-parts": [p for p in item.get("issued", {}).get("date-parts", [])]}
        if entry.date.endswith("/"):
            assert item["issued"]["date-parts"].pop() == [0], "its sign for no end"
        assert_says(item, entry, "others")


def name_of(person: Person) -> tuple[str, ...]:
    last = person.prelast_names + person.last_names
    given = person.first_names + person.middle_names
    parts = (last, given, person.lineage_names)
    return tuple(plain(untexed(" ".join(part))) for part in parts)


def test_biblatex_by_pybtex(written: Published) -> None:
    entries = parse_string(written.text("bib"), "bibtex").entries
    assert set(entries) == set(written.wanted)
    for key, entry in written.wanted.items():
        fields = entries[key].fields
        assert plain(untexed(fields["title"])) == plain(entry.title), key
        assert plain(untexed(fields.get("note", ""))) == plain(entry.note), key
        assert fields.get("date", "") == entry.date, key
        assert fields["url"] == entry.url, key
        found = [name_of(person) for person in entries[key].persons.get("author", [])]
        assert found == people(entry, "others"), key
        houses = {plain(untexed(value)) for value in fields.values()}
        assert not entry.house or plain(entry.house) in houses, key


WITHOUT = re.compile(r"Missing mandatory field (?:- one of '(date), year'|'(author)')")


def test_biblatex_by_biber(written: Published, tmp_path: Path) -> None:
    """It asks for what is not known, and finds every field in its place."""
    for line in biber(written.files.with_suffix(".bib"), tmp_path):
        key, missing = re.search(r"Entry '([^']+)'", line), WITHOUT.search(line)
        assert key and missing, line
        entry = written.wanted[key[1]]
        assert not (entry.date if missing[1] else entry.authors), line


def test_ris_by_pandoc(written: Published) -> None:
    text = pypandoc.convert_text(written.text("ris"), to="csljson", format="ris")
    items = {item["id"]: item for item in json.loads(text)}
    assert items.keys() == written.wanted.keys()
    for key, entry in written.wanted.items():
        item = items[key]
        assert plain(item["title"]) == plain(entry.title), key
        assert in_one_line(of_csl(item)) == in_one_line(people(entry, "et al.")), key
        assert date_of(item)[:4] == entry.date[:4], key
        assert item["URL"] == entry.url, key
        assert house_of(item) == plain(entry.house), key


def test_ris_by_rispy(written: Published) -> None:
    items = {item["id"]: item for item in rispy.loads(written.text("ris"))}
    assert items.keys() == written.wanted.keys()
    for key, entry in written.wanted.items():
        item = items[key]
        assert plain(item["title"]) == plain(entry.title), key
        names = [(plain(name),) for name in item.get("authors", [])]
        assert in_one_line(names) == in_one_line(people(entry, "et al.")), key
        # It divides an address at a semicolon, and RIS has no range.
        assert ";".join(item["urls"]) == entry.url, key
        assert item.get("date", "").replace("/", "-") == entry.date.partition("/")[0], key
        assert plain(item.get("secondary_title") or item.get("publisher", "")) == plain(entry.house)
        assert " ".join(item.get("notes", [])) == entry.note, key


def test_marks_in_the_list_of_sources(written: Published) -> None:
    for key, entry in written.wanted.items():
        fields = parse_qs(coins(written.site.references[key]), strict_parsing=True)
        assert plain(fields["rft.title"][0]) == plain(entry.title), key
        names = [(plain(name),) for name in fields.get("rft.creator", [])]
        assert in_one_line(names) == in_one_line(people(entry, "et al.")), key
        path, mark, query = entry.url.partition("?")
        address = unquote(path) + mark + unquote_plus(query)
        assert unquote(fields["rft.identifier"][0]) == address, key


def test_the_list_of_sources(written: Published) -> None:
    """Title, address, names and who put it up, as HTML; the style leaves out notes."""
    for key, entry in written.wanted.items():
        page = html.fromstring(f"<div>{written.site.references[key].html}</div>")
        text = plain(page.text_content())
        assert words(entry.title) in words(text), key
        assert plain(entry.house).rstrip(".") in text, key
        for name in entry.authors[:3]:
            assert plain(name.last) in text and plain(name.given) in text, key
        assert [unquote(a.get("href")) for a in page.iter("a")] == [unquote(entry.url)], key


@pytest.mark.parametrize("name", STYLES)
def test_styles_print_it(written: Published, tmp_path: Path, name: str) -> None:
    printed = in_style(written.items, STYLES[name], tmp_path)
    for key, entry in written.wanted.items():
        text = letters(printed[key]).casefold()  # of "ß" a style makes "SS"
        first = entry.authors[0].last if entry.authors else ""
        for part in (entry.title, first, entry.url):
            assert letters(part).casefold() in text, (key, printed[key])


CALLS: tuple[Callable[[Wanted], bool], ...] = (
    lambda entry: not entry.date,
    lambda entry: "/" in entry.date,
    lambda entry: not balanced(entry.title),
    lambda entry: any("and" in name.last.split() for name in entry.authors),
    lambda entry: any(name.suffix and name.particle for name in entry.authors),
)


def test_what_is_drawn_is_awkward_enough(written: Published) -> None:
    for call in CALLS:
        assert any(map(call, written.wanted.values()))
