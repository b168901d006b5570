"""The two states that are compared: folders, or commits taken out into a folder."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

PARTS = ("docs", "data", "references.bib", "mkdocs.yml")
"""What readers see is made from these."""


class NoState(Exception):
    """Neither a folder with a project nor a commit; ``args`` say why."""


@contextmanager
def folder(name: str, root: Path) -> Iterator[Path]:
    """The project ``name`` as a folder: itself, or the files of a commit of ``root``."""
    path = root / name
    if path.is_dir():
        if not (path / "docs").is_dir():
            raise NoState(f"'{name}' has no folder docs/")
        yield path
        return
    commit = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if commit is None:
        raise NoState(f"'{name}' is neither a folder nor a commit")
    with tempfile.TemporaryDirectory(prefix="explained-") as out:
        for part in PARTS:
            archive = _git(root, "archive", "--format=tar", commit.decode().strip(), "--", part)
            if archive is not None:
                with tarfile.open(fileobj=BytesIO(archive)) as files:
                    # Links may lead out of it; Python's own filter came with 3.11.4.
                    members = [one for one in files if one.isfile() or one.isdir()]
                    files.extractall(out, members)
        yield Path(out)


def _git(root: Path, *command: str) -> bytes | None:
    """What git answers; None if it refuses."""
    try:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoState(f"git cannot be asked: {error}") from None
    return done.stdout if done.returncode == 0 else None
