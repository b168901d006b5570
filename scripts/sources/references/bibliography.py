"""``references.bib``, read once and formatted once: the sources, ready to be cited.

``bibtex`` reads, ``formatting`` formats, ``scripts.checks.bibliography`` judges. What cannot be
read is left out here, so that one bad entry does not hide the others.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pybtex.database import parse_string
from pybtex.exceptions import PybtexError

from scripts.sources.references import bibtex
from scripts.sources.references.csl import mended
from scripts.sources.references.entries import Entry, Field
from scripts.sources.references.formatting import formatted
from scripts.sources.shelf import Shelf, digest

KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no page can hold."""
_TYPE = re.compile(r"[a-z]+\Z")
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_LEADS_ELSEWHERE = {"crossref", "xdata", "xref", "entryset", "set", "related"}
"""Fields by which an entry takes from others: pandoc follows one that leads to itself for ever."""


@dataclass(frozen=True)
class Reference:
    """One source, formatted."""

    key: str
    html: str
    """The entry as HTML, without enclosing element."""
    title: str
    kind: str
    url: str
    date: str
    csl: dict[str, Any]
    line: int = 0
    archive: str = ""
    """Address of an archived copy."""
    archive_date: str = ""
    """Day of that copy."""

    @property
    def archived_html(self) -> str:
        """Link to the archived copy, to stand behind the entry; empty if there is none."""
        if not self.archive:
            return ""
        words = escape(f"archived {self.archive_date}".strip())
        label = f"{words}: {escape(self.title, quote=True)}"
        address = escape(self.archive, quote=True)
        return (
            f'<a class="ref-archived" href="{address}" rel="noopener" '
            f'aria-label="{label}">{words}</a>'
        )


def _plain(entry: Entry) -> Entry:
    """The entry with what every program can bear: each field once, none that leads elsewhere."""
    kept: dict[str, Field] = {}
    for field in entry.fields:
        if _NAME.match(field.name) and field.name not in _LEADS_ELSEWHERE:
            kept.setdefault(field.name, replace(field, value=CONTROL.sub("", field.value)))
    return replace(entry, fields=tuple(kept.values()))


def _written(entries: Iterable[Entry]) -> str:
    return "\n\n".join(bibtex.written(entry, entry.values) for entry in entries) + "\n"


def refusal(*entries: Entry) -> str | None:
    """Why pybtex, by which mkdocs-bibtex reads, refuses entries that are well formed."""
    return _refusal(_written(map(_plain, entries)))


@functools.lru_cache(maxsize=8)
def _refusal(text: str) -> str | None:
    """As :func:`refusal`; the check and the build ask for the same text, and pybtex is slow."""
    try:
        parse_string(text, "bibtex")
    except PybtexError as error:
        return re.sub(r"\s+", " ", str(error)).strip()
    return None


@functools.lru_cache(maxsize=4)
def _readable(text: str) -> tuple[Entry, ...]:
    """The entries that can be read, each key once; the check reports what is left out."""
    kept: dict[str, Entry] = {}
    for entry in bibtex.read(text).entries:
        if not entry.faults and KEY.match(entry.key) and _TYPE.match(entry.type) and entry.fields:
            kept.setdefault(entry.key, _plain(entry))
    entries = tuple(kept.values())
    if refusal(*entries):
        entries = tuple(entry for entry in entries if not refusal(entry))
    return entries


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # the check has said so
        return ""


def _year_first(csl: dict[str, Any]) -> str:
    parts = csl.get("issued", {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" if i else str(part) for i, part in enumerate(parts))


def load(text: str, shelf: Shelf | None = None) -> dict[str, Reference]:
    """All readable references of a bibliography by key. Raises RuntimeError if pandoc fails."""
    kept = shelf.read("references", "all") if shelf else None
    if isinstance(kept, dict) and kept.get("of") == digest(text):
        return {item["key"]: Reference(**item) for item in kept["references"]}
    made = _made(text, shelf)
    if shelf:
        content = [asdict(reference) for reference in made.values()]
        shelf.write("references", "all", {"of": digest(text), "references": content})
    return made


def _made(text: str, shelf: Shelf | None) -> dict[str, Reference]:
    entries = {entry.key: entry for entry in _readable(text)}
    out = formatted(entries.values(), shelf)
    references = {}
    for key, html in out["entries"].items():
        csl, values = mended(out["csl"][key], entries[key].type), entries[key].values
        copy = values.get("archiveurl", "")
        if copy:  # pandoc has no field for it, CSL has
            csl = {**csl, "archive": _host(copy), "archive_location": copy}
        references[key] = Reference(
            key=key,
            html=html,
            title=csl.get("title", key),
            kind=csl.get("keyword", ""),
            url=csl.get("URL", ""),
            date=_year_first(csl),
            csl=csl,
            line=entries[key].line,
            archive=copy,
            archive_date=values.get("archivedate", "") if copy else "",
        )
    return references


def text_of(path: Path) -> str:
    """The file as text, whatever its bytes; empty if there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def readable(text: str) -> str:
    """The entries that can be read, as text again: macros resolved, each field once."""
    return _written(_readable(text))


def keys(text: str) -> set[str]:
    """The citation keys, without formatting anything: enough to check pages against."""
    return {entry.key for entry in bibtex.read(text).entries if entry.key}


def line_of(key: str, text: str) -> int:
    """The line on which the entry ``key`` begins; 1 if there is none."""
    entry = bibtex.read(text).first.get(key)
    return entry.line if entry else 1
