"""What may befall a build: kills, full and closed disks, two at once, other umasks and clocks.

Each time there is a clear sentence or it works, and the last good site stays whole throughout.
"""

from __future__ import annotations

import hashlib
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.engine import swap
from tests.conftest import Project, make_project


def whole(site: Path) -> str:
    """A hash of all that a site is, files and names."""
    total = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def started(project: Project, before: Callable[[], None] | None = None, **more: str):
    """A build in a group of its own, so that all its processes can be killed at once."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(project.root),
        "SITE_URL": "",
        "SOURCE_DATE_EPOCH": "1790000000",  # as a commit has: the same sources give the same site
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "scripts", "build"],
        cwd=project.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=before,
    )


def built(project: Project, before: Callable[[], None] | None = None, **more: str):
    process = started(project, before, **more)
    out, error = process.communicate(timeout=120)
    assert "Traceback" not in error, error
    return process.returncode, out + error


def left_aside(project: Project) -> list[str]:
    return [path.name for path in (project.root / ".cache").glob("site-*")]


@pytest.fixture
def good(project: Project) -> tuple[Project, str]:
    """A project with a last good site."""
    status, said = built(project)
    assert status == 0, said
    return project, whole(project.root / "site")


@pytest.mark.parametrize("seconds", [0.4, 1.2, 2.0])
def test_killed_and_cleared_up(good: tuple[Project, str], seconds: float) -> None:
    project, before = good
    process = started(project)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert whole(project.root / "site") == before
    status, said = built(project)
    assert status == 0, said
    assert whole(project.root / "site") == before and left_aside(project) == []


def test_two_builds_at_once(good: tuple[Project, str]) -> None:
    project, before = good
    both = [started(project), started(project)]
    for process in both:
        out, error = process.communicate(timeout=240)
        assert process.returncode == 0, out + error
    assert whole(project.root / "site") == before and left_aside(project) == []


def test_no_room_for_a_file(good: tuple[Project, str]) -> None:
    """A longest size of files stands for a full disk: the system refuses in the same way."""
    project, before = good
    (project.root / "docs/long.txt").write_text("words " * 20_000, encoding="utf-8")
    status, said = built(
        project, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
    )
    assert status == 1
    assert re.search(r"^\.cache:1: the disk refuses.*File too large \(make room", said, re.M), said
    assert "site/ is as it was" in said and whole(project.root / "site") == before


def test_nowhere_to_write(good: tuple[Project, str]) -> None:
    project, before = good
    shutil.rmtree(project.root / ".cache")
    (project.root / ".cache").write_text("a file in its place", encoding="utf-8")
    status, said = built(project)
    assert status == 1 and ".cache:1: the disk refuses at '.cache'" in said, said
    assert whole(project.root / "site") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_not_ours(good: tuple[Project, str]) -> None:
    project, before = good
    (project.root / ".cache").chmod(0o500)
    try:
        status, said = built(project)
    finally:
        (project.root / ".cache").chmod(0o700)
    assert status == 1 and "Permission denied" in said
    assert whole(project.root / "site") == before


def test_what_was_kept_is_spoiled(good: tuple[Project, str]) -> None:
    project, before = good
    for number, path in enumerate(sorted((project.root / ".cache/kept").rglob("*"))):
        if path.is_file():
            body = path.read_bytes()
            spoiled = (b"", body[: len(body) // 2], b"\xff" * 50, body[:-9] + b"x" + body[-8:])
            path.write_bytes(spoiled[number % 4])
    status, said = built(project)
    assert status == 0, said
    assert whole(project.root / "site") == before


def test_a_shy_umask_hides_nothing_from_the_server(project: Project) -> None:
    status, said = built(project, lambda: os.umask(0o077) and None)
    assert status == 0, said
    for path in (project.root / "site", *(project.root / "site").rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & (0o055 if path.is_dir() else 0o044) == (0o055 if path.is_dir() else 0o044)


@pytest.mark.parametrize(
    "other",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
        {"PATH": "/nonexistent"},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"},
    ],
    ids=["zone", "locale", "no git", "no home"],
)
def test_elsewhere_the_same_comes_out(good: tuple[Project, str], other: dict[str, str]) -> None:
    project, before = good
    shutil.rmtree(project.root / ".cache")
    status, said = built(project, **other)
    assert status == 0, said
    assert whole(project.root / "site") == before


@pytest.mark.parametrize("name", ["it's here", "100%20 [x] (1)", "深度 求索", "a&b;c$d"])
def test_odd_places(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path / name)
    status, said = built(project)
    assert status == 0, said
    assert (project.root / "site/index.html").is_file()


# The change of places, without a build


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The cache, a new folder and a site."""
    cache, site = tmp_path / ".cache", tmp_path / "site"
    new = swap.aside(cache)
    (new / "index.html").write_text("new", encoding="utf-8")
    site.mkdir()
    (site / "index.html").write_text("old", encoding="utf-8")
    return cache, new, site


@pytest.mark.parametrize("in_one_step", [True, False])
def test_the_new_stands_and_the_old_is_gone(
    places: tuple[Path, Path, Path], in_one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, new, site = places
    if not in_one_step:
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    swap.swap(new, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert list(cache.iterdir()) == []


def test_the_first_site(places: tuple[Path, Path, Path]) -> None:
    _, new, site = places
    shutil.rmtree(site)
    swap.swap(new, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "new"


def test_killed_between_the_two_steps(places: tuple[Path, Path, Path]) -> None:
    """Where it takes two: the site was moved away, and nothing stands in its place."""
    cache, new, site = places
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    os.replace(new, cache / f"site-{dead}-abc")
    os.replace(site, cache / f"site-{dead}-abc-old")
    swap.clear_up(cache, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert list(cache.iterdir()) == []


def test_what_another_build_is_writing_stays(places: tuple[Path, Path, Path]) -> None:
    cache, new, site = places
    swap.clear_up(cache, site)  # ``new`` is of this process, which lives
    assert new.is_dir() and site.is_dir()
