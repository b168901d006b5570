"""Some pages in Debian's Firefox: tools, notes, search and menu work, and nothing is too wide."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
NEEDS = (
    "Firefox (Debian: apt install firefox-esr, or set FIREFOX to its path), Node 20 and "
    "Puppeteer (npm ci --prefix tests/quality)"
)
PAGES = (
    "", "hardware/software/", "architecture/attention/", "architecture/efficiency/",
    "benchmarks/explorer/", "pricing/calculator/", "release/timeline/", "using/run-it-yourself/",
    "using/which/", "reference/facts/chips/",
)  # fmt: skip
"""The home page, a chapter, every tool, a list."""


def program() -> str:
    names = ("firefox-esr", "firefox")
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, names)), "")


def missing() -> str:
    here = program() and shutil.which("node") and (HERE / "node_modules/puppeteer-core").is_dir()
    return "" if here else NEEDS


def faults(base: str, paths: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong, by page."""
    done = subprocess.run(
        ["node", str(HERE / "firefox.mjs"), base, *paths],
        env={**os.environ, "FIREFOX": program()}, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"Firefox could not be driven: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.splitlines()[-1])
