"""Every page has what a page of this site has: title, description, dates, one h1, an answer.

Why: readers find the same things in the same places, and a fact without its date is a bug.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from scripts.problems import Problem
from scripts.sources.pages import Page

_H1 = re.compile(r"^# .+$", re.MULTILINE)
_HTML_H1 = re.compile(r"<h1[\s>]")


def _front_matter(page: Page) -> Iterator[Problem]:
    if page.front_matter_error:
        line, message = page.front_matter_error
        yield Problem(page.file, line, message, rule="page-order")
        return
    for field in ("title", "description", "as_of", "reviewed"):
        if not page.meta.get(field):
            yield Problem(page.file, 1, f"front matter lacks '{field}'", rule="page-order")
    description = str(page.meta.get("description") or "")
    if len(description) > 160:
        yield Problem(
            page.file,
            1,
            f"description has {len(description)} characters; search engines cut after 160",
            rule="page-order",
        )
    for field in ("as_of", "reviewed"):
        value = page.meta.get(field)
        if value is not None and not isinstance(value, dt.date):
            yield Problem(page.file, 1, f"front matter: {field} must be YYYY-MM-DD, not '{value}'")


def check(pages: Iterable[Page]) -> Iterator[Problem]:
    for page in pages:
        if page.unreadable is not None:
            error = page.unreadable
            yield Problem(page.file, error.line, error.message, rule="page-order")
            continue
        yield from _front_matter(page)
        heads = [*_H1.finditer(page.body), *_HTML_H1.finditer(page.body)]
        if len(heads) != 1:
            line = page.place(heads[1].start())[0] if len(heads) > 1 else 1
            yield Problem(
                page.file, line, f"{len(heads)} first-level headings; a page has one '# Title'"
            )
        if "as_of_line()" not in page.text:
            yield Problem(page.file, 1, "no as-of line; put {{ as_of_line() }} below the answer")
        if not re.search(r"\{\s*\.answer\s*\}", page.body):
            yield Problem(
                page.file, 1, "no answer; follow the title with one sentence and '{ .answer }'"
            )
