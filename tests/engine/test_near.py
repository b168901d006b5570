"""The check of changed files alone, and --fix as a contributor types it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from scripts.problems import ROOT
from tests.conftest import Project

HOOK = ROOT / ".githooks/pre-commit"


@pytest.fixture
def kept(project: Project) -> Project:
    """The small project as a repository."""
    for command in (
        ["init", "-q"],
        ["config", "user.email", "a@example.org"],
        ["config", "user.name", "A"],
        ["add", "-A"],
        ["commit", "-qm", "All"],
    ):
        subprocess.run(["git", *command], cwd=project.root, check=True)
    return project


def check(project: Project, *flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts", "check", *flags],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(project.root)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_changed_files_are_looked_at_and_no_others(kept: Project) -> None:
    kept.page("old.md", "Bad [@nobody2026].")
    subprocess.run(["git", "add", "-A"], cwd=kept.root, check=True)
    subprocess.run(["git", "commit", "-qm", "Old"], cwd=kept.root, check=True)
    assert check(kept, "--changed").returncode == 0
    kept.page("new.md", "Bad [@somebody2026].")
    facts = kept.root / "data/facts.yml"
    facts.write_text(facts.read_text("utf-8").replace("unit: percent", "unit: pecent"), "utf-8")
    done = check(kept, "--changed")
    assert done.returncode == 1
    assert "docs/new.md:13" in done.stderr and "somebody2026" in done.stderr
    assert "data/facts.yml:" in done.stderr and "pecent" in done.stderr
    assert "old.md" not in done.stderr


def test_a_file_can_be_named(kept: Project) -> None:
    kept.page("new.md", "Bad [@somebody2026].")
    assert check(kept, "docs/index.md").returncode == 0
    assert check(kept, "docs/new.md").returncode == 1
    done = check(kept, "docs/nwe.md")
    assert done.returncode == 2
    assert "docs/nwe.md" in done.stderr and "no such file" in done.stderr


def test_fix_mends_and_diff_only_shows(kept: Project) -> None:
    page = kept.page("new.md", "- a\n  - b\n")
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    before = page.read_bytes()
    shown = check(kept, "--diff")
    assert shown.returncode == 0
    assert "+    - b" in shown.stdout and "docs/new.md" in shown.stdout
    assert page.read_bytes() == before
    done = check(kept, "--fix", "docs/new.md")
    assert done.returncode == 0, done.stderr
    assert page.read_bytes().endswith(b"\n- a\n    - b\n")
    assert b"\r" not in page.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="git runs it through its own shell there")
def test_the_hook_stops_a_commit_that_the_check_refuses(kept: Project) -> None:
    hooks = kept.root / ".githooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_bytes(HOOK.read_bytes())
    (hooks / "pre-commit").chmod(0o755)
    python = kept.root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    kept.write(".gitignore", ".venv/\n.cache/\n__pycache__/\n")
    subprocess.run(["git", "config", "core.hooksPath", ".githooks"], cwd=kept.root, check=True)

    def commit() -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "-A"], cwd=kept.root, check=True)
        environment = {**os.environ, "PYTHONPATH": str(kept.root)}
        return subprocess.run(
            ["git", "commit", "-m", "New"], cwd=kept.root, env=environment, capture_output=True,
            text=True, timeout=120,
        )  # fmt: skip

    page = kept.page("new.md", "Bad [@somebody2026].")
    refused = commit()
    assert refused.returncode != 0
    assert "docs/new.md:13" in refused.stderr
    page.write_text(page.read_text("utf-8").replace("somebody2026", "org2026report"), "utf-8")
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr
