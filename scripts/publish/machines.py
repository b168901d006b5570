"""Files for machines that follow the site: feeds, llms.txt, Markdown, robots.txt, cards."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import vl_convert
from feedgen.feed import FeedGenerator

from scripts.checks.links import LINK
from scripts.publish.citing import AUTHOR, SITE_TITLE
from scripts.sources.pages import without_code
from scripts.sources.records import history
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import href

NEWEST = 60
"""Entries of a feed."""
PAPER, INK, SOFT, ACCENT = "#fcfbf8", "#1d1b18", "#57534b", "#98301d"


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


def write_feeds(data: Dataset, base: str, site: Path) -> None:
    """``feed.xml`` (RSS 2.0) and ``feed.json`` (JSON Feed 1.1): changes and corrections."""
    entries = _entries(data, base)
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
    feed.rss_file(str(site / "feed.xml"), pretty=True)
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
    (site / "feed.json").write_text(text + "\n", encoding="utf-8")


_MARKS = (
    (re.compile(r"\{=[^}]*\}"), ""),  # records behind citations
    (re.compile(r"\{\s*[.#][^}\n]*\}"), ""),  # attributes
    (re.compile(r"<svg.*?</svg>", re.DOTALL), ""),
    (
        re.compile(
            r"</?(?:div|figure|figcaption|section|details|summary|span|data|p|time)\b[^>]*>"
        ),
        "",
    ),
    (re.compile(r"\n{3,}"), "\n\n"),
)  # fmt: skip


def _with_addresses(text: str, source: str, urls: dict[str, str], base: str) -> str:
    """``text`` of the page ``source`` with links to other sources turned into page addresses.

    The sources' names say nothing beside the built pages; and only the HTML pages have the anchors.
    """
    out, done = [], 0
    for match in LINK.finditer(without_code(text)):
        parts = urlsplit(match["url"])
        if parts.scheme or parts.netloc:
            continue
        path = posixpath.join("/", posixpath.dirname(source), unquote(parts.path))
        target = posixpath.normpath(path).lstrip("/") if parts.path else source
        address = urljoin(base, urls.get(target, quote(target)))
        out += [text[done : match.start("url")], address]
        out += [f"#{parts.fragment}"] if parts.fragment else []
        done = match.end("url")
    return "".join([*out, text[done:]])


def write_markdown(pages: Iterable[Any], base: str, site: Path) -> None:
    """``index.md`` beside each page, with numbers filled in and citations as keys."""
    pages = list(pages)
    urls = {page.file.src_uri: page.url for page in pages}
    for page in pages:
        text = _with_addresses(page.markdown or "", page.file.src_uri, urls, base)
        for pattern, by in _MARKS:
            text = pattern.sub(by, text)
        reviewed = page.meta.get("reviewed", "")
        head = f"<!-- {urljoin(base, page.url)} · reviewed {reviewed} · CC BY 4.0 -->\n\n"
        target = site / page.url / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(head + text.strip() + "\n", encoding="utf-8")


def write_llms(pages: Iterable[Any], base: str, site: Path, description: str) -> None:
    """``llms.txt``: what the site is and where each page's Markdown version stands."""
    lines = [f"# {SITE_TITLE}", "", f"> {description}", ""]
    part = None
    for page in pages:
        section = page.ancestors[-1].title if page.ancestors else "Start"
        if section != part:
            lines += ["", f"## {section}", ""]
            part = section
        about = str(page.meta.get("description") or "")
        address = urljoin(base, f"{page.url}index.md")
        lines.append(f"- [{page.meta.get('title') or page.title}]({address}): {about}")
    lines += [
        "",
        "## Data",
        "",
        f"- [All records]({urljoin(base, 'reference/downloads/')}): JSON, CSV, SQLite",
    ]
    (site / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_robots(base: str, site: Path) -> None:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(base, 'sitemap.xml')}\n"
    (site / "robots.txt").write_text(text, encoding="utf-8")


def write_opensearch(base: str, site: Path) -> None:
    """Description with which a browser adds the site's search."""
    template = escape(urljoin(base, "?q={searchTerms}"))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "  <ShortName>DeepSeek V4</ShortName>\n"
        f"  <Description>Search {escape(SITE_TITLE)}</Description>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        f'  <Url type="text/html" template="{template}"/>\n'
        "</OpenSearchDescription>\n"
    )
    (site / "opensearch.xml").write_text(text, encoding="utf-8")


def card_name(page: Any) -> str:
    """File of a page's social card: one for each part of the site."""
    part = page.url.split("/")[0] if page.url else "home"
    return f"assets/cards/{part}.png"


def _card(title: str) -> str:
    lines, line = [], ""
    for word in title.split():
        if len(line) + len(word) > 22:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    bars = "".join(
        f'<rect x="{80 + i * 26}" y="96" width="16" height="14" fill="{ACCENT}"/>' for i in range(8)
    )
    text = "".join(
        f'<text x="80" y="{300 + i * 92}" font-size="80" font-weight="700" fill="{INK}" '
        f'font-family="Liberation Sans">{escape(item)}</text>'
        for i, item in enumerate(lines[:3])
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">'
        f'<rect width="1200" height="630" fill="{PAPER}"/>{bars}'
        f'<rect x="80" y="124" width="206" height="14" fill="{INK}"/>{text}'
        f'<text x="80" y="560" font-size="34" fill="{SOFT}" font-family="Liberation Sans">'
        f"{escape(SITE_TITLE)}: every number with source, place and date</text></svg>"
    )


def write_cards(pages: Iterable[Any], site: Path) -> None:
    """Social cards, drawn here: one picture for each part of the site."""
    titles: dict[str, str] = {}
    for page in pages:
        titles.setdefault(
            card_name(page), page.ancestors[-1].title if page.ancestors else SITE_TITLE
        )
    for name, title in titles.items():
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(vl_convert.svg_to_png(_card(title)))
