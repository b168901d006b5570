"""Headings, tables, notes, tags and bold words are begun and ended as they were meant.

Why: Markdown never complains. A note that is not indented is an empty box above plain text, a row
with a cell too many loses it, a tag that nobody closes takes in the rest of the page.

Good: a line above each heading, '## Four { #four }' below '# One', text of a note in four spaces.
Bad: ##Four, #### below ##, | a | b | without | --- | --- |, !!! note with text at the margin.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import partial

from scripts.checks import kept
from scripts.pages.markup import TAGS
from scripts.problems import Problem
from scripts.sources.pages import Page, blanked
from scripts.sources.site import Site

RULE = "blocks"
_HEADING = re.compile(r"^(?P<marks>#{1,6})(?P<space>[ \t]*)(?=[^#\s])", re.MULTILINE)
_ANCHOR = re.compile(r"\{[^{}\n]*?#(?P<list>[\w-]+)[^{}\n]*\}|<[^<>]*?\bid=\"(?P<tag>[^\"]+)\"")
_TABLE = re.compile(r"(?:^[ ]{0,3}\|.*\|[ \t]*(?:\n|\Z))+", re.MULTILINE)
_RULE_LINE = re.compile(r"[ ]{0,3}\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\Z")
_NOTE = re.compile(
    r"^(?P<indent>[ ]*)(?P<mark>!!!|\?\?\?\+?|===[!+]?)[ \t]+(?=[\w\"]).*$", re.MULTILINE
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>[^<>]*)>")
_ALONE = {"br", "hr", "img", "wbr"}
_ENDED_BY_OTHERS = {"li", "dt", "dd", "p", "tr", "td", "th", "tbody", "thead", "tfoot"}
"""Tags that HTML lets go without an end."""
_PARTS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|\n(?=[ ]*\|)")
_BAR = re.compile(r"(?<!\\)\|")

_AFTER_NAME = {"", " ", "\t", "\n"}
"""Other signs make it an address, or a tag that ends itself."""

Found = Iterator[tuple[int, str]]


def headings(text: str) -> Found:
    before = 0
    for match in _HEADING.finditer(text):
        marks, at = match["marks"], match.start()
        if not match["space"]:
            words = f"a space is missing after '{marks}'; a '#' that begins a line makes a heading"
            yield at, words
        elif at and text[:at].rstrip(" \t\n") and not re.search(r"\n[ \t]*\n\Z", text[:at]):
            yield at, "a heading needs an empty line above it"
        if before and len(marks) > before + 1:
            yield (
                at,
                f"'{marks}' below '{'#' * before}' leaves out '{marks[: before + 1]}'",
            )
        before = len(marks)
    seen: set[str] = set()
    for match in _ANCHOR.finditer(text):
        name = match["list"] or match["tag"]
        if name in seen:
            yield match.start(), f"the anchor '#{name}' is twice on this page; rename the newer one"
        seen.add(name)


def tables(text: str) -> Found:
    for match in _TABLE.finditer(text):
        rows = match[0].rstrip("\n").split("\n")
        if len(rows) < 2 or not _RULE_LINE.match(rows[1]):
            yield match.start(), "no table without '| --- | --- |' below its first row; add it"
            continue
        wide, offset = len(_BAR.findall(rows[0])) - 1, match.start()
        for row in rows:
            cells = len(_BAR.findall(row)) - 1
            if cells != wide:
                words = f"{cells} cells in a table of {wide} columns; '\\|' is a bar that is meant"
                yield offset, words
            offset += len(row) + 1


def notes(text: str, typed: str) -> Found:
    """``typed``: the same with its code and macros, which can be all that a note holds."""
    for match in _NOTE.finditer(text):
        rest = typed[match.end() :].split("\n")[1:]
        below = next((line for line in rest if line.strip()), "")
        indent = len(match["indent"])
        if not below.expandtabs(4).startswith(" " * (indent + 4)):
            words = f"nothing is in this '{match['mark']}'; indent its text by four spaces"
            yield match.start("mark"), words


def tags(text: str) -> Found:
    opened: list[tuple[str, int]] = []
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name not in TAGS - _ALONE - _ENDED_BY_OTHERS or match["rest"][:1] not in _AFTER_NAME:
            continue
        if not match["close"]:
            opened.append((name, match.start()))
        elif any(name == one for one, _ in opened):
            while opened[-1][0] != name:
                one, at = opened.pop()
                yield at, f"<{one}> is not closed; write </{one}> before </{name}>"
            opened.pop()
        else:
            yield match.start(), f"</{name}> closes nothing; take it out"
    for name, at in opened:
        yield at, f"<{name}> is not closed; write </{name}> behind its text"


def bold(text: str) -> Found:
    start = 0
    for end in [*(found.start() for found in _PARTS.finditer(text)), len(text)]:
        bars = [found.start() for found in _BAR.finditer(text, start, end)]
        row = text[start:end].lstrip().startswith("|")
        edges = [start, *bars, end] if row else [start, end]
        for low, high in itertools.pairwise(edges):
            found = [m.start() for m in re.finditer(r"(?<![\\*])\*\*(?!\*{2})", text[low:high])]
            if len(found) % 2:
                yield low + found[-1], "'**' is not closed in its paragraph, item or cell"
        start = end


def check(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        yield from kept.problems(site, RULE, page.file, [page.text], partial(_of_page, page))


def _of_page(page: Page) -> Iterator[Problem]:
    text = blanked(page.body)
    for found in (headings(text), tables(text), notes(text, page.text), tags(text), bold(text)):
        for offset, words in found:
            line, column = page.place(offset)
            yield Problem(page.file, line, words, column, RULE)
