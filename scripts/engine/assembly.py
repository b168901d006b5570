"""What only MkDocs' own events can do, as a plugin of its own that a build is handed.

Each method says why it needs its event. Pages are expanded and rendered outside of them
(``scripts.pages.expand``, ``scripts.engine.render``), and what is written beside the pages comes
from :mod:`scripts.publish`, which knows no MkDocs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from scripts.engine import spare
from scripts.engine.render import Rendered, Renderer, set_site, table_of_contents
from scripts.engine.tidy import tidy
from scripts.pages.citations import Registry
from scripts.problems import Problem
from scripts.publish import citing, figure_files, head, mending, preload, short, usage, works
from scripts.publish.citing import Printer
from scripts.publish.done import Done
from scripts.publish.everything import homes, write_all
from scripts.publish.finished import Finished
from scripts.publish.hosting import security
from scripts.publish.search import index
from scripts.sources.identity import SHORT
from scripts.sources.processes import Crew
from scripts.sources.shipped import NOT_LOADED
from scripts.sources.site import Site

NAME = "explained"


class Assembly(BasePlugin):
    """One build of one site; a new build gets a new one."""

    def __init__(self, site: Site, printer: Printer, done: Done, at_once: bool = True):
        """``at_once``: whether what is no page is written with the pages, or when it is asked for
        (:meth:`write_search`, :meth:`write_beside`)."""
        super().__init__()
        self.site = site
        self.printer = printer
        self.done = done
        self._at_once = at_once
        self.problems: list[Problem] = []
        """Macros that failed on a page, each at its line."""
        self.warnings: list[str] = []
        """What MkDocs said about links while pages were rendered."""
        self._rendered: dict[str, Rendered] = {}
        self._finished: dict[str, Finished] = {}
        self._works: dict[str, citing.Work] = {}
        self._in_nav: list[str] = []
        self._users: dict[str, list[Finished]] = {}
        self._search: Crew | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The event comes before Markdown is set up, which the theme's templates use, too."""
        set_site(config, self.site)
        config.site_url = self.site.url
        config.extra["newest"] = self.site.newest
        config.extra["frozen"] = self.site.frozen
        # Nothing is kept of pages that are being written, nor of a dated edition (finish.py).
        config.extra["keeps"] = self._at_once and not self.site.frozen
        bibtex = config.plugins.get("bibtex")
        if bibtex is not None:
            bibtex.registry = Registry(self.site.references, self.site.root / "references.bib")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The event at which the theme's own files are there: pages load none of its scripts and
        styles, which weigh more than all of ours (assets/stylesheets/text.css, frame.css)."""
        for file in list(files):
            if file.src_uri.startswith(NOT_LOADED):
                files.remove(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The first event at which all pages and their addresses are known."""
        pages = [
            file.page or MkDocsPage(None, file, config) for file in files.documentation_pages()
        ]
        self._in_nav = [page.url for page in nav.pages]
        crew = Renderer(self.site, config, files).begin(pages)
        try:
            # pandoc works while the pages are made.
            self.printer.begin(works.of_facts(self.site))
            made = crew.results()
        finally:
            crew.stop()
        for page, rendered in zip(pages, made, strict=True):
            self._rendered[page.file.src_uri] = rendered
            self.problems += rendered.problems
            self.warnings += rendered.warnings
            page.render = self._takes(page, rendered)  # type: ignore[method-assign]
        return nav

    @staticmethod
    def _takes(page: MkDocsPage, rendered: Rendered) -> Any:
        """In place of rendering: what has been rendered already."""

        def take(config: MkDocsConfig, files: Files) -> None:
            page.markdown = rendered.text
            page.content = rendered.content
            page.toc = table_of_contents(rendered)
            page._title_from_render = rendered.title

        return take

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """The event behind the last page's text and before the first template: titles are known."""
        pages = {file.page.url: file.page for file in files.documentation_pages() if file.page}
        finished = [self._finish(page) for page in pages.values()]
        self._users = usage.users(finished)
        for page in finished:
            content = usage.fill_in(page, self._users)
            content = mending.fill_in(replace(page, content=content), self.site)
            pages[page.url].content = content
            self._finished[page.url] = replace(page, content=content)
        self._works = {
            page.url: works.of_page(page, self.site)
            for page in self._finished.values()
            if works.citable(page)
        }
        self.printer.begin(self._works.values())
        self.printer.begin(figure_files.works(self.site, homes(self.pages)).values())
        if self._at_once:
            self._begin(Path(config.site_dir))
        return env

    def _begin(self, into: Path) -> None:
        """Leave nothing of an older build in the folder that this one would not write."""
        names = (sorted(homes(self.pages)), sorted(self._works), [page.url for page in self.pages])
        older = bool(self.done.keys)
        if self.done.again("names", repr(names)) and older:
            spare.clear(into)
            self.done.keys = {"names": self.done.keys["names"]}
        if self._search_is_old():
            # Apart: it takes as long as all templates together.
            self._search = Crew(self._write_search, [into], apart=True)

    def _search_is_old(self) -> bool:
        said = (f"{page.url} {page.meta.get('asks')} {page.content}" for page in self.pages)
        return self.done.again("search", self.site.bib, *said)

    def _write_search(self, into: Path) -> None:
        index.write(self.site, self.pages, into)

    def write_search(self, into: Path) -> None:
        """The index of the search, if it is not what stands there."""
        if self._search_is_old():
            self._write_search(into)

    def _finish(self, page: MkDocsPage) -> Finished:
        return Finished(
            source=page.file.src_uri,
            url=page.url,
            title=str(page.title),
            meta=page.meta,
            markdown=page.markdown or "",
            content=page.content or "",
            parts=tuple(section.title for section in page.ancestors),
        )

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """What the templates say about a page to readers who cite it and to machines."""
        work = self._works.get(page.url)
        if work is not None:
            finished = self._finished[page.url]
            context["citing"] = {
                "work": work,
                "formats": self.printer.formats(work),
                "commit": work.commit,
                "short": f"{SHORT}/{short.page_name(page.url)}/",
                "head": head.of_page(finished, work, self.pages, self.site),
            }
        if page.url in self._finished:
            finished = self._finished[page.url]
            context["mending"] = mending.of_page(finished, self.site)
            context["preload"] = preload.of_page(finished.content, self.site.docs)
        if self.site.frozen:
            # Search engines are sent to the newest text; who cites gets the edition's own address.
            page.canonical_url = urljoin(self.site.newest, page.url)
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """The event behind a page's template."""
        return tidy(output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The event after the last page: what stands beside the pages, in the same folder."""
        if self._at_once:
            self.write_beside(config)
        if self._search is not None:
            self._search.results()

    def write_beside(self, config: MkDocsConfig) -> None:
        """What stands beside the pages: facts, figures, data, feeds, as far as it has changed."""
        redirects = config.plugins.get("redirects")
        into = Path(config.site_dir)
        write_all(
            self.site,
            self.pages,
            self._works,
            self._users,
            self.printer,
            redirects.config["redirect_maps"] if redirects else {},
            config.site_description or "",
            into,
            self.done,
        )
        security.write(self.site, config.repo_url or "", into)

    @property
    def pages(self) -> Sequence[Finished]:
        """The pages of the menu, in its order."""
        return [self._finished[url] for url in self._in_nav]
