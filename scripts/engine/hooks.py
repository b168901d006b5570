"""The few things that only MkDocs' own events can do. Everything else is macros and extensions.

* gives mkdocs-bibtex our registry;
* refuses to build from sources with mistakes, before ``site/`` is emptied;
* writes into the bibliography and the records which pages use them;
* writes the downloads beside the pages.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import urljoin, urlsplit

import jinja2
from mkdocs.exceptions import Abort

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.checks import run as check
from scripts.links.inside import check as check_links
from scripts.pages import citations
from scripts.publish import citing, downloads, figure_files, machines, short, works
from scripts.sources.records import history
from scripts.sources.records import lookup as records

log = logging.getLogger("mkdocs.plugins.explained")

CHECKED = "EXPLAINED_CHECKED"
"""Set by ``python -m scripts build``, which has run the checks itself."""

EDITION = "EDITION"
"""Set while a dated edition is built: its name."""

_command = "build"
_pages: list[Any] = []
"""The pages of this build, in the order of the navigation."""
_works: dict[str, works.Work] = {}
"""What can be cited, by address."""


def on_startup(*, command: str, dirty: bool) -> None:
    global _command
    _command = command
    if command == "build":
        works.fix_date()


def on_config(config: Any) -> Any:
    records.refresh()  # before Markdown extensions read the glossary
    config.extra["newest"] = config.site_url or "/"
    config.extra["frozen"] = os.environ.get(EDITION, "")
    if config.extra["frozen"]:
        config.site_url = urljoin(config.extra["newest"], config.extra["frozen"] + "/")
    bibtex = config.plugins.get("bibtex")
    if bibtex is not None:
        bibtex.registry = citations.Registry()
    return config


class _Silent(jinja2.ChainableUndefined):
    """Prints nothing, and may be called: the rest of the page is still built and checked."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return ""


def on_pre_build(config: Any) -> None:
    works.begin_fact_citations(records.dataset(), config)
    if os.environ.get(CHECKED):
        config.plugins["macros"].env.undefined = _Silent
        return
    problems = check.run()
    for problem in problems:
        log.warning(str(problem))
    if _command != "serve" and any(p.level == "error" for p in problems):
        raise Abort(f"{len(problems)} problem(s) in the sources; site/ is left as it was")


def _uses(content: str) -> Iterable[str]:
    """Marks of everything a page uses: ``cited-by:key`` and ``used-on:collection/id``."""
    yield from {f"cited-by:{key}" for key in re.findall(r'<li id="ref-([a-z0-9-]+)"', content)}
    for names in re.findall(r'data-fact="([^"]+)"', content):
        yield from {f"used-on:{name.split('.')[0]}" for name in names.split()}


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    _pages[:] = nav.pages
    return nav


def on_env(env: Any, config: Any, files: Any) -> Any:
    """All pages are rendered now: fill in who uses what."""
    pages = [file.page for file in files.documentation_pages() if file.page]
    _works.clear()
    _works.update({page.url: works.of_page(page, config) for page in pages if works.citable(page)})
    users: dict[str, list[Any]] = {}
    for page in pages:
        if page.url.startswith("reference/facts/"):
            continue  # the lists of all records cite everything; that says nothing
        for mark in _uses(page.content):
            users.setdefault(mark, []).append(page)

    for page in pages:

        def links(match: re.Match[str], page: Any = page) -> str:
            kind, name = match[1], match[2]
            using = users.get(f"{kind}:{name}", [])
            if not using:
                return "Not cited by a chapter yet." if kind == "cited-by" else ""
            here = page.url if page.url.endswith("/") else (page.url.rpartition("/")[0] or ".")
            anchor = f"#ref-{name}" if kind == "cited-by" else ""
            out = [
                f'<a href="{_relative(other.url, here)}{anchor}">{other.title}</a>'
                for other in using
            ]
            words = "Cited by" if kind == "cited-by" else "Used on"
            return f"{words}: {', '.join(out)}"

        page.content = re.sub(r"<!--(cited-by|used-on):([a-z0-9_/-]+)-->", links, page.content)
    return env


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """What the templates say about a page to readers who cite it and to machines."""
    work = _works.get(page.url)
    if work is not None:
        context["citing"] = {
            "work": work,
            "formats": citing.render(_works.values())[work.id],
            "author": citing.AUTHOR,
            "license": citing.LICENSE,
            "commit": work.commit,
            "short": f"{short.FOLDER}/{short.page_name(page.url)}/",
            "card": urljoin(config.site_url or "/", machines.card_name(page)),
            "files": [f"data/{name}.json" for name in downloads.COLLECTIONS],
            "json_ld": works.json_ld(page, work, config, records.dataset()),
        }
    if config.extra["frozen"]:
        # Search engines are sent to the newest text; who cites gets the edition's own address.
        page.canonical_url = urljoin(config.extra["newest"], page.url)
    return context


def on_post_build(config: Any) -> None:
    site, base, data = Path(config.site_dir), config.site_url or "/", records.dataset()
    downloads.write(data, site)
    history.write(data, site)
    works.write_page_files(_works, site)
    works.write_fact_citations(data, config, site)
    works.write_bibliography(site)
    machines.write_feeds(data, base, site)
    machines.write_markdown(_pages, base, site)
    machines.write_llms(_pages, base, site, config.site_description)
    machines.write_robots(base, site)
    machines.write_opensearch(base, site)
    machines.write_cards(_pages, site)
    homes: dict[str, str] = {}
    for page in _pages:
        for figure_id in re.findall(
            r'<figure class="fig" id="fig-([a-z0-9-]+)"', page.content or ""
        ):
            homes.setdefault(figure_id, page.url)
    figure_files.write(data, base, homes, site)
    titles = {page.url: str(page.meta.get("title") or page.title) for page in _pages}
    redirects = config.plugins.get("redirects")
    moved = redirects.config["redirect_maps"] if redirects else {}
    short.write(data, homes, titles, _addresses(moved), base, site)


def _addresses(moved: dict[str, str]) -> dict[str, str]:
    """Old and new address of pages that moved within the site, from names of Markdown files."""
    return {
        check_links.built_path(old): check_links.built_path(new)
        for old, new in moved.items()
        if not urlsplit(new).scheme
    }


def _relative(target: str, start: str) -> str:
    """Relative address of a page from another; folders keep their slash."""
    path = relpath(target or ".", start or ".")
    return path + "/" if target.endswith("/") or not target else path
