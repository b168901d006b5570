"""``index.md`` beside each page: its text with numbers filled in, for machines that read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from scripts.publish.finished import Finished
from scripts.sources.pages import LINK, without_code
from scripts.sources.shelf import digest
from scripts.sources.site import Site

_MARKS = (
    (re.compile(r"\{=[^}]*\}"), ""),  # records behind citations
    (re.compile(r" \{ \.of-record [^}\n]*\}"), ""),  # records of rows
    (re.compile(r"\{\s*[.#][^}\n]*\}"), ""),  # attributes
    (re.compile(r"<svg.*?</svg>", re.DOTALL), ""),
    (
        re.compile(
            r"</?(?:div|figure|figcaption|section|details|summary|span|data|p|time)\b[^>]*>"
        ),
        "",
    ),
    (re.compile(r" ?<!--mend:[^>]*-->"), ""),  # places for links that only readers follow
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


def write_markdown(
    site: Site, changed: Iterable[Finished], pages: Iterable[Finished], into: Path
) -> None:
    """``index.md`` beside each page, with numbers filled in and citations as keys."""
    urls = {page.source: page.url for page in pages}
    names = repr(urls)
    for page in changed:

        def make(_: Site, page: Finished = page) -> str:
            text = _with_addresses(page.markdown, page.source, urls, site.url)
            for pattern, by in _MARKS:
                text = pattern.sub(by, text)
            return text

        text = site.kept("markdown", page.source, digest(page.markdown, names, site.url), make)
        reviewed = page.meta.get("reviewed", "")
        head = f"<!-- {urljoin(site.url, page.url)} · reviewed {reviewed} · CC BY 4.0 -->\n\n"
        target = into / page.url / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(head + text.strip() + "\n", encoding="utf-8")
