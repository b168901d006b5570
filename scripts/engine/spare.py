"""The folder that a build before left, brought up to date instead of being written anew.

Two folders take turns: while one is the site, the other waits in the cache with a record of what
stands in it. A build takes it if nothing but texts and values has changed since, and writes only
what those have changed. A folder that somebody has touched, that another version made or that has
no record is thrown away, and all of it is made again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.engine import swap
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.shelf import digest, write_whole
from scripts.sources.site import Site

SPARE, STANDING = "spare", "standing.json"
"""Below the cache: the folder that waits, and the record of the one that is the site."""
_THEME = "overrides"

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds, of a file."""


@dataclass
class Made:
    """What stands in a folder that a build has finished."""

    outline: str = ""
    """Hash of what decides which files there are, and of what is not told apart further."""
    keys: dict[str, str] = field(default_factory=dict)
    """Of :class:`scripts.publish.done.Done`."""
    files: dict[str, tuple[Stamp, str]] = field(default_factory=dict)
    """By name: how a file was, and by which key the link check keeps what it holds."""

    @property
    def stamps(self) -> dict[str, Stamp]:
        return {name: stamp for name, (stamp, _) in self.files.items()}


def _files(folder: Path) -> Iterator[Path]:
    for inside in sorted(folder.rglob("*")):
        if inside.is_file():
            yield inside


def outline(site: Site) -> str:
    """All that decides which files a build makes, save texts of pages and values of records."""
    code = site.shelf.code if site.shelf else ""
    parts: list[str | bytes] = [code, site.url, site.newest, site.edition, site.commit]
    parts += [str(site.moment), repr(site.forge), *sorted(site.references)]
    for name in COLLECTIONS:
        records = site.records[name].values()
        parts += [name, *(f"{one.id} {getattr(one, 'former_ids', '')}" for one in records)]
    for top in (site.root / _THEME, site.docs):
        for path in _files(top):
            text = top == site.docs and path.suffix == ".md"
            parts += [path.relative_to(site.root).as_posix(), b"" if text else path.read_bytes()]
    return digest(*parts)


def stamps(folder: Path) -> dict[str, Stamp]:
    """How each file below a folder is now, by its name with forward slashes."""
    out = {}
    for here, _, names in os.walk(folder):
        inside = os.path.relpath(here, folder).replace(os.sep, "/")
        for name in names:
            known = os.stat(os.path.join(here, name))
            path = name if inside == "." else f"{inside}/{name}"
            out[path] = (known.st_size, known.st_mtime_ns)
    return out


def _number(folder: Path) -> int:
    """What stays of a folder when it is renamed."""
    return folder.stat().st_ino


def _read(record: Path, folder: Path) -> Made | None:
    """The record of this very folder, if there is one that can be read."""
    try:
        said = json.loads(record.read_bytes())
        if said["folder"] != _number(folder):
            return None
        files = {
            str(name): ((int(size), int(time)), str(key))
            for name, (size, time, key) in said["files"].items()
        }
        keys = {str(name): str(key) for name, key in said["keys"].items()}
        return Made(str(said["outline"]), keys, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(record: Path, folder: Path, made: Made) -> None:
    files = {name: [*stamp, key] for name, (stamp, key) in made.files.items()}
    said = {
        "folder": _number(folder),
        "outline": made.outline,
        "keys": made.keys,
        "files": files,
    }
    write_whole(record, json.dumps(said, separators=(",", ":")).encode())


def take(cache: Path, into: Path, outline: str) -> Made:
    """What stands in ``into``, an empty folder that becomes the one that waited; nothing if that
    one has another outline or cannot be trusted. Only one of two builds at once gets it."""
    waiting = cache / SPARE
    with contextlib.suppress(OSError):
        os.replace(waiting, into)
    made = _read(cache / f"{SPARE}.json", into)
    if made is not None and made.outline == outline and stamps(into) == made.stamps:
        return made
    clear(into)
    return Made(outline)


def clear(folder: Path) -> None:
    """Leave nothing in a folder, which stays."""
    for inside in folder.iterdir():
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside)
        else:
            inside.unlink()


def unchanged(folder: Path, made: Made) -> dict[str, str]:
    """By name, the keys of the files that are as they were when ``made`` was written; none if one
    of them is gone, since others may lead to it."""
    now = stamps(folder)
    if made.files.keys() - now.keys():
        return {}
    return {name: key for name, (was, key) in made.files.items() if now[name] == was}


def change_places(new: Path, site: Path, made: Made, links: Mapping[str, str]) -> None:
    """Put ``new`` where ``site`` is, and keep the folder that was there for the build after.

    ``made``: outline and keys of what stands in ``new``; ``links``: keys of the link check.
    Raises OSError if the folders cannot change places.
    """
    cache = new.parent
    stand = stamps(new)
    made.files = {name: (stamp, links.get(name, "")) for name, stamp in stand.items()}
    before = _read(cache / STANDING, site) if site.is_dir() else None
    number = _number(site) if before else 0
    old = swap.exchange(new, site)
    with contextlib.suppress(OSError):  # without a record the next build makes all of it
        _write(cache / STANDING, site, made)
    with contextlib.suppress(OSError):
        if before is not None and _number(old) == number and not (cache / SPARE).exists():
            _write(cache / f"{SPARE}.json", old, before)
            os.replace(old, cache / SPARE)
    shutil.rmtree(old, ignore_errors=True)
