"""Every cited key is in references.bib: in pages and in data.

Why: mkdocs-bibtex prints nothing for an unknown key, and a claim without its source stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scripts.pages.citations import PATTERN, citations_in
from scripts.problems import Problem, nearest
from scripts.sources.pages import Page
from scripts.sources.records.loading import Dataset

_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_LOOSE = re.compile(r"\[(?P<body>[^\[\]\n]*@(?P<key>[A-Za-z0-9][\w:./-]*)[^\[\]\n]*)\]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def _in_page(page: Page, known: set[str]) -> Iterator[Problem]:
    strict = {match.start("body") - 1: match for match in re.finditer(PATTERN, page.body)}
    for match in strict.values():
        for citation in citations_in(match["body"]):
            if citation.key not in known:
                offset = page.text.index(f"@{citation.key}", match.start())
                line, column = page.place(offset)
                yield Problem(
                    page.file,
                    line,
                    f"unknown citation key '{citation.key}'{nearest(citation.key, known)}; "
                    "add the source to references.bib or correct the key",
                    column,
                    "citations",
                )
        line_start = page.text.rfind("\n", 0, match.start()) + 1
        if _HEADING.match(page.text, line_start):
            line, column = page.place(match.start("body") - 1)
            yield Problem(
                page.file, line, "a citation in a heading; move it to the text below", column
            )
    for match in _LOOSE.finditer(page.body):
        if match.start() in strict or _MAIL.search(match["body"]):
            continue
        followed = page.body[match.end() : match.end() + 1]
        if followed in {"(", "["}:  # a link whose text has an @ in it
            continue
        line, column = page.place(match.start())
        yield Problem(
            page.file,
            line,
            f"'[{match['body']}]' looks like a citation but is not one: keys have only lower-case "
            f"letters, digits and hyphens{nearest(match['key'], known)}",
            column,
            "citations",
        )


def check(pages: Iterable[Page], data: Dataset, known: set[str]) -> Iterator[Problem]:
    for page in pages:
        yield from _in_page(page, known)
    for name, record in data.records():
        refs = list(getattr(record, "sources", []))
        for spec in getattr(record, "specs", {}).values():
            refs += spec.sources
        place = data.place(name, record.id)
        for ref in refs:
            if ref.key not in known:
                yield Problem(
                    place.file,
                    place.line,
                    f"{record.id}: unknown source key '{ref.key}'{nearest(ref.key, known)}; "
                    "add the source to references.bib or correct the key",
                    rule="citations",
                )
