"""The Content-Security-Policy that every page carries in itself.

A page says what it may load, and which of its inline scripts and styles are its own, by their
hashes. It stands in the page because only the page is sure to be as old as its hashes: a server
that still sends yesterday's list would break today's pages, and GitHub Pages sends no list at
all. What a page cannot say of itself, such as who may frame it, is a header (``headers.py``);
browsers hold a page to both.

Trusted types are not asked for: the theme's script puts words into elements by ``innerHTML``,
and a rule that lets everything through for its sake would protect nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Set
from html import escape
from pathlib import Path

SOURCES: tuple[tuple[str, str], ...] = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),  # the theme draws its icons from style sheets
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("worker-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
)
"""What a page may load, by the directive that says so. No other host appears in it."""

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\b(src|type)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_RUNS = {"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"}
"""Types of scripts that a browser does something with; others are data, and need no leave."""
_PLACES = (
    re.compile(r"<meta charset=[^>]*>", re.IGNORECASE),
    re.compile(r"<head[^>]*>", re.IGNORECASE),
)
"""Behind the encoding, which a browser looks for in the first 1024 bytes."""
_MARK = '<meta http-equiv="Content-Security-Policy"'


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _inline(page: str) -> tuple[list[str], list[str]]:
    """Hashes of the inline scripts and styles of a page, each once and in order."""
    scripts: dict[str, None] = {}
    styles: dict[str, None] = {}
    for tag, attributes, text in _INLINE.findall(page):
        said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(attributes)}
        if tag.lower() == "style":
            styles[_hash(text)] = None
        elif "src" not in said and said.get("type", "").lower() in _RUNS:
            scripts[_hash(text)] = None
    return list(scripts), list(styles)


def policy(page: str) -> str:
    """The policy of a page, from its HTML."""
    scripts, styles = _inline(page)
    hashes = {"script-src": scripts, "style-src": styles}
    return "; ".join(" ".join([name, said, *hashes.get(name, ())]) for name, said in SOURCES)


def sealed(page: str) -> str:
    """The page with its policy as the first thing that its head says; a sealed one stays."""
    if _MARK in page:
        return page
    place = next(filter(None, (pattern.search(page) for pattern in _PLACES)), None)
    if place is None:
        return page
    tag = f'{_MARK} content="{escape(policy(page), quote=False)}">'
    return f"{page[: place.end()]}{tag}{page[place.end() :]}"


def seal(folder: Path, same: Set[str] = frozenset()) -> None:
    """Give every page below ``folder`` its policy, save those of the names in ``same``."""
    for path in folder.rglob("*.html"):
        if same and path.relative_to(folder).as_posix() in same:
            continue
        before = path.read_text(encoding="utf-8")
        after = sealed(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
