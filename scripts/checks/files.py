"""Below docs/ and data/ stand only files that the site is made from: plain, small, of known kinds.

Why: everything below docs/ is published as it is. A link to a file of the machine that builds, a
page of HTML, a drawing with a script in it, or a name that the build writes itself would go out
under our name.

Good: docs/assets/logo.svg, data/facts/pricing.yml.
Bad: docs/robots.txt, docs/demo.html, a symbolic link, a drawing with <script> or onload.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from scripts.pages.markup import scheme_of
from scripts.problems import Problem
from scripts.sources.pages import built_path

RULE = "files"
MAX_BYTES = 2_000_000
PAGES = {".md"}
ASSETS = {
    ".css", ".js", ".mjs", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".ico", ".woff2",
    ".webmanifest",
}  # fmt: skip
BY_NAME = {"CNAME", ".nojekyll", "README.md"}
DATA = {".yml", ".yaml"}
KEPT_BY_JOBS = {"data/links/state.json", "data/links/last-run.json"}
"""What the weekly check of outside links remembers."""
_SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".woff2": (b"wOF2",),
}
TAKEN = {"data", "f", "figures", "search"}
"""Folders of the built site that the build writes itself."""
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
LONGEST = 100
"""Letters of a name; some file systems end at 143 bytes."""
_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")
_CSS_ADDRESS = re.compile(rb"(?:@import\s+|url\(\s*)[\"']?(?:url\([\"']?)?([^)\"';]*)")
_SVG_ACTS = {"script", "foreignobject", "iframe", "handler", "set", "animate", "animatetransform",
             "animatemotion", "embed", "object", "audio", "video"}  # fmt: skip


def _walk(folder: Path) -> Iterator[Path]:
    """Everything below a folder, sorted, without following links."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here) / name for name in sorted([*folders, *names]))


def svg_problem(data: bytes) -> tuple[int, str] | None:
    """Line and words for what acts in a drawing, or leads out of it."""
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data or b"<?xml-stylesheet" in data:
        return 1, "a drawing with a DOCTYPE, an entity or a style sheet; take it out"
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return error.lineno or 1, f"not well-formed SVG: {error.msg}"
    for element in root.iter(etree.Element):
        tag, line = etree.QName(element).localname.lower(), element.sourceline or 1
        if tag in _SVG_ACTS:
            return line, f"<{tag}> in a drawing; take it out"
        for name, value in element.items():
            name = name.rpartition("}")[2].lower()
            if name.startswith("on"):
                return line, f"the event handler '{name}' in a drawing; take it out"
            if name == "href" and not value.strip().startswith("#"):
                return line, f"a drawing that leads to '{value[:40]}'; only '#id' may stand there"
            if "url(" in value and re.search(r"url\(\s*[\"']?\s*(?!#)", value):
                return line, "a drawing with 'url(...)' of another file; take it out"
        if tag == "style" and re.search(r"@import|url\(\s*[\"']?\s*[^#\s]", element.text or ""):
            return line, "a drawing with a style of another file; take it out"
    return None


def _file_problem(path: Path, data: bytes) -> tuple[int, str] | None:
    suffix = path.suffix.lower()
    if not data:
        return 1, "an empty file; take it out"
    if suffix == ".svg":
        return svg_problem(data)
    if suffix in _SIGNATURES and not data.startswith(_SIGNATURES[suffix]):
        return 1, f"this is no {suffix[1:].upper()} file, whatever its name says"
    if suffix == ".css":
        for found in _CSS_ADDRESS.finditer(data):
            address = found[1].decode("utf-8", "replace").strip()
            if scheme_of(address) not in {"", "data"} or address.startswith("//"):
                line = data.count(b"\n", 0, found.start()) + 1
                return (
                    line,
                    f"a style of another host ('{address[:60]}'); put it below docs/assets/",
                )
    return None


def _problem(path: Path, kinds: set[str]) -> tuple[int, str] | None:
    try:
        mode = path.lstat()
    except OSError as error:
        return 1, f"cannot be read: {error.strerror}"
    if stat.S_ISLNK(mode.st_mode):
        return 1, "a symbolic link; put the file itself here"
    if not _NAME.match(path.name):
        return 1, "a name may have only letters, digits, '.', '-' and '_'"
    if _OF_WINDOWS.match(path.name):
        return 1, "a name that Windows keeps for itself; choose another"
    if len(path.name) > LONGEST:
        return 1, f"a name of {len(path.name)} letters; {LONGEST} are enough"
    if path.suffix in PAGES and not re.fullmatch(r"\w[\w-]*", path.stem):
        return 1, "the name of a page has letters, digits and hyphens, and one '.'"
    if stat.S_ISDIR(mode.st_mode):
        return (1, "a folder with the name of a page") if path.suffix in PAGES | DATA else None
    if not stat.S_ISREG(mode.st_mode):
        return 1, "no file with content (a pipe, a socket or a device); take it out"
    if path.name in BY_NAME:
        return None
    if path.suffix.lower() in PAGES | DATA and path.name != path.name.lower():
        return 1, f"a name with capitals becomes an address with capitals; '{path.name.lower()}'"
    if path.suffix.lower() not in kinds:
        known = ", ".join(sorted(kinds))
        return 1, f"files of this kind are not published or read here; known are {known}"
    if mode.st_size > MAX_BYTES:
        return 1, f"{mode.st_size:,} bytes; {MAX_BYTES:,} are allowed"
    return _file_problem(path, path.read_bytes()) if path.suffix not in PAGES | DATA else None


def _addresses(docs: Path) -> Iterator[tuple[Path, str]]:
    """Pages whose address another page or the build itself has, with words."""
    seen: dict[str, str] = {}
    for path in _walk(docs):
        name = path.relative_to(docs).as_posix()
        if path.suffix not in PAGES or not path.is_file():
            continue
        if name.partition("/")[0] in TAKEN and "/" in name:
            yield path, f"the build writes {name.partition('/')[0]}/ itself; choose another folder"
        other = seen.setdefault(built_path(name), name)
        if other != name:
            yield path, f"its address /{built_path(name)} is that of docs/{other}; rename one"


def check(root: Path) -> Iterator[Problem]:
    for folder, kinds in (("docs", PAGES | ASSETS), ("data", DATA)):
        if not (root / folder).is_dir():
            yield Problem(folder, 1, f"the folder {folder}/ is missing", rule=RULE)
            continue
        for path in _walk(root / folder):
            if path.relative_to(root).as_posix() in KEPT_BY_JOBS:
                continue
            if found := _problem(path, kinds):
                # A link is named as it stands here, not where it leads.
                name = path.relative_to(root).as_posix()
                yield Problem(name, found[0], found[1], rule=RULE)
    for path, words in _addresses(root / "docs"):
        yield Problem(path.relative_to(root).as_posix(), 1, words, rule=RULE)
