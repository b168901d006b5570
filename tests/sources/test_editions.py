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


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, edited: Project) -> Project:
    """The same a month later: the changed value is committed, a page has moved, and the site is
    built with two editions beside it."""
    root = tmp_path_factory.mktemp("second") / "project"
    git(root.parent, "clone", "--quiet", str(edited.root), str(root))
    git(root, "fetch", "--quiet", "origin", "editions:editions")
    project = Project(root)
    git(root, "config", "user.name", "Test")
    git(root, "config", "user.email", "test@example.org")
    facts = root / "data/facts.yml"
    facts.write_text((edited.root / "data/facts.yml").read_text("utf-8"), encoding="utf-8")
    git(root, "mv", "docs/sub/other.md", "docs/sub/moved.md")
    home = root / "docs/index.md"
    home.write_text(home.read_text("utf-8").replace("sub/other", "sub/moved"), encoding="utf-8")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8").replace('edition: "2026.10"', 'edition: "2026.11"')
    moved = "  - redirects:\n      redirect_maps:\n        sub/other.md: sub/moved.md\n"
    config.write_text(text.replace("plugins:\n", f"plugins:\n{moved}"), encoding="utf-8")
    git(root, "commit", "--quiet", "--all", "--message=Second")
    for verb in ("edition", "build"):
        done = project.run(verb)
        assert done.returncode == 0, done.stderr
    return project


def test_two_editions_stand_side_by_side(second: Project) -> None:
    site = second.root / "site"
    assert [edition.name for edition in editions.published(second.root)] == ["2026.11", "2026.10"]
    for name, said in (("2026.10", "1.6 trillion"), ("2026.11", "1.7 trillion")):
        folder = site / name / "f/total-parameters"
        assert f'<p class="value">{said}</p>' in (folder / "index.html").read_text("utf-8")
        (cited,) = json.loads((folder / "cite.json").read_text("utf-8"))
        assert cited["URL"] == f"https://explained.example/{name}/f/total-parameters/"
        assert re.fullmatch(re.escape(name) + r"\+[0-9a-f]{7}", cited["version"])
        assert said in cited["title"]
        data = json.loads((site / name / "data/facts.json").read_text("utf-8"))
        assert data["edition"] == name
        assert said in {record.get("display") for record in data["records"]}


def test_a_page_that_moved_is_where_it_was_in_the_edition_before(second: Project) -> None:
    site = second.root / "site"
    then = (site / "2026.10/sub/other/index.html").read_text("utf-8")
    assert "It is another page." in then
    assert not (site / "2026.10/sub/moved").exists()
    assert "It is another page." in (site / "2026.11/sub/moved/index.html").read_text("utf-8")
    for place in ("", "2026.11/"):
        assert "../moved/" in (site / f"{place}sub/other/index.html").read_text("utf-8")


def test_each_edition_says_what_has_changed_since(second: Project) -> None:
    data, problems = load(second.root / "data", second.root)
    assert not problems
    now = editions.records_now(data)
    newest, oldest = editions.published(second.root)
    assert compare(editions.records_of(newest, second.root), now) == []
    (changed,) = compare(editions.records_of(oldest, second.root), now)
    assert changed.fields == (("value", "1600000000000", "1700000000000"),)
    listed = edition_list(Here(Site(second.root)))
    assert listed.index("2026.11") < listed.index("2026.10")
