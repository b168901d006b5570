"""Dated editions: frozen on a branch, laid beside the newest pages, compared record by record."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from scripts.pages.here import Here
from scripts.pages.macros.editions import edition_list
from scripts.publish.editions import lay_into
from scripts.sources import editions
from scripts.sources.editions import Difference, compare
from scripts.sources.records.loading import load
from scripts.sources.site import Site
from tests.conftest import Project, make_project


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one edition, after which a value changed and a fact was added."""
    project = make_project(tmp_path_factory.mktemp("editions") / "project")
    config = project.root / "mkdocs.yml"
    text = re.sub(
        "(?m)^site_url: .*$", "site_url: https://explained.example/", config.read_text("utf-8")
    )
    config.write_text(text + 'extra:\n  edition: "2026.10"\n', encoding="utf-8")
    git(project.root, "init", "--quiet", "--initial-branch=main")
    git(project.root, "config", "user.name", "Test")
    git(project.root, "config", "user.email", "test@example.org")
    (project.root / ".gitignore").write_text(".cache/\nsite/\n__pycache__/\n", encoding="utf-8")
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message=First")
    done = project.run("edition")
    assert done.returncode == 0, done.stderr
    facts = project.root / "data/facts.yml"
    text = facts.read_text(encoding="utf-8")
    changed = text.replace("1600000000000", "1700000000000").replace("1.6 tr", "1.7 tr")
    assert changed != text
    facts.write_text(changed, encoding="utf-8")
    return project


def show(project: Project, path: str) -> str:
    return git(project.root, "show", f"editions:{path}")


def test_mike_keeps_the_edition_and_lists_it(edited: Project) -> None:
    (version,) = json.loads(show(edited, "versions.json"))
    assert version["version"] == "2026.10"
    assert re.fullmatch(r"2026\.10 \(\d{4}-\d\d-\d\d\)", version["title"])
    assert [edition.name for edition in editions.published(edited.root)] == ["2026.10"]


def test_a_page_of_an_edition_is_cited_there_and_leads_to_the_newest(edited: Project) -> None:
    page = show(edited, "2026.10/sub/other/index.html")
    assert '<link rel="canonical" href="https://explained.example/sub/other/">' in page
    (cited,) = json.loads(show(edited, "2026.10/sub/other/cite.json"))
    assert cited["URL"] == "https://explained.example/2026.10/sub/other/"
    assert re.fullmatch(r"2026\.10\+[0-9a-f]{7}", cited["version"])


def test_a_published_edition_never_changes(edited: Project) -> None:
    before = git(edited.root, "rev-parse", "editions")
    done = edited.run("edition")
    assert done.returncode == 1
    assert re.search(r"^mkdocs\.yml:\d+: edition 2026\.10 is published and never", done.stderr)
    assert git(edited.root, "rev-parse", "editions") == before


def test_a_name_that_is_no_edition_is_told_with_its_line(project: Project) -> None:
    config = project.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + 'extra:\n  edition: "2026.13"\n', encoding="utf-8")
    done = project.run("edition")
    line = len(text.splitlines()) + 2
    assert done.returncode == 1
    assert f"mkdocs.yml:{line}: edition '2026.13' is not a name" in done.stderr


def test_what_is_not_committed_is_no_edition(project: Project) -> None:
    config = project.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "extra: {}\n", encoding="utf-8")
    git(project.root, "init", "--quiet")
    git(project.root, "config", "user.name", "Test")
    git(project.root, "config", "user.email", "test@example.org")
    (project.root / ".gitignore").write_text(".cache/\nsite/\n__pycache__/\n", encoding="utf-8")
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message=First")
    assert editions.uncommitted(project.root) == []
    text = config.read_text("utf-8").replace("extra: {}", 'extra:\n  edition: "2026.10"')
    config.write_text(text, encoding="utf-8")
    project.write("data/new.yml", "records: []")
    done = project.run("edition")
    assert done.returncode == 1
    assert "commit or take back: data/new.yml, mkdocs.yml" in done.stderr
    assert editions.published(project.root) == []


def test_the_build_lays_editions_beside_the_newest_pages(edited: Project) -> None:
    done = edited.run("build")
    assert done.returncode == 0, done.stderr
    site = edited.root / "site"
    assert (site / "2026.10/index.html").read_text(encoding="utf-8") == show(
        edited, "2026.10/index.html"
    )
    assert (site / "versions.json").is_file()
    assert '"https://explained.example/2026' not in (site / "index.html").read_text(
        encoding="utf-8"
    )


def test_what_changed_since_an_edition(edited: Project) -> None:
    (edition,) = editions.published(edited.root)
    data, problems = load(edited.root / "data", edited.root)
    assert not problems
    then = editions.records_of(edition, edited.root)
    assert compare(then, editions.records_now(data)) == [
        Difference(
            "facts",
            "total-parameters",
            "changed",
            (("value", "1600000000000", "1700000000000"),),
        )
    ]


def test_no_edition_is_said_plainly(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert editions.published(tmp_path) == []
    assert "No dated edition has been published" in edition_list(Here(Site(tmp_path)))


def test_a_page_must_not_hide_an_edition(edited: Project, tmp_path: Path) -> None:
    (tmp_path / "2026.10").mkdir()
    with pytest.raises(editions.EditionError, match=r"has the address of the edition 2026\.10"):
        lay_into(tmp_path, edited.root)


ROW = {"id": "a", "value": 1, "note": "n", "sources": [{"key": "k"}], "as_of": "2026-04-24"}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"a": ROW}, []),
        ({"a": {**ROW, "note": "m", "sources": [], "as_of": "2026-05-01"}}, []),
        ({"a": {**ROW, "value": 2}}, [Difference("facts", "a", "changed", (("value", "1", "2"),))]),
        (
            {"a": {**ROW, "status": "disputed"}},
            [Difference("facts", "a", "changed", (("status", "–", "disputed"),))],
        ),
        ({"a": ROW, "b": ROW}, [Difference("facts", "b", "added")]),
        ({}, [Difference("facts", "a", "removed")]),
    ],
)
def test_only_what_is_said_of_the_world_counts(now, expected) -> None:
    assert compare({"facts": {"a": ROW}}, {"facts": now}) == expected


def test_prices_and_spec_sheets_are_compared_cell_by_cell() -> None:
    then = {
        "prices": {"p": {"id": "p", "rates": {"output": 1.0, "cache_hit": 0.1}}},
        "models": {"m": {"id": "m", "specs": {"layers": {"value": 61, "sources": [1]}}}},
    }
    now = {
        "prices": {"p": {"id": "p", "rates": {"output": 2.0, "cache_hit": 0.1}}},
        "models": {"m": {"id": "m", "specs": {"layers": {"value": 62, "sources": [2]}}}},
    }
    assert [item.fields for item in compare(then, now)] == [
        (("rates.output", "1.0", "2.0"),),
        (("specs.layers.value", "61", "62"),),
    ]


def test_a_collection_that_is_new_since_is_no_difference() -> None:
    assert compare({}, {"facts": {"a": ROW}}) == []
