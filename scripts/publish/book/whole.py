"""The chapters as one document: title page, contents, parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from lxml import html as lxml_html

from scripts.publish.book.gather import Chapter
from scripts.sources.identity import AUTHOR, LICENSE, LICENSE_NAME, SITE_TITLE


@dataclass(frozen=True)
class Imprint:
    """What the book says of itself."""

    edition: str
    commit: str
    day: str
    url: str

    @property
    def version(self) -> str:
        return f"Edition {self.edition}" + (f" (commit {self.commit})" if self.commit else "")


def imprint_html(said: Imprint) -> str:
    """License, state and address, as the page behind the title."""
    return (
        f"<p>{escape(said.version)}, {escape(said.day)}.</p>"
        f'<p>The newest text, every record behind it and the tools: <a href="{said.url}">'
        f"{escape(said.url)}</a>. Where a page has a tool, this book has its static version.</p>"
        f'<p>Text and figures: <a href="{LICENSE}">{LICENSE_NAME}</a>, {escape(AUTHOR)}. '
        "Not affiliated with DeepSeek.</p>"
        "<p>A number in brackets leads to the sources at the end of its chapter.</p>"
    )


def parts(chapters: Sequence[Chapter]) -> list[tuple[str, list[Chapter]]]:
    """Neighbors of the same part together."""
    out: list[tuple[str, list[Chapter]]] = []
    for chapter in chapters:
        if not out or out[-1][0] != chapter.part:
            out.append((chapter.part, []))
        out[-1][1].append(chapter)
    return out


def contents(chapters: Sequence[Chapter]) -> str:
    """A list of links: parts, and their chapters."""
    items = []
    for part, inside in parts(chapters):
        lines = "".join(
            f'<li><a href="#{chapter.id}">{escape(chapter.title)}</a></li>' for chapter in inside
        )
        items.append(f"<li>{escape(part)}<ol>{lines}</ol></li>")
    title = '<header><h1 id="contents">Contents</h1></header>'
    return f'<nav class="book-contents">{title}<ol>{"".join(items)}</ol></nav>'


def enclosed(chapter: Chapter) -> str:
    """A chapter as one element."""
    return lxml_html.tostring(chapter.body, encoding="unicode")


def body(chapters: Sequence[Chapter], written: Callable[[Chapter], str] = enclosed) -> str:
    """Parts as headings of the first level, chapters below them. ``written``: makes HTML of one."""
    out = []
    for number, (part, inside) in enumerate(parts(chapters), start=1):
        out.append(f'<header class="book-part"><h1 id="part-{number}">{escape(part)}</h1></header>')
        out += [written(chapter) for chapter in inside]
    return "\n".join(out)


def document(chapters: Sequence[Chapter], said: Imprint, styles: str) -> str:
    """``styles``: elements of the head."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{SITE_TITLE}</title>'
        f'<meta name="author" content="{AUTHOR}">{styles}</head>'
        '<body dir="ltr" data-md-color-scheme="default"><main class="md-typeset">'
        f'<header class="book-title"><p class="book-name">{SITE_TITLE}</p>{imprint_html(said)}'
        f"</header>{contents(chapters)}{body(chapters)}</main></body></html>"
    )
