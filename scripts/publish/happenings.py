"""What is new, for those who follow the site: one entry for one happening.

An entry is dated by the day on which it entered the site, or what is found today about April
would never reach a reader. The day on which it happened stands in its text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from scripts.sources import editions
from scripts.sources.identity import DATA, SITE_TITLE
from scripts.sources.records import history
from scripts.sources.records.formatting import day
from scripts.sources.records.history import Change
from scripts.sources.records.lookup import address, party_name
from scripts.sources.site import Site

CATEGORIES = {
    "price": "prices",
    "fact": "facts",
    "score": "scores",
    "event": "events",
    "correction": "corrections",
}
NEW_SOURCES, EDITIONS = "new sources", "editions"
_LISTED = 20
"""New sources of a day that are named."""


@dataclass(frozen=True)
class Happening:
    """One entry of the feeds."""

    id: str
    """Stays, whatever is learned of it later: no address of the site, no day."""
    url: str
    title: str
    text: str
    date: str
    """When it happened, as precise as is known."""
    entered: str
    """When it entered the site, YYYY-MM-DD."""
    category: str


def _id(*parts: str) -> str:
    return "/".join(["deepseek-v4-explained", *parts])


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text)


def _shortened(text: str, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _entered(site: Site, change: Change) -> str:
    """Where git does not know: the day itself; of what is not in a commit yet, the last review."""
    if not site.entered:
        return (change.date + "-01-01")[:10]
    return site.entered.get(f"{change.collection}/{change.id}", site.reviewed)


def _sources(site: Site, record: Any) -> str:
    titles = [
        site.references[ref.key].title for ref in record.sources if ref.key in site.references
    ]
    titles = list(dict.fromkeys(titles))
    return f" Source{'s' if len(titles) > 1 else ''}: {'; '.join(titles)}." if titles else ""


def _words(site: Site, change: Change) -> str:
    """A change in words; of a score with the names of test and model."""
    if change.kind != "score":
        return _plain(change.text)
    record = site.records["results"][change.id]
    names = (
        getattr(site.records[collection].get(name), "name", name)
        for collection, name in (("benchmarks", record.benchmark), ("models", record.model))
    )
    return ", ".join(names) + change.text.removeprefix(f"{record.benchmark}, {record.model}")


def _one(site: Site, change: Change) -> Happening:
    record = site.records[change.collection][change.id]
    words = _words(site, change)
    said = getattr(record, "text", None) if change.kind == "event" else None
    text = f"{day(change.date)}: {words}{'' if words.endswith('.') else '.'}"
    return Happening(
        id=_id(change.collection, change.id),
        url=urljoin(site.url, address(change.collection, change.id)),
        title=f"{change.kind.capitalize()}: {_shortened(words)}",
        text=" ".join(filter(None, [text, _plain(said or "")])) + _sources(site, record),
        date=change.date,
        entered=_entered(site, change),
        category=CATEGORIES[change.kind],
    )


def _prices(site: Site, changes: Sequence[Change]) -> Iterator[Happening]:
    """Prices of one seller that changed on one day are one happening."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        seller = site.records["prices"][change.id].seller
        groups.setdefault((seller, change.date), []).append(change)
    for (seller, date), group in groups.items():
        if len(group) == 1:
            yield _one(site, group[0])
            continue
        # Named after the one that was here first: one that is added later changes nothing.
        group.sort(key=lambda change: (_entered(site, change), change.id))
        records = [site.records["prices"][change.id] for change in group]
        names = list(dict.fromkeys(record.api_name or record.model for record in records))
        lines = "; ".join(_plain(change.text) for change in group)
        first = _one(site, group[0])
        yield Happening(
            id=first.id,
            url=first.url,
            title=f"Price: {party_name(site.records, seller)} on {day(date)}: "
            + _shortened(", ".join(names), 80),
            text=f"{day(date)}: {lines}.{_sources(site, records[0])}",
            date=date,
            entered=first.entered,
            category=CATEGORIES["price"],
        )


def _new_sources(site: Site) -> Iterator[Happening]:
    days: dict[str, list[str]] = {}
    listed = (site.docs / "reference" / "sources.md").is_file()
    page = "reference/sources/" if listed else ""
    for key in site.references:
        if entered := site.entered.get(f"@{key}"):
            days.setdefault(entered, []).append(key)
    for entered, keys in days.items():
        titles = sorted(site.references[key].title for key in keys)
        more = f"; and {len(titles) - _LISTED} more" if len(titles) > _LISTED else ""
        count = f"{len(titles)} new source{'s' if len(titles) > 1 else ''}"
        yield Happening(
            id=_id("sources", entered),
            url=urljoin(site.url, page),
            title=f"{count} on {day(entered)}",
            text=f"{'; '.join(titles[:_LISTED])}{more}.",
            date=entered,
            entered=entered,
            category=NEW_SOURCES,
        )


def _editions(site: Site) -> Iterator[Happening]:
    """Editions say of themselves from which day they are, since their data does."""
    for edition in editions.published(site.root):
        try:
            file = editions.git("show", f"{edition.ref}/{DATA}/facts.json", root=site.root)
        except editions.EditionError:
            continue
        if made := json.loads(file).get("date"):
            yield Happening(
                id=_id("editions", edition.name),
                url=urljoin(site.newest, f"{edition.name}/"),
                title=f"Edition {edition.name}",
                text=f"{SITE_TITLE} as it was on {day(made)}, at an address that stays.",
                date=made,
                entered=made,
                category=EDITIONS,
            )


def happenings(site: Site) -> list[Happening]:
    """All of them, the newest on the site first."""
    changes = history.changes(site.records)
    prices = [change for change in changes if change.kind == "price"]
    found = [
        *_prices(site, prices),
        *(_one(site, change) for change in changes if change.kind != "price"),
        *_new_sources(site),
        *_editions(site),
    ]
    return sorted(found, key=lambda one: (one.entered, one.date, one.id), reverse=True)
