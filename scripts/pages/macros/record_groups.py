"""How a list of records is divided: a long one into folds, each by what its records are of.

A reader opens the part that they look for; one with a keyboard passes the others in one step. What
leads to a record opens its fold, and so does the filter of the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from scripts.sources.records.formatting import day
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import party_name

FEW = 30
"""So many records need no folds."""


def _benchmark(data: Dataset, record: Any) -> str:
    known = data["benchmarks"].get(record.benchmark)
    return known.name if known else record.benchmark


_OF: dict[str, Callable[[Dataset, Any], tuple[str, str]]] = {
    "results": lambda data, r: (r.benchmark, _benchmark(data, r)),
    "prices": lambda data, r: (r.seller, party_name(data, r.seller)),
    "models": lambda data, r: (r.developer, party_name(data, r.developer)),
    "benchmarks": lambda _, r: (r.category, r.category.replace("-", " ").capitalize()),
    "events": lambda _, r: (r.date[:7], day(r.date[:7])),
}
"""Name and title of the group that a record belongs to."""


def group_id(name: str) -> str:
    """Anchor of a group, in a namespace of its own beside the ids of records."""
    return f"of-{re.sub(r'[^a-zA-Z0-9.-]+', '-', name).strip('-')}"


def grouped(
    data: Dataset, collection: str, found: Sequence[Any], entry: Callable[[Any], str]
) -> str:
    """The records as HTML, each written by ``entry``; in folds where there are many."""
    if len(found) <= FEW:
        return listed(map(entry, found))
    of = _OF.get(collection)
    if of is None:
        return _fold("", f"All {len(found)} records", map(entry, found))
    groups: dict[tuple[str, str], list[Any]] = {}
    for record in found:
        groups.setdefault(of(data, record), []).append(record)
    by = 0 if collection == "events" else 1  # days by date, all else by name
    return "\n".join(
        _fold(group_id(key[0]), f"{key[1]}: {len(held)}", map(entry, held))
        for key, held in sorted(groups.items(), key=lambda item: item[0][by].lower())
    )


def listed(entries: Iterable[str], name: str = "") -> str:
    items = "\n".join(entries)
    anchor = f' id="{name}"' if name else ""
    return f'<ul class="records"{anchor}>\n{items}\n</ul>\n'


def _fold(name: str, title: str, entries: Iterable[str]) -> str:
    # The anchor stands within: browsers open the folds around what a link leads to.
    return (
        f'<details class="fold record-group"><summary>{escape(title)}</summary>\n'
        f"{listed(entries, name)}</details>\n"
    )
