"""The commit that is built, and its time."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(*command: str, root: Path) -> str:
    """What git answers; empty outside a repository."""
    try:
        done = subprocess.run(
            ["git", *command], cwd=root, capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def short(root: Path) -> str:
    """The commit, short; empty outside a repository. ``SOURCE_COMMIT`` overrides it."""
    given = os.environ.get("SOURCE_COMMIT")
    return given[:7] if given else git("rev-parse", "--short=7", "HEAD", root=root)


def fix_date(root: Path) -> None:
    """Let the build take place at the time of its commit, so that another gives the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return
    if moment := git("log", "-1", "--format=%ct", root=root):
        os.environ["SOURCE_DATE_EPOCH"] = moment
