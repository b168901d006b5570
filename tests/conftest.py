"""Fixtures: the real site, built once; and small projects in which to make mistakes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from scripts.problems import ROOT

# A machine under load is slow for a moment; that says nothing of the code.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

FIXTURES = Path(__file__).parent / "fixtures"


SLOW_FIXTURES = {"site", "address", "browser", "project", "edited", "built", "published"}
"""What builds a site, starts a browser or runs a command."""
SLOW_FOLDERS = (
    "tests/browser/",
    "tests/clients/",
    "tests/site/",
    "tests/engine/",
    "tests/hosting/",
)
SLOW_FILES = {"test_run.py", "test_faults.py", "test_whole_flow.py", "test_archives.py"}
"""Those of the outside links that wait for servers on purpose."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """``make test-fast`` runs what is not marked here."""
    for item in items:
        path = item.path.as_posix()
        if (
            SLOW_FIXTURES & set(getattr(item, "fixturenames", ()))
            or any(folder in path for folder in SLOW_FOLDERS)
            or item.path.name in SLOW_FILES
        ):
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class Project:
    """A copy of the machinery with content of its own."""

    root: Path

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def page(self, name: str, body: str) -> Path:
        """A page that is in order, with ``body`` from line 13 on."""
        head = (
            f"---\ntitle: {self._title()}\ndescription: What it says.\nas_of: 2026-04-24\n"
            "reviewed: 2026-11-23\n---\n\n# A page\n\nThe answer.\n{ .answer }\n"
            "{{ as_of_line() }}\n"
        )
        path = self.root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + textwrap.dedent(body).lstrip("\n"), encoding="utf-8")
        return path

    def _title(self) -> str:
        """One that no other page has."""
        count = len(list((self.root / "docs").rglob("*.md")))
        return f"A page {count}" if count else "A page"

    def run(self, verb: str) -> subprocess.CompletedProcess[str]:
        """``python -m scripts <verb>`` in this project."""
        return subprocess.run(
            [sys.executable, "-m", "scripts", verb],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), "SITE_URL": ""},
            capture_output=True,
            text=True,
            timeout=120,
        )


def make_project(root: Path) -> Project:
    """The project's own scripts with the pages, records and sources of fixtures/project."""
    shutil.copytree(
        ROOT / "scripts",
        root / "scripts",
        ignore=shutil.ignore_patterns("__pycache__", "published.txt"),
    )
    shutil.copytree(FIXTURES / "project", root, dirs_exist_ok=True)
    return Project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The real site, built as ``make build`` does; fails with all its problems if it cannot be.

    The workers of one run share it: the first builds, the others wait for it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    target, report = shared / "built" / "site", shared / "problems.json"
    with FileLock(shared / "built.lock"):
        if not report.exists():
            from scripts.engine.build import build

            target.parent.mkdir()
            problems = [str(problem) for problem in build(target) if problem.level == "error"]
            report.write_text(json.dumps(problems), encoding="utf-8")
    found = json.loads(report.read_text(encoding="utf-8"))
    assert not found, "the site does not build:\n" + "\n".join(found)
    return target
