"""Every citation can be read, and its key is in references.bib: in pages and in data.

Why: a citation that nobody reads is printed as it was typed, an unknown key prints nothing, and
the claim without its source stays.

Good: The cache shrinks to 10% [@deepseek2026v4report, Table 1; see @chen2026three].
Bad: The cache shrinks to 10% [@DeepSeek2026v4report].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scripts.pages.citation_syntax import PATTERN, read
from scripts.problems import Problem, nearest
from scripts.sources.pages import LINK_TEXT, Page, in_html_code
from scripts.sources.records.loading import Dataset

_CITATION = re.compile(PATTERN)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t].*$|^[^\n]+(?=\n {0,3}(?:=+|-+)[ \t]*$)", re.MULTILINE)
_LOOSE = re.compile(
    r"[\[【［](?P<body>[^\[\]【】［］\n]*[@＠](?P<key>[A-Za-z0-9][\w:./-]*)[^\[\]【】［］\n]*)[\]】］]"
)
_OPENED = re.compile(r"[\[【［]\s*(?:see\s+)?-?[@＠](?P<key>[A-Za-z0-9][\w-]*)")
_BARE = re.compile(r"(?<![\w@/.])@(?P<key>[a-z0-9][a-z0-9-]*)")
_NO_AT = re.compile(r"(?<![\w\\\]])\[(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)(?:,[^\[\]\n]*)?\](?![(\[:])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_TAG = re.compile(r"<(?!!--)[a-zA-Z/][^>]*>")
REMEDY = "add the source to references.bib or correct the key"


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _in_page(page: Page, known: set[str]) -> Iterator[Problem]:
    def at(offset: int, message: str) -> Problem:
        line, column = page.place(offset)
        return Problem(page.file, line, message, column, "citations")

    body = page.body
    for match in in_html_code(page.body):
        body = _blank(body, *match)
    headings = [match.span() for match in _HEADING.finditer(body)]
    links = [match.span("text") for match in LINK_TEXT.finditer(body)]
    tags = [match.span() for match in _TAG.finditer(body)]
    rest = body
    for match in _CITATION.finditer(body):
        begin = match.start("body") - 1
        found, problem = read(match["body"])
        if not found and not problem:
            continue  # an e-mail address
        rest = _blank(rest, *match.span())
        for span, where in (
            (headings, "a citation in a heading; move it to the text below"),
            (links, "a citation in the text of a link; put it behind the link"),
            (tags, "a citation in an HTML tag; put it in the text"),
        ):
            if any(low <= begin < high for low, high in span):
                yield at(begin, where)
        if body[match.end() : match.end() + 1] == "(":
            yield at(begin, f"'{match[0].strip()}(' reads like a link; put a space before '('")
        if body[begin - 1 : begin] == "\\":
            yield at(begin, "a backslash before a citation; take it out, or put it all in `code`")
        if problem:
            yield at(begin, f"'{_short(match[0])}' cannot be read as a citation: {problem}")
        for citation in found:
            if citation.key not in known:
                offset = begin + max(body[begin:].find(f"@{citation.key}"), 0)
                hint = nearest(citation.key, known)
                yield at(offset, f"unknown citation key '{citation.key}'{hint}; {REMEDY}")
    yield from (at(*found) for found in _left(rest, known))


def _left(rest: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """What is meant as a citation and is none, once those that can be read are taken out."""
    for match in _LOOSE.finditer(rest):
        # A link whose text has an @ in it, or an address to write to.
        if _MAIL.search(match["body"]) or rest[match.end() : match.end() + 1] in {"(", "["}:
            continue
        rest = _blank(rest, *match.span())
        yield (
            match.start(),
            f"'{_short(match[0])}' looks like a citation but is not one: keys have only lower-case "
            f"letters, digits and hyphens{nearest(match['key'], known)}; write [@key, place]",
        )
    for match in _OPENED.finditer(rest):
        if match["key"].lower() == match["key"] or match["key"].lower() in known:
            rest = _blank(rest, *match.span())
            message = "the bracket of this citation is not closed in its paragraph, item or row"
            yield match.start(), f"{message}; write [@{match['key'].lower()}, place]"
    for match in _NO_AT.finditer(rest):
        if match["key"] in known:
            yield (
                match.start(),
                f"'[{match['key']}]' without '@' is no citation; write [@{match['key']}]",
            )
    for match in _BARE.finditer(rest):
        if match["key"] in known:
            message = f"'@{match['key']}' without brackets is no citation; write [@{match['key']}]"
            yield match.start(), message


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def check(pages: Iterable[Page], data: Dataset, known: set[str]) -> Iterator[Problem]:
    for page in pages:
        yield from _in_page(page, known)
    for name, record in data.records():
        refs = list(getattr(record, "sources", []))
        for spec in getattr(record, "specs", {}).values():
            refs += spec.sources
        for ref in refs:
            if ref.key not in known:
                message = f"unknown source key '{ref.key}'{nearest(ref.key, known)}; {REMEDY}"
                yield data.problem(name, record.id, message, rule="citations")
