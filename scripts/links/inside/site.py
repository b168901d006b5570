"""One index of a built site's files and ids, and what in it leads nowhere."""

from __future__ import annotations

import difflib
import functools
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from scripts.links.inside import collect, content
from scripts.links.inside.content import Address, Plain, Target, address_of, to_plain
from scripts.sources.processes import Crew
from scripts.sources.shelf import Shelf, digest

DEFAULT_URL = "http://127.0.0.1:8000/"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_CANONICAL = re.compile(rb"""<link\s+rel=["']?canonical["']?\s+href=["']([^"']+)["']""")
_EDITION = re.compile(r"20\d\d\.\d\d?(\.\d+)?")
_HINTS = 300
"""Faults that get a hint; looking up near names for thousands would take minutes."""
_SHARE = 32
"""Files that one process takes at a time."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One address of one built file that leads nowhere."""

    file: str
    """Below the site, with forward slashes."""
    address: Address
    message: str
    target: Target | None = None


KEPT = "links"
"""Kind of what is kept: what each file of a part of the site holds, by its key."""


def _part(file: str) -> str:
    """The files that are kept together: those of one folder at the top."""
    return file.partition("/")[0] if "/" in file else ""


class AddressError(ValueError):
    """An address that cannot lead anywhere, whatever the site holds."""


def canonical_url(site: Path) -> str:
    """Where ``site`` was built for: what its home page calls canonical."""
    home = site / "index.html"
    match = _CANONICAL.search(home.read_bytes()) if home.is_file() else None
    return match[1].decode("utf-8", errors="replace") if match else DEFAULT_URL


def _steps(path: str) -> tuple[list[str], int]:
    """Parts of a path without ``.`` and ``..``, and how far it climbs above its start."""
    out: list[str] = []
    above = 0
    for step in path.split("/"):
        if step == "..":
            if out:
                out.pop()
            else:
                above += 1
        elif step != ".":
            out.append(step)
    return out, above


class Site:
    """Files and ids of a built site, read once.

    Names are compared as text: a file system that ignores case would hide what breaks elsewhere.
    """

    def __init__(
        self,
        folder: Path,
        url: str,
        shelf: Shelf | None = None,
        known: Mapping[str, str] | None = None,
    ) -> None:
        """``known``: :attr:`keys` of files that are as they were when those were made."""
        self._shelf = (
            shelf.of(*map(Path, (__file__, collect.__file__, content.__file__))) if shelf else None
        )
        self._known = known or {}
        self.keys: dict[str, str] = {}
        """By name of a file: hash of its name, its bytes and the address of the site."""
        self.folder = folder
        self.url = url.rstrip("/") + "/"
        parts = urlsplit(self.url)
        self.host = parts.netloc.lower()
        self.root = unquote(parts.path)
        self.files: set[str] = set()
        self.folders: set[str] = {""}
        for here, folders, files in os.walk(folder):
            inside = PurePosixPath(Path(here).relative_to(folder).as_posix())
            self.files.update((inside / name).as_posix() for name in files)
            self.folders.update((inside / name).as_posix() for name in folders)
        self.editions = {name for name in self.folders if _EDITION.fullmatch(name)}
        self.editions |= self._listed_editions()
        self.ids: dict[str, frozenset[str]] = {}
        self.total = 0
        """Addresses that stay on the site, each once a file."""
        self._hints = 0

    def _listed_editions(self) -> set[str]:
        """Editions and aliases that mike's versions.json names and that are here."""
        try:
            listed = json.loads((self.folder / "versions.json").read_text(encoding="utf-8"))
            names = {n for item in listed for n in (item["version"], *item.get("aliases", ()))}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return set()
        return {name for name in names if name in self.folders}

    def edition(self, file: str) -> str:
        """Folder of the edition that a file belongs to; empty for the current pages."""
        first = file.partition("/")[0]
        return first if first in self.editions else ""

    def resolve(self, raw: str, file: str, base: str = "") -> Target | None:
        """Where ``raw`` in ``file`` leads; None if out of the site. Raises AddressError.

        ``base`` is the page's ``<base href>``.
        """
        if base:
            whole = self.resolve(base, file)
            if whole is None:
                return None
            file = f"{whole.path}/index.html".lstrip("/") if whole.slash else whole.path
        raw = re.sub(r"[\t\r\n]", "", raw).strip()
        if raw.startswith("//") or _SCHEME.match(raw):
            return self._absolute(raw)
        path, _, fragment = raw.partition("#")
        path = path.partition("?")[0]
        fragment = unquote(fragment.partition(":~:")[0])
        if not path:
            return Target(self._page(file), fragment)
        path = unquote(path)
        if path.startswith("/"):
            if not (path + "/").startswith(self.root):
                raise AddressError(f"leads out of the site, which is below '{self.root}'")
            return self._below(path[len(self.root) :], fragment)
        return self._below(f"{file.rpartition('/')[0]}/{path}".lstrip("/"), fragment)

    def _absolute(self, raw: str) -> Target | None:
        try:
            parts = urlsplit(raw)
            host = parts.netloc.lower()
        except ValueError as error:
            raise AddressError(f"is not a valid address: {error}") from None
        if parts.scheme.lower() == "file":
            raise AddressError("leads to a file of one machine")
        path = unquote(parts.path) or "/"
        if parts.scheme.lower() not in {"http", "https", ""} or host != self.host:
            return None
        if not (path if path.endswith("/") else path + "/").startswith(self.root):
            return None  # another site of the same host
        fragment = unquote(parts.fragment.partition(":~:")[0])
        return self._below(path[len(self.root) :], fragment)

    @staticmethod
    def _page(file: str) -> str:
        """The path by which a page is known: ``a/index.html`` is ``a``."""
        return "" if file == "index.html" else file.removesuffix("/index.html")

    def _below(self, path: str, fragment: str) -> Target:
        steps, above = _steps(path)
        if above:
            raise AddressError("climbs above the top of the site")
        slash = not steps or steps[-1] == "" or path.endswith(("/.", "/.."))
        plain = "/".join(steps).removesuffix("/")
        return Target(self._page(plain), fragment, slash and plain == self._page(plain))

    def file_of(self, target: Target) -> str | None:
        """The file that answers for a target, or None."""
        index = f"{target.path}/index.html" if target.path else "index.html"
        if not target.slash and target.path in self.files:
            return target.path
        return index if index in self.files else None

    def why_not(self, target: Target, names_only: bool = False) -> str:
        """Why a target leads nowhere, with the nearest that exists; empty if it holds."""
        file = self.file_of(target)
        shown = target.path or "index.html"
        if file is None:
            if target.path in self.folders:
                return f"broken link to '{shown}': the folder has no page"
            if target.slash and target.path in self.files:
                return f"broken link to '{shown}/' (did you mean '{shown}'?)"
            return f"broken link to '{shown}'{self._near_path(target.path)}"
        if not target.fragment or names_only or target.fragment.lower() == "top":
            return ""
        ids = self.ids.get(file)
        if ids is None or target.fragment in ids:
            return ""
        if file.endswith(".svg") and re.match(r"svgView\(|xywh=|t=", target.fragment):
            return ""
        hint = self._near(target.fragment, ids)
        return f"no anchor '#{target.fragment}' on '{target.path or 'index'}'{hint}"

    def _near(self, word: str, known: frozenset[str] | list[str], cutoff: float = 0.6) -> str:
        """As ``problems.nearest``, but of thousands of names only for the first faults."""
        self._hints += 1
        if self._hints > _HINTS:
            return ""
        near = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
        return f" (did you mean '{near[0]}'?)" if near else ""

    @functools.cached_property
    def _names(self) -> list[str]:
        """What can be linked to: files, and pages by their folder."""
        pages = {self._page(name) for name in self.files if name.endswith("/index.html")}
        return sorted(pages | self.files)

    @functools.lru_cache(maxsize=1024)  # noqa: B019 - one Site a run
    def _near_path(self, path: str) -> str:
        """The same name in other letters, then in another folder, then a similar one."""
        name = path.rpartition("/")[2]
        for alike in (
            [known for known in self._names if known.lower() == path.lower()],
            [known for known in self._names if known.rpartition("/")[2] == name and name],
        ):
            if alike:
                best = difflib.get_close_matches(path, alike, n=1, cutoff=0.0)
                return f" (did you mean '{best[0]}'?)"
        folder, slash, _ = path.rpartition("/")
        if folder not in self.folders:
            return self._near(path, self._names)
        # Names only: with a long folder before them, any two look alike.
        beside = [k.rpartition("/")[2] for k in self._names if k.rpartition("/")[0] == folder]
        hint = self._near(name, beside)
        return hint.replace("'", f"'{folder}{slash}", 1)

    def faults(self) -> Iterator[Fault]:
        """Everything that leads nowhere, file by file. Fills ``ids``."""
        pending: dict[tuple[str, str, bool, bool], list[tuple[str, Plain]]] = {}
        for file, plain in self._all():
            if plain is None:
                continue
            ids, broken, leftovers, leads = plain
            self.total += len(leads)
            if file.endswith((".html", ".htm", ".svg", ".md")):
                self.ids[file] = frozenset(ids)
            for line, reason in broken:
                yield Fault(file, Address("", line), reason)
            if not self.edition(file):  # what was published as an edition stays as it is
                for line, text, reason in leftovers:
                    yield Fault(file, Address(text, line), reason)
            for lead in leads:
                path, fragment, slash, names_only, message = lead[:5]
                if message:
                    yield Fault(file, address_of(lead), message)
                else:
                    key = (path, fragment, slash, names_only)
                    pending.setdefault(key, []).append((file, lead))
        for (path, fragment, slash, names_only), where in pending.items():
            target = Target(path, fragment, slash)
            if message := self.why_not(target, names_only):
                for file, lead in where:
                    yield Fault(file, address_of(lead), message, target)

    def _all(self) -> Iterator[tuple[str, Plain | None]]:
        """Each file, and what it holds and where it leads: its bytes, name and address decide."""
        self.keys = {file: self._key(file) for file in sorted(self.files)}
        kept = self._read({_part(file) for file in self.files})
        new = [file for file, key in self.keys.items() if key not in kept]
        shares = [new[start : start + _SHARE] for start in range(0, len(new), _SHARE)]
        for share, found in zip(shares, Crew(self._share, shares).results(), strict=True):
            kept |= {self.keys[file]: plain for file, plain in zip(share, found, strict=True)}
        self._keep({_part(file) for file in new}, kept)
        for file, key in self.keys.items():
            yield file, kept[key]

    def _read(self, parts: set[str]) -> dict[str, Plain | None]:
        kept: dict[str, Plain | None] = {}
        for part in sorted(parts) if self._shelf else ():
            assert self._shelf is not None
            kept |= self._shelf.read(KEPT, part) or {}
        return kept

    def _keep(self, parts: set[str], kept: dict[str, Plain | None]) -> None:
        """Of the parts in which something is new; of thousands of files in one it would take
        longer to write than to read."""
        shares: dict[str, dict[str, Plain | None]] = {part: {} for part in parts}
        for file, key in self.keys.items():
            if (part := _part(file)) in parts:
                shares[part][key] = kept[key]
        for part, share in shares.items():
            if self._shelf is not None:
                self._shelf.write(KEPT, part, share)

    def _key(self, file: str) -> str:
        if known := self._known.get(file):
            return known
        return digest(file, (self.folder / file).read_bytes(), self.url)

    def _share(self, files: Sequence[str]) -> list[Plain | None]:
        return [self._resolved(file, (self.folder / file).read_bytes()) for file in files]

    def _resolved(self, file: str, data: bytes) -> Plain | None:
        content = collect.contents(file, data, self.url)
        if content is None:
            return None
        leads: list[tuple[Address, Target | str]] = []
        seen: set[tuple[str, bool]] = set()
        for address in content.addresses:
            if (address.raw, address.names_only) in seen:
                continue
            seen.add((address.raw, address.names_only))
            try:
                target = self.resolve(address.raw, file, content.base)
            except AddressError as error:
                leads.append((address, f"'{address.raw.strip()}' {error}"))
                continue
            if target is not None:  # what leads out of the site is not for us
                leads.append((address, target))
        return to_plain(content, leads)
