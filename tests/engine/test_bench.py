"""The generated sites by which speed is measured must be right, or nothing can be measured."""

from __future__ import annotations

from pathlib import Path

from scripts.checks import run
from scripts.engine.bench import large
from scripts.engine.bench.commands import copy_of
from scripts.problems import ROOT
from scripts.sources import site as sites


def test_a_generated_project_passes_the_check(tmp_path: Path) -> None:
    project = copy_of(ROOT, tmp_path / "project")
    large.write(project, 60)
    found = run.run(sites.read(project))
    assert [str(p) for p in found if p.level == "error"] == []
