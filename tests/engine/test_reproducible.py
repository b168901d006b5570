"""Two builds of the same commit are the same, byte for byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.engine import commit
from scripts.problems import ROOT

BUILD = """
import sys
from pathlib import Path
from scripts.engine.build import build
problems = [str(p) for p in build(Path(sys.argv[1])) if p.level == "error"]
sys.exit("\\n".join(problems) or 0)
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_another_build_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Elsewhere, in another process, time zone and order of sets, at the time of the commit."""
    moment = commit.git("log", "-1", "--format=%ct", root=ROOT)
    assert moment, "not in a repository: nothing says what is built"
    other = tmp_path / "elsewhere" / "site"
    other.parent.mkdir()
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": moment,
        "PYTHONHASHSEED": "20260424",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(other)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    first, second = digests(site), digests(other)
    assert len(first) > 500
    assert sorted(first.keys() ^ second.keys()) == []
    assert [name for name in first if first[name] != second[name]] == []


def test_a_build_takes_place_at_the_time_of_its_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    commit.fix_date(ROOT)
    assert os.environ["SOURCE_DATE_EPOCH"] == "1", "a given time is kept"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    commit.fix_date(ROOT)
    assert os.environ["SOURCE_DATE_EPOCH"] == commit.git("log", "-1", "--format=%ct", root=ROOT)


def test_every_citation_names_edition_and_commit(site: Path) -> None:
    built = commit.short(ROOT)
    assert built
    # A fact's citation is of its value on a day, not of an edition's pages.
    for path in (p for p in site.rglob("cite.bib") if p.relative_to(site).parts[0] != "f"):
        assert f"+{built}" in path.read_text(encoding="utf-8"), path
