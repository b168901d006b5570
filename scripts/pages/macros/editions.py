"""The macro that lists the dated editions and what changed since each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from scripts.pages.here import Here
from scripts.sources.editions import (
    COMPARED,
    Difference,
    Edition,
    compare,
    published,
    records_now,
    records_of,
)
from scripts.sources.records.lookup import href


def _address(difference: Difference) -> str:
    return href(difference.collection, difference.id)


def _rows(differences: Iterable[Difference]) -> Iterator[str]:
    yield "| Record | What | Then | Now |"
    yield "|---|---|---|---|"
    for item in differences:
        link = f"[`{item.id}`]({_address(item)})"
        for field, then, now in item.fields:
            yield f"| {link} | {escape(field)} | {_cell(then)} | {_cell(now)} |"


def _cell(text: str) -> str:
    short = text if len(text) <= 160 else text[:159] + "…"
    return escape(short).replace("|", "\\|").replace("\n", " ")


def _named(differences: list[Difference], kind: str) -> str:
    """The records of a kind, counted by collection, with a link to each where it still exists."""
    some = [item for item in differences if item.kind == kind]
    parts = []
    for name in COMPARED:
        of = [item for item in some if item.collection == name]
        if not of:
            continue
        ids = (
            f"`{item.id}`" if kind == "removed" else f"[`{item.id}`]({_address(item)})"
            for item in of
        )
        parts.append(f"    - **{len(of)} in {name}**: {', '.join(ids)}")
    return "\n".join(parts)


def _section(edition: Edition, now: dict[str, dict[str, dict[str, Any]]], root: Path) -> str:
    differences = compare(records_of(edition, root), now)
    anchor = "since-" + edition.name.replace(".", "-")
    lines = [f"### Since edition {edition.title} {{ #{anchor} }}", ""]
    counts = {
        kind: sum(item.kind == kind for item in differences)
        for kind in ("changed", "added", "removed")
    }
    lines.append(
        f'<a href="../../{edition.name}/">Open the edition</a>. Records that changed since then: '
        f"{counts['changed']}; added: {counts['added']}; removed: {counts['removed']}."
    )
    lines.append("")
    if counts["changed"]:
        lines += [*_rows(item for item in differences if item.kind == "changed"), ""]
    for kind in ("added", "removed"):
        if counts[kind]:
            lines += [f'??? note "{kind.capitalize()} records"', "", _named(differences, kind), ""]
    return "\n".join(lines)


def edition_list(here: Here) -> str:
    """For a page: each edition with its address and what changed since; or that there is none."""
    root = here.site.root
    found = published(root)
    if not found:
        return (
            "No dated edition has been published from this copy of the site yet. The first "
            "appears here, with its address and with all that changed since, on the day it is made."
        )
    now = records_now(here.records)
    return "\n".join(_section(edition, now, root) for edition in found)


MACROS = {"edition_list": edition_list}
