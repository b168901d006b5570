"""Dated editions: which there are, and what has changed in the records since each.

An edition is this site as it was on a day, frozen below an address of its own (``/2026.11/``).
mike keeps them, with ``versions.json``, on the branch ``editions``; every build lays them beside
the newest pages. Those stand at the top and not, as is usual with mike, in a folder ``latest``:
an address that people cite must not begin with the name of a version.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.sources.identity import DATA
from scripts.sources.records import plain
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import COLLECTIONS

BRANCH = "editions"
REFS = (f"refs/heads/{BRANCH}", f"refs/remotes/origin/{BRANCH}")
NAME = re.compile(r"20\d\d\.(?:0[1-9]|1[0-2])(?:\.[1-9]\d*)?")
"""``2026.11``, or ``2026.11.1`` for a second edition in a month."""

COMPARED = ("facts", "prices", "results", "models", "chips", "events", "claims", "corrections")
SAID = {
    "value", "low", "high", "state", "status", "rates", "off_peak", "peak", "from", "to",
    "score", "specs", "date", "verdict", "was", "now", "title",
}  # fmt: skip
"""Fields that say something about the world; a better note or locator is no change."""


class EditionError(RuntimeError):
    """git could not be asked, or an edition is not as it should be."""


@dataclass(frozen=True)
class Edition:
    name: str
    title: str
    ref: str
    """Where its files are: branch and folder, as git writes it."""


@dataclass(frozen=True)
class Difference:
    """One record that is not what it was."""

    collection: str
    id: str
    kind: str
    """added, changed or removed."""
    fields: tuple[tuple[str, str, str], ...] = ()
    """Field, then, now: of a changed record."""


def git(*arguments: str, root: Path) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EditionError(str(error)) from error
    if done.returncode:
        raise EditionError(done.stderr.decode(errors="replace").strip())
    return done.stdout


def branch(root: Path) -> str | None:
    """The branch with the editions, local or as fetched; None where there is none."""
    for ref in REFS:
        try:
            git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", root=root)
        except EditionError:
            continue
        return ref
    return None


def uncommitted(root: Path) -> list[str]:
    """Files that differ from the commit or are not in it. Raises EditionError outside git."""
    listed = git("status", "--porcelain", "-z", "--no-renames", root=root).decode()
    return sorted(entry[3:] for entry in listed.split("\0") if entry)


def published(root: Path) -> list[Edition]:
    """Every edition, newest first; none in a copy of the project without the branch."""
    ref = branch(root)
    if ref is None:
        return []
    listed = json.loads(git("show", f"{ref}:versions.json", root=root))
    found = [
        Edition(item["version"], item.get("title") or item["version"], f"{ref}:{item['version']}")
        for item in listed
    ]
    return sorted(found, key=lambda e: [int(part) for part in e.name.split(".")], reverse=True)


def records_of(edition: Edition, root: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The records that an edition published, by collection and id."""
    out = {}
    for name in COMPARED:
        try:
            text = git("show", f"{edition.ref}/{DATA}/{name}.json", root=root)
        except EditionError:
            continue  # an edition older than the collection
        out[name] = {row["id"]: row for row in json.loads(text)["records"]}
    return out


def records_now(data: Dataset) -> dict[str, dict[str, dict[str, Any]]]:
    """The records of ``data/`` in the same form."""
    return {
        name: {row["id"]: row for row in plain.records(data, name)}
        for name in COMPARED
        if name in COLLECTIONS
    }


def _said(record: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict):
            if prefix or key in SAID:
                yield from _said(value, f"{prefix}{key}.")
        elif key in SAID or (prefix and not prefix.startswith("specs.")):
            yield prefix + key, str(value)


def compare(
    then: dict[str, dict[str, dict[str, Any]]], now: dict[str, dict[str, dict[str, Any]]]
) -> list[Difference]:
    """What differs, by collection and id; collections that are new since then are left out."""
    out = []
    for name in COMPARED:
        before, after = then.get(name), now.get(name, {})
        if before is None:
            continue
        for record_id in sorted(before.keys() | after.keys()):
            if record_id not in after:
                out.append(Difference(name, record_id, "removed"))
            elif record_id not in before:
                out.append(Difference(name, record_id, "added"))
            else:
                was, is_now = dict(_said(before[record_id])), dict(_said(after[record_id]))
                fields = tuple(
                    (field, was.get(field, "–"), is_now.get(field, "–"))
                    for field in dict.fromkeys([*was, *is_now])
                    if was.get(field) != is_now.get(field)
                )
                if fields:
                    out.append(Difference(name, record_id, "changed", fields))
    return out


# ---------------------------------------------------------------- what a page shows
