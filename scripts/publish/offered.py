"""What the page of a fact or a figure offers to cite: our record, its sources, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import html as lxml_html

from scripts.publish.citing import FORMATS
from scripts.sources.references.bibliography import Reference

_ORDER = ("APA", *(name for name in FORMATS if name != "APA"))
"""What most people paste comes first."""


@dataclass(frozen=True)
class Source:
    """A source with the place in it that was used."""

    reference: Reference
    at: str | None
    bib: str
    """Its entry in BibLaTeX."""

    @property
    def text(self) -> str:
        """As printed, with the place."""
        words = lxml_html.fromstring(f"<span>{self.reference.html}</span>").text_content().strip()
        return f"{words.removesuffix('.')}, {self.at}." if self.at else words


@dataclass(frozen=True)
class Offered:
    """Citations by the name of their format."""

    ours: Sequence[tuple[str, str]]
    source: Sequence[tuple[str, str]]
    both: Sequence[tuple[str, str]]


def offered(ours: Mapping[str, str], sources: Sequence[Source]) -> Offered:
    """``ours``: every format of our record."""
    texts = [source.text for source in sources]
    entries = list(dict.fromkeys(source.bib.strip() for source in sources if source.bib))
    recorded = f"Recorded in: {ours['APA'].strip()}"
    both = [*entries, ours["BibLaTeX"].strip()]
    return Offered(
        ours=[(name, ours[name].strip()) for name in _ORDER],
        source=[("Text", "\n".join(texts)), ("BibLaTeX", "\n\n".join(entries))] if sources else [],
        both=[("Text", "\n".join([*texts, recorded])), ("BibLaTeX", "\n\n".join(both))]
        if sources
        else [],
    )
