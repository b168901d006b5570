"""What is older than its review period, most read first: the list for an hour a month.

Why: a price page changes without a word, and a number that was right in April misleads in
December. Impact is counted as pages that show the record: the hour begins where most readers are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.pages.passages import Passage
from scripts.sources.records.lookup import split_spec
from scripts.sources.review import due
from scripts.sources.site import Site


@dataclass(frozen=True)
class Stale:
    """A record that must be looked at again."""

    file: str
    line: int
    id: str
    label: str
    as_of: str
    since: dt.date
    """Day on which it was due."""
    pages: int
    """Pages that show it."""
    where: str
    """Address or title of the source to look at."""

    def __str__(self) -> str:
        shown = f"{self.pages} page{'s' if self.pages != 1 else ''}"
        return (
            f"{self.file}:{self.line}: {self.id}: as of {self.as_of}, due since {self.since}, "
            f"on {shown}: {self.label}. Look at {self.where}"
        )


def _shown(found: Iterable[Passage]) -> Counter[str]:
    """How many pages show a record, by ``collection/id``."""
    seen: dict[str, set[str]] = {}
    for passage in found:
        for name in passage.records:
            collection, _, record = name.partition("/")
            seen.setdefault(f"{collection}/{split_spec(record)[0]}", set()).add(passage.file)
    return Counter({name: len(files) for name, files in seen.items()})


def _where(record: object, site: Site) -> str:
    for ref in getattr(record, "sources", ()):
        source = site.references.get(ref.key)
        if source is not None:
            return source.url or f"'{source.title}'"
    return "its sources"


def stale(site: Site, found: Iterable[Passage], today: dt.date) -> list[Stale]:
    """All that is due, by the number of pages that show it and then by how long it has been due.

    ``found``: the passages of the site, which call its records.
    """
    shown = _shown(found)
    out = []
    for name, record in site.records.records():
        day = due(name, record)
        if day is None or day >= today:
            continue
        place = site.records.place(name, record.id)
        label = getattr(record, "label", None) or getattr(record, "name", None) or record.id
        out.append(
            Stale(
                place.file, place.line, record.id, str(label), record.as_of, day,
                shown[f"{name}/{record.id}"], _where(record, site),
            )
        )  # fmt: skip
    return sorted(out, key=lambda item: (-item.pages, item.since, item.id))


def summary(site: Site, found: Iterable[Passage], today: dt.date) -> str:
    """One line for people who check; empty where nothing is due."""
    count = len(stale(site, found, today))
    return f"{count} records are older than their review period: make stale." if count else ""


def as_markdown(found: list[Stale], most: int = 100) -> str:
    """The list as the text of an issue."""
    lines = [f"{len(found)} records are older than their review period; most read first.", ""]
    lines += [f"- [ ] {item}" for item in found[:most]]
    if len(found) > most:
        lines += ["", f"And {len(found) - most} more: `make stale`."]
    return "\n".join(lines) + "\n"
