"""One thing has one name: no two records and no two pages go by the same.

Why: a reader who looks a name up must find one thing; two models called V4 make two rows of which
nobody knows which is meant, and a term with two meanings explains the wrong one.

Good: {id: moe, term: Mixture of experts, aliases: [MoE]}
Bad: a second record with the term MoE, see_also: [its-own-id]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.problems import Problem
from scripts.sources.site import Site

RULE = "twins"
_NAMES = {
    "models": ("name",), "chips": ("name",), "benchmarks": ("name",), "parties": ("name",),
    "glossary": ("term", "aliases"), "claims": ("number",),
}  # fmt: skip
"""Fields by which readers find a record; their values are in use once."""


def _names(record: Any, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = getattr(record, field)
        for name in value if isinstance(value, list) else [value]:
            yield field, str(name)


def check(site: Site) -> Iterator[Problem]:
    yield from _records(site)
    yield from _titles(site)


def _records(site: Site) -> Iterator[Problem]:
    data = site.records
    for collection, fields in _NAMES.items():
        owners: dict[str, str] = {}
        for record in data[collection].values():
            for field, name in _names(record, fields):
                owner = owners.setdefault(name.casefold(), record.id)
                if owner != record.id:
                    words = f"'{name}' is taken by '{owner}'; one of the two needs another {field}"
                    yield data.problem(collection, record.id, words, field, rule=RULE)
    for collection, record in data.records():
        if record.id in getattr(record, "see_also", []):
            words = "see_also names the record itself; take it out"
            yield data.problem(collection, record.id, words, "see_also", rule=RULE)
        places = [(ref.key, ref.at) for ref in getattr(record, "sources", [])]
        for key, _ in dict.fromkeys(place for place in places if places.count(place) > 1):
            words = f"the source '{key}' is named twice with the same place; take one out"
            yield data.problem(collection, record.id, words, "sources", rule=RULE)


def _titles(site: Site) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for page in site.pages:
        title = page.meta.get("title")
        if not isinstance(title, str) or not title.strip():
            continue
        other = first.setdefault(" ".join(title.split()).casefold(), page.file)
        if other != page.file:
            words = f"the title '{title[:60]}' is that of {other}, too; say what sets them apart"
            yield Problem(page.file, page.line_of("title"), words, rule=RULE)
