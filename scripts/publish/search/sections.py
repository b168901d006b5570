"""The sections of a finished page, as a reader sees them: without notes and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html as lxml_html

from scripts.publish.finished import Finished

_HEADINGS = {"h1", "h2", "h3"}
_LEFT_OUT = {"svg", "script", "style", "template", "button", "select", "input"}
_BLOCKS = {
    "p", "li", "dt", "dd", "td", "th", "tr", "div", "pre", "summary", "figcaption", "caption", "br",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A heading of a page with the text below it, up to the next."""

    anchor: str
    """Empty for what stands before the first heading with an anchor."""
    heading: str
    text: str


def _left_out(element: lxml_html.HtmlElement) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _LEFT_OUT
        or element.get("data-search-exclude") is not None
        or element.get("aria-hidden") == "true"
        or "headerlink" in (element.get("class") or "")
    )


def _walk(element: lxml_html.HtmlElement) -> Iterator[tuple[str, str | None, str]]:
    """``(text, None, "")``, and ``(heading, anchor, tag)`` where one begins."""
    if _left_out(element):
        return
    if element.tag in _HEADINGS and element.get("id"):
        words = "".join(text for text, _, _ in _inner(element))
        yield words, element.get("id"), str(element.tag)
        return
    yield from _inner(element)
    if element.tag in _BLOCKS:
        yield "\n", None, ""


def _inner(element: lxml_html.HtmlElement) -> Iterator[tuple[str, str | None, str]]:
    if element.text:
        yield element.text, None, ""
    for child in element:
        yield from _walk(child)
        if child.tail:
            yield child.tail, None, ""


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\xa0]*\n\s*", "\n", re.sub(r"[ \t\xa0]+", " ", text)).strip()


def sections(page: Finished) -> list[Section]:
    """The sections of a page in their order; the title's own section comes first."""
    if not page.content.strip():
        return []
    root = lxml_html.fragment_fromstring(page.content, create_parent="div")
    out: list[Section] = []
    anchor, heading, parts = "", page.heading, [""]
    for text, begins, tag in _walk(root):
        if begins is None:
            parts.append(text)
        elif tag == "h1":
            continue  # the title, which the page has as well
        else:
            out.append(Section(anchor, heading, _spaced("".join(parts))))
            anchor, heading, parts = begins, _spaced(text), []
    out.append(Section(anchor, heading, _spaced("".join(parts))))
    return [section for section in out if section.text or section.anchor]
