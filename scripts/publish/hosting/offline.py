"""Reading offline: the worker at the top of the site, and lists of what can be kept.

A browser that finds another worker than yesterday's knows that the site has changed; the lists
say which files have, by their hashes, and what they weigh before anything is loaded.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

WORKER = "offline.js"
FOLDER = "offline"
"""Below the top of the site: the lists. A page asks for them only where somebody wants to know."""
_LISTS = ("site", "facts")
FORMAT = 1
_SOURCE = Path(__file__).with_name(WORKER)
_EDITION = re.compile(r"\d{4}\.\d{2}(?:\.\d+)?")
_SMALL_PAGES = ("f", "figures")
"""A page for each fact and figure: many, and each is on a page of the menu, too."""
_FOLDERS = ("assets", "data", "search")
_ENDS = {
    "assets": {".css", ".js", ".svg", ".ico", ".woff2"},
    "data": {".json"},
    "search": {".json", ".js"},
}
"""What pages fetch; pictures for previews elsewhere and files to download are left out."""
_UNREAD = {"datapackage.json", "croissant.json", "citations.json"}
"""Below ``data/``: for programs, no page fetches them."""
_STUB = re.compile(rb'http-equiv="?refresh', re.IGNORECASE)
_PLAIN = re.compile(r"(javascripts|stylesheets)$")


@dataclass(frozen=True)
class Kept:
    """A file that a browser can keep."""

    path: str
    """Its address from the top of the site; a folder for its page, empty for the home page."""
    hash: str
    size: int
    small: int
    """Bytes, as they are kept and as they are sent by a host that compresses."""


@dataclass(frozen=True)
class _Known:
    """What older lists say of files that are as they were."""

    same: Set[str]
    """Their names below the site."""
    listed: Mapping[str, tuple[str, int]]
    """Hash and bytes as sent, by address; of a file that only leads on there is nothing."""


def _known(site: Path, same: Set[str]) -> _Known:
    listed = {}
    for name in _LISTS:
        if f"{FOLDER}/{name}.json" not in same:
            return _Known(frozenset(), {})
        said = json.loads((site / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        listed |= {path: (total, small) for path, total, small in said["files"]}
    return _Known(same, listed)


def _of(path: Path, name: str, address: str, known: _Known) -> Kept | None:
    if name in known.same:
        before = known.listed.get(address)
        return Kept(address, before[0], path.stat().st_size, before[1]) if before else None
    data = path.read_bytes()
    if path.suffix == ".html" and _STUB.search(data[:2000]):
        return None
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Kept(address, digest, len(data), len(zlib.compress(data, 6)))


def _pages(folder: Path, site: Path, known: _Known) -> Iterable[Kept | None]:
    for path in sorted(folder.rglob("index.html")):
        address = f"{path.parent.relative_to(site).as_posix()}/"
        yield _of(path, f"{address}index.html", address, known)


def _beside(site: Path, known: _Known) -> Iterable[Kept | None]:
    for name in _FOLDERS:
        top = site / name
        for path in sorted(top.rglob("*")):
            if path.suffix not in _ENDS[name] or not path.is_file():
                continue
            part = path.relative_to(top).parts[0]
            # Where folders are named by their content, pages lead to those alone.
            if _PLAIN.fullmatch(part) and any(top.glob(f"{part}-*")):
                continue
            if name == "data" and (path.name in _UNREAD or path.parent != top):
                continue
            address = path.relative_to(site).as_posix()
            yield _of(path, address, address, known)


def files(site: Path, same: Set[str] = frozenset()) -> dict[str, list[Kept]]:
    """What can be kept: ``site``, all pages of the menu with what they fetch; ``facts``, a small
    page for each fact and figure. ``same``: files that are as the lists in ``site`` say."""
    known = _known(site, same)
    main = [_of(site / "index.html", "index.html", "", known)]
    small: list[Kept | None] = []
    for top in sorted(site.iterdir()):
        if not top.is_dir() or _EDITION.fullmatch(top.name) or top.name in (*_FOLDERS, "book"):
            continue
        (small if top.name in _SMALL_PAGES else main).extend(_pages(top, site, known))
    main += _beside(site, known)
    return {
        name: [one for one in group if one]
        for name, group in zip(_LISTS, (main, small), strict=True)
    }


def _totals(group: Sequence[Kept]) -> dict[str, int]:
    return {
        "pages": sum(not one.path or one.path.endswith("/") for one in group),
        "size": sum(one.size for one in group),
        "small": sum(one.small for one in group),
    }


def write(site: Path, same: Set[str] = frozenset()) -> None:
    """The worker and the lists for the site in ``site``, whose pages are as they will be served.

    ``same``: names of files that are as they were when this was last done here."""
    found = files(site, same)
    source = _SOURCE.read_text(encoding="utf-8")
    state = hashlib.sha256(source.encode())
    for group in found.values():
        for one in group:
            state.update(f"{one.path}\0{one.hash}\0".encode())
    build = state.hexdigest()[:12]
    (site / WORKER).write_text(source.replace("@BUILD@", build), encoding="utf-8")
    (site / FOLDER).mkdir(exist_ok=True)
    for name, group in found.items():
        said: dict[str, object] = {"format": FORMAT, "build": build, **_totals(group)}
        if name == "site":
            said["facts"] = _totals(found["facts"])  # told beside it, before that list is asked for
        said["files"] = [[one.path, one.hash, one.small] for one in group]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        (site / FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
