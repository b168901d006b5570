"""The day on which a record came in is that of the first commit with its id."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scripts.engine import entered


def git(root: Path, *command: str, day: str = "2026-11-24") -> None:
    moment = f"{day}T12:00:00Z"
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command],
        cwd=root,
        env={**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
        check=True,
        capture_output=True,
    )


def commit(root: Path, name: str, text: str, day: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-m", "x", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "one"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, "data/facts/a.yml", "records:\n  - {id: first, value: 1}\n", "2026-11-23")
    commit(root, "references.bib", "@online{key2026a,\n  title = {T},\n}\n", "2026-11-24")
    text = "records:\n  - {id: first, value: 2}\n  - id: second\n    value: 3\n"
    commit(root, "data/facts/b.yml", text, "2026-11-25")
    commit(root, "data/corrections.yml", "records:\n  - id: first\n", "2026-11-26")
    return root


def test_the_first_commit_counts_not_the_last_change(repository: Path) -> None:
    assert entered.days(repository) == {
        "facts/first": "2026-11-23",
        "@key2026a": "2026-11-24",
        "facts/second": "2026-11-25",
        "corrections/first": "2026-11-26",
    }


def test_a_copy_that_is_cut_off_knows_nothing(repository: Path, tmp_path: Path) -> None:
    """In it, everything would seem to be of today."""
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "two")
    assert entered.days(tmp_path / "two") == {}


def test_outside_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert entered.days(tmp_path) == {}
