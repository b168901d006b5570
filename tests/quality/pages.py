"""Which pages there are, and of which kind each is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LISTS = re.compile(r"reference/(facts/|sources/|contents/|glossary/)")
ALONE = ("f/", "figures/")
"""Folders of small pages that are all made from one template: a few stand for all."""
SAMPLE = 3


@dataclass(frozen=True)
class Page:
    path: str
    """Its address from the top of the site; empty for the home page."""
    kind: str
    """text, tool, list or alone."""

    @property
    def name(self) -> str:
        return self.path or "(home)"


def _kind(path: str, text: str) -> str:
    if path.startswith(ALONE):
        return "alone"
    if LISTS.match(path):
        return "list"
    return "tool" if "data-explorer=" in text else "text"


def of_site(site: Path, only: Iterable[str] = ()) -> list[Page]:
    """Every page of the menu, and some of the small ones; ``only``: those whose address has it."""
    out: list[Page] = []
    seen = dict.fromkeys(ALONE, 0)
    for file in sorted(site.rglob("index.html")):
        path = file.parent.relative_to(site).as_posix()
        path = "" if path == "." else path + "/"
        text = file.read_text(encoding="utf-8")
        if re.search(r'http-equiv="?refresh', text):
            continue  # leads to another page
        folder = next((one for one in ALONE if path.startswith(one)), "")
        if folder:
            seen[folder] += 1
            if seen[folder] > SAMPLE and not only:
                continue
        if not only or any(word == path or (word and word in path) for word in only):
            out.append(Page(path, _kind(path, text)))
    return out
