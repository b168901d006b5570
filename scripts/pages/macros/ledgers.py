"""Macros that print a whole collection as a list: events, claims, rumors, corrections, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from scripts.pages.cells import RecordError, all_of, cite, marks, mend_mark, status_chip, table
from scripts.pages.here import Here
from scripts.sources.records.schema import Term

VERDICTS = {
    "holds": "holds",
    "refine": "refined",
    "correct": "corrected",
    "wrong": "wrong",
    "opinion": "opinion",
    "unproven": "unproven",
    "open": "open",
    "dated": "dated",
}


def events_table(
    here: Here,
    lane: str | list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    major: bool = False,
) -> str:
    """Dated events in order; ``since`` and ``until`` are dates as YYYY, YYYY-MM or YYYY-MM-DD."""
    lanes = [lane] if isinstance(lane, str) else lane
    chosen = [
        event
        for event in all_of(here, "events")
        if (lanes is None or event.lane in lanes)
        and (since is None or event.date >= since)
        and (until is None or event.date[: len(until)] <= until)
        and (not major or event.major)
    ]
    if not chosen:
        raise RecordError("no event matches this events_table")
    chosen.sort(key=lambda event: (event.date, event.id))
    rows = []
    for event in chosen:
        text = f"**{event.title}**" + (f" {event.text}" if event.text else "")
        if event.status != "confirmed" or event.state != "known":
            text += f" {status_chip(event.status, event.state)}"
        when = event.date + (f" to {event.end_date}" if event.end_date else "")
        rows.append(
            (f'<span class="when">{when}</span>', text + cite(event.sources, f"events/{event.id}"))
        )
    of = marks(here, [f"events/{event.id}" for event in chosen])
    return table(("Date", "What happened"), rows, "Events", records=of)


def _docs_link(page: str) -> str:
    return page if page.startswith(("http", "/")) else f"/{page}"


def claims_table(here: Here) -> str:
    """Every claim of the starting article with its verdict and what the record shows."""
    out = []
    for claim in sorted(all_of(here, "claims"), key=lambda c: c.number):
        out.append(
            f'<div class="claim claim--{claim.verdict}" id="{claim.id}" markdown="1">\n\n'
            f'<span class="claim-no">{claim.number}</span> '
            f'<span class="verdict verdict--{claim.verdict}">{VERDICTS[claim.verdict]}</span> '
            f"**{claim.claim}**\n\n"
            f"{claim.finding} {cite(claim.sources)} "
            f"[Where it is explained]({_docs_link(claim.page)}){{ .claim-more }} "
            f"{mend_mark(f'claims/{claim.id}')}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/claims has no record")
    return "\n" + "\n".join(out) + "\n"


def claims_summary(here: Here) -> str:
    """How many claims got which verdict, in one line."""
    counts: dict[str, int] = {}
    for claim in all_of(here, "claims"):
        counts[claim.verdict] = counts.get(claim.verdict, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return " ".join(
        f'<span class="verdict verdict--{name}">{VERDICTS[name]}</span> {count}'
        for name, count in ordered
    )


def rumors_table(here: Here) -> str:
    """The ledger of rumors: what was said, by whom, when, and what became of it."""
    out = []
    for rumor in sorted(all_of(here, "rumors"), key=lambda r: r.when):
        out.append(
            f'<div class="claim rumor--{rumor.verdict}" id="{rumor.id}" markdown="1">\n\n'
            f'<span class="when">{rumor.when}</span> '
            f'<span class="verdict verdict--{rumor.verdict}">'
            f"{rumor.verdict.replace('-', ' ')}</span> "
            f"**{rumor.claim}** ({rumor.who})\n\n{rumor.evidence} {cite(rumor.sources)} "
            f"{mend_mark(f'rumors/{rumor.id}')}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/rumors has no record")
    return "\n" + "\n".join(out) + "\n"


def corrections_list(here: Here) -> str:
    """What was said first, what is right, and since when we know."""
    out = []
    for item in sorted(all_of(here, "corrections"), key=lambda c: c.date, reverse=True):
        more = f" [Page]({_docs_link(item.page)}){{ .claim-more }}" if item.page else ""
        out.append(
            f'<div class="claim" id="{item.id}" markdown="1">\n\n'
            f'<span class="when">{item.date}</span> **First told:** {item.was}\n\n'
            f"**The record:** {item.now} {cite(item.sources)}{more} "
            f"{mend_mark(f'corrections/{item.id}')}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/corrections has no record")
    return "\n" + "\n".join(out) + "\n"


def glossary_list(here: Here) -> str:
    """All terms in alphabetical order, in a fold a letter that names them; each has an anchor of
    its own and its source."""
    terms = sorted(all_of(here, "glossary"), key=lambda term: term.term.lower())
    if not terms:
        raise RecordError("data/glossary has no record")
    out = []
    for letter, held in groupby(terms, key=lambda term: term.term[0].upper()):
        chosen = list(held)
        names = ", ".join(escape(term.term) for term in chosen)
        out.append(
            f'<details class="fold terms" markdown="1"><summary data-search-exclude>'
            f"<b>{letter}</b> {names}</summary>\n\n{_entries(here, chosen)}\n\n</details>\n"
        )
    return "\n" + "\n".join(out) + "\n"


def _entries(here: Here, terms: Iterable[Term]) -> str:
    data = here.records
    out = []
    for term in terms:
        zh = f' <span lang="zh">{term.zh}</span>' if term.zh else ""
        also = f" Also: {', '.join(term.aliases)}." if term.aliases else ""
        see = ", ".join(
            f"[{data['glossary'][other].term}](#{other})"
            for other in term.see_also
            if other in data["glossary"]
        )
        see = f" See {see}." if see else ""
        long = f" {term.long}" if term.long else ""
        was = "".join(f'<span id="{name}"></span>' for name in term.former_ids)
        # Headings: the search finds each term.
        out.append(
            f'<div class="term" markdown="1">\n\n<h3 id="{term.id}">{escape(term.term)}{zh}</h3>'
            f"{was}\n\n{term.short}{long}{also}{see} {cite(term.sources)} "
            f"{mend_mark(f'glossary/{term.id}')}\n\n</div>\n"
        )
    return "\n".join(out)


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        events_table,
        claims_table,
        claims_summary,
        rumors_table,
        corrections_list,
        glossary_list,
    )
}
