"""What is wrong, where, and what to do about it: the one shape of all our error messages."""

from __future__ import annotations

import collections
import difflib
import itertools
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

ROOT = Path(__file__).resolve().parent.parent


MAX_HINTED = 100
"""Letters of a word for which the nearest one is looked for: that takes their square."""


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. ``file`` is relative to the project, ``line`` and ``column`` count from 1."""

    file: str
    line: int
    message: str
    column: int = 1
    rule: str = ""
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f":{self.column}" if self.column > 1 else "")
        prefix = "warning: " if self.level == "warning" else ""
        return f"{place}: {prefix}{self.message}"


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` for the nearest known word, or the empty string."""
    if len(word) > MAX_HINTED:
        return ""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""


def relative(path: Path, root: Path = ROOT) -> str:
    """``path`` as contributors know it: from the top of the project, with forward slashes."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def in_message(text: str) -> str:
    """As the message of a workflow command of GitHub."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_property(text: str) -> str:
    """As a property of a workflow command of GitHub, such as the file."""
    return in_message(text).replace(":", "%3A").replace(",", "%2C")


def annotation(problem: Problem) -> str:
    """A problem as GitHub reads it from the output of a workflow."""
    return (
        f"::{problem.level} file={in_property(problem.file)},line={problem.line},"
        f"col={problem.column}::{in_message(problem.message)}"
    )


def report(
    problems: Iterable[Problem], stream: TextIO | None = None, annotate: bool = False
) -> int:
    """Print all problems, a file at a time, and return the exit status: 1 if any is an error.

    With ``annotate`` each is told to GitHub as well, which shows it beside the line.
    """
    stream = stream or sys.stderr
    found = sorted(set(problems))
    errors = [p for p in found if p.level == "error"]
    for file, of_file in itertools.groupby(found, lambda p: p.file):
        if file != found[0].file:
            print(file=stream)
        for problem in of_file:
            print(problem, file=stream)
            if annotate:
                print(annotation(problem))
    if found:
        files = len({problem.file for problem in found})
        print(
            f"{len(errors)} error(s), {len(found) - len(errors)} warning(s) in {files} file(s)",
            file=stream,
        )
        rules = collections.Counter(problem.rule for problem in errors if problem.rule)
        if rules:
            said = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
            print(f"By rule: {said}. Why: python -m scripts explain RULE", file=stream)
    return 1 if errors else 0
