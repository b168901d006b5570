"""The page of the last run, and archived copies beside the entries, in a small built site."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import rispy
from lxml import html

from scripts.links.outside import record
from scripts.links.outside.model import Finding, Link, Place, Verdict
from scripts.pages.here import Here
from scripts.pages.macros import link_state
from scripts.problems import ROOT
from scripts.sources import link_record
from scripts.sources.references import bibliography
from scripts.sources.references.writing import set_fields
from scripts.sources.site import Site
from tests.conftest import Project, make_project

COPY = "https://web.archive.org/web/20261120101010/https://www.technologyreview.com/x_y_z"
DAY = dt.date(2026, 11, 30)
ODD = "https://a.org/*a*_b_`c`[d](e)|f{{g}}?x=1&y=<2>"


def found(verdict: Verdict, url: str, *places: Place, **more: object) -> Finding:
    return Finding(Link(url, places), verdict, "why", **more)


SOURCE = Place("references.bib", 14, 15, "chen2026three")
FINDINGS = [
    found(Verdict.ALIVE, "https://a.org/good", Place("docs/index.md", 1)),
    found(Verdict.DEAD, "https://a.org/dead", SOURCE, failing_days=(dt.date(2026, 11, 9), DAY)),
    found(Verdict.UNVERIFIABLE, ODD, Place("docs/index.md", 1), archive=COPY),
]


# ---------------------------------------------------------------- the record


def test_the_record_counts_all_and_lists_what_is_not_alive() -> None:
    made = record.make(FINDINGS, None, DAY)
    assert made.counts == {Verdict.ALIVE: 1, Verdict.DEAD: 1, Verdict.UNVERIFIABLE: 1}
    assert [(link.url, link.key, link.file, link.since) for link in made.links] == [
        ("https://a.org/dead", "chen2026three", "", dt.date(2026, 11, 9)),
        (ODD, "", "docs/index.md", DAY),
    ]


def test_a_verdict_that_lasts_keeps_its_first_day() -> None:
    first = record.make(FINDINGS, None, DAY)
    again = record.make(FINDINGS, first, DAY + dt.timedelta(7))
    assert [link.since for link in again.links] == [link.since for link in first.links]
    assert again.date == DAY + dt.timedelta(7)
    other = [found(Verdict.MOVED, ODD, Place("docs/index.md", 1))]
    assert record.make(other, first, DAY + dt.timedelta(7)).links[0].since > DAY


def test_a_run_that_asked_nothing_is_no_run() -> None:
    unchecked = found(Verdict.UNCHECKED, "https://a.org/x", Place("docs/index.md", 1))
    with pytest.raises(ValueError, match="no link was checked"):
        record.make([unchecked], None, DAY)
    made = record.make([*FINDINGS, unchecked], None, DAY)
    assert made.counts[Verdict.UNCHECKED] == 1
    assert "https://a.org/x" not in [link.url for link in made.links]


def test_the_record_reads_back_and_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "last-run.json"
    made = record.make(FINDINGS, None, DAY)
    file.write_text(record.dump(made), encoding="utf-8")
    assert link_record.load(file) == made
    assert record.dump(record.make(reversed(FINDINGS), None, DAY)) == record.dump(made)
    assert link_record.load(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a record"),
        ("[]", "not a record"),
        ('{"date": "2026-11-30", "counts": {"perfect": 1}, "links": []}', "counts.perfect"),
        ('{"date": "2026-11-30", "counts": {"dead": -1}, "links": []}', "counts.dead"),
        (
            '{"date": "2026-11-30", "counts": {}, "links": [{"url": "javascript:x", '
            '"verdict": "dead", "since": "2026-11-30"}]}',
            "not a web address",
        ),
    ],
)
def test_a_damaged_record_is_told_with_a_remedy(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / link_record.FILE
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="restore it from git") as caught:
        link_state.link_state(Here(Site(tmp_path)))
    assert words in str(caught.value)


def test_without_a_run_the_page_says_so(tmp_path: Path) -> None:
    text = link_state.link_state(Here(Site(tmp_path)))
    assert "No run over the outside links is on record yet" in text
    assert not any(character.isdigit() for character in text), "no invented figure"


def test_the_project_s_own_record_can_be_read() -> None:
    link_record.load(ROOT / link_record.FILE)


def test_every_verdict_is_explained() -> None:
    assert set(link_state.MEANINGS) == set(Verdict)


# ---------------------------------------------------------------- a built site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("page") / "project")
    bib = project.root / "references.bib"
    values = {"archiveurl": COPY, "archivedate": "2026-11-20"}
    text = set_fields(bib.read_text(encoding="utf-8"), "chen2026three", values)
    bib.write_text(text, encoding="utf-8")
    file = project.root / "data" / "links" / "last-run.json"
    file.parent.mkdir()
    file.write_text(record.dump(record.make(FINDINGS, None, DAY)), encoding="utf-8")
    project.page("reference/sources.md", "{{ full_bibliography() }}\n")
    project.page("reference/links.md", "{{ link_state() }}\n\n{{ link_verdicts() }}\n")
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    return project


def page(project: Project, address: str) -> html.HtmlElement:
    text = (project.root / "site" / address / "index.html").read_text(encoding="utf-8")
    return html.fromstring(text)


def rows(table: html.HtmlElement) -> list[list[str]]:
    return [[cell.text_content().strip() for cell in row] for row in table.xpath(".//tbody/tr")]


def test_the_page_shows_date_counts_and_what_is_not_alive(built: Project) -> None:
    content = page(built, "reference/links")
    assert "November 30, 2026" in content.text_content()
    counts, listed, verdicts = content.xpath("//div[@role='main']//table")
    assert rows(counts) == [["alive", "1"], ["refuses robots", "1"], ["dead", "1"]]
    assert rows(listed) == [
        [
            "Three reasons why DeepSeek’s new model mattershttps://a.org/dead",
            "dead",
            "2026-11-09",
            "archived copy",
        ],
        [f"{ODD}in docs/index.md", "refuses robots", "2026-11-30", "archived copy"],
    ]
    assert len(rows(verdicts)) == len(Verdict)


def test_odd_addresses_arrive_unchanged(built: Project) -> None:
    hrefs = page(built, "reference/links").xpath("//div[@role='main']//table//a/@href")
    assert hrefs == ["../sources/#chen2026three", "https://a.org/dead", COPY, ODD, COPY]


@pytest.mark.parametrize("address", ["reference/sources", "sub/other"])
def test_the_copy_stands_beside_the_live_link(built: Project, address: str) -> None:
    links = page(built, address).xpath("//a[@class='ref-archived']")
    assert [(link.get("href"), link.text) for link in links] == [(COPY, "archived 2026-11-20")]
    entry = links[0].getparent()
    assert "technologyreview.com/2026/04/24" in entry.text_content()
    name = links[0].get("aria-label")
    assert name == "archived 2026-11-20: Three reasons why DeepSeek’s new model matters"


def test_sources_without_a_copy_say_nothing(built: Project) -> None:
    entries = page(built, "reference/sources").xpath("//ul[@class='bibliography']/li")
    assert len(entries) == 3
    assert sum("archived" in entry.text_content() for entry in entries) == 1


def test_downloads_name_the_copy(built: Project) -> None:
    folder = built.root / "site" / "reference" / "sources"
    items = json.loads((folder / "bibliography.json").read_text(encoding="utf-8"))
    (item,) = [item for item in items if "archive" in item]
    assert item["id"] == "chen2026three"
    assert (item["archive"], item["archive_location"]) == ("web.archive.org", COPY)
    entries = rispy.loads((folder / "bibliography.ris").read_text(encoding="utf-8"))
    (entry,) = [entry for entry in entries if COPY in entry.get("urls", [])]
    assert len(entry["urls"]) == 2
    assert COPY in (folder / "bibliography.bib").read_text(encoding="utf-8")


def test_a_copy_without_its_day(tmp_path: Path) -> None:
    file = tmp_path / "references.bib"
    file.write_text(
        "@online{a, author = {{O}}, title = {T}, url = {https://a.org}, urldate = {2026-11-23},\n"
        f"  archiveurl = {{{COPY}}}, keywords = {{press}}}}\n",
        encoding="utf-8",
    )
    reference = bibliography.load(file.read_text(encoding="utf-8"))["a"]
    assert (reference.archive, reference.archive_date) == (COPY, "")
    assert ">archived</a>" in reference.archived_html
