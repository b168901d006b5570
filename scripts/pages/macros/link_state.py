"""The page "State of our links": made from the record of the last run over all outside links."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from scripts.pages.cells import table
from scripts.pages.here import Here
from scripts.sources import link_record
from scripts.sources.link_record import WORST_FIRST, Verdict
from scripts.sources.records.formatting import day

MEANINGS = {
    Verdict.ALIVE: "The page answers, and nothing speaks against it.",
    Verdict.MOVED: "The page sends visitors on to a new address, permanently.",
    Verdict.RETITLED: "The page answers, but has another title than our bibliography.",
    Verdict.NO_ANCHOR: "The page answers, but lacks the part that we point to.",
    Verdict.INSECURE: "Only without encryption, or with a certificate that does not hold.",
    Verdict.UNVERIFIABLE: "The page refuses programs. A person has to look; it may be fine.",
    Verdict.FAILING: "It failed, but not yet in three runs on different days.",
    Verdict.SOFT_404: "The page answers, and says that there is nothing here.",
    Verdict.DEAD: "It failed in three runs on different days.",
    Verdict.REFUSED: "The address leads into a private network; it was not asked for.",
    Verdict.UNCHECKED: "The run ended before its turn came.",
}


def link_verdicts(here: Here) -> str:
    """What the words for the state of a link mean, best first."""
    rows = [(verdict.value, MEANINGS[verdict]) for verdict in reversed(WORST_FIRST)]
    return table(("State", "Meaning"), rows, "States of a link")


def link_state(here: Here) -> str:
    """The last run: its date, how many links are in which state, and each that is not alive.

    Raises ValueError if the record cannot be read.
    """
    last = link_record.load(here.site.root / link_record.FILE)
    if last is None:
        return (
            "\n**No run over the outside links is on record yet.** After the first one, this place "
            "shows its date, the number of links in each state, and every link that is not alive, "
            "with the day since when and its archived copy.\n"
        )
    return _summary(last) + _list(here, last)


def _summary(last: link_record.Record) -> str:
    rows = [
        (verdict.value, str(last.counts[verdict]))
        for verdict in reversed(WORST_FIRST)
        if last.counts.get(verdict)
    ]
    total = sum(last.counts.values())
    return (
        f'\nThe last run was on <time datetime="{last.date}">{day(last.date.isoformat())}</time>; '
        f"it covered {total} outside links.\n"
        + table(("State", "Links"), rows, "Outside links by state", numeric=(1,))
    )


def _literal(text: str) -> str:
    """Text that Markdown and HTML leave alone: addresses and titles are not ours."""
    return re.sub(r"[*_`\[\]{}\\|@]", lambda match: f"&#{ord(match[0])};", escape(text))


def _list(here: Here, last: link_record.Record) -> str:
    if not last.links:
        return "\nEvery one of them was alive.\n"
    references = here.references
    rows = []
    for link in last.links:
        reference = references.get(link.key)
        url = _literal(link.url)
        address = f'<a href="{url}" rel="noopener nofollow">{url}</a>'
        if reference:
            source = f"[{_literal(reference.title)}](/reference/sources.md#{link.key})"
            what = f"{source}<br>{address}"
        else:
            what = f"{address}<br>in {_literal(link.file)}" if link.file else address
        copy = _literal((reference.archive if reference else "") or link.archive)
        shown = f'<a href="{copy}" rel="noopener">archived copy</a>' if copy else "none"
        rows.append((what, link.verdict.value, link.since.isoformat(), shown))
    headers = ("Source", "State", "Since", "Copy")
    return table(headers, rows, "Links that are not simply alive")


MACROS: dict[str, Callable[..., str]] = {f.__name__: f for f in (link_state, link_verdicts)}
