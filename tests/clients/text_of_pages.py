"""Where the pages cite, and whether a program that read them kept the text there as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import html

MARK = "cite"
"""Class of the marks of citations in the text."""
_MARKS = re.compile(r"\s\[(?:\d+|\d+ sources|all \d+)\]|(?<=\])\[\d+\]")
"""Marks as text browsers and reader modes print them: set apart by a space."""
_BLOCKS = {
    "p", "li", "dd", "dt", "figcaption", "summary", "td", "th", "div", "h1", "h2", "h3", "h4",
    "ul", "ol", "table",
}  # fmt: skip
_BEFORE, _AFTER, _ENOUGH = 24, 12, 8
"""Characters around a mark that are compared, and how many at least tell it from others."""


def tight(text: str) -> str:
    """Programs break lines where they like: text without any space."""
    return re.sub(r"\s+", "", text)


def is_mark(element: html.HtmlElement) -> bool:
    return MARK in (element.get("class") or "").split()


@dataclass(frozen=True)
class Place:
    """A mark in running text, by what stands before and after it, without spaces."""

    before: str
    after: str


def _sides(block: html.HtmlElement, mark: html.HtmlElement) -> tuple[str, str]:
    """The text of a block before and after a mark, without any mark."""
    before: list[str] = []
    after: list[str] = []
    side = before

    def walk(element: html.HtmlElement) -> None:
        nonlocal side
        if element is mark:
            side = after
        elif isinstance(element.tag, str) and not is_mark(element):
            side.append(element.text or "")
            for child in element:
                walk(child)
        if element is not block:
            side.append(element.tail or "")

    walk(block)
    return "".join(before), "".join(after)


def places(page: html.HtmlElement) -> Iterator[Place]:
    """All marks in blocks of text that hold no other block."""
    for mark in page.xpath(f"//article//*[@class='{MARK}']"):
        block = next(each for each in mark.iterancestors() if each.tag in _BLOCKS)
        if any(inner.tag in _BLOCKS for inner in block.iterdescendants()):
            continue
        before, after = _sides(block, mark)
        if block.tag not in {"td", "th"} and len(tight(before)) >= _ENOUGH:
            yield Place(tight(before)[-_BEFORE:], tight(after)[:_AFTER])


@dataclass(frozen=True)
class Reading:
    """What became of the places of a page."""

    changed: tuple[Place, ...]
    left_out: int
    kept: int


def read(text: str, known: Iterable[Place]) -> Reading:
    """Judge the text that a program made of a page: does it go on behind each mark as the page?"""
    without = tight(_MARKS.sub("", re.sub(r"\s+", " ", text)))
    with_marks = tight(text)
    changed, left_out, kept = [], 0, 0
    for place in known:
        if place.before not in without and place.before not in with_marks:
            left_out += 1
            continue
        if place.after:
            good = place.before + place.after in without
        else:
            spaced = r"\s*".join(map(re.escape, place.before))
            good = bool(re.search(spaced + r"(?!\S)", text))
        kept += good
        if not good:
            changed.append(place)
    return Reading(tuple(changed), left_out, kept)


__all__ = ["Place", "Reading", "is_mark", "places", "read", "tight"]
