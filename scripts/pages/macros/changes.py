"""Macros that speak of time: the line with the dates of a page, and what changed on which day."""

from __future__ import annotations

from collections.abc import Callable

from scripts.pages.here import Here
from scripts.sources.records import history
from scripts.sources.records import lookup as records
from scripts.sources.records.formatting import day


def as_of_line(here: Here) -> str:
    """Dates of the page's newest fact and of its last review, from its front matter."""
    out = []
    for label, field in (("As of", "as_of"), ("reviewed", "reviewed")):
        if value := here.meta.get(field):
            out.append(f'<span>{label} <time datetime="{value}">{day(str(value))}</time></span>')
    return f'<p class="asof">{" · ".join(out)}</p>'


def changes_list(here: Here) -> str:
    """What changed on which day, newest first: prices, facts, scores, events, corrections."""
    out, month = [], ""
    for change in history.changes(here.records):
        if change.date[:7] != month:
            month = change.date[:7]
            out.append(f'\n<h3 class="change-month" id="m-{month}">{day(month)}</h3>\n')
        href = records.href(change.collection, change.id)
        out.append(
            f'<div class="change" data-date="{change.date}" markdown="1">\n\n'
            f'<span class="when">{change.date}</span> '
            f'<span class="kind">{change.kind}</span> {change.text} '
            f"[record]({href}){{ .claim-more }}\n\n</div>\n"
        )
    return "\n".join(out)


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        as_of_line,
        changes_list,
    )
}
