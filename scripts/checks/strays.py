"""Marks of other programs, and marks that are half typed, are named with what to write here.

Why: every program has its own marks, and Markdown prints those of others as they were typed: a
list that is none, a heading that was meant as a line, a link that ends in the middle, a number
with a comma where English has a point. Nobody sees it in the text.

Good: '- one', '1. one', <sub>2</sub>, [text](https://example.org/x), 5.5, 1,000,000.
Bad: '• one', '1) one', H~2~O, [text](https://example.org/x, 5,5, 1.000.000, {{ fact }}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from scripts.checks import kept
from scripts.problems import Problem
from scripts.sources.pages import Page, blanked
from scripts.sources.site import Site

RULE = "strays"
_TABLE = (
    # Lists.
    (r"^[ ]*[•‣▪◦●][ \t]*\S", "this sign makes no list; write '- '"),
    (r"^[ ]*[–—][ \t]+\S", "a long dash makes no list; write '- '"),
    (r"^[ ]*(?:\d{1,3}|[a-z])\)[ \t]+\S", "a bracket makes no list; write '1. '"),
    (r"^[ ]*-(?=[A-Za-z])", "a space is missing behind '-'"),
    (r"^[ ]*\*(?=[A-Za-z])[^*\n]*$", "a space is missing behind '*', or a second one is"),
    (r"^[ ]*\d{1,3}\.(?=[A-Za-z])", "a space is missing behind the number"),
    # Headings.
    (r"^[ ]{0,3}#{7,}", "there are six levels of headings"),
    (r"^[ ]{0,3}#{1,6}[ \t]*$", "a heading without words; take it out"),
    (r"^#{1,6}[ \t][^\n{]*(?P<at>\{[ \t]*[A-Za-z][\w-]*[ \t]*\})[ \t]*$",
     "an anchor begins with '#'; write { #anchor }"),
    (r"^#{1,6}[ \t][^\n{]*\{[^{}\n]*?(?P<at>#(?![a-z0-9][a-z0-9_-]*[ \t}])[^{}\n]*)\}",
     "an anchor has only lower-case letters, digits and hyphens"),
    (r"(?<=\S)(?P<at>\n)[ ]{0,3}(?:-{2,}|={2,})[ \t]*$",
     "a line of '-' or '=' below makes this a heading; write '## ', or an empty line between"),
    # Links.
    (r"(?<!\\)\]\((?P<at>https?://[^\s()<>]+|[\w./-]+\.md(?:#[\w-]*)?)(?:[.,;]?[ \t]*$)",
     "this link is not closed; write ')' behind its address"),
    (r"\]\((?P<at>https?://[^\s()<>]*[ \t]+(?![\"'])[^\s()\"]*[^()\n\"]*)\)",
     "an address has no spaces; write %20"),
    (r"\]\((?P<at>https?:(?:/?(?![/])[^)\n]*|//))\)", "no address; write https://, then the name"),
    (r"\]\([ \t]*(?P<at>#)[ \t]*\)", "a link that leads nowhere; write its anchor"),
    (r"(?:\]\(|<)(?P<at>https?://(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])[^\s)>]*)",
     "an address that only your machine has; link to the page below docs/"),
    (r"<(?P<at>https?://[^\s<>]+)$", "this address is not closed; write '>' behind it"),
    # Words.
    (r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])", "'==' is not read here; write **bold**"),
    (r"(?<![+\w])\+\+(?=[^\s+])[^+\n]*[^\s+]\+\+(?![+\w])", "'++' is not read here; take it out"),
    (r"(?<=[A-Za-z0-9])~\w{1,8}~(?!~)", "'~' is not read here; write <sub>2</sub>"),
    (r"(?<=[A-Za-z0-9)])\^(?:\w{1,8}\^|\d)", "'^' is not read here; write <sup>2</sup>"),
    (r"(?<![^\s(])\*\*[ \t]+[^*\n]+[ \t]+\*\*(?![^\s.,;:)])", "no spaces inside '**'"),
    (r"\^\[", "footnotes are not read here; cite with [@key, place]"),
    (r"[\[【［]\s*[@＠](?![A-Za-z0-9])[^\[\]\n]*[\]】］]", "no citation; write [@key, place]"),
    (r"\[(?:citation needed|source needed|source\?|\?+)\]|\(source\?\)",
     "a source is missing; cite it, or take the sentence out"),
    (r"`+", "this '`' has no other; write one on each side"),
    # Blocks.
    (r"^[ ]*(?:!!!|\?\?\?\+?)[ \t]+[a-z]+(?P<at>[ \t]+(?![ \t]|inline\b|end\b|\")\S.*)$",
     "the title of a note stands in quotes: !!! note \"Title\""),
    (r"^[ ]*===[!+]?[ \t]+(?P<at>(?!\")\S.*)$",
     "the title of a tab stands in quotes: === \"Title\""),
    (r"^[ ]*(?:-{1,}8<-{1,}|:::|%%|\{\{?[<%]|<%)", "this belongs to another program; take it out"),
    (r"!\[\[[^\]\n]*\]\]", "a picture of a wiki; write ![what it shows](assets/x.svg)"),
    (r"^={7}[ \t]*$", "a conflict that git left; choose a side, take the marks out"),
    (r"(?:｛｛|｝｝)", "write {{ and }} with the braces of an English keyboard"),
    # Numbers.
    (r"(?<![\d.,:/-])\d{1,3}(?:\.\d{3}){2,}(?![\d.])", "commas part thousands: 1,000,000"),
    (r"(?<![\d.,:/^_-])\d{1,3},\d{1,2}(?![\d,]|\.\d)", "a decimal mark is a point: 5.5"),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.MULTILINE), words) for pattern, words in _TABLE]


def check(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        yield from kept.problems(site, RULE, page.file, [page.text], partial(_of_page, page))


def _of_page(page: Page) -> Iterator[Problem]:
    text = blanked(page.body)
    for pattern, words in _PATTERNS:
        for match in pattern.finditer(text):
            if match[0] != page.text[match.start() : match.end()]:
                continue  # code or a macro stood in it
            start = match.start("at") if "at" in pattern.groupindex else match.start()
            line, column = page.place(start)
            yield Problem(page.file, line, words, column, RULE)
