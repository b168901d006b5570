"""Markdown extension: ``[@key, §2.3]`` becomes a small number that leads to the list of sources.

The syntax is that of ``scripts.pages.citation_syntax``; the registry is mkdocs-bibtex's, extended.
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
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX
from mkdocs_bibtex.citation import Citation as PluginCitation
from mkdocs_bibtex.citation import CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from scripts.pages import notes
from scripts.pages.alone import site_at
from scripts.pages.citation_syntax import PATTERN, Citation, citations_in, in_html
from scripts.sources.records.lookup import Provenance, provenance
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site


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

    def reference_text(self, citation: PluginCitation | InlineReference) -> str:
        """The formatted entry as HTML; empty for an unknown key, which the check reports."""
        reference = self.references.get(citation.key)
        return reference.html if reference else ""


class _CitationProcessor(InlineProcessor):
    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(PATTERN, md)
        self.extension = extension

    def handleMatch(self, m: re.Match[str], data: str):
        citations = citations_in(m["body"])
        if not citations:
            return None, None, None
        return self.extension.run_of(m, citations), m.start(0), m.end(0)


class _ReferenceList(Treeprocessor):
    """Numbers the citations and appends the list of the sources that the page cites.

    Inline patterns do not run in the order of reading (lists wait for paragraphs), so the
    numbers are given here, where the whole page can be walked from top to bottom.
    """

    def __init__(self, md: Markdown, extension: CitationExtension):
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        self._in_html(root)
        numbering = notes.Numbering()
        numbering.number(root)
        if not numbering.cited or not self.extension.getConfig("reference_list"):
            return
        heading = etree.SubElement(root, "h2", {"id": "references"})
        heading.text = "Sources"
        listing = notes.place(root, len(numbering.cited))
        self.extension.listing(self.md).write(listing, numbering.cited)

    def _in_html(self, root: etree.Element) -> None:
        """Read the citations of raw HTML blocks, which Markdown has put aside as they are.

        Such a block is a paragraph that holds nothing but its number. It becomes a frame around
        the parts of the block, with the citations as elements between them.
        """
        for element in root.iter("p"):
            block = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
            if block is None or len(element):
                continue
            raw = self.md.htmlStash.rawHtmlBlocks[int(block[1])]
            if not isinstance(raw, str):
                continue
            found = [(m, cited) for m in in_html(raw) if (cited := citations_in(m["body"]))]
            if not found:
                continue
            element.tag = "div"
            element.text = self.md.htmlStash.store(raw[: found[0][0].start()])
            for number, (match, citations) in enumerate(found):
                run = self.extension.run_of(match, citations)
                last = number + 1 == len(found)
                until = len(raw) if last else found[number + 1][0].start()
                part = raw[match.end() : until]
                run.tail = self.md.htmlStash.store(part) if part else ""
                element.append(run)


class CitationExtension(Extension):
    def __init__(self, **kwargs: Any):
        self.config = {
            "site": ["", "The site, whose references and records are cited."],
            "root": ["", "Its folder, for engines that hand no site down."],
            "reference_list": [True, "Append the list of cited sources to each page."],
            "sources_page": ["", "Address of the bibliography; may hold {kind}."],
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

    def run_of(self, match: re.Match[str], citations: list[Citation]) -> etree.Element:
        """What one bracket of citations becomes, until its sources have numbers."""
        record = f"{match['collection']}/{match['record']}" if match["record"] else ""
        group = etree.Element("span", {"class": notes.RUN})
        for citation in citations:
            group.append(self.render(citation, record, bool(match["computed"])))
        return group

    def render(self, citation: Citation, record: str = "", computed: bool = False) -> etree.Element:
        """A citation that waits for its number; an unknown key shows as such."""
        if citation.key not in self.references:
            unknown = etree.Element("span", {"class": "cite--unknown"})
            unknown.text = f"[unknown source: {citation.key}]"
            return unknown
        place = _plain(citation.place)
        waiting = etree.Element("span", {notes.KEY: citation.key, notes.PLACE: place})
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
