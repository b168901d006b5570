"""Pages and records bring words, not scripts, handlers, frames, forms, styles or foreign pictures.

Why: everybody may send a contribution, and what is published runs in the browser of every reader
under our name. Pages take the few tags that Markdown has no form for; records take no HTML at all,
because their words are put into sentences, cells, feeds and attributes.

Good: <kbd>Ctrl</kbd>, or [the report](https://example.org/report).
Bad: <img src="https://example.org/x.png" onerror="...">, or [the report](javascript:...).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic import BaseModel

from scripts.checks import kept
from scripts.pages import markup
from scripts.problems import Problem
from scripts.sources.site import Site

RULE = "markup"
_ENDS = re.compile(r"[<>\"]")
_MANY_LINES = {"command"}
"""Fields of records that hold what is typed in a shell."""


def _strings(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record, with the field of the record that it stands in."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, BaseModel):
        for name, item in value:
            yield from _strings(item, field or name)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item, field)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item, field)


def check(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        odd = markup.odd_comments(page.commented) if "<!" in page.text or "<?" in page.text else ()
        for offset, message in [*odd, *markup.in_text(page.body)]:
            line, column = page.place(offset)
            yield Problem(page.file, line, message, column, RULE)
        for name in ("title", "description", "asks"):
            given = page.meta.get(name)
            for value in given if isinstance(given, list) else [given]:
                said = markup.in_value(value) if isinstance(value, str) else ""
                if isinstance(value, str) and name != "asks" and (found := _ENDS.search(value)):
                    said = (
                        said or f"{found[0]} would end an attribute; write it in words, or “ and ”"
                    )
                if said:
                    yield Problem(page.file, page.line_of(name), f"{name}: {said}", rule=RULE)
    # Thousands of texts, which few changes touch.
    yield from kept.problems(site, RULE, "records", [site.touched], partial(_of_records, site))


def _of_records(site: Site) -> Iterator[Problem]:
    for name, record in site.records.records():
        for field, value in _strings(record):
            if said := markup.in_value(value, field in _MANY_LINES):
                yield site.records.problem(name, record.id, f"{field}: {said}", field, rule=RULE)
