"""Makes the one value that a build hands down: reads the sources, asks git and the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urljoin

from scripts.engine import commit, entered
from scripts.sources import site as sources
from scripts.sources.forge import Forge
from scripts.sources.shelf import Shelf, digest
from scripts.sources.site import Site

CODE = (
    "scripts/**/*.py",
    "scripts/**/*.csl",
    "scripts/**/*.html",
    "mkdocs.yml",
    "requirements.txt",
)
"""What decides how pages are made; nothing that was kept outlives a change of it."""


def shelf(root: Path) -> Shelf:
    """Where a project keeps results between builds, as its code is now."""
    parts: list[str | bytes] = []
    for pattern in CODE:
        for path in sorted(root.glob(pattern)):
            parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return Shelf(root / ".cache" / "kept", digest(*parts))


def of_project(
    root: Path,
    url: str,
    edition: str = "",
    frozen: str = "",
    before: Site | None = None,
    forge: Forge | None = None,
) -> Site:
    """The project below ``root``, to stand at ``url``.

    ``edition`` is what citations name; with ``frozen`` the pages are those of a dated edition;
    ``before`` is the same project a moment ago; ``forge`` is where it is kept.
    """
    now = commit.short(root)
    known = before is not None and before.commit == now
    return sources.read(
        root,
        url=urljoin(url, f"{frozen}/") if frozen else url,
        edition=edition,
        frozen=frozen,
        newest=url,
        commit=now,
        forge=forge,
        moment=int(os.environ.get("SOURCE_DATE_EPOCH") or 0),
        entered=before.entered if before is not None and known else entered.days(root),
        shelf=shelf(root),
        before=before,
    )


def for_checks(root: Path, audited: bool = True) -> Site:
    """The project as the checks need it: where it stands does not matter to them."""
    return sources.read(root, shelf=shelf(root), audited=audited)
