"""The one reader of citations as people type them: ``[@key, §2.3; see @other]``.

Pages, checks and the audit all ask it, so they cannot disagree about what a citation is. It is
tolerant: line breaks inside brackets, several locators, sources with a comma or a semicolon
between them, brackets in locators, and the full-width brackets of Chinese keyboards are read as
meant. What it cannot read it refuses with the right form beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKETS = r"\[\]【】［］"
# A bracket may go on in the next line of its paragraph, not in the next item, row or heading.
_BREAK = r"\n(?![ \t]*(?:\n|[-*+>#][ \t]|\d+[.)][ \t]|\|))"
_CHAR = rf"(?:[^{_BRACKETS}\n]|{_BREAK})"
_BEFORE = rf"(?:[^{_BRACKETS}@＠\n]|{_BREAK})"
_INNER = rf"[\[【［]{_CHAR}*+[\]】］]"
PATTERN = (
    # From the first space of a run only, or long runs would be looked at again and again.
    rf"(?<![ \t])[ \t]*+[\[【［](?P<body>{_BEFORE}*+(?<=[\s\[【［])[@＠][a-z0-9]"
    rf"(?:{_CHAR}|{_INNER})*+)[\]】］]"
    r"(?:\{=(?P<collection>[a-z_]+)/(?P<record>[^}\s]+)"
    r"(?P<computed> computed)?\})?"
)
"""A citation in the source, with the space before it: its mark brings a space of its own.

Keys are lower case, so @Handles and e-mail addresses are not meant.
"""

_AT = re.compile(r"(?<![\w.+-])@(?P<key>[a-z0-9][\w:./-]*)")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_BETWEEN = re.compile(
    r"(?:\s*|(?P<place>.*?)\s*(?:,\s*and\b|[,&]|\band\b)\s*)(?P<see>(?:see(?: also)?\s+)?)\Z",
    re.DOTALL,
)
"""What may stand between two sources without a semicolon: nothing, a comma, 'and'."""
_WIDE = str.maketrans("＠；，：", "@;,:")


@dataclass(frozen=True)
class Citation:
    """One source, and the place in it."""

    key: str
    place: str = ""


def _segments(body: str) -> Iterator[str]:
    """The parts between semicolons; one inside brackets belongs to its locator."""
    depth, start = 0, 0
    for at, char in enumerate(body):
        depth += (char in "[【［(") - (char in "]】］)")
        if char == ";" and depth <= 0:
            yield body[start:at]
            start = at + 1
    yield body[start:]


def _one(text: str) -> str:
    return " ".join(text.split()).strip(" ,")


def _form(found: list[Citation]) -> str:
    return f"[{'; '.join(f'@{c.key}' + (f', {c.place}' if c.place else '') for c in found)}]"


def read(body: str) -> tuple[list[Citation], str]:
    """The citations inside a pair of brackets, and what is wrong with them; empty if nothing.

    Without citations and without words it is no citation after all, such as an e-mail address.
    """
    found: list[Citation] = []
    body = body.translate(_WIDE)
    for segment in _segments(body):
        keys = list(_AT.finditer(segment))
        if not keys:
            if not found:
                if _MAIL.search(segment) or not segment.strip():
                    continue
                return [], "the first part names no source; write [@key, place; @other, place]"
            if place := _one(segment):  # 'p. 3; p. 5': another place in the same source
                last = found[-1]
                found[-1] = Citation(last.key, f"{last.place}; {place}" if last.place else place)
            continue
        before = _one(segment[: keys[0].start()])
        for match, following in zip(keys, [*keys[1:], None], strict=True):
            key = match["key"].rstrip(".:/")
            if not _KEY.match(key):
                words = f"'@{match['key']}' is no key: keys have only lower-case letters, digits "
                return [], words + "and hyphens"
            end = match.start() + 1 + len(key)
            rest = segment[end : following.start() if following else len(segment)]
            see = ""
            if following is not None:
                between = _BETWEEN.match(rest)
                if between is None:
                    both = [Citation(key, _one(rest)), Citation(following["key"])]
                    return [], f"write a semicolon between two sources: {_form(both)}"
                rest, see = between["place"] or "", _one(between["see"])
            places = (before, _one(rest.lstrip(".:")))
            found.append(Citation(key, " ".join(filter(None, places))))
            before = see
    return found, ""


def citations_in(body: str) -> list[Citation]:
    """The citations of ``@a, p. 5; see @b``; empty if it cannot be read, which the check tells."""
    found, problem = read(body)
    return [] if problem else found


_NOT_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style|pre|code|textarea)\b.*?(?:</(?P=tag)\s*>|\Z)|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_CITATION = re.compile(PATTERN)


def in_html(raw: str) -> Iterator[re.Match[str]]:
    """The citations in the text of raw HTML: not those in its tags, its code or its comments."""
    for match in _CITATION.finditer(_NOT_TEXT.sub(lambda m: "\0" * len(m[0]), raw)):
        # The text of the citation as typed; a tag inside it is no part of a citation.
        if "\0" not in match[0] and (found := _CITATION.match(raw, match.start())):
            yield found
