"""Lighthouse over a page, as on a phone of the middle range."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / ".bin" / "lighthouse"
NEEDS = "Node 20 or newer and Lighthouse (npm ci --prefix tests/quality)"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def missing() -> str:
    return "" if shutil.which("node") and PROGRAM.exists() else NEEDS


@dataclass(frozen=True)
class Marks:
    """Marks from 0 to 100, and what they were given for."""

    categories: dict[str, int]
    blocking: float
    shift: float
    first_paint: float
    failed: tuple[str, ...]


def _run(url: str, browser: str) -> Marks:
    done = subprocess.run(
        [str(PROGRAM), url, "--quiet", "--output=json", "--output-path=stdout",
         "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
         f"--only-categories={','.join(CATEGORIES)}"],
        env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"Lighthouse on {url}: {done.stderr.strip().splitlines()[-1:]}")
    said = json.loads(done.stdout)
    audits = said["audits"]
    return Marks(
        {name: round(100 * (said["categories"][name]["score"] or 0)) for name in CATEGORIES},
        audits["total-blocking-time"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        audits["first-contentful-paint"]["numericValue"],
        tuple(
            name for name, audit in audits.items()
            if audit["scoreDisplayMode"] == "binary" and audit.get("score") == 0
        ),
    )  # fmt: skip


def marks(url: str, browser: str, tries: int = 3, enough: int = 98) -> Marks:
    """The best of some tries: another program at work makes a page slow, nothing makes it fast."""
    best = _run(url, browser)
    for _ in range(tries - 1):
        if best.categories["performance"] >= enough:
            break
        again = _run(url, browser)
        if again.categories["performance"] > best.categories["performance"]:
            best = again
    return best
