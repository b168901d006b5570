"""Programs of others that read us: where this machine has them, or ``.ci/run`` has put them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import NoReturn

import pytest

from scripts.problems import ROOT

BESIDE = ROOT / "tests" / "clients" / ".venv" / "bin"
"""An environment of their own: they weigh more than all that the site is built with."""
INSTALLED = ("duckdb", "frictionless", "pandas")
"""What ``tests/clients/requirements.txt`` brings."""


def program(name: str) -> str | None:
    """Its path, or None where it is not."""
    return shutil.which(name) or shutil.which(name, path=str(BESIDE))


def python_with(*packages: str) -> str | None:
    """A Python that can import these packages: this one, or that of the environment beside."""
    code = "; ".join(["pass", *(f"import {name}" for name in packages)])
    for path in filter(shutil.which, (sys.executable, str(BESIDE / "python"))):
        if not subprocess.run([path, "-c", code], capture_output=True, check=False).returncode:
            return path
    return None


def lacking(names: list[str]) -> NoReturn:
    """Skip for want of these, with how to get them; fail in CI if it should have them."""
    ours = sorted(set(names) & set(INSTALLED))
    how = f"; pip install {' '.join(ours)}" if ours else ""
    message = f"no {', '.join(names)} here{how}"
    if ours and os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
