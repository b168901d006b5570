"""No published address disappears: pages, their explicit anchors, and the entries of records.

Why: people cite addresses. ``published.txt`` beside this file lists every address that was ever
published; ``make addresses`` adds new ones and never takes one out. A page that moves gets a line
under ``redirects`` in mkdocs.yml, a record that is renamed keeps its old id in ``former_ids``, a
heading that is renamed keeps its old anchor in ``<span id="old"></span>``.

Good: a page that moved has a line under redirect_maps: old.md: new.md
Bad: a page is renamed, and its old address answers 404
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.problems import Problem, nearest, relative
from scripts.sources import yaml12
from scripts.sources.pages import Page
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import href
from scripts.sources.text import NotText, text_of

PUBLISHED = Path(__file__).with_name("published.txt")
_ANCHOR = re.compile(r"\{[^}\n]*#([\w-]+)[^}\n]*\}|\bid=\"([\w-]+)\"")


def _address(page: str) -> str:
    """``pricing/index.md`` -> ``/pricing/``."""
    path = page.removesuffix(".md")
    path = "" if path == "index" else path.removesuffix("/index")
    return f"/{path}/" if path else "/"


def _redirects(config: Path) -> set[str]:
    """Old pages that mkdocs-redirects leads on, as addresses."""
    try:
        text = text_of(config)
    except NotText:
        return set()  # the rule 'settings' tells
    block = re.search(r"^  - redirects:\n((?:    .*\n|\n)*)", text, re.MULTILINE)
    if not block:
        return set()
    try:
        settings = yaml12.read("redirects:\n" + block[1]).content
        maps = (settings.get("redirects") or {}).get("redirect_maps") or {}
        return {_address(old) for old in maps}
    except (yaml12.YamlError, AttributeError, TypeError):
        return set()  # the rule 'settings' tells


def current(pages: Iterable[Page], data: Dataset, docs: Path) -> set[str]:
    """Every address that this state of the site has."""
    out = set()
    for page in pages:
        address = _address(page.path.relative_to(docs).as_posix())
        out.add(address)
        for match in _ANCHOR.finditer(page.body):
            out.add(f"{address}#{match[1] or match[2]}")
    for name, record in data.records():
        if name in {"parties", "peak_schemes"}:
            continue
        page, _, anchor = href(name, record.id).partition("#")
        address = _address(page.lstrip("/"))
        if address in out:
            ids = [anchor, *getattr(record, "former_ids", [])]
            out |= {f"{address}#{record_id}" for record_id in ids}
    return out


def published(file: Path = PUBLISHED) -> dict[str, int]:
    """Published addresses and their lines in the list."""
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return {line: i for i, line in enumerate(lines, start=1) if line and not line.startswith("#")}


def check(pages: Iterable[Page], data: Dataset, root: Path) -> Iterator[Problem]:
    file = root / PUBLISHED.relative_to(PUBLISHED.parents[2])
    known = current(pages, data, root / "docs")
    led_on = _redirects(root / "mkdocs.yml")
    for address, line in published(file).items():
        page = address.partition("#")[0]
        if address in known or page in led_on:
            continue
        remedy = (
            "keep the old anchor with <span id=...></span>, or the old id in 'former_ids'"
            if "#" in address and page in known
            else "add the old page under 'redirects' in mkdocs.yml"
        )
        hint = nearest(address, known)
        message = f"the published address {address} would disappear{hint}; {remedy}"
        yield Problem(relative(file, root), line, message, rule="addresses")


def add_new(pages: Iterable[Page], data: Dataset, root: Path) -> int:
    """Add addresses that are not in the list yet; returns how many."""
    file = root / PUBLISHED.relative_to(PUBLISHED.parents[2])
    before = set(published(file))
    after = before | current(pages, data, root / "docs")
    head = "# Every address ever published. `make addresses` adds to it; nothing is taken out.\n"
    file.write_text(head + "\n".join(sorted(after)) + "\n", encoding="utf-8")
    return len(after) - len(before)
