"""The day on which each record and source entered the site, as the repository tells."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.engine.commit import git

_FILE = re.compile(r"\+\+\+ b/data/([a-z_]+)[./]")
_RECORD = re.compile(r"\+\s*(?:-\s*)?\{?\s*id:\s*\"?([a-z0-9-]+)")
_SOURCE = re.compile(r"\+@\w+\{\s*([a-z0-9-]+)\s*,")


def _cut_off(root: Path) -> bool:
    """Whether this is a copy without the whole history, in which all would seem to be new."""
    listed = git("rev-parse", "--git-path", "shallow", root=root)
    path = root / listed if listed else None
    if path is None or not path.is_file():
        return False
    oldest = set(git("rev-list", "--max-parents=0", "HEAD", root=root).split())
    return bool(oldest & set(path.read_text(encoding="utf-8").split()))


def read(text: str) -> dict[str, str]:
    """``text``: commits, the oldest first, each a NUL, its day, and what it changed."""
    found: dict[str, str] = {}
    day = collection = ""
    for line in text.splitlines():
        if line.startswith("\0"):
            day, collection = line[1:], ""
        elif line.startswith("+++ "):
            match = _FILE.match(line)
            collection = match[1] if match else ""
        elif (match := _SOURCE.match(line)) and not collection:
            found.setdefault(f"@{match[1]}", day)
        elif (match := _RECORD.match(line)) and collection:
            found.setdefault(f"{collection}/{match[1]}", day)
    return found


def days(root: Path) -> dict[str, str]:
    """YYYY-MM-DD by ``collection/id`` and ``@key``; empty where git does not know."""
    if _cut_off(root):
        return {}
    command = ("log", "--reverse", "--no-merges", "--format=%x00%cs", "-p", "-U0", "--no-color")
    return read(git(*command, "--", "data", "references.bib", root=root))
