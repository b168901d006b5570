"""What a page with a tool will fetch, told in its head.

Without that a browser asks for a module only when the one that imports it has come, and for the
records only when the tool runs: a trip to the host for each step, five for the calculator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

from scripts.pages.macros.figures import TOOLS
from scripts.sources.identity import DATA

PAGE = "assets/javascripts/page/index.js"
"""What every page runs."""
_PLACE = re.compile(r"<section\b[^>]*\bdata-tool=\"([a-z-]+)\"[^>]*>")
_IMPORT = re.compile(r"^(?:import|export)\b[^;\"]*\"(\.[^\"]+)\";", re.MULTILINE)
_RECORDS = re.compile(r"\b(?:collection|byId)\(\"(\w+)\"\)")


@dataclass(frozen=True)
class Preload:
    """Files below the top of the site, in the order in which they are needed."""

    modules: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


def modules(docs: Path, entry: str) -> tuple[str, ...]:
    """A module and all that it imports, directly or not, nearest first; not what it fetches later
    by ``import()``. Raises OSError if one of them is not there."""
    found = [entry]
    for name in found:
        text = (docs / name).read_text(encoding="utf-8")
        for address in _IMPORT.findall(text):
            if (other := normpath(join(dirname(name), address))) not in found:
                found.append(other)
    return tuple(found)


def of_page(content: str, docs: Path) -> Preload:
    """For the tools of a page that start with it; nothing for a page that has none."""
    places = [m[1] for m in _PLACE.finditer(content) if "data-when=" not in m[0]]
    if not places:
        return Preload()
    entries = [PAGE, *(f"{TOOLS}/{name}/index.js" for name in dict.fromkeys(places))]
    listed = dict.fromkeys(name for entry in entries for name in modules(docs, entry))
    records = dict.fromkeys(
        name
        for file in listed
        if file.startswith(TOOLS)
        for name in _RECORDS.findall((docs / file).read_text(encoding="utf-8"))
    )
    return Preload(tuple(listed), tuple(f"{DATA}/{name}.json" for name in records))
