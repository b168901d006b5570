"""Files below ``.cache/``: what takes long to make and depends on nothing but its name."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from scripts.problems import ROOT

CACHE = ROOT / ".cache"


def keep_newest(pattern: str, number: int) -> None:
    """Drop all but the newest cached files; other processes may be doing the same."""
    found = []
    for path in CACHE.glob(pattern):
        with contextlib.suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path))
    for _, path in sorted(found)[:-number]:
        path.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)
