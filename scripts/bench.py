"""How long loading, checking, building and link checking take. Prints; asserts nothing.

Usage: python -m scripts bench
"""

from __future__ import annotations

import statistics
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


def main(runs: int = 3) -> int:
    from scripts import check, check_links
    from scripts.build import build
    from scripts.data.load import load

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
            print(f"{len(pages)} pages, median of {runs} runs (build: 1)")
    budgets = {**BUDGETS, "internal link check": 3.0}
    for name, seconds in measured.items():
        print(f"{name:<26}{seconds:7.2f} s   budget {budgets[name]:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
