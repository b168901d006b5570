"""How long loading, checking, building and link checking take. Prints; asserts nothing.

Usage: python -m scripts bench

The link check is measured twice: on the real site, and in a process of its own on a generated one
of 1,000 pages with 100,000 links, each with a list of links as a large site has them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scripts.problems import ROOT

BUDGETS = {"load and validate data/": 1.0, "all static checks": 5.0, "strict build": 15.0}
"""Seconds, from the design's table; internal links have 3 s, measured inside the build."""


def _median(action: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


PAGES, LINKS = 1000, 100
"""Of the generated site: pages, and links of each."""


def write_large_site(site: Path, pages: int = PAGES, links: int = LINKS) -> None:
    """``pages`` pages with ``links`` links each, half of them to one of 20 anchors."""
    url = "http://127.0.0.1:8000/"
    ids = "".join(f'<h2 id="part-{i}">Part {i}</h2><p>{"words " * 40}</p>' for i in range(20))
    for number in range(pages):
        folder = site / f"page-{number}" if number else site
        up = "../" if number else ""
        lines = [f'<!doctype html><title>x</title><link rel="canonical" href="{url}">', ids]
        for i in range(links):
            other = (number * 7 + i * 13) % (pages - 1) + 1
            anchor = f"#part-{i % 20}" if i % 2 else ""
            lines.append(f'<p>See <a href="{up}page-{other}/{anchor}">page {other}</a>.</p>')
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("\n".join(lines), encoding="utf-8")


def check_in_a_process(site: Path, docs: Path) -> tuple[float, float]:
    """Seconds and the peak memory in MB (0 where unknown) of the link check as a command.

    Raises RuntimeError if the check finds a fault or fails: then there is nothing to measure.
    """
    command = [sys.executable, "-m", "scripts", "links", "--site", str(site)]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--docs", str(docs)], cwd=ROOT, stdout=subprocess.DEVNULL, env=_environment()
    )
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        memory = usage.ru_maxrss / unit
    else:
        process.wait()
        memory = 0.0
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"the link check of {site} ended with {process.returncode}")
    return seconds, memory


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "SITE_URL"}


def main(runs: int = 3) -> int:
    with tempfile.TemporaryDirectory() as folder:
        # First: a child's peak memory counts what its parent held when it was started.
        large = Path(folder) / "large"
        write_large_site(large)
        of_large, memory = check_in_a_process(large, Path(folder) / "none")

    from scripts.checks import run as check
    from scripts.engine.build import build
    from scripts.links.inside import check as check_links
    from scripts.sources.records.loading import load

    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        measured = {
            "load and validate data/": _median(load, runs),
            "all static checks": _median(check.run, runs),
            "strict build": _median(lambda: build(site), 1),
        }
        if site.is_dir():
            measured["internal link check"] = _median(
                lambda: check_links.check(site, ROOT / "docs", ROOT), runs
            )
            pages = list(site.rglob("index.html"))
            print(f"{len(pages)} pages, median of {runs} runs (build and large site: 1)")
    measured["links of a large site"] = of_large
    budgets = {**BUDGETS, "internal link check": 3.0, "links of a large site": 30.0}
    for name, seconds in measured.items():
        print(f"{name:<26}{seconds:7.2f} s   budget {budgets[name]:.0f} s")
    print(f"The large site: {PAGES:,} pages, {PAGES * LINKS:,} links, at most {memory:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
