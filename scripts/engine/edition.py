"""Publish this commit as a dated edition, on the branch ``editions``.

Usage: python -m scripts edition [--book]

The name is ``extra.edition`` in mkdocs.yml. The site is built strictly, with the edition's own
addresses; then mike adds it to the branch as a folder, with its line in ``versions.json``.
A published edition never changes: a name can be used once. Nothing is pushed.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from mike import commands

from scripts.engine import book, commit
from scripts.engine.build import build
from scripts.problems import ROOT, Problem
from scripts.sources import editions

BUILT = ".cache/edition"
"""Where the edition's files stay for whoever makes an archive of them."""


def _name(root: Path) -> tuple[str, int]:
    """The edition's name in mkdocs.yml and its line."""
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip().startswith("edition:"):
            return line.partition(":")[2].strip().strip("\"'"), number
    return "", 1


def publish(
    root: Path = ROOT, branch: str = editions.BRANCH, with_book: bool = False
) -> list[Problem]:
    """Problems that stood in the way; none if the edition is on the branch now.

    ``with_book``: its PDF, EPUB and ZIP are made, too; without Chromium there is no edition then.
    """
    name, line = _name(root)
    if not editions.NAME.fullmatch(name):
        message = f'edition \'{name}\' is not a name such as "2026.11" or "2026.11.1"'
        return [Problem("mkdocs.yml", line, message, rule="editions")]
    if name in {edition.name for edition in editions.published(root)}:
        message = f"edition {name} is published and never changes; raise 'edition' to a new name"
        return [Problem("mkdocs.yml", line, message, rule="editions")]
    if changed := editions.uncommitted(root):
        message = "an edition is made of a commit; commit or take back: " + ", ".join(changed)
        return [Problem(changed[0], 1, message, rule="editions")]
    commit.fix_date(root)
    built = root / BUILT
    problems = build(built, root, edition=name)
    if any(problem.level == "error" for problem in problems):
        return problems
    if with_book:
        try:
            book.make(built, root, edition=name)
        except book.BookError as error:
            return book.problems_of(error)
    day = dt.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), dt.UTC).date()
    with commands.deploy(
        {"site_dir": str(built), "use_directory_urls": True},
        name,
        title=f"{name} ({day})",
        branch=branch,
        message=f"Edition {name}, made from commit {commit.short(root)}",
    ):
        pass  # built already, strictly
    return problems
