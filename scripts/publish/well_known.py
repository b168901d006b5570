"""``robots.txt`` and ``opensearch.xml``: what crawlers and browsers look for at the top."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urljoin

from scripts.sources.identity import SITE_TITLE


def write_robots(base: str, into: Path) -> None:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(base, 'sitemap.xml')}\n"
    (into / "robots.txt").write_text(text, encoding="utf-8")


def write_opensearch(base: str, into: Path) -> None:
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
    (into / "opensearch.xml").write_text(text, encoding="utf-8")
