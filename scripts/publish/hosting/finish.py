"""The last touch on a folder that is going to be served: policies, headers, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Set
from pathlib import Path

from scripts.publish.hosting import offline, policy, servers
from scripts.sources.identity import DATA

SUMS = "SHA256SUMS"
"""Below the downloads; ``sha256sum --check`` reads it."""


def _sums(folder: Path, same: Set[str]) -> str:
    """``same``: names below ``folder`` of which an older list holds."""
    before = {}
    if same and (folder / SUMS).is_file():
        for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
            total, _, name = line.partition("  ")
            before[name] = total
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SUMS:
            name = path.relative_to(folder).as_posix()
            total = before.get(name) if name in same else None
            lines.append(f"{total or hashlib.sha256(path.read_bytes()).hexdigest()}  {name}")
    return "\n".join(lines) + "\n"


def pages(site: Path, edition: str = "", same: Set[str] = frozenset()) -> None:
    """What belongs to the pages of this build: an edition that is laid beside them has its own.

    ``same``: names of files that are as they were when this was last done here. A dated
    ``edition`` never changes, and its folder lies within the newest site, whose worker would be
    another's: it gets none.
    """
    policy.seal(site, same)
    if not edition:
        offline.write(site, same)
    if (site / DATA).is_dir():
        below = {name.removeprefix(f"{DATA}/") for name in same if name.startswith(f"{DATA}/")}
        (site / DATA / SUMS).write_text(_sums(site / DATA, below), encoding="utf-8")


def whole(site: Path) -> None:
    """What speaks of all that will be served, editions included."""
    (site / "_headers").write_text(servers.headers_file(site), encoding="utf-8")
