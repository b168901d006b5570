"""``feed.xml`` and ``feed.json``: what changed, for those who follow the site."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from feedgen.feed import FeedGenerator

from scripts.sources.identity import AUTHOR, SITE_TITLE
from scripts.sources.records import history
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import href
from scripts.sources.site import Site

NEWEST = 60
"""Entries of a feed."""


def _moment(date: str) -> dt.datetime:
    """Noon UTC of a day; of a month or year, its first day."""
    parts = [int(part) for part in date.split("-")]
    return dt.datetime(*parts, *[1] * (3 - len(parts)), 12, tzinfo=dt.UTC)


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text)


def _shortened(text: str, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _entries(data: Dataset, base: str) -> list[dict[str, Any]]:
    out = []
    for change in history.changes(data)[:NEWEST]:
        page, _, anchor = href(change.collection, change.id).partition("#")
        address = page.removesuffix(".md").removesuffix("index").rstrip("/").lstrip("/") + "/"
        text = _plain(change.text)
        out.append(
            {
                "id": urljoin(base, f"{address}#{anchor}") + f"-{change.date}",
                "url": urljoin(base, f"{address}#{anchor}"),
                "title": f"{change.kind.capitalize()}: {_shortened(text)}",
                "text": f"{change.date}: {text}",
                "date": _moment(change.date),
            }
        )
    return out


def write_feeds(site: Site, into: Path) -> None:
    """``feed.xml`` (RSS 2.0) and ``feed.json`` (JSON Feed 1.1): changes and corrections."""
    base = site.url
    entries = _entries(site.records, base)
    feed = FeedGenerator()
    feed.title(f"{SITE_TITLE}: what changed")
    feed.link(href=urljoin(base, "feed.xml"), rel="self", type="application/rss+xml")
    feed.link(href=urljoin(base, "reference/changes/"), rel="alternate")
    feed.description("Prices, facts and scores that changed, major events, and corrections.")
    feed.language("en-US")
    newest = max((entry["date"] for entry in entries), default=_moment("2026"))
    feed.lastBuildDate(newest)
    for entry in entries:
        item = feed.add_entry(order="append")
        item.guid(entry["id"], permalink=False)
        item.title(entry["title"])
        item.link(href=entry["url"])
        item.description(escape(entry["text"], quote=False))  # RSS takes it for HTML
        item.pubDate(entry["date"])
    feed.rss_file(str(into / "feed.xml"), pretty=True)
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{SITE_TITLE}: what changed",
        "home_page_url": urljoin(base, "reference/changes/"),
        "feed_url": urljoin(base, "feed.json"),
        "language": "en-US",
        "authors": [{"name": AUTHOR, "url": base}],
        "items": [
            {
                "id": entry["id"],
                "url": entry["url"],
                "title": entry["title"],
                "content_text": entry["text"],
                "date_published": entry["date"].isoformat(),
            }
            for entry in entries
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (into / "feed.json").write_text(text + "\n", encoding="utf-8")
