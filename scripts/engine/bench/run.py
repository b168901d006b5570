"""What a build, an edit, the checks and the search cost. Prints; asserts nothing.

Usage: python -m scripts bench [--json FILE] [--keep] [--tests] [--quick]

Everything is measured in processes of their own, on copies of the project, beside plain MkDocs
with Material on the same expanded pages: absolute times are those of a machine, the ratios count.
``--keep`` adds the figures with date, commit and machine to tests/bench/results.jsonl.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scripts.engine import commit
from scripts.engine.bench import edits, large, links
from scripts.engine.bench.commands import Run, copy_of, median, plain_project, run, scripts
from scripts.engine.bench.search import search_figures
from scripts.problems import ROOT

RESULTS = "tests/bench/results.jsonl"
"""Past results, a line each."""
TARGETS = {
    "edit a page": 1.0, "edit a record": 3.0, "edit a style": 1.0, "strict build, cold": 12.0,
    "strict build, one word changed": 4.0, "checks": 5.0, "tests": 260.0,
}  # fmt: skip
"""Seconds on two cores."""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    seconds: float
    ratio: float | None = None
    """To plain MkDocs with Material on the same pages."""
    megabytes: float | None = None
    """Peak memory of the largest process."""

    def __str__(self) -> str:
        target = f"target {TARGETS[self.name]:.0f} s" if self.name in TARGETS else ""
        ratio = f"{self.ratio:.2f} x plain" if self.ratio is not None else ""
        memory = f"{self.megabytes:.0f} MB" if self.megabytes else ""
        return f"{self.name:<40}{self.seconds:8.2f} s  {ratio:<14}{memory:<10}{target}"


def _figure(name: str, result: Run, plain: Run | None = None) -> Figure:
    ratio = result.seconds / plain.seconds if plain else None
    return Figure(name, result.seconds, ratio, result.megabytes)


def builds(folder: Path) -> list[Figure]:
    """A cold build, one of plain MkDocs beside it, and builds after a changed word."""
    project = copy_of(ROOT, folder / "project")
    cold = run(scripts("build"), project)
    plain = run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        plain_project(project, folder / "plain"),
    )
    again = median([run(scripts("build"), project) for _ in range(3)])
    page = project / "docs" / "pricing" / "hosts.md"
    changed = []
    for number in range(3):
        page.write_text(page.read_text("utf-8") + f"\nWord {number}.\n", encoding="utf-8")
        changed.append(run(scripts("build"), project))
    return [
        _figure("strict build, cold", cold, plain),
        _figure("strict build, nothing changed", again, plain),
        _figure("strict build, one word changed", median(changed), plain),
        _figure("plain MkDocs with Material", plain),
        _figure("checks", median([run(scripts("check"), project) for _ in range(3)])),
        _figure("inside link check", median([run(scripts("links"), project) for _ in range(3)])),
    ]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    parser.add_argument("--keep", action="store_true", help=f"add the figures to {RESULTS}")
    parser.add_argument("--tests", action="store_true", help="time the whole test suite as well")
    parser.add_argument("--quick", action="store_true", help="leave out the generated large sites")
    options = parser.parse_args(arguments)
    figures: list[Figure] = []

    def show(found: list[Figure]) -> None:
        for figure in found:
            print(figure, flush=True)
        figures.extend(found)

    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        show(builds(folder))
        show([Figure(*item) for item in edits.edits(folder / "project")])
        if not options.quick:
            for pages in (200, 1000):
                ours, plain = large.build(folder, pages)
                show([_figure(f"{pages} generated pages", ours, plain)])
            links.write_large_site(folder / "links")
            show([_figure("100,000 links", links.check(folder / "links", folder / "links.log"))])
        if options.tests:
            show(
                [
                    _figure(
                        "tests",
                        run([sys.executable, "-m", "pytest", "-q"], ROOT, folder / "tests.log"),
                    )
                ]
            )
    search = search_figures(ROOT)
    for kind, found in search.items():
        print(f"search, {kind:<32}" + "  ".join(f"{k} {v:.3f}" for k, v in found.items()))
    content = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": commit.short(ROOT),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}",
        "figures": {
            figure.name: {
                key: round(value, 3)
                for key, value in vars(figure).items()
                if isinstance(value, float)
            }
            for figure in figures
        },
        "search": search,
    }
    if options.json:
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if options.keep:
        file = ROOT / RESULTS
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(content) + "\n")
    return 0
