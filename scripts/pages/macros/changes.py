"""Macros that speak of time: the line with the dates of a page, and what changed on which day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

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


def changes_list(here: Here) -> str:
    """What changed on which day, newest first: prices, facts, scores, events, corrections."""
    out, month = [FILTER], ""
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
