"""Who uses what: the lists of pages beside each source and each record.

Macros leave a mark where such a list belongs; it is filled in when all pages are rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from posixpath import relpath

from scripts.publish.finished import Finished
from scripts.sources.identity import SHORT

_MARK = re.compile(r"<!--(?P<kind>cited-by|used-on):(?P<name>[a-z0-9_/-]+)-->")
_ENTRY = re.compile(r'href="((?:\.\./)*)reference/facts/#([a-z0-9-]+)"')
"""A link to a fact's entry in the list; the fact has a page of its own."""
_RECORDS = "reference/facts/"
"""Below it stand the lists of all records: they use everything, which says nothing."""


def _uses(content: str) -> set[str]:
    """Marks of everything a page uses: ``cited-by:key`` and ``used-on:collection/id``."""
    used = {f"cited-by:{key}" for key in re.findall(r'<li id="ref-([a-z0-9-]+)"', content)}
    for names in re.findall(r'data-fact="([^"]+)"', content):
        used |= {f"used-on:{name.split('.')[0]}" for name in names.split()}
    return used


def users(pages: Iterable[Finished]) -> dict[str, list[Finished]]:
    """Pages by the mark of what they use, in the order of ``pages``."""
    out: dict[str, list[Finished]] = {}
    for page in pages:
        if not page.url.startswith(_RECORDS):
            for mark in _uses(page.content):
                out.setdefault(mark, []).append(page)
    return out


def fill_in(page: Finished, users: Mapping[str, list[Finished]]) -> str:
    """The HTML of a page with each mark replaced by links to the pages that use the thing, and
    with links to facts that lead to the facts' own pages."""
    here = page.url if page.url.endswith("/") else (page.url.rpartition("/")[0] or ".")

    def links(match: re.Match[str]) -> str:
        kind, name = match["kind"], match["name"]
        using = users.get(f"{kind}:{name}", [])
        if not using:
            return "Not cited by a chapter yet." if kind == "cited-by" else ""
        anchor = f"#ref-{name}" if kind == "cited-by" else ""
        out = [
            f'<a href="{_relative(other.url, here)}{anchor}">{escape(other.title, quote=False)}</a>'
            for other in using
        ]
        words = "Cited by" if kind == "cited-by" else "Used on"
        return f"{words}: {', '.join(out)}"

    return _ENTRY.sub(r'href="\1' + SHORT + r'/\2/"', _MARK.sub(links, page.content))


@cache
def _relative(target: str, start: str) -> str:
    """Relative address of a page from another; folders keep their slash."""
    path = relpath(target or ".", start or ".")
    return path + "/" if target.endswith("/") or not target else path
