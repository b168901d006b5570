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

import jinja2
from mkdocs.exceptions import Abort

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts import check  # noqa: E402
from scripts.site import citations, downloads, history, records  # noqa: E402

log = logging.getLogger("mkdocs.plugins.explained")

CHECKED = "EXPLAINED_CHECKED"
"""Set by ``python -m scripts build``, which has run the checks itself."""

_command = "build"


def on_startup(*, command: str, dirty: bool) -> None:
    global _command
    _command = command


def on_config(config: Any) -> Any:
    bibtex = config.plugins.get("bibtex")
    if bibtex is not None:
        bibtex.registry = citations.Registry()
    return config


class _Silent(jinja2.ChainableUndefined):
    """Prints nothing, and may be called: the rest of the page is still built and checked."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return ""


def on_pre_build(config: Any) -> None:
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


def on_env(env: Any, config: Any, files: Any) -> Any:
    """All pages are rendered now: fill in who uses what."""
    pages = [file.page for file in files.documentation_pages() if file.page]
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

        page.content = re.sub(
            r"<!--(cited-by|used-on):([a-z0-9_/-]+)-->", links, page.content
        )
    return env


def on_post_build(config: Any) -> None:
    downloads.write(records.dataset(), Path(config.site_dir))
    history.write(records.dataset(), Path(config.site_dir))


def _relative(target: str, start: str) -> str:
    """Relative address of a page from another; folders keep their slash."""
    path = relpath(target or ".", start or ".")
    return path + "/" if target.endswith("/") or not target else path
