"""Imports go one way, and a step in the other direction is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.problems import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINTER), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_imports_go_one_way() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("sources/pages.py", "from scripts.checks import prose"),
        ("figures/svg.py", "from scripts.pages import here"),
        ("publish/llms.py", "from scripts.publish import everything"),
    ],
)
def test_an_arrow_back_up_or_a_circle_is_found(tmp_path: Path, file: str, line: str) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    changed = tmp_path / "scripts" / file
    changed.write_text(changed.read_text("utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


def test_no_file_of_code_is_long() -> None:
    """What has one job fits on some screens; data, prose and tests may be longer."""
    kinds = ("scripts/**/*.py", "scripts/**/*.js", "docs/assets/**/*.js", "docs/assets/**/*.css")
    files = [path for kind in (*kinds, "overrides/**/*.html") for path in ROOT.glob(kind)]
    assert len(files) > 300
    lines = {path: path.read_text("utf-8").count("\n") for path in files}
    long = {path.relative_to(ROOT).as_posix(): n for path, n in lines.items() if n > 400}
    assert not long
