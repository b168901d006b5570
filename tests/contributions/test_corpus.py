"""Every broken contribution is named with its file and line, or is harmless; none ends the check.

The contributions are tables: ``markdown.py``, ``records.py``, ``sources.py``, ``files.py``, ``typed.py``,
``names.py``, ``strays.py``.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scripts.problems import Problem
from tests.contributions import base, files, markdown, names, records, sources, strays, typed
from tests.contributions.case import Case

CASES = [*markdown.CASES, *records.CASES, *sources.CASES, *files.CASES, *typed.CASES, *names.CASES,
         *strays.CASES]  # fmt: skip
SECONDS = 10
"""What nobody should wait for longer; one takes a fiftieth of a second."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


def tried(case: Case, tmp_path: Path, kept: Path) -> tuple[Path, list[Problem]]:
    root = base.make(tmp_path / "project")
    case.apply(root)
    started = time.monotonic()
    found = base.checked(root, kept)
    assert time.monotonic() - started < SECONDS
    return root, found


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 520


def test_the_project_itself_is_right(tmp_path: Path, kept: Path) -> None:
    _, found = tried(Case("nothing"), tmp_path, kept)
    assert [str(p) for p in found if p.level == "error"] == []


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{i}-{case.name[:30]}" for i, case in enumerate(CASES)]
)
def test_a_contribution_is_named_or_harmless(case: Case, tmp_path: Path, kept: Path) -> None:
    root, found = tried(case, tmp_path, kept)
    errors = [p for p in found if p.level == "error"]
    told = "\n".join(map(str, found))
    if not case.words:
        assert not errors, told
        return
    named = [p for p in errors if case.words in p.message]
    assert named, f"nobody says '{case.words}':\n{told}"
    assert (case.file, case.line(root)) in {(p.file, p.line) for p in named}, told
