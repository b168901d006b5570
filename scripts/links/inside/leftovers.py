"""What a built page must never show: a citation, macro or footnote as it was typed.

The last net. The checks read the sources and name such a thing with its place; whatever they
overlook, because a macro, a record or an unusual corner of Markdown made it, is seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_QUIET = {"code", "pre", "script", "style", "textarea", "template", "kbd", "samp", "title"}
"""Where text stands as it was typed; a title is told by the heading it comes from."""
_READ = ("title", "alt", "aria-label", "content")
"""Attributes that are read to people."""
_RAW = re.compile(
    r"(?P<citation>[\[【［](?:[^\[\]【】［］@＠]{0,200}\s)?-?[@＠][A-Za-z0-9][^\[\]【】［］]{0,200}[\]】］]?)"
    r"|(?P<macro>\{\{[^{}]{0,300}\}\}|\{%.{0,300}?%\}|\{##.{0,300}?##\})"
    r"|(?P<footnote>\[\^[\w-]{1,60}\])",
    re.DOTALL,
)
_FAILED = {"macro-error": "a macro failed", "cite--unknown": "a citation of an unknown source"}
_MAYBE = re.compile(rb"[@\^]|\xef\xbc\xa0|\{[{%#]|macro-error|cite--unknown")
_AS_TYPED = re.compile(rb"<(script|style|pre|textarea|template)\b.*?</\1>", re.DOTALL)
"""What is left out before a page is searched at all: JSON-LD and BibTeX have an @ on every page."""


def leftovers(data: bytes, root: Any) -> Iterator[tuple[int, str, str]]:
    """Line, text and message of everything in a page that somebody has yet to expand or render."""
    if not (_MAYBE.search(data) and _MAYBE.search(_AS_TYPED.sub(b"", data))):
        return
    quiet: set[Any] = set()
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if element.tag in _QUIET or parent in quiet:
            quiet.add(element)
        line = element.sourceline or 1
        for name in (element.get("class") or "").split():
            if name in _FAILED:
                words = " ".join("".join(element.itertext()).split())
                yield line, words, f"{_FAILED[name]}: {words[:160]}"
        texts = [] if element in quiet else [element.text, *map(element.get, _READ)]
        if parent is not None and parent not in quiet:
            texts.append(element.tail)
        for text in texts:
            for match in _RAW.finditer(text or ""):
                shown = " ".join(match[0].split())
                message = f"the page shows a raw {match.lastgroup}, '{shown[:100]}'"
                yield line, match[0], f"{message}; write it as CONTRIBUTING.md says, or in `code`"
