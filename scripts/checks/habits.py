"""What GitHub renders and this site's Markdown does not is named, with what to write here.

Why: Python's Markdown prints a footnote or a task as it was typed and makes one list of two, and
nobody sees it in the text.

Good: lists within lists are indented by four spaces; a list has an empty line above it.
Bad: ~~struck out~~, [^1], - [ ] to do, > [!NOTE], a list directly below a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from scripts.checks import kept
from scripts.problems import Problem
from scripts.sources.pages import Page, blanked, unclosed_fence
from scripts.sources.site import Site

RULE = "habits"
_EVERYWHERE = (
    (r"\[\^[^\]\s]+\]", "footnotes are not read here; cite with [@key, place]"),
    (r"~~[^~\n]+~~", "'~~' is not read here; say in words that it no longer holds"),
    (r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+\[[ xX]\][ \t]", "task lists are not read here; take '[ ]' out"),
    (r"^[ \t]*>[ \t]*\[!\w+\]", "write '!!! note' and indent the text by four spaces"),
    (r"^(?:<{7}|>{7}) .*$", "a conflict that git left; choose a side, take the marks out"),
    ("[\\u200b\\u2060\\ufeff\\u202a-\\u202e\\u2066-\\u2069]", "a sign nobody sees; take it out"),
    (r"(?<![\w(<\"'=\[/.])https?://[^\s<>)\]]+", "a bare address is no link here; write <https://...>"),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.MULTILINE), words) for pattern, words in _EVERYWHERE]
_ITEM = re.compile(r"(?P<indent>[ ]*)(?:[-*+]|\d+[.)])[ \t]+\S")
_ROW = re.compile(r"[ ]{0,3}\|.*\|[ \t]*$")
_OTHER = re.compile(r"[ \t]*(?:#{1,6} |\||>|<|\{|!!!|\?\?\?|===|\[[^\]]+\]:|:[ \t]|\*\[)")


def lists(text: str) -> Iterator[tuple[int, str]]:
    """Line and words for lists and tables that Markdown would not see as such."""
    lines = text.split("\n")
    above: list[int] = []
    """Columns of the items that the line at hand can belong to."""
    for number, line in enumerate(lines, start=1):
        before = lines[number - 2] if number > 1 else ""
        match = _ITEM.match(line)
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        if match is None:
            if indent == 0:
                if _ROW.match(line) and before.strip() and not before.lstrip().startswith("|"):
                    follows = lines[number].strip() if number < len(lines) else ""
                    if re.match(r"\|?[ \t]*:?-+", follows):
                        yield number, "a table needs an empty line above it"
                above = above if before.strip() and above else []
            continue
        if above and 0 < indent - above[-1] < 4 and indent % 4:
            yield number, "a list within a list is indented by four spaces, or it is made one list"
        elif not above and indent < 4 and before.strip() and not _OTHER.match(before):
            yield number, "a list needs an empty line above it"
        above = [column for column in above if column < indent] + [indent]


def check(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        yield from kept.problems(site, RULE, page.file, [page.text], partial(of_page, page))


def of_page(page: Page) -> Iterator[Problem]:
    """What is wrong with one page, whatever was kept of it."""
    if line := unclosed_fence(page.text):
        message = "this block of code is not closed; end it with the same marks alone on a line"
        yield Problem(page.file, line, message, rule=RULE)
        return
    text = blanked(page.body)
    for pattern, words in _PATTERNS:
        for match in pattern.finditer(text):
            line, column = page.place(match.start())
            yield Problem(page.file, line, words, column, RULE)
    for line, words in lists(text):
        yield Problem(page.file, line, words, rule=RULE)
