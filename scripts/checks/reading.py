"""How hard the pages are to read: information for writers, never an error.

The grade is Flesch and Kincaid's (years of schooling in the United States that the sentences
ask for), as the library ``readability`` computes it. It knows nothing of content: a name such
as "Hyperconnections" costs as much as a bad sentence, so compare pages, and look at the
hardest first.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

import readability

from scripts.sources.pages import Page

_DROPPED = (
    re.compile(r"\{##.*?##\}|\{%.*?%\}", re.DOTALL),
    re.compile(r"^[ \t]*(?:#{1,6} |\?\?\?\+? |!!! |=== ).*$", re.MULTILINE),  # headings
    re.compile(r"^[ \t]*\|.*$", re.MULTILINE),  # tables
    re.compile(r"\[(?:[^\[\]]*@[a-z0-9][^\[\]]*)\]"),  # citations
    re.compile(r"^[ \t]*\{\s*[.#:].*\}[ \t]*$", re.MULTILINE),  # attributes of a paragraph
    re.compile(r"\{\s*[.#:][^}\n]*\}"),
    re.compile(r"<[^>\n]+>"),
)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*(?:\s\"[^\"]*\")?\)")
_ITEM = re.compile(r"^[ \t]*(?:[-*+>]|\d+\.)[ \t]+", re.MULTILINE)
_END = re.compile(r"(?<=[.!?:])[\"”)*_]*\s+(?=[\"“(\[*_]*[A-Z0-9])")
_WORD = re.compile(r"[A-Za-z0-9][\w'’.,-]*")


@dataclass(frozen=True)
class Reading:
    """``grade`` in school years; ``words`` of running text that it was measured on."""

    file: str
    grade: float
    words: int


def sentences(page: Page) -> list[str]:
    """The page's sentences in plain words: no tables, headings, code or citations."""
    text = page.body
    for pattern in _DROPPED:
        text = pattern.sub("", text)
    text = _LINK.sub(r"\1", _VALUE.sub("one", text))
    found = []
    for block in re.split(r"\n[ \t]*\n", _ITEM.sub("\n\n", text)):
        for sentence in _END.split(" ".join(block.split())):
            words = [word.strip(".,-") for word in _WORD.findall(sentence)]
            if len(words) > 3:  # labels and remains of macros are not sentences
                found.append(" ".join(words))
    return found


def measure(page: Page) -> Reading | None:
    """The page's grade, or None if it has fewer than 100 words of running text."""
    found = sentences(page)
    words = sum(len(sentence.split()) for sentence in found)
    if words < 100:
        return None
    text = "".join(f"{sentence} .\n" for sentence in found)
    grades = readability.getmeasures(text, lang="en")["readability grades"]
    return Reading(page.file, float(grades["Kincaid"]), words)


def summary(pages: Iterable[Page], hardest: int = 3) -> str:
    """One line for ``make check``; empty if no page is long enough to be measured."""
    found = [reading for page in pages if (reading := measure(page))]
    if not found:
        return ""
    worst = sorted(found, key=lambda reading: -reading.grade)[:hardest]
    middle = statistics.median(reading.grade for reading in found)
    named = ", ".join(f"{reading.file} {reading.grade:.1f}" for reading in worst)
    return (
        f"Reading grade (Flesch-Kincaid) of {len(found)} pages: median {middle:.1f}; "
        f"hardest: {named}."
    )
