"""``calendar.ics``: the events of the timeline, and when records are due for another look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scripts.sources.identity import SITE_TITLE
from scripts.sources.records.lookup import address
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.site import Site

NAME = "calendar.ics"
_MOST = 75
"""Octets of a line, by RFC 5545; a longer one goes on in the next, behind a space."""


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets; no character is divided."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > _MOST:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join([*pieces, piece])


def _whole(date: str) -> bool:
    return len(date) == 10


def _day(name: str, date: dt.date) -> str:
    return f"{name};VALUE=DATE:{date:%Y%m%d}"


def _entry(
    uid: str, first: dt.date, last: dt.date, stamp: str, said: Mapping[str, str]
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@deepseek-v4-explained"
    yield f"DTSTAMP:{stamp}"
    yield _day("DTSTART", first)
    yield _day("DTEND", last + dt.timedelta(days=1))  # the first day that is not in it
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    for name, text in said.items():
        if text:
            yield f"{name}:{text if name == 'URL' else _escaped(text)}"
    yield "END:VEVENT"


def _events(site: Site, stamp: str) -> Iterator[str]:
    for event in sorted(site.records["events"].values(), key=lambda one: (one.date, one.id)):
        if not _whole(event.date):
            continue  # a month is no day, and none is invented
        last = event.end_date if event.end_date and _whole(event.end_date) else event.date
        said = {
            "SUMMARY": event.title,
            "DESCRIPTION": event.text or "",
            "URL": urljoin(site.url, address("events", event.id)),
            "CATEGORIES": event.lane,
        }
        first = dt.date.fromisoformat(event.date)
        yield from _entry(event.id, first, dt.date.fromisoformat(last), stamp, said)


def _reviews(site: Site, stamp: str) -> Iterator[str]:
    due: dict[dt.date, list[Any]] = {}
    for name in COLLECTIONS:
        for record in site.records[name].values():
            days = getattr(record, "review_days", None)
            if days and _whole(record.as_of) and record.status != "superseded":
                when = dt.date.fromisoformat(record.as_of) + dt.timedelta(days=days)
                due.setdefault(when, []).append(record)
    for when, records in sorted(due.items(), key=lambda item: item[0]):
        count = f"{len(records)} record{'s' if len(records) > 1 else ''}"
        said = {
            "SUMMARY": f"Due for another look: {count}",
            "DESCRIPTION": ", ".join(record.id for record in records),
            "CATEGORIES": "reviews",
        }
        yield from _entry(f"review-{when}", when, when, stamp, said)


def text(site: Site) -> str:
    """The calendar by RFC 5545. ``DTSTAMP`` is the moment of the commit."""
    moment = dt.datetime.fromtimestamp(site.moment, dt.UTC)
    stamp = f"{moment:%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{SITE_TITLE.replace(',', '')}//EN",
        f"X-WR-CALNAME:{_escaped(SITE_TITLE)}",
        *_events(site, stamp),
        *_reviews(site, stamp),
        "END:VCALENDAR",
    ]
    return "\r\n".join(map(folded, lines)) + "\r\n"


def write(site: Site, into: Path) -> None:
    (into / NAME).write_bytes(text(site).encode())
