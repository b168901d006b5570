"""Every page has what a page of this site has: title, description, dates, one h1, an answer.

Why: readers find the same things in the same places, and a fact without its date is a bug.

Good: front matter, one "# Title", a sentence with { .answer }, {{ as_of_line() }}
Bad: two "# Title", no "reviewed", or an as_of in the future
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from scripts.problems import Problem, nearest
from scripts.sources.pages import Page

_H1 = re.compile(r"^# .+$", re.MULTILINE)
RULE = "page-order"
REQUIRED = ("title", "description", "as_of", "reviewed")
FIELDS = (*REQUIRED, "asks", "hide", "dataset", "toc_depth")
HIDEABLE = {"navigation", "toc", "footer"}
FIRST = dt.date(2024, 1, 1)
_HTML_H1 = re.compile(r"<h1[\s>]")


def _front_matter(page: Page, today: dt.date) -> Iterator[Problem]:
    if page.front_matter_error:
        line, message = page.front_matter_error
        yield Problem(page.file, line, message, rule="page-order")
        return
    for field, value in page.meta.items():
        if message := _field(field, value, today):
            yield Problem(
                page.file, page.line_of(str(field)), f"front matter: {message}", rule=RULE
            )
    as_of, reviewed = page.meta.get("as_of"), page.meta.get("reviewed")
    if isinstance(as_of, dt.date) and isinstance(reviewed, dt.date) and reviewed < as_of:
        words = f"front matter: reviewed on {reviewed}, before its newest fact ({as_of}); move it"
        yield Problem(page.file, page.line_of("reviewed"), words, rule=RULE)
    for field in REQUIRED:
        if page.meta.get(field) is None:
            yield Problem(page.file, 1, f"front matter lacks '{field}'", rule=RULE)


def _field(field: object, value: Any, today: dt.date) -> str:
    """What is wrong with one field of the front matter; empty if nothing."""
    if field not in FIELDS:
        return f"unknown field '{field}'{nearest(str(field), FIELDS)}"
    if value is None:
        return ""  # told as lacking, where it is needed
    if field in {"title", "description"}:
        if not isinstance(value, str) or not value.strip():
            return f"{field} must be words, not '{str(value)[:40]}'; put them in quotes"
        if field == "description" and len(value) > 160:
            return f"description has {len(value)} characters; search engines cut after 160"
        if field == "title" and len(value) > 100:
            return f"title has {len(value)} characters; 100 are enough"
    elif field in {"as_of", "reviewed"}:
        if not isinstance(value, dt.date):
            return f"{field} must be YYYY-MM-DD, not '{str(value)[:40]}'"
        if value > today:
            return f"{field} {value} is in the future"
        if value < FIRST:
            return f"{field} {value} is before {FIRST}, when there was nothing to say"
    elif field == "asks":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return "asks must be a list of questions, each as words; put '12' in quotes"
    elif field == "dataset":
        if not isinstance(value, bool):
            return "dataset must be true or false: whether the page describes the data as a whole"
    elif field == "toc_depth":
        if value not in (2, 3):
            return "toc_depth must be 2 (contents of the page without ###) or 3"
    elif not isinstance(value, list) or not set(map(str, value)) <= HIDEABLE:
        return f"hide must be a list of {', '.join(sorted(HIDEABLE))}"
    return ""


def check(pages: Iterable[Page], today: dt.date | None = None) -> Iterator[Problem]:
    today = today or dt.date.today()
    for page in pages:
        if page.unreadable is not None:
            error = page.unreadable
            yield Problem(page.file, error.line, error.message, rule="page-order")
            continue
        yield from _front_matter(page, today)
        heads = [*_H1.finditer(page.body), *_HTML_H1.finditer(page.body)]
        if len(heads) != 1:
            line = page.place(heads[1].start())[0] if len(heads) > 1 else 1
            yield Problem(
                page.file, line, f"{len(heads)} first-level headings; a page has one '# Title'"
            )
        if page.front_matter_error:
            continue
        if "as_of_line()" not in page.text:
            yield Problem(page.file, 1, "no as-of line; put {{ as_of_line() }} below the answer")
        if not re.search(r"\{\s*\.answer\s*\}", page.body):
            yield Problem(
                page.file, 1, "no answer; follow the title with one sentence and '{ .answer }'"
            )
