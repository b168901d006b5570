"""The numbers of citations in the text, and the list of sources at the end of a page.

Whatever reads a page without its style sheets (reader modes, text browsers, crawlers, readers of
tables) prints all of its text. So the text holds numbers only, and each note stands once, in the
list: what a record says, who says so, as of when, and where in the source.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from scripts.sources.records.lookup import Provenance
from scripts.sources.references.bibliography import Reference

KEY, PLACE, RECORD, COMPUTED = "data-cite-key", "data-cite-at", "data-cite-of", "data-cite-computed"
"""Carried by a citation between its rendering and its numbering."""
RUN = "cites"
"""Class of what one bracket of citations becomes until it is numbered."""
MOST = 3
"""More sources than this in a row become one mark that says how many there are."""
LONG = 8
"""More sources than this on a page are folded: with their links they are most of its tab stops,
and two screens of its length."""
_SOURCES = re.compile(r"\bsources:\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What one citation points at; the same thing said twice on a page has one note."""

    key: str
    place: str = ""
    """Table, section or page; empty where none is given."""
    record: str = ""
    """``collection/id`` of the record that the citation stands for, if it stands for one."""
    computed: bool = False
    """Whether the number beside it was computed from that record."""

    @property
    def bare(self) -> bool:
        return not (self.place or self.record)


@dataclass
class Cited:
    """One source on one page."""

    number: int
    places: list[str] = field(default_factory=list)
    """Place of each use, empty where there is none; its index + 1 ends the anchor."""
    notes: dict[Said, list[int]] = field(default_factory=dict)
    """The uses of each note."""
    beside: list[tuple[str, ...]] = field(default_factory=list)
    """Keys of the other sources behind each mark that stands for many and leads here."""


@dataclass(frozen=True)
class _Mark:
    """One source at one place of the text."""

    number: int
    entries: tuple[str, ...]
    """Ids of its notes in the list."""
    anchors: tuple[str, ...]
    """Ids that the list leads back to."""


class Numbering:
    """Numbers what one page cites, in the order of reading, and remembers what was said."""

    def __init__(self) -> None:
        self.cited: dict[str, Cited] = {}

    def number(self, root: etree.Element) -> None:
        """Put marks in place of all citations below ``root``."""
        self._below(root, False)

    def _below(self, parent: etree.Element, cell: bool) -> None:
        cell = cell or parent.tag in {"td", "th"}
        for run in _runs(parent):
            if isinstance(run, list):
                self._replace(parent, run, cell)
            else:
                self._below(run, cell)

    def _replace(self, parent: etree.Element, run: list[etree.Element], cell: bool) -> None:
        at = list(parent).index(run[0])
        before = (parent[at - 1].tail if at else parent.text) or ""
        parts = [part for group in run for part in group]
        citations = [part for part in parts if part.get(KEY)]
        new = [part for part in parts if not part.get(KEY)]  # unknown keys, which say so
        if citations:
            new.insert(0, self._marks(citations, cell, bool(_SOURCES.search(before))))
        new[-1].tail = run[-1].tail
        for group in run:
            parent.remove(group)
        for offset, element in enumerate(new):
            parent.insert(at + offset, element)

    def _marks(self, citations: list[etree.Element], cell: bool, told: bool) -> etree.Element:
        """The marks of a run; ``told`` if the text before it already says that these are sources.

        A cell is read as data by programs, so that its marks are drawn by the style sheet; in
        running text they are characters, set apart by a space.
        """
        keys: dict[str, list[tuple[str, str]]] = {}
        for citation in citations:
            said = Said(
                citation.get(KEY, ""),
                citation.get(PLACE, ""),
                citation.get(RECORD, ""),
                citation.get(COMPUTED) is not None,
            )
            keys.setdefault(said.key, []).append(self._cite(said))
        marks = [
            _Mark(
                self.cited[key].number,
                tuple(dict.fromkeys(entry for entry, _ in uses)),
                tuple(anchor for _, anchor in uses),
            )
            for key, uses in keys.items()
        ]
        group = etree.Element("span", {"class": "cite", "data-search-exclude": ""})
        if not cell:
            group.text = "\N{NO-BREAK SPACE}"
        if len(marks) > MOST:
            first, *others = keys
            if tuple(others) not in self.cited[first].beside:
                self.cited[first].beside.append(tuple(others))
            entries = tuple(entry for mark in marks for entry in mark.entries)
            anchors = tuple(anchor for mark in marks for anchor in mark.anchors)
            words = f"all {len(marks)}" if told else f"{len(marks)} sources"
            name = f"all {len(marks)} sources" if told else words
            _mark(group, _Mark(0, entries, anchors), words, name, cell)
        else:
            for mark in marks:
                _mark(group, mark, str(mark.number), f"Source {mark.number}", cell)
        return group

    def _cite(self, said: Said) -> tuple[str, str]:
        """Id of the note of one use, and the id of the use itself."""
        source = self.cited.setdefault(said.key, Cited(len(self.cited) + 1))
        source.places.append(said.place)
        use = len(source.places)
        source.notes.setdefault(said, []).append(use)
        return _entry_id(said, source), f"cite-{said.key}-{use}"


def _runs(parent: etree.Element) -> Iterator[etree.Element | list[etree.Element]]:
    """The children of an element, with citations that follow each other in one list."""
    run: list[etree.Element] = []
    for child in list(parent):
        if child.tag == "span" and child.get("class") == RUN:
            run.append(child)
            if (child.tail or "").strip():
                yield run
                run = []
            continue
        if run:
            yield run
            run = []
        yield child
    if run:
        yield run


def _entry_id(said: Said, source: Cited) -> str:
    """A bare citation is told by the entry of its source; others have a note of their own."""
    if said.bare:
        return f"ref-{said.key}"
    return f"ref-{said.key}.{[note for note in source.notes if not note.bare].index(said) + 1}"


def _mark(group: etree.Element, mark: _Mark, text: str, name: str, cell: bool) -> None:
    link = etree.SubElement(group, "a", {"class": "cite-ref", "href": f"#{mark.entries[0]}"})
    link.set("id", mark.anchors[0])
    link.set("aria-label", name)
    if cell:
        link.set("data-n", text)
    else:
        link.text = f"[{text}]"
    if len(mark.entries) > 1:
        link.set("data-refs", " ".join(mark.entries))
    for anchor in mark.anchors[1:]:  # published addresses, and where the list leads back to
        etree.SubElement(group, "span", {"id": anchor})


def _row(parent: etree.Element, begins: str, links: list[etree.Element]) -> None:
    """Links behind each other, with commas between them."""
    parent.text = begins
    for link in links:
        link.tail = ", "
        parent.append(link)
    links[-1].tail = ""


def place(root: etree.Element, count: int) -> etree.Element:
    """The empty list of ``count`` sources at the end of a page; a long one is folded.

    What points into a fold opens it, and paper shows all of it."""
    kept = {"data-search-exclude": ""}
    if count > LONG:
        root = etree.SubElement(root, "details", {"class": "fold all-references", **kept})
        etree.SubElement(root, "summary").text = f"All {count} sources of this page"
    return etree.SubElement(root, "ol", {"class": "references", **kept})


@dataclass(frozen=True)
class Listing:
    """Writes the list of sources; ``stash`` hides HTML from what Markdown does to text."""

    references: Mapping[str, Reference]
    provenance: Callable[[str], Provenance | None]
    """Of a record ``collection/id``; None if there is no such record."""
    stash: Callable[[str], str]
    sources_page: str = ""
    """Address of the whole bibliography; ``{kind}`` in it stands for the kind of a source."""

    def write(self, parent: etree.Element, cited: Mapping[str, Cited]) -> None:
        """Append the entries of all cited sources to a list."""
        for key, source in cited.items():
            parent.append(self._entry(key, source, cited))

    def _entry(self, key: str, source: Cited, cited: Mapping[str, Cited]) -> etree.Element:
        """One source, with links back to each place, and its notes."""
        reference = self.references[key]
        entry = etree.Element("li", {"id": f"ref-{key}"})
        text = etree.SubElement(entry, "span", {"class": "ref-text"})
        text.text = self.stash(reference.html)
        if reference.archived_html:
            text.text += " " + self.stash(reference.archived_html)
        text.tail = " "
        kind = etree.SubElement(entry, "span", {"class": f"kind kind--{reference.kind}"})
        kind.text, kind.tail = reference.kind, " "
        notes = {said: uses for said, uses in source.notes.items() if not said.bare}
        hidden = self._uses(entry, key, source, bool(notes))
        for beside in source.beside:
            line = etree.SubElement(entry, "span", {"class": "ref-beside"})
            line.text = f"One mark in the text stands for this and {len(beside)} more: "
            for other in beside:
                link = etree.SubElement(line, "a", {"href": f"#ref-{other}"})
                link.set("aria-label", f"Source {cited[other].number}")
                link.text, link.tail = str(cited[other].number), " "
        if notes or hidden:
            fold = etree.SubElement(entry, "details", {"class": "ref-notes"})
            count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
            words = count if notes else "More"
            etree.SubElement(fold, "summary").text = f"{words} on source {source.number}"
            if hidden:
                others = etree.SubElement(fold, "span", {"class": "ref-uses"})
                _row(others, "also cited at " if len(hidden) > 1 else "", hidden)
            if notes:
                listing = etree.SubElement(fold, "ul")
                for said, uses in notes.items():
                    listing.append(self._note(said, uses, _entry_id(said, source)))
        return entry

    def _uses(
        self, entry: etree.Element, key: str, source: Cited, folded: bool
    ) -> list[etree.Element]:
        """The way back to the first use; returns the links to the others, each place once, and to
        all pages that cite the source. In sight, they would be half of a page's tab stops.
        ``folded``: there is a fold for them, whatever they are."""
        links = []
        for place in dict.fromkeys(source.places):  # each place once, linked to its first use
            index = source.places.index(place) + 1
            label = f"Back to use {index} of source {source.number}"
            link = etree.Element("a", {"href": f"#cite-{key}-{index}"})
            link.set("aria-label", f"{place}: {label}" if place else label)
            link.text = place or "\u21a9"
            links.append(link)
        if self.sources_page:
            page = self.sources_page.format(kind=self.references[key].kind)
            every = etree.Element("a", {"href": f"{page}#{key}"})
            every.text = "all uses"
            links.append(every)
        shown = len(links) if not folded and len(links) <= 2 else 1
        _row(etree.SubElement(entry, "span", {"class": "ref-uses"}), "cited at ", links[:shown])
        return links[shown:]

    def _note(self, said: Said, uses: list[int], name: str) -> etree.Element:
        """What is known of one record at one place of a source, and the ways on and back."""
        note = etree.Element("li", {"id": name})
        details = self.provenance(said.record) if said.record else None
        if said.computed:
            chip = etree.SubElement(note, "span", {"class": "status status--computed"})
            chip.text, chip.tail = "computed", " by this site, from: "
        if details is not None:
            fact = etree.SubElement(note, "span", {"class": "cite-fact"})
            fact.text, fact.tail = self.stash(details.html), " "
        if said.place:
            place = etree.SubElement(note, "span", {"class": "cite-loc"})
            place.text, place.tail = said.place, " "
        if details is not None:
            link = etree.SubElement(note, "a", {"class": "cite-record", "href": details.href})
            link.text, link.tail = "Record", " "
        for index, use in enumerate(uses):
            back = etree.SubElement(note, "a", {"class": "cite-back"})
            back.set("href", f"#cite-{said.key}-{use}")
            # What is seen, a number behind the first sign, is part of what is heard.
            back.set("aria-label", f"Back to the text, {index + 1} (use {use} of the source)")
            back.text, back.tail = "\u21a9" if not index else str(index + 1), " "
        return note
