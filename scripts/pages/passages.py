"""The cited passages of a page: what an audit reads against the sources.

A passage is a sentence of a paragraph or of an item of a list, or a row of a table, that cites a
source or calls a record. Its hash is that of its words as typed, so a new line break changes
nothing and a new word everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any

from scripts.pages.citation_syntax import PATTERN, citations_in
from scripts.sources.pages import Page
from scripts.sources.records.loading import Dataset
from scripts.sources.shelf import digest
from scripts.sources.site import Site

_MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_NAME = re.compile(r"""["']([a-z0-9][a-z0-9.:-]*)["']""")
_KINDS = {"fact", "price", "spec", "score"}
"""What stands before a record's name where a macro takes several kinds."""
_BLOCK = re.compile(r"^[ \t]*(?:\||(?:[-*+>]|\d+\.)[ \t]|#{1,6} |[!?]{3}|===|\{)")
_END = re.compile(r"(?<=[.!?])(?:[\"”’)\]*_]|\x01+)*\s+(?=[\"“(\[*_`$¥€]*[A-Z0-9\x02])")


@dataclass(frozen=True)
class Passage:
    file: str
    """Below ``docs/``."""
    line: int
    text: str
    """As typed, with single spaces."""
    keys: tuple[str, ...]
    """Sources that it cites itself."""
    records: tuple[str, ...]
    """Records that its macros call: ``facts/<id>``, ``models/<id>.<line>``."""

    @property
    def id(self) -> str:
        return digest(self.text)[:12]


def _blocks(page: Page) -> Iterator[tuple[int, str]]:
    """Paragraphs, items and rows, without code, with the line on which they begin."""
    begins, lines = 0, []
    for number, line in enumerate(page.body.splitlines(), start=1):
        if lines and (not line.strip() or _BLOCK.match(line)):
            yield begins, "\n".join(lines)
            lines = []
        if line.strip():
            begins = begins if lines else number
            lines.append(line)
    if lines:
        yield begins, "\n".join(lines)


def _sentences(block: str) -> Iterator[tuple[int, str]]:
    """Sentences with their offset; a row of a table is one."""
    if block.lstrip().startswith("|"):
        yield 0, block
        return
    # What stands in brackets of ours ends no sentence; a macro may begin one, as a word does.
    masked = re.sub(PATTERN, lambda m: "\x01" * len(m[0]), block)
    masked = _MACRO.sub(lambda m: "\x02" * len(m[0]), masked)
    start = 0
    for match in _END.finditer(masked):
        yield start, block[start : match.end()]
        start = match.end()
    yield start, block[start:]


def _called(text: str, data: Dataset, names: Mapping[str, str]) -> tuple[str, ...]:
    """Records by name, and of a sheet of specs the lines that are asked for."""
    out: dict[str, None] = {}
    for macro in _MACRO.findall(text):
        words = _NAME.findall(macro)
        for word in words:
            kind, _, rest = word.partition(":")
            name = rest.partition(":")[0] if kind in _KINDS else kind
            if name in names:
                whole = f"{names[name]}/{name}"
                specs = getattr(data[names[name]][name], "specs", {})
                lines = [line for line in words if line in specs]
                out |= dict.fromkeys([f"{whole}.{line}" for line in lines] or [whole])
    return tuple(out)


def names_of(data: Dataset) -> dict[str, str]:
    """The collection of each record, by its id."""
    # No macro calls a term, and a fact of the same name would be hidden behind it.
    return {
        record.id: name for name, record in data.records() if name not in {"parties", "glossary"}
    }


def passages(site: Site) -> list[Passage]:
    """All of a site, page by page."""
    names = names_of(site.records)
    known = (
        (one, name, *getattr(site.records[name][one], "specs", ())) for one, name in names.items()
    )
    all_names = digest(*map(repr, known))
    out = []
    for page in site.pages:
        make = partial(_plain, page, site, names)
        for plain in site.kept("passages", page.file, digest(page.text, all_names), make):
            file, line, text, keys, records = plain
            out.append(Passage(file, line, text, tuple(keys), tuple(records)))
    return out


def _plain(page: Page, site: Site, names: Mapping[str, str], _: Site) -> list[tuple[Any, ...]]:
    """The passages of a page as JSON."""
    file = page.path.relative_to(site.docs).as_posix()
    return [astuple(passage) for passage in _of_page(page, file, site, names)]


def _of_page(page: Page, file: str, site: Site, names: Mapping[str, str]) -> Iterator[Passage]:
    typed = page.text.splitlines()
    for line, block in _blocks(page):
        if re.match(r"\s*#{1,6} ", block):
            continue
        whole = "\n".join(typed[line - 1 : line + block.count("\n")])
        for offset, sentence in _sentences(block):
            cited = [
                citation.key
                for match in re.finditer(PATTERN, sentence)
                for citation in citations_in(match["body"])
            ]
            records = _called(sentence, site.records, names)
            if cited or records:
                at = line + block.count("\n", 0, offset)
                # Code is no citation, but what it says belongs to the sentence.
                text = " ".join(whole[offset : offset + len(sentence)].split())
                yield Passage(file, at, text, tuple(dict.fromkeys(cited)), records)


def uses(passage: Passage) -> tuple[str, ...]:
    """All that it must be read against: sources and records."""
    return (*passage.keys, *passage.records)
