"""What GitHub renders and this site's Markdown does not is named, with what to write here.

Why: Python's Markdown prints a footnote or a task as it was typed and makes one list of two, and
nobody sees it in the text.

Good: lists within lists are indented by four spaces; a list has an empty line above it.
Bad: ~~struck out~~, [^1], - [ ] to do, > [!NOTE], [text] (address), [[page]], $x^2$, :smile:.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html.entities import html5

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
    (r"(?<![\w(<\"'=\[/.])https?://[^\s<>)\]]+", "a bare address is no link here; write <https://...>"),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.MULTILINE), words) for pattern, words in _EVERYWHERE]
_TARGET = r"(?:https?:|mailto:|\.{0,2}/|\#|[\w./-]+\.(?:md|png|svg)\b)"
_AS_TYPED = (
    (rf"(?<!\\)\[[^\]\[\n@]+\][ \t]+\({_TARGET}[^)\n]*\)",
     "a link has no space between ']' and '('; take it out"),
    (rf"\([^()\n]+\)\[{_TARGET}[^\]\n]*\]",
     "brackets exchanged; a link is [text](address)"),
    (r"(?<!\\)\]\([ \t]*\)",
     "a link that leads nowhere; write its address"),
    (r"(?<!!)\[[ \t]*\]\(",
     "a link without words; say where it leads"),
    (r"\[\[[^\[\]\n@]+\]\]",
     "a link of a wiki; write [text](page.md)"),
    (r"(?<![\w.+<:/@\[-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
     "a bare address is no link here; write <name@example.org>"),
    (r"\\[A-Za-z]*cite[a-z]*\*?(?:\[[^\]\n]*\])*\{",
     "LaTeX is not read here; cite with [@key, place]"),
    (r"(?<!\{)\{[ \t]*[a-z_]+\([^{}\n]*\)[ \t]*\}(?!\})",
     "a macro has two braces on each side"),
    (r"(?:\\\{|&\#123;|&lbrace;){2}",
     "braces that are meant stand in `code`, between {% raw %} and {% endraw %}"),
    (r"(?<!\{)\{[ \t]*:?[ \t]*[.#][A-Za-z][\w-]*[^{}\n]*$",
     "this '{' is not closed in its line; write '}', or `code`"),
    (r"^[ \t]*\n[ ]*(?P<at>\{[ ]*:?[ ]*[.#][^{}\n]*\})[ \t]*$",
     "attributes stand directly below their text; take the empty line out"),
    (r"\$\$|(?<![\\\w$])\$(?=[A-Za-z\\({])[^$\n]*[^\s$]\$(?!\w)",
     "formulas are not read here; write it in `code` or in words"),
    (r"(?<![\w:/]):[a-z][a-z0-9_+-]*[a-z0-9]:(?![\w:/])",
     "names of pictures are not read here; write it in words"),
    (r"&(?:nbsp|lt|gt|amp|quot|[mn]dash|hellip|times)\b(?!;)",
     "a code of HTML ends in ';'; write the sign itself"),
    (r"\\(?![`*_{}\[\]()>#+.!|A-Za-z-])|\\(?!\w*cite)[A-Za-z]",
     "this backslash would be printed; take it out, or write it in `code`"),
)  # fmt: skip
"""What counts only where nothing was blanked in it: code, or a macro."""
_TYPED = [(re.compile(pattern, re.MULTILINE), words) for pattern, words in _AS_TYPED]
_CODE_OF_HTML = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]*;)")
_REFERENCE = re.compile(r"(?<![\w\\\]])\[(?P<text>[^\[\]\n@]+)\]\[(?P<label>[^\[\]\n@]*)\]")
_DEFINED = re.compile(r"^[ ]{0,3}\[(?P<label>[^\]\n]+)\]:", re.MULTILINE)
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


def others(text: str) -> Iterator[tuple[int, str]]:
    """Offset and words for what only a table of names can tell."""
    for match in _CODE_OF_HTML.finditer(text):
        if match["name"] not in html5:
            yield match.start(), f"'{match[0][:40]}' is no code of HTML; write the sign itself"
    defined = {match["label"].casefold() for match in _DEFINED.finditer(text)}
    for match in _REFERENCE.finditer(text):
        label = match["label"].strip() or match["text"]
        if label.casefold() not in defined:
            yield match.start(), f"no line '[{label[:40]}]: address'; write [text](address)"


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
    for pattern, words in _TYPED:
        for match in pattern.finditer(text):
            if match[0] == page.text[match.start() : match.end()]:
                start = match.start("at") if "at" in pattern.groupindex else match.start()
                line, column = page.place(start)
                yield Problem(page.file, line, words, column, RULE)
    for offset, words in others(text):
        line, column = page.place(offset)
        yield Problem(page.file, line, words, column, RULE)
    for line, words in lists(text):
        yield Problem(page.file, line, words, rule=RULE)
