"""Markdown extension: the first use of a glossary term on a page leads to its definition.

Readers meet a term where they need it. The definitions of a page's terms stand once, folded, at
its end; the script shows them beside the term, and without it the link leads to the glossary.
Headings, links, code and tables are left alone, and so is the glossary.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.pages.alone import site_at
from scripts.sources.records.schema import Term

GLOSSARY = "/reference/glossary.md"
_CONTAINERS = {"p", "li", "dd"}
_LEAVE = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "svg", "summary"}
_LEAVE_CLASSES = {
    "cite",
    "cites",
    "references",
    "answer",
    "asof",
    "admonition-title",
    "fig-data",
    "fig-head",
    "fig-sub",
    "story-stills",
    "story-strip",
    "story-sentence",
}
MAX_PER_PAGE = 14
"""More links than this make a page harder to read, not easier."""


def _pattern(names: list[str]) -> re.Pattern[str]:
    """Longest first; plurals too; acronyms as typed, other words in any case."""

    def one(name: str) -> str:
        body = re.escape(name) + (r"s?" if name[-1].isalpha() else "")
        return body if any(char.isupper() for char in name[1:]) else f"(?i:{body})"

    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(one, ordered))})(?![\w-])")


class _Terms(Treeprocessor):
    def __init__(self, md: Markdown, terms: Iterable[Term]):
        super().__init__(md)
        self.by_name: dict[str, Term] = {}
        names = []
        for term in terms:
            for name in (term.term, *term.aliases):
                if len(name) > 2:
                    self.by_name.setdefault(name.lower(), term)
                    names.append(name)
        self.pattern = _pattern(names) if names else None

    def run(self, root: etree.Element) -> None:
        self.seen: dict[str, Term] = {}
        if self.pattern is None or root.find(".//*[@class='term']") is not None:
            return  # the glossary itself
        self._walk(root, False)
        if self.seen:
            root.append(_definitions(self.seen.values()))

    def _walk(self, parent: etree.Element, inside: bool) -> None:
        if parent.tag in _LEAVE or _LEAVE_CLASSES & set(parent.get("class", "").split()):
            return
        inside = inside or parent.tag in _CONTAINERS
        children = list(parent)
        if inside:
            self._text(parent, None)
        for child in children:
            self._walk(child, inside)
            if inside:
                self._text(parent, child)

    def _text(self, parent: etree.Element, before: etree.Element | None) -> None:
        """Link the first term in the text after ``before``, or at the parent's start."""
        text = (parent.text if before is None else before.tail) or ""
        if len(self.seen) >= MAX_PER_PAGE or not text.strip():
            return
        for match in self.pattern.finditer(text):  # type: ignore[union-attr]
            name = match[0].lower()
            found = self.by_name.get(name) or self.by_name.get(name.removesuffix("s"))
            if found is None or found.id in self.seen:
                continue
            self.seen[found.id] = found
            link = etree.Element("a", {"class": "gloss", "href": f"{GLOSSARY}#{found.id}"})
            link.set("data-term", f"term-{found.id}")
            link.text, link.tail = match[0], text[match.end() :]
            if before is None:
                parent.text = text[: match.start()]
                parent.insert(0, link)
            else:
                before.tail = text[: match.start()]
                parent.insert(list(parent).index(before) + 1, link)
            self._text(parent, link)
            return


def _definitions(terms: Iterable[Term]) -> etree.Element:
    """What the terms of a page mean, outside its sentences."""
    fold = etree.Element("details", {"class": "page-terms", "data-search-exclude": ""})
    etree.SubElement(fold, "summary").text = "Terms on this page"
    listing = etree.SubElement(fold, "dl")
    for term in sorted(terms, key=lambda term: term.term.lower()):
        etree.SubElement(listing, "dt").text = term.term
        meaning = etree.SubElement(listing, "dd", {"id": f"term-{term.id}"})
        meaning.text = AtomicString(term.short)
    return fold


class TermsExtension(Extension):
    def __init__(self, **kwargs: Any):
        self.config = {
            "site": ["", "The site, whose glossary holds the terms."],
            "root": ["", "Its folder, for engines that hand no site down."],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        root = self.getConfig("root")
        site = self.getConfig("site") or (site_at(root) if root else None)
        terms = site.records["glossary"].values() if site else ()
        # After citations are numbered (10) and attributes are set (8).
        md.treeprocessors.register(_Terms(md, terms), "terms", 6)


def makeExtension(**kwargs: Any) -> TermsExtension:
    return TermsExtension(**kwargs)
