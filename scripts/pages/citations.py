"""Markdown extension: ``[@key, §2.3]`` becomes a small number that leads to the list of sources.

The syntax and its parser are mkdocs-bibtex's, and so is the registry this extends.
Rendering is ours and happens inside Markdown, not on the text before it, for what
the plugin cannot do: code stays as typed, locators survive, an unknown key is seen.

A citation that stands for a record of ``data/`` carries the record after it:
``[@key, Table 1]{=facts/v4-pro-total-parameters}`` (macros write this, people need not); with
`` computed`` before the closing brace, the number beside it was computed from that record.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from scripts.pages import notes
from scripts.pages.alone import site_at
from scripts.sources.records.lookup import Provenance, provenance
from scripts.sources.references import bibliography
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site

PATTERN = (
    r"[ \t]*\[(?P<body>(?:[^\[\]@\n]*\s)?@[a-z0-9][^\[\]\n]*)\]"
    r"(?:\{=(?P<collection>[a-z_]+)/(?P<record>[^}\s]+)"
    r"(?P<computed> computed)?\})?"
)
"""A citation in the source, with the space before it: its mark brings a space of its own.

Keys are lower case, so @Handles and e-mail addresses are not meant.
"""


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


class _CitationProcessor(InlineProcessor):
    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(PATTERN, md)
        self.extension = extension

    def handleMatch(self, m: re.Match[str], data: str):
        citations = citations_in(m["body"])
        if not citations or not all(bibliography.KEY.match(c.key) for c in citations):
            return None, None, None
        record = f"{m['collection']}/{m['record']}" if m["record"] else ""
        group = etree.Element("span", {"class": notes.RUN})
        for citation in citations:
            group.append(self.extension.render(citation, record, bool(m["computed"])))
        return group, m.start(0), m.end(0)


class _ReferenceList(Treeprocessor):
    """Numbers the citations and appends the list of the sources that the page cites.

    Inline patterns do not run in the order of reading (lists wait for paragraphs), so the
    numbers are given here, where the whole page can be walked from top to bottom.
    """

    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        numbering = notes.Numbering()
        numbering.number(root)
        if not numbering.cited or not self.extension.getConfig("reference_list"):
            return
        heading = etree.SubElement(root, "h2", {"id": "references"})
        heading.text = "Sources"
        listing = etree.SubElement(root, "ol", {"class": "references", "data-search-exclude": ""})
        self.extension.listing(self.md).write(listing, numbering.cited)


class CitationExtension(Extension):
    def __init__(self, **kwargs: Any):
        self.config = {
            "site": ["", "The site, whose references and records are cited."],
            "root": ["", "Its folder, for engines that hand no site down."],
            "reference_list": [True, "Append the list of cited sources to each page."],
            "sources_page": ["", "Address of the whole bibliography, for links from entries."],
        }
        super().__init__(**kwargs)

    @property
    def references(self) -> Mapping[str, Reference]:
        return self.site.references if self.site else {}

    @property
    def site(self) -> Site | None:
        root = self.getConfig("root")
        return self.getConfig("site") or (site_at(root) if root else None)

    def extendMarkdown(self, md: Markdown) -> None:
        # After code spans and escapes (190, 180), before links (160).
        md.inlinePatterns.register(_CitationProcessor(md, self), "citations", 175)
        # After inline patterns (20), before the table of contents (5).
        md.treeprocessors.register(_ReferenceList(md, self), "reference-list", 10)

    def listing(self, md: Markdown) -> notes.Listing:
        """What writes the list of sources of a page."""

        def known(record: str) -> Provenance | None:
            return provenance(self.site.records, *record.split("/", 1)) if self.site else None

        return notes.Listing(
            self.references, known, md.htmlStash.store, self.getConfig("sources_page")
        )

    def render(self, citation: Citation, record: str = "", computed: bool = False) -> etree.Element:
        """A citation that waits for its number; an unknown key shows as such."""
        if citation.key not in self.references:
            unknown = etree.Element("span", {"class": "cite--unknown"})
            unknown.text = f"[unknown source: {citation.key}]"
            return unknown
        place = " ".join(part for part in (citation.prefix, citation.suffix) if part).strip()
        waiting = etree.Element("span", {notes.KEY: citation.key, notes.PLACE: _plain(place)})
        if record:
            waiting.set(notes.RECORD, record)
        if computed:
            waiting.set(notes.COMPUTED, "")
        return waiting


def _plain(text: str) -> str:
    """Undo what Markdown hid in the text before inline patterns saw it (escaped characters)."""
    return re.sub(f"{STX}(\\d+){ETX}", lambda m: chr(int(m[1])), text)


def makeExtension(**kwargs: Any) -> CitationExtension:
    return CitationExtension(**kwargs)
