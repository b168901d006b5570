"""Every verb ends without a traceback where nobody reads what it says, as behind ``| head``."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from scripts.__main__ import CLOSED
from scripts.problems import ROOT


def unread(*words: str, both: bool = False) -> tuple[int, str]:
    """Status and complaints of a verb into a pipe that is closed at the other end."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "scripts", *words],
            cwd=ROOT,
            stdout=write,
            stderr=write if both else subprocess.PIPE,
            timeout=120,
            text=True,
        )
    finally:
        os.close(write)
    return done.returncode, done.stderr or ""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["explain"],
        ["check", "--only", "settings"],
        ["check", "--format", "json", "--only", "settings"],
        ["compare", "--help"],
        ["passages", "pricing/index.md", "--all"],
        ["stale", "--markdown"],
        ["bom"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_ends_a_verb_without_a_word(words: list[str]) -> None:
    status, said = unread(*words)
    assert not said
    # argparse keeps it to itself, since Python 3.11.5.
    assert status in ({0, CLOSED} if "--help" in words else {CLOSED})


def test_complaints_into_a_closed_pipe_end_it_too() -> None:
    assert unread("check", "--only", "nonsense", both=True)[0] == CLOSED


def test_a_verb_that_is_read_has_its_own_status() -> None:
    command = [sys.executable, "-m", "scripts", "explain", "nonsense"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith("no rule 'nonsense'")


def test_without_the_environment_it_says_how_to_make_it() -> None:
    command = [sys.executable, "-S", "-m", "scripts", "check"]  # -S: as before the first install
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "is not installed for" in done.stderr and "make install" in done.stderr
    assert "Traceback" not in done.stderr
