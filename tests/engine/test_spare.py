"""Two folders take turns: what a build writes anew is little, and what stands is never older."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.engine.test_drills import built, whole

SPARE = ".cache/spare"
RARE = "sources/index.html"
"""A page that no edit here changes."""


def build(project: Project) -> str:
    """Build, and a hash of what stands then."""
    status, said = built(project)
    assert status == 0, said
    return whole(project.root / "site")


def anew(project: Project) -> str:
    """The same sources, with nothing to begin with."""
    shutil.rmtree(project.root / ".cache")
    shutil.rmtree(project.root / "site")
    return build(project)


def number(path: Path) -> int:
    """Another one if a file was written again at its place, or its folder."""
    return path.stat().st_ino


@pytest.fixture
def waiting(project: Project) -> Project:
    """A project whose next build finds a folder that waits."""
    project.page("one.md", "Some words.\n\n![A dot](dot.svg)\n")
    project.write("docs/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
    build(project)
    edit(project, "one.md", "Some words", "Other words")
    build(project)
    assert (project.root / SPARE / RARE).is_file()
    return project


def edit(project: Project, page: str, old: str, new: str) -> None:
    path = project.root / "docs" / page
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_word_costs_its_page_and_gives_what_a_first_build_gives(waiting: Project) -> None:
    kept = number(waiting.root / SPARE / RARE)
    changed = number(waiting.root / SPARE / "one/index.html")
    edit(waiting, "one.md", "Other words", "New words")
    site = waiting.root / "site"
    stood = (site / RARE).stat().st_mtime_ns, (waiting.root / SPARE / RARE).stat().st_mtime_ns
    now = build(waiting)
    assert number(site / RARE) == kept and (site / RARE).stat().st_mtime_ns == stood[1]
    assert "New words" in (site / "one/index.html").read_text(encoding="utf-8")
    assert number(site / "one/index.html") == changed  # its folder waited, too
    assert now == anew(waiting)


def gone_page(project: Project) -> None:
    (project.root / "docs/one.md").unlink()


def gone_picture(project: Project) -> None:
    edit(project, "one.md", "![A dot](dot.svg)", "No dot.")
    (project.root / "docs/dot.svg").unlink()


def new_picture_as_old_as_before(project: Project) -> None:
    path = project.root / "docs/dot.svg"
    before = path.stat()
    text = path.read_text(encoding="utf-8").replace("/>", ">\n</svg>")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def record_with_another_value(project: Project) -> None:
    path = next((project.root / "data").rglob("facts*"))
    for file in [path] if path.is_file() else sorted(path.rglob("*.yml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Total parameters", "All parameters"), encoding="utf-8")


@pytest.mark.parametrize(
    "change", [gone_page, gone_picture, new_picture_as_old_as_before, record_with_another_value]
)
def test_nothing_older_stays(waiting: Project, change: Callable[[Project], None]) -> None:
    before = whole(waiting.root / "site")
    change(waiting)
    now = build(waiting)
    assert now != before
    assert now == anew(waiting)


def noise(project: Project) -> None:
    (project.root / ".cache/spare.json").write_bytes(b"\x00\xff no record")


def another_shape(project: Project) -> None:
    path = project.root / ".cache/spare.json"
    said = json.loads(path.read_bytes())
    said["files"] = list(said["files"])
    path.write_text(json.dumps(said), encoding="utf-8")


def touched(project: Project) -> None:
    path = project.root / SPARE / RARE
    path.write_bytes(path.read_bytes().replace(b"<body", b"<bad>"))


def one_too_many(project: Project) -> None:
    (project.root / SPARE / "book").mkdir()
    (project.root / SPARE / "book/old.pdf").write_bytes(b"%PDF")


def one_too_few(project: Project) -> None:
    (project.root / SPARE / RARE).unlink()


def a_file_in_its_place(project: Project) -> None:
    shutil.rmtree(project.root / SPARE)
    (project.root / SPARE).write_text("no folder", encoding="utf-8")


@pytest.mark.parametrize(
    "harm", [noise, another_shape, touched, one_too_many, one_too_few, a_file_in_its_place]
)
def test_a_folder_that_is_not_as_it_was_left_is_made_again(
    waiting: Project, harm: Callable[[Project], None]
) -> None:
    before = whole(waiting.root / "site")
    harm(waiting)
    assert build(waiting) == before
    assert build(waiting) == before  # what was put aside is no worse


def test_what_somebody_lays_into_the_site_goes_with_it(waiting: Project) -> None:
    """As ``make book`` does: the folder does not come back with an old book."""
    before = whole(waiting.root / "site")
    (waiting.root / "site/book").mkdir()
    (waiting.root / "site/book/old.pdf").write_bytes(b"%PDF")
    for _ in range(3):
        assert build(waiting) == before


def test_a_mistake_leaves_the_site_and_the_next_build_whole(waiting: Project) -> None:
    before = whole(waiting.root / "site")
    edit(waiting, "one.md", "Other words", "Other words [@nobody2026]")
    status, said = built(waiting)
    assert status == 1 and "unknown citation key" in said
    assert whole(waiting.root / "site") == before
    edit(waiting, "one.md", " [@nobody2026]", "")
    assert build(waiting) == before
