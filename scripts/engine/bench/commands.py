"""Commands of the benchmark, timed and weighed in processes of their own; their projects."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.engine import site as sites
from scripts.engine.twin import write_expanded

PLAIN = """site_name: Plain
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false}
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.tabbed: {alternate_style: true}
"""
"""Material as it comes, with the Markdown that our pages need."""


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float
    """Peak memory of the process; 0 where the system does not tell."""


class BenchError(RuntimeError):
    """A command failed: there is nothing to measure."""


def scripts(*words: str) -> list[str]:
    """One of our own verbs as a command."""
    return [sys.executable, "-m", "scripts", *words]


def environment(folder: Path) -> dict[str, str]:
    """For a copy of the project: its own code, and no settings of whoever measures."""
    kept = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    return {**kept, "PYTHONPATH": str(folder)}


def run(command: Sequence[str], folder: Path, log: Path | None = None) -> Run:
    """Time a command in a folder; what it prints goes to ``log``. Raises BenchError if it fails."""
    log = log or folder / ".bench.log"
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            list(command), cwd=folder, stdout=out, stderr=out, env=environment(folder)
        )
        if not hasattr(os, "wait4"):
            process.wait()
            memory = 0.0
        else:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        seconds = time.perf_counter() - started
    if process.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise BenchError(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return Run(seconds, memory)


def median(runs: Sequence[Run]) -> Run:
    """Of several runs of one command."""
    return Run(
        statistics.median(item.seconds for item in runs), max(item.megabytes for item in runs)
    )


def copy_of(root: Path, target: Path) -> Path:
    """The project as git knows it and as it is now, in a folder of its own, with nothing kept."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file() and not name.startswith("tests/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)
    return target


def plain_project(project: Path, target: Path) -> Path:
    """The expanded pages of a project for MkDocs as it comes."""
    site = sites.of_project(project, "http://127.0.0.1:8000/")
    write_expanded(site, target / "docs")
    if (project / "docs" / "assets").is_dir():
        shutil.copytree(project / "docs" / "assets", target / "docs" / "assets")
    (target / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    return target
