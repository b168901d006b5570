"""A sentence that states a number has a source: a macro, or a citation of its own.

Why: every number on the site can be traced, and prose is where numbers are typed by hand.
What counts is a number with a unit, a percentage, a price or a date. Headings are left alone.
A paragraph that must do without says why: ``{## uncited: our own assumption ##}``.

Good: It needs {{ fact("cache-share") }} of the cache; or: 27% of the work [@org2026report].
Bad: It needs 27% of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from scripts.checks import kept
from scripts.pages.citation_syntax import PATTERN, citations_in
from scripts.problems import Problem
from scripts.sources.pages import Page
from scripts.sources.site import Site

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_UNIT = (
    r"(?:trillion|billion|million|thousand|tokens?|parameters|layers?|heads?|experts?|blocks?|"
    r"[KMGT]i?B|bytes?|k?W|MW|[KMGTPE]?FLOPS?|FLOPs|times|points?|GPUs?|NPUs?|chips?|hours?|"
    r"days?|weeks?|months?|years?|minutes?|seconds?|tasks?|questions?|requests?|yuan|dollars?|"
    r"euros?|nm|pages?|characters?|tokens/s|[KMBT])"
)
NUMBER = re.compile(
    rf"(?P<date>\b\d{{4}}-\d\d(?:-\d\d)?\b|\b{_MONTH} (?:\d{{1,2}}(?:, \d{{4}})?|\d{{4}})\b)"
    rf"|(?P<percentage>(?<![\w.])\d[\d.,]*(?:\s?%| percent\b))"
    rf"|(?P<price>[$¥€]\s?\d[\d.,]*)"
    rf"|(?P<quantity>(?<![\w.§#/-])\d[\d.,]*[\s-]?{_UNIT}(?![\w/]))"
)
_OPT_OUT = re.compile(r"\{##\s*uncited:(?P<reason>.*?)##\}", re.DOTALL)
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_JINJA_COMMENT = re.compile(r"\{##.*?##\}", re.DOTALL)
_QUIET = (
    re.compile(r"\]\([^)\s]*(?:\s\"[^\"]*\")?\)"),  # addresses of links
    re.compile(r"<[^>\n]+>"),  # tags
    re.compile(r"\{\s*[.#:][^}\n]*\}"),  # attributes
    re.compile(r"^[ \t]*(?:#{1,6} |\?\?\?\+? |!!! |=== ).*$", re.MULTILINE),  # headings
    re.compile(r"^[ \t]*\|.*\|[ \t]*(?=\n[ \t]*\|[ \t]*:?-+)", re.MULTILINE),  # heads of tables
    re.compile(r"^\[[^\]]+\]: .*$|^\*\[[^\]]+\]: .*$", re.MULTILINE),  # definitions
)
_SENTENCE_END = re.compile(r"[.!?][\"”)*_]*\s+(?=[\"“(\[*_]*[A-Z0-9`{\x01])")
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+\.) )|\n(?=[ \t]*\|)")
_SOURCE = re.compile(r"[\x01\x02]")
_CITATION = re.compile(PATTERN)
_RAW = re.compile(r"\{%\s*raw\s*%\}.*?\{%\s*endraw\s*%\}", re.DOTALL)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _macro(match: re.Match[str]) -> str:
    """One mark where the macro begins; it is a source unless it prints the page's dates."""
    first = " " if "as_of_line" in match[0] else "\x01"
    return first + re.sub(r"[^\n]", " ", match[0][1:])


def _cited(match: re.Match[str]) -> str:
    """One mark where a citation begins that can be read; no other is a source of anything."""
    text = match[0]
    return ("\x02" if citations_in(match["body"]) else " ") + re.sub(r"[^\n]", " ", text[1:])


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _BLOCK_END.finditer(text):
        yield start, text[start : end.start()]
        start = end.start()
    yield start, text[start:]


_LEAD = re.compile(r"\s*(?:[-*+]|\d+\.)?\s*\*\*[^*]+\*\*\s*")


def _sentences(block: str) -> Iterator[tuple[int, str]]:
    """Sentences with their places; a bold lead such as ``**September 10.**`` joins what follows."""
    if block.lstrip().startswith("|"):  # a row of a table is one statement
        yield 0, block
        return
    start = 0
    for end in _SENTENCE_END.finditer(block):
        if _LEAD.fullmatch(block[start : end.end()]):
            continue
        yield start, block[start : end.end()]
        start = end.end()
    yield start, block[start:]


def _opted_out(page: Page) -> Iterator[tuple[int, int] | Problem]:
    """Ranges of text whose paragraph (or table) gives a reason; a problem where it gives none."""
    for comment in _OPT_OUT.finditer(page.body):
        if not comment["reason"].strip():
            line, column = page.place(comment.start())
            message = "'uncited' without a reason; write {## uncited: why ##}"
            yield Problem(page.file, line, message, column, "prose")
            continue
        before = page.body.rfind("\n\n", 0, comment.start())
        after = page.body.find("\n\n", comment.end())
        yield max(before, 0), after if after >= 0 else len(page.body)


def check(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        yield from kept.problems(site, "prose", page.file, [page.text], partial(_of_page, page))


def _of_page(page: Page) -> Iterator[Problem]:
    quiet: list[tuple[int, int]] = []
    for item in _opted_out(page):
        if isinstance(item, Problem):
            yield item
        else:
            quiet.append(item)
    text = _RAW.sub(_blank, _JINJA_COMMENT.sub(_blank, page.body))
    text = _CITATION.sub(_cited, _MACRO.sub(_macro, text))
    for pattern in _QUIET:
        text = pattern.sub(_blank, text)
    for at, block in _blocks(text):
        for begin, sentence in _sentences(block):
            found = NUMBER.search(sentence)
            if not found or _SOURCE.search(sentence):
                continue
            offset = at + begin + found.start()
            if any(low <= offset < high for low, high in quiet):
                continue
            line, column = page.place(offset)
            yield Problem(
                page.file,
                line,
                f"{found.lastgroup} '{found[0].strip()}' has no source in its sentence; use a "
                "macro such as {{ fact(...) }}, cite with [@key], or give a reason with "
                "{## uncited: why ##}",
                column,
                "prose",
            )
