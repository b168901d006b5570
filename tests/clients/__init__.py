"""The site as read by programs that others wrote."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def _missing(reason: str) -> None:
    """A contributor may do without; CI may not."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, remedy: str) -> str:
    """Path of a program; without it the test is skipped, in CI it fails."""
    path = shutil.which(name)
    if path is None:
        _missing(f"no {name} found; {remedy}")
    return str(path)


def from_npm(name: str) -> Path:
    """A package of package.json beside this file; likewise."""
    path = FOLDER / "node_modules" / name
    if not path.is_dir():
        _missing(f"{name} is not installed; run npm ci in {FOLDER.name}/ below tests/")
    return path
