"""Macros that speak of time: the line with the dates of a page, and what changed on which day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from scripts.pages.cells import FILTER, table
from scripts.pages.here import Here
from scripts.sources import review
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


OPEN_MONTHS = 4
"""So many months stand open in the list of changes, newest first; those before are folded."""


def changes_list(here: Here) -> str:
    """What changed on which day, newest first: prices, facts, scores, events, corrections."""
    by_month = [
        (month, [_change(change) for change in found])
        for month, found in groupby(history.changes(here.records), key=lambda c: c.date[:7])
    ]
    out = [FILTER]
    for month, entries in by_month[:OPEN_MONTHS]:
        out += [_heading(f"m-{month}", day(month)), *entries]
    if folded := by_month[OPEN_MONTHS:]:
        out.append(_heading("m-earlier", f"Before {day(by_month[OPEN_MONTHS - 1][0])}"))
        out += [_fold(month, entries) for month, entries in folded]
    return "\n".join(out)


def _heading(name: str, words: str) -> str:
    return f'\n<h3 class="change-month" id="{name}">{words}</h3>\n'


def _fold(month: str, entries: Sequence[str]) -> str:
    # The anchor stands within: browsers open the folds around what a link leads to.
    count = "1 change" if len(entries) == 1 else f"{len(entries)} changes"
    return (
        '<details class="fold record-group" markdown="1">'
        f"<summary>{day(month)}: {count}</summary>\n"
        f'<div id="m-{month}" markdown="1">\n\n' + "\n".join(entries) + "\n</div>\n</details>\n"
    )


def _change(change: history.Change) -> str:
    href = records.href(change.collection, change.id)
    return (
        f'<div class="change" data-date="{change.date}" markdown="1">\n\n'
        f'<span class="when">{change.date}</span> '
        f'<span class="kind">{change.kind}</span> {change.text} '
        f"[record]({href}){{ .claim-more }}\n\n</div>\n"
    )


CHAPTERS = {
    "release": "Release", "architecture": "Architecture", "benchmarks": "Benchmarks",
    "pricing": "Pricing", "hardware": "Hardware", "using": "Using it",
}  # fmt: skip


def review_table(here: Here) -> str:
    """For each chapter: its oldest and newest review, when the next is due, the newest fact."""
    rows = []
    for chapter, name in CHAPTERS.items():
        entries = [entry for entry in here.site.contents if entry.chapter == chapter]
        reviews = sorted(entry.reviewed for entry in entries if entry.reviewed)
        facts = sorted(entry.as_of for entry in entries if entry.as_of)
        if not reviews:
            continue
        oldest = dt.date.fromisoformat(reviews[0])
        due = oldest + dt.timedelta(days=review.CHAPTERS[chapter])
        span = reviews[0] if reviews[0] == reviews[-1] else f"{reviews[0]} to {reviews[-1]}"
        rows.append((name, str(len(entries)), span, facts[-1] if facts else "", due.isoformat()))
    headers = ("Chapter", "Pages", "Last reviews", "Newest fact", "Next review due")
    return table(headers, rows, "Reviews of the chapters", numeric=(1,))


VERDICTS = {
    "holds": "held as it was", "in-part": "held in part", "not-there": "not in the source",
    "contradicted": "contradicted", "not-to-be-had": "source not to be had",
}  # fmt: skip


def audit_table(here: Here) -> str:
    """Passages that were read against their sources: what was found, by chapter."""
    found: dict[str, Counter[str]] = {}
    now: Counter[str] = Counter()
    for check in here.site.checked:
        chapter = check.page.partition("/")[0] if "/" in check.page else "home"
        found.setdefault(chapter, Counter())[check.before or check.verdict] += 1
        now[check.verdict] += 1
    rows = [
        (
            CHAPTERS.get(chapter, chapter.capitalize()),
            str(sum(verdicts.values())),
            *(str(verdicts[verdict]) for verdict in VERDICTS),
        )
        for chapter, verdicts in sorted(found.items())
    ]
    total = sum(now.values())
    held = now["holds"]
    caption = f"After mending {held:,} of {total:,} hold, by the word of those who read them."
    headers = ("Chapter", "Passages read", *(words.capitalize() for words in VERDICTS.values()))
    numeric = range(1, len(headers))
    return table(headers, rows, "Passages read", numeric=list(numeric), caption=caption)


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        as_of_line,
        changes_list,
        review_table,
        audit_table,
    )
}
