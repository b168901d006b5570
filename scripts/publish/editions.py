"""Dated editions, laid beside the newest pages."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from scripts.sources.editions import EditionError, branch, git, published


def lay_into(site: Path, root: Path) -> int:
    """Put every edition and ``versions.json`` beside the pages in ``site``; how many there are.

    Raises EditionError if an edition's folder would hide a page of today.
    """
    found = published(root)
    if not found:
        return 0
    for edition in found:
        if (site / edition.name).exists():
            raise EditionError(f"a page has the address of the edition {edition.name}")
    names = [edition.name for edition in found]
    packed = git("archive", "--format=tar", str(branch(root)), "versions.json", *names, root=root)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(site)
    return len(found)
