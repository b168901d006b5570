"""Small copies of the files, ``.gz`` and ``.br``, for servers that send them as they are.

A command of its own and no part of a build: it takes longer than the build of a changed page, and
only nginx, Caddy and their like ask for it.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ENDS = {
    ".html", ".css", ".js", ".json", ".svg", ".md", ".csv", ".bib", ".ris", ".txt", ".xml", ".ics",
    ".map", ".webmanifest",
}  # fmt: skip
SMALLEST = 512
"""Bytes; what is shorter goes into one packet anyway."""
_AT_ONCE = 200
"""Files that one call of brotli is given: a command has a longest length."""


def _worth_it(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in ENDS and path.is_file() and path.stat().st_size >= SMALLEST:
            yield path


def _fresh(path: Path, copy: Path) -> bool:
    return copy.is_file() and copy.stat().st_mtime_ns >= path.stat().st_mtime_ns


def _gzip(path: Path) -> None:
    """The same bytes on every machine: no name and no time inside."""
    copy = path.with_name(path.name + ".gz")
    if not _fresh(path, copy):
        copy.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _brotli(paths: list[Path]) -> bool:
    program = shutil.which("brotli")
    if program is None:
        return False
    due = [path for path in paths if not _fresh(path, path.with_name(path.name + ".br"))]
    for start in range(0, len(due), _AT_ONCE):
        some = due[start : start + _AT_ONCE]
        subprocess.run(
            [program, "--force", "--keep", "--best", "--", *map(os.fspath, some)], check=True
        )
    return True


def compress(folder: Path) -> tuple[int, bool]:
    """How many files have small copies now, and whether brotli's are among them.

    Copies of files that are gone are taken away.
    """
    for end in (".gz", ".br"):
        for copy in folder.rglob(f"*{end}"):
            made = copy.with_suffix("")
            if made.suffix in ENDS and not made.is_file():
                copy.unlink()
    paths = list(_worth_it(folder))
    for path in paths:
        _gzip(path)
    return len(paths), _brotli(paths)
