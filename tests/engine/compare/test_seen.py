"""What a browser tells of two states: pictures of changed pages, figures of the search."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.engine.compare import differ, run, seen, trees, words
from scripts.engine.compare.found import Found
from scripts.publish.book import pdf
from tests.contributions import base

browser = pytest.mark.skipif(not pdf.browser(), reason="no Chromium; see README.md")
PAGE = "<!doctype html><html><body style='background:{}'><h1>A page</h1></body></html>"


def git(root: Path, *words: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *names, *words], cwd=root, check=True, capture_output=True)


def built(root: Path, **colors: str) -> None:
    """A site of pages that are told apart by their color alone."""
    for name, color in colors.items():
        folder = root / "site" / ("" if name == "home" else name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(PAGE.format(color), "utf-8")


@pytest.fixture
def states(tmp_path: Path) -> tuple[Path, Path]:
    """Two commits: a page changed, one that is new, and one whose words only were moved."""
    after = base.make(tmp_path / "after")
    git(after, "init", "-q")
    (after / "docs/moved.md").write_text(base.PAGE, "utf-8")
    git(after, "add", "-A")
    git(after, "commit", "-qm", "Before")
    for name in ("index.md", "moved.md"):
        page = after / "docs" / name
        page.write_text(page.read_text("utf-8") + "\nMore words.\n", "utf-8")
    (after / "docs/fresh.md").write_text(base.PAGE.replace("Everything", "Fresh"), "utf-8")
    git(after, "add", "-A")
    git(after, "commit", "-qm", "After")
    with trees.folder("HEAD~1", after) as old:
        before = Path(shutil.copytree(old, tmp_path / "before"))
    built(before, home="white", moved="white", everything="white")
    built(after, home="silver", moved="white", everything="white", fresh="white")
    moved = after / "site/moved/index.html"
    moved.write_text(moved.read_text("utf-8").replace("</h1>", "</h1 >"), "utf-8")
    return before, after


def test_changed_pages_are_those_whose_built_page_is_another(states: tuple[Path, Path]) -> None:
    sites = [tree / "site" for tree in states]
    found = differ.compare(*states)
    assert set(seen.changed(found, *sites)) == {"/", "/fresh/", "/moved/"}
    assert seen.changed(found, sites[0], sites[0]) == []
    (sites[1] / "assets/stylesheets").mkdir(parents=True)
    (sites[1] / "assets/stylesheets/frame.css").write_text("p {}", "utf-8")
    assert seen.changed(Found(), *sites) == ["/"]


@browser
def test_pictures_show_what_looks_different(
    states: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into, file = tmp_path / "pictures", tmp_path / "found.json"
    before, after = map(str, states)
    assert run.main([before, after, "--json", str(file), "--pictures", str(into)]) == 0
    taken = {(p.url, p.width): (p.old, p.new) for p in run.read(file).pictures}
    assert len(taken) == 3 * len(seen.WIDTHS)
    assert taken["/", 1280] == ("home-1280-before.png", "home-1280-after.png")
    assert taken["/fresh/", 390] == ("", "fresh-390-after.png")
    assert taken["/moved/", 390] == ("", "")
    names = {name for pair in taken.values() for name in pair if name}
    assert {path.name for path in into.iterdir()} == names | {"index.html"}
    assert all((into / name).read_bytes().startswith(b"\x89PNG") for name in names)
    assert run.main(["--comment", str(file)]) == 0
    said = capsys.readouterr().out
    assert "| `/` | 390 px | `home-390-before.png` | `home-390-after.png` |" in said
    assert "| `/moved/` | 390 px | looks the same, down to" in said


def test_without_a_browser_it_is_said(
    states: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "browser", lambda: None)
    into = tmp_path / "pictures"
    sites = [tree / "site" for tree in states]
    found = seen.seen(differ.compare(*states), states[1], *sites, into)
    assert not into.exists() and not found.pictures
    assert "Left out: `no pictures and no search figures: no Chromium" in words.comment(found)


def test_at_most_ten_pages_and_the_rest_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [f"/{number}/" for number in range(12)]
    monkeypatch.setattr(pdf, "browser", lambda: "here")
    monkeypatch.setattr(seen, "changed", lambda *_: urls)
    monkeypatch.setattr(seen, "_shots", lambda *_: iter(()))
    found = seen.seen(Found(), tmp_path, tmp_path / "a", tmp_path / "b", tmp_path / "pictures")
    assert [p.url for p in found.pictures[::2]] == urls[:10]
    assert found.left_out == ["no pictures of 2 more changed pages"]


def test_the_search_is_asked_the_same_queries_before_and_after(
    states: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (tree / "site" for tree in states)
    file = states[1] / "tests/search/queries.yml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "- {q: price, kind: words, pages: [a/]}\n- {q: chips, kind: words, pages: [b/]}\n", "utf-8"
    )
    for site in (before, after):
        (site / "search").mkdir()
        (site / "search/pages.json").write_text("[]", "utf-8")
    hits = {before: [["a/"], ["x/", "b/"]], after: [["a/"], ["b/"]]}
    asked = []

    def answers(site: Path, words: list[str]) -> list[list[str]]:
        asked.append(words)
        return hits[site]

    monkeypatch.setattr(seen, "answers", answers)
    figures = {f.measure: (f.old, f.new) for f in seen.search(states[1], before, after)}
    assert asked == [["price", "chips"]] * 2
    assert figures["first"] == (0.5, 1.0)
    assert figures["in three"] == (1.0, 1.0)
    said = words.comment(Found.model_validate({"search": [
        {"kind": "words", "measure": name, "old": was, "new": now}
        for name, (was, now) in figures.items()
    ]}))  # fmt: skip
    assert "| `words` | `first` | 0.500 | 1.000 | +0.500 |" in said
    assert "`in three`" not in said
    (after / "search/pages.json").unlink()
    assert seen.search(states[1], before, after) == []
