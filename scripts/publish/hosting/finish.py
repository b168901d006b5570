"""The last touch on a folder that is going to be served: policies, headers, checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scripts.publish.hosting import offline, policy, servers
from scripts.sources.identity import DATA

SUMS = "SHA256SUMS"
"""Below the downloads; ``sha256sum --check`` reads it."""


def _sums(folder: Path) -> str:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != SUMS
    ]
    return "\n".join(lines) + "\n"


def pages(site: Path, edition: str = "") -> None:
    """What belongs to the pages of this build: an edition that is laid beside them has its own.

    A dated ``edition`` never changes, and its folder lies within the newest site, whose worker
    would be another's: it gets none.
    """
    policy.seal(site)
    if not edition:
        offline.write(site)
    if (site / DATA).is_dir():
        (site / DATA / SUMS).write_text(_sums(site / DATA), encoding="utf-8")


def whole(site: Path) -> None:
    """What speaks of all that will be served, editions included."""
    (site / "_headers").write_text(servers.headers_file(site), encoding="utf-8")
