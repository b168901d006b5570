"""How long it takes until an edit shows under ``make serve``."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scripts.engine.bench.commands import BenchError, environment, scripts

ADDRESS = "127.0.0.1:8765"
RUNS = 10
WAIT = 120.0
"""Seconds after which an edit counts as lost."""


def _text(path: str) -> str:
    try:
        with urlopen(f"http://{ADDRESS}/{path}", timeout=WAIT) as answer:
            return answer.read().decode("utf-8", errors="replace")
    except (URLError, OSError):
        return ""


def _until(path: str, words: str) -> float:
    """Seconds until a page has the words. Raises BenchError if it never does."""
    started = time.perf_counter()
    while words not in _text(path):
        if time.perf_counter() - started > WAIT:
            raise BenchError(f"{path} never showed '{words}'")
        time.sleep(0.01)
    return time.perf_counter() - started


def _times(file: Path, path: str, change: Callable[[str, int], tuple[str, str]]) -> float:
    """Median of several edits; ``change`` gives the new text, and what must then show."""
    original = file.read_text(encoding="utf-8")
    out = []
    for number in range(RUNS):
        text, words = change(original, number)
        file.write_text(text, encoding="utf-8")
        out.append(_until(path, words))
        time.sleep(1.0)  # the rules are checked behind each edit; the next one ends that
    file.write_text(original, encoding="utf-8")
    time.sleep(4.0)
    return statistics.median(out)


def _page(text: str, number: int) -> tuple[str, str]:
    return f"{text}\nThe benchmark wrote word-{number}.\n", f"word-{number}"


def _record(text: str, number: int) -> tuple[str, str]:
    old = 'label: "'
    return text.replace(old, f"{old}Bench-{number} ", 1), f"Bench-{number}"


def _style(text: str, number: int) -> tuple[str, str]:
    return f"{text}\n.bench-{number} {{ color: red }}\n", f".bench-{number}"


def edits(project: Path) -> list[tuple[str, float]]:
    """Seconds from the edit of a page, a record and a style sheet to what a browser gets."""
    process = subprocess.Popen(
        scripts("serve", "--address", ADDRESS),
        cwd=project,
        env=environment(project),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until("pricing/hosts/", "</html>")
        time.sleep(6)
        record = sorted((project / "data" / "facts").glob("billing*.yml"))[0]
        style = project / "docs" / "assets" / "stylesheets" / "site.css"
        return [
            ("edit a page", _times(project / "docs/pricing/hosts.md", "pricing/hosts/", _page)),
            ("edit a record", _times(record, "reference/facts/", _record)),
            ("edit a style", _times(style, "assets/stylesheets/site.css", _style)),
        ]
    finally:
        process.terminate()
        process.wait()
