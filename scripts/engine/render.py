"""From the text of a page to its HTML, with the Markdown that MkDocs has set up.

The HTML depends on the text, on the names of all pages (links lead to them), and on the records
and sources that citations and terms look at: it is kept by the hash of those.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from scripts.pages import markup
from scripts.pages.expand import expand
from scripts.problems import Problem
from scripts.sources.pages import Page
from scripts.sources.processes import Crew
from scripts.sources.shelf import digest
from scripts.sources.site import Site

WITH_SITE = ("scripts.pages.citations", "scripts.pages.terms")
"""Markdown extensions that look records and sources up."""


class Warnings(logging.Handler):
    """What MkDocs warns of, which its strict mode would count but not place."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@dataclass(frozen=True)
class Rendered:
    """A page as text and as HTML."""

    text: str
    """Plain Markdown: all macros have run."""
    content: str
    toc: list[dict[str, Any]]
    title: str | None
    """The first heading, if there is one."""
    problems: tuple[Problem, ...] = ()
    """Macros that failed, and what acts in the page."""
    warnings: tuple[str, ...] = ()
    """What MkDocs said about its links."""


def _to_plain(items: Sequence[AnchorLink]) -> list[dict[str, Any]]:
    return [
        {
            "title": item.title,
            "id": item.id,
            "level": item.level,
            "children": _to_plain(item.children),
        }
        for item in items
    ]


def _from_plain(items: list[dict[str, Any]]) -> list[AnchorLink]:
    out = []
    for item in items:
        link = AnchorLink(item["title"], item["id"], item["level"])
        link.children = _from_plain(item["children"])
        out.append(link)
    return out


def table_of_contents(rendered: Rendered) -> TableOfContents:
    """As the theme wants it."""
    return TableOfContents(_from_plain(rendered.toc))


def set_site(config: MkDocsConfig, site: Site) -> None:
    """Let the Markdown extensions look at this site."""
    for name in WITH_SITE:
        if name in config.markdown_extensions:
            config.mdx_configs.setdefault(name, {})["site"] = site


def _html(page: MkDocsPage, text: str, site: Site, config: MkDocsConfig, files: Files) -> Any:
    set_site(config, site)
    warnings = Warnings()
    logger = logging.getLogger("mkdocs")
    quiet, logger.propagate = logger.propagate, False
    others = logger.handlers[:]
    logger.handlers[:] = [warnings]  # told with their places, once, by whoever renders
    try:
        page.markdown = text
        MkDocsPage.render(page, config, files)
    finally:
        logger.handlers[:] = others
        logger.propagate = quiet
    return {
        "content": page.content,
        "toc": _to_plain(page.toc.items),
        "title": page._title_from_render,
        "warnings": warnings.messages,
        "unsafe": markup.in_built(page.content or ""),
    }


class Renderer:
    """Renders the pages of one build."""

    def __init__(self, site: Site, config: MkDocsConfig, files: Files):
        self._site, self._config, self._files = site, config, files
        self._typed = {page.path.relative_to(site.docs).as_posix(): page for page in site.pages}
        self._names = digest(*sorted(f"{file.src_uri} {file.url}" for file in files))

    def render(self, page: MkDocsPage) -> Rendered:
        """One page; what it is made from decides whether it must be made again."""
        typed = self._typed.get(page.file.src_uri) or Page(
            page.file.abs_src_path or "", page.file.content_string, self._site.root
        )
        expanded = expand(self._site, typed, page.url)
        inputs = digest(expanded.text, self._names)
        kept = self._site.kept(
            "rendered",
            page.file.src_uri,
            inputs,
            lambda seen: _html(page, expanded.text, seen, self._config, self._files),
        )
        return Rendered(
            expanded.text,
            kept["content"],
            kept["toc"],
            kept["title"],
            (
                *expanded.problems,
                *(Problem(typed.file, 1, said, rule="markup") for said in kept["unsafe"]),
            ),
            tuple(kept["warnings"]),
        )

    def begin(self, pages: Sequence[MkDocsPage]) -> Crew:
        """Start on all pages, longest first so that no process ends late; results in order."""
        return Crew(self.render, pages)


__all__ = ["Rendered", "Renderer", "Warnings", "set_site", "table_of_contents"]
