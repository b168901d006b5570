"""Compares two folders with the project: pages, records, sources, links, and built pages."""

from __future__ import annotations

import difflib
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.engine.compare.found import (
    FieldChange,
    Found,
    How,
    PageChange,
    RecordChange,
    Weight,
)
from scripts.links.outside.collect import collect
from scripts.sources import site as sources
from scripts.sources.references import bibtex
from scripts.sources.site import Site

BUILT = "site"
"""Folder of the built pages below a project; they are compared where both are there."""
_LISTS = ("reference/facts/",)
"""Pages that show every record, which says nothing."""
_USED = re.compile(r'data-fact="([^"]+)"')
_CITED = re.compile(r'<li id="ref-([a-z0-9-]+)"')
MOST_TEXT = 600
"""Letters of a value that are kept."""


def _how(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> How:
    if name not in old:
        return "added"
    return "removed" if name not in new else "changed"


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, How]]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield name, _how(name, old, new)


def _pages(before: Site, after: Site) -> list[PageChange]:
    old, new = ({page.file: page.text for page in site.pages} for site in (before, after))
    out = []
    for name, how in _differing(old, new):
        lines = list(
            difflib.unified_diff(
                old.get(name, "").splitlines(), new.get(name, "").splitlines(), n=0, lineterm=""
            )
        )[2:]
        more, less = (sum(line.startswith(sign) for line in lines) for sign in "+-")
        out.append(PageChange(file=name, how=how, more=more, less=less))
    return out


def _flat(record: Any) -> dict[str, str]:
    """Every field that is set, as text; those of a spec sheet one by one."""
    out: dict[str, str] = {}

    def add(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                add(f"{name}.{key}" if name else str(key), inner)
        elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
            for item in value:
                key = item.get("key") or item.get("id") or str(value.index(item))
                add(f"{name}.{key}", {k: v for k, v in item.items() if k != "key"} or "named")
        else:
            out[name] = str(value)[:MOST_TEXT]

    add("", record.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    return out


def _records_of(site: Site) -> dict[str, dict[str, str]]:
    out = {f"{name}/{record.id}": _flat(record) for name, record in site.records.records()}
    for entry in bibtex.read(site.bib).entries:
        fields = {field.name.lower(): field.value[:MOST_TEXT] for field in entry.fields}
        out[f"@{entry.key}"] = {"type": entry.type, **fields}
    return out


def _label(fields: Mapping[str, str]) -> str:
    return next((fields[k] for k in ("label", "name", "title", "term", "claim") if k in fields), "")


def _keys(fields: Iterable[str]) -> list[str]:
    """Citation keys of a record."""
    found = (re.match(r"(?:.*\.)?sources\.([a-z0-9-]+)", name) for name in fields)
    return sorted({match[1] for match in found if match})


def shown_on(built: Path) -> dict[str, list[str]]:
    """Addresses of pages by what they show: ``collection/id`` or ``@key``."""
    out: dict[str, list[str]] = {}
    for path in sorted(built.rglob("index.html")):
        url = path.parent.relative_to(built).as_posix() + "/"
        if url.startswith(_LISTS) or url.startswith(("f/", "figures/")):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        used = {name.split(".")[0] for names in _USED.findall(text) for name in names.split()}
        used |= {f"@{key}" for key in _CITED.findall(text)}
        for name in used:
            out.setdefault(name, []).append("/" if url == "./" else f"/{url}")
    return out


def _typed_on(site: Site, names: Iterable[str]) -> dict[str, list[str]]:
    """The same from the text of pages, where nothing is built: who names the id or key."""
    out: dict[str, list[str]] = {}
    for name in names:
        word = re.compile(rf"(?<![\w-]){re.escape(name.rpartition('/')[2].lstrip('@'))}(?![\w-])")
        out[name] = [page.file for page in site.pages if word.search(page.text)]
    return out


def _records(before: Site, after: Site, built: Path) -> list[RecordChange]:
    old, new = _records_of(before), _records_of(after)
    changed = list(_differing(old, new))
    names = [name for name, _ in changed]
    shown = shown_on(built) if built.is_dir() else _typed_on(after, names)
    out = []
    for name, how in changed:
        was, now = old.get(name, {}), new.get(name, {})
        fields = [
            FieldChange(name=field, old=was.get(field, ""), new=now.get(field, ""))
            for field, _ in _differing(was, now)
            if field != "id"
        ]
        out.append(
            RecordChange(
                name=name,
                how=how,
                label=_label(now or was),
                fields=fields[:200] if how == "changed" else [],
                sources=_keys(now)[:100],
                shown=shown.get(name, [])[:500],
            )
        )
    return out


def _size(path: Path) -> int:
    """Bytes as they are sent; 0 where nothing stands."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0)) if path.is_file() else 0


def _weights(old: Path, new: Path, least: int = 100) -> Iterator[Weight]:
    """Built pages whose compressed size is another by some bytes."""
    names = {path.relative_to(tree) for tree in (old, new) for path in tree.rglob("index.html")}
    for name in sorted(names):
        a, b = old / name, new / name
        if a.is_file() and b.is_file() and a.read_bytes() == b.read_bytes():
            continue
        was, now = _size(a), _size(b)
        if abs(was - now) >= least:
            url = name.parent.as_posix()
            yield Weight(url="/" if url == "." else f"/{url}/", old=was, new=now)


def _whole(built: Path) -> int:
    return sum(path.stat().st_size for path in built.rglob("*") if path.is_file())


def compare(before: Path, after: Path) -> Found:
    """What is another in ``after``; built pages count where both folders have them."""
    old, new = (sources.read(tree, audited=False) for tree in (before, after))
    known = {link.url for link in collect(before)}
    a, b = before / BUILT, after / BUILT
    both = a.is_dir() and b.is_dir()
    return Found(
        pages=_pages(old, new),
        records=_records(old, new, b),
        links=[link.url[:2_000] for link in collect(after) if link.url not in known],
        weights=list(_weights(a, b)) if both else [],
        site=Weight(url="/", old=_whole(a), new=_whole(b)) if both else None,
    )
