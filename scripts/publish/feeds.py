"""``feed.xml`` and ``feed.json``: what changed, for those who follow the site."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from feedgen.feed import FeedGenerator

from scripts.publish.happenings import Happening, happenings
from scripts.sources.identity import AUTHOR, SITE_TITLE
from scripts.sources.site import Site

NEWEST = 60
"""Entries of a feed."""


def _moment(date: str) -> dt.datetime:
    """Noon UTC of a day."""
    return dt.datetime.combine(dt.date.fromisoformat(date), dt.time(12), dt.UTC)


def _rss(site: Site, entries: Sequence[Happening]) -> bytes:
    feed = FeedGenerator()
    feed.title(f"{SITE_TITLE}: what changed")
    feed.link(href=urljoin(site.url, "feed.xml"), rel="self", type="application/rss+xml")
    feed.link(href=urljoin(site.url, "reference/changes/"), rel="alternate")
    feed.description(
        "Prices, facts and scores that changed, major events, corrections, new sources and "
        "editions, by the day on which they entered the site."
    )
    feed.language("en-US")
    feed.lastBuildDate(max((_moment(e.entered) for e in entries), default=_moment("2026-04-24")))
    for entry in entries:
        item = feed.add_entry(order="append")
        item.guid(entry.id, permalink=False)
        item.title(entry.title)
        item.link(href=entry.url)
        item.description(escape(entry.text, quote=False))  # RSS takes it for HTML
        item.pubDate(_moment(entry.entered))
        item.category(term=entry.category)
    return feed.rss_str(pretty=True)


def _json(site: Site, entries: Sequence[Happening]) -> str:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{SITE_TITLE}: what changed",
        "home_page_url": urljoin(site.url, "reference/changes/"),
        "feed_url": urljoin(site.url, "feed.json"),
        "language": "en-US",
        "authors": [{"name": AUTHOR, "url": site.url}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.text,
                "date_published": _moment(entry.entered).isoformat(),
                "tags": [entry.category],
            }
            for entry in entries
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_feeds(site: Site, into: Path) -> None:
    """``feed.xml`` (RSS 2.0) and ``feed.json`` (JSON Feed 1.1), with the same entries."""
    entries = happenings(site)[:NEWEST]
    (into / "feed.xml").write_bytes(_rss(site, entries))
    (into / "feed.json").write_text(_json(site, entries), encoding="utf-8")
