"""Markdown extension: ``[@key, §2.3]`` becomes a numbered superscript with its source on hover.

The syntax and its parser are mkdocs-bibtex's, and so is the registry this extends.
Rendering is ours and happens inside Markdown, not on the text before it, for what
the plugin cannot do: code stays as typed, locators survive, an unknown key is seen.

A citation that stands for a record of ``data/`` carries the record after it:
``[@key, Table 1]{=facts/v4-pro-total-parameters}`` (macros write this, people need not).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from scripts.pages.alone import site_at
from scripts.sources.records.lookup import provenance
from scripts.sources.references import bibliography
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site

PATTERN = (
    r"[ \t]*\[(?P<body>(?:[^\[\]@\n]*\s)?@[a-z0-9][^\[\]\n]*)\]"
    r"(?:\{=(?P<collection>[a-z_]+)/(?P<record>[^}\s]+)\})?"
)
"""A citation in the source, with the space before it: the number stands right after the word.

Keys are lower case, so @Handles and e-mail addresses are not meant.
"""


KEY_ATTRIBUTE, LOCATOR_ATTRIBUTE = "data-cite-key", "data-cite-at"
"""Carried by a citation between its rendering and its numbering."""


@dataclass
class Cited:
    """One source on one page: its number and the places where the text cites it."""

    number: int
    uses: list[str] = field(default_factory=list)
    """Locator of each use, empty where there is none; its index + 1 ends the anchor."""


class Registry(ReferenceRegistry):
    """mkdocs-bibtex's registry, on references that pandoc formatted in one run."""

    def __init__(
        self, references: Mapping[str, Reference], path: Path, footnote_format: str = "{key}"
    ):
        # The parent's constructor would parse the file a second time, and stop at the
        # first mistake; it has been read and checked already.
        self.path = path
        self.footnote_format = footnote_format
        self.references = references

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Nothing to do: ``scripts.checks.citations`` reports unknown keys with file and line."""

    def validate_inline_references(
        self, inline_references: list[InlineReference]
    ) -> set[InlineReference]:
        """None: a bare @handle in prose is not a citation on this site."""
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        """The block as typed: the Markdown extension below renders it."""
        return str(citation_block)

    def reference_text(self, citation: Citation | InlineReference) -> str:
        """The formatted entry as HTML; empty for an unknown key, which the check reports."""
        reference = self.references.get(citation.key)
        return reference.html if reference else ""


def citations_in(body: str) -> list[Citation]:
    """The citations of ``@a, p. 5; see @b``; empty if it is not a citation after all."""
    return Citation.from_markdown(body)


class _Page:
    """What one page cites, in the order of reading."""

    def __init__(self) -> None:
        self.cited: OrderedDict[str, Cited] = OrderedDict()

    def cite(self, key: str, locator: str) -> tuple[int, int]:
        """Number of the source on this page, and which use of it this is (from 1)."""
        source = self.cited.setdefault(key, Cited(len(self.cited) + 1))
        source.uses.append(locator)
        return source.number, len(source.uses)


class _CitationProcessor(InlineProcessor):
    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(PATTERN, md)
        self.extension = extension

    def handleMatch(self, m: re.Match[str], data: str):
        citations = citations_in(m["body"])
        if not citations or not all(bibliography.KEY.match(c.key) for c in citations):
            return None, None, None
        group = etree.Element("span", {"class": "cites"})
        for citation in citations:
            group.append(self.extension.render(citation, m["collection"], m["record"]))
        return group, m.start(0), m.end(0)


class _Reset(Preprocessor):
    """A Markdown object may be used for several texts: each starts with a clean list."""

    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        self.extension.page = _Page()
        return lines


class _ReferenceList(Treeprocessor):
    """Numbers the citations and appends the list of the sources that the page cites.

    Inline patterns do not run in the order of reading (lists wait for paragraphs), so the
    numbers are given here, where the whole page can be walked from top to bottom.
    """

    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        page = self.extension.page
        for citation in root.iter("span"):
            key = citation.attrib.pop(KEY_ATTRIBUTE, None)
            if key is not None:
                locator = citation.attrib.pop(LOCATOR_ATTRIBUTE)
                _number(citation, key, locator, *page.cite(key, locator))
        if not page.cited or not self.extension.getConfig("reference_list"):
            return
        heading = etree.SubElement(root, "h2", {"id": "references"})
        heading.text = "Sources"
        listing = etree.SubElement(root, "ol", {"class": "references", "data-search-exclude": ""})
        for key, source in page.cited.items():
            listing.append(self.extension.render_entry(key, source))


def _number(citation: etree.Element, key: str, locator: str, number: int, use: int) -> None:
    """Write number, anchors and label into a citation rendered by ``CitationExtension.render``."""
    link, note = citation
    link.text = str(number)
    link.set("href", f"#ref-{key}")
    link.set("id", f"cite-{key}-{use}")
    link.set("aria-describedby", f"pop-{key}-{use}")
    link.set("aria-label", f"Source {number}" + (f", {locator}" if locator else ""))
    note.set("id", f"pop-{key}-{use}")


class CitationExtension(Extension):
    def __init__(self, **kwargs: Any):
        self.config = {
            "site": ["", "The site, whose references and records are cited."],
            "root": ["", "Its folder, for engines that hand no site down."],
            "reference_list": [True, "Append the list of cited sources to each page."],
            "sources_page": ["", "Address of the whole bibliography, for links from entries."],
        }
        super().__init__(**kwargs)
        self.page = _Page()
        self.md: Markdown | None = None

    @property
    def references(self) -> Mapping[str, Reference]:
        return self.site.references if self.site else {}

    @property
    def site(self) -> Site | None:
        root = self.getConfig("root")
        return self.getConfig("site") or (site_at(root) if root else None)

    def extendMarkdown(self, md: Markdown) -> None:
        self.md = md
        md.preprocessors.register(_Reset(md, self), "citations-reset", 175)
        # After code spans and escapes (190, 180), before links (160).
        md.inlinePatterns.register(_CitationProcessor(md, self), "citations", 175)
        # After inline patterns (20), before the table of contents (5).
        md.treeprocessors.register(_ReferenceList(md, self), "reference-list", 10)

    def _stash(self, html: str) -> str:
        assert self.md is not None
        return self.md.htmlStash.store(html)

    def render(
        self, citation: Citation, collection: str | None = None, record: str | None = None
    ) -> etree.Element:
        """The superscript and the hidden note that hover, focus or touch brings up."""
        reference = self.references.get(citation.key)
        if reference is None:
            outer = etree.Element("span", {"class": "cite--unknown"})
            outer.text = f"[unknown source: {citation.key}]"
            return outer
        locator = " ".join(part for part in (citation.prefix, citation.suffix) if part).strip()
        locator = _plain(locator)
        outer = etree.Element(
            "span",
            {"class": "cite", KEY_ATTRIBUTE: citation.key, LOCATOR_ATTRIBUTE: locator},
        )
        etree.SubElement(outer, "a", {"class": "cite-ref", "data-search-exclude": ""})
        # Not a span: Material's search takes the end of any inner span for the end of this one,
        # and would index the notes.
        note = etree.SubElement(outer, "small", {"class": "cite-pop", "role": "note"})
        note.set("data-search-exclude", "")
        if collection and record:
            self._add_provenance(note, collection, record)
        source = etree.SubElement(note, "span", {"class": "cite-source"})
        source.text = self._stash(reference.html)
        if locator:
            etree.SubElement(note, "span", {"class": "cite-loc"}).text = locator
        _kind(note, reference.kind)
        return outer

    def _add_provenance(self, parent: etree.Element, collection: str, record: str) -> None:
        """What is known of the record that a citation stands for, and the way to it."""
        details = provenance(self.site.records, collection, record) if self.site else None
        if details is None:
            return
        span = etree.SubElement(parent, "span", {"class": "cite-fact"})
        span.text = self._stash(details.html)
        etree.SubElement(span, "a", {"class": "cite-record", "href": details.href}).text = "Record"

    def render_entry(self, key: str, source: Cited) -> etree.Element:
        """One entry of the page's reference list, with links back to each use."""
        reference = self.references[key]
        entry = etree.Element("li", {"id": f"ref-{key}"})
        text = etree.SubElement(entry, "span", {"class": "ref-text"})
        text.text = self._stash(reference.html)
        if reference.archived_html:
            text.text += " " + self._stash(reference.archived_html)
        text.tail = " "
        _kind(entry, reference.kind).tail = " "
        uses = etree.SubElement(entry, "span", {"class": "ref-uses"})
        uses.set("data-search-exclude", "")
        uses.text = "cited at "
        for locator in dict.fromkeys(source.uses):  # each place once, linked to its first use
            index = source.uses.index(locator) + 1
            label = f"Back to use {index} of source {source.number}"
            link = etree.SubElement(
                uses,
                "a",
                {
                    "href": f"#cite-{key}-{index}",
                    "aria-label": f"{label}: {locator}" if locator else label,
                },
            )
            link.text = locator or "\u21a9"
            link.tail = ", "
        page = self.getConfig("sources_page")
        if page:
            etree.SubElement(uses, "a", {"href": f"{page}#{key}"}).text = "all uses"
        else:
            link.tail = ""
        return entry


def _kind(parent: etree.Element, kind: str) -> etree.Element:
    """A small label that says what kind of source it is."""
    chip = etree.SubElement(parent, "span", {"class": f"kind kind--{kind}"})
    chip.text = kind
    return chip


def _plain(text: str) -> str:
    """Undo what Markdown hid in the text before inline patterns saw it (escaped characters)."""
    return re.sub(f"{STX}(\\d+){ETX}", lambda m: chr(int(m[1])), text)


def makeExtension(**kwargs: Any) -> CitationExtension:
    return CitationExtension(**kwargs)
