"""A fact in words: who says it, how sure it is, and one sentence that holds all of it."""

from __future__ import annotations

from typing import Any

from scripts.sources.records.formatting import STATES, day, record_value
from scripts.sources.records.lookup import party_name
from scripts.sources.site import Site

_STATUS = {
    "confirmed": "confirmed: the primary source says so",
    "reported": "reported: a named party says so",
    "disputed": "disputed: serious sources differ",
    "superseded": "superseded: it was true once",
}


def status(fact: Any) -> str:
    """How sure it is."""
    words = _STATUS[fact.status]
    if fact.reported_by == "us" and fact.status == "confirmed":
        words = "computed by this site from what the sources say" if fact.computed_from else "ours"
    return words if fact.state == "known" else f"{STATES.get(fact.state, fact.state)}; {words}"


def who(fact: Any, site: Site) -> tuple[str, str | list[Any]]:
    """Who says it; of our own numbers, what they were computed from."""
    if fact.reported_by != "us":
        return "Reported by", party_name(site.records, fact.reported_by)
    ids = [item.removeprefix("fact:").split(":")[0] for item in fact.computed_from]
    facts = [site.records["facts"][name] for name in ids if name in site.records["facts"]]
    if facts:
        return "Computed by this site from", facts
    return "By", "this site" + ("; no statement was found" if fact.state != "known" else "")


def by(fact: Any, site: Site) -> str:
    """Who says it, as a title has it."""
    if fact.reported_by == "us":
        return "computed by this site" if fact.computed_from else "by this site"
    return f"reported by {party_name(site.records, fact.reported_by)}"


def title(fact: Any, site: Site) -> str:
    """The day of the value is part of it: the day of the record is another."""
    return f"{fact.label}: {record_value(fact)} (as of {fact.as_of}, {by(fact, site)})"


def sentence(fact: Any, site: Site) -> str:
    """What previews and reference managers show of it."""
    words = f"{fact.label}: {record_value(fact)}, as of {day(fact.as_of)}, {by(fact, site)}"
    told = status(fact)
    return f"{words}. {told[:1].upper()}{told[1:]}."
