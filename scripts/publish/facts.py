"""``/f/<id>/``: a page of its own for every fact, light enough for a train."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jinja2

from scripts.publish import works
from scripts.publish.citing import EXTENSIONS, Printer, Work
from scripts.publish.done import Done
from scripts.publish.figure_files import scheme, tokens_of
from scripts.publish.finished import Finished
from scripts.sources.identity import AUTHOR, LICENSE, SHORT, SITE_TITLE
from scripts.sources.records.formatting import STATES, day, record_value
from scripts.sources.records.lookup import party_name
from scripts.sources.shelf import digest, write_texts
from scripts.sources.site import Site

STATUS = {
    "confirmed": "confirmed: the primary source says so",
    "reported": "reported: a named party says so",
    "disputed": "disputed: serious sources differ",
    "superseded": "superseded: it was true once",
}
ICON = "assets/favicon.svg"
_AT_ONCE = 100
"""Facts whose pages are kept in one file."""
FORMATS = ("APA", "Wikipedia", "BibTeX", "BibLaTeX", "RIS", "CSL-JSON")


def _status(fact: Any) -> str:
    words = STATUS[fact.status]
    if fact.reported_by == "us" and fact.status == "confirmed":
        words = "computed by this site from what the sources say" if fact.computed_from else "ours"
    return words if fact.state == "known" else f"{STATES.get(fact.state, fact.state)}; {words}"


def _who(fact: Any, site: Site) -> tuple[str, str | list[Any]]:
    """Who says it; of our own numbers, what they were computed from."""
    if fact.reported_by != "us":
        return "Reported by", party_name(site.records, fact.reported_by)
    ids = [item.removeprefix("fact:").split(":")[0] for item in fact.computed_from]
    facts = [site.records["facts"][name] for name in ids if name in site.records["facts"]]
    if facts:
        return "Computed by this site from", facts
    return "By", "this site" + ("; no statement was found" if fact.state != "known" else "")


Related = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
"""By a fact's id: what relates other facts to it, and their ids."""


def _related(site: Site) -> Related:
    """History and disagreements, both ways."""
    after: dict[str, list[str]] = {}
    against: dict[str, list[str]] = {}
    facts = site.records["facts"]
    for fact in facts.values():
        for old in fact.supersedes:
            after.setdefault(old, []).append(fact.id)
        for other in fact.disputes:
            against.setdefault(other, []).append(fact.id)
    return {
        name: (
            ("Before it", fact.supersedes),
            ("Replaced by", after.get(name, [])),
            ("Disagrees with", list(dict.fromkeys([*fact.disputes, *against.get(name, [])]))),
        )
        for name, fact in facts.items()
    }


def _relations(
    related: Sequence[tuple[str, Sequence[str]]], site: Site
) -> list[tuple[str, list[dict[str, str]]]]:
    """Each related fact with its value and who says it."""
    known = site.records["facts"]
    groups = [
        (
            title,
            [
                {
                    "id": other.id,
                    "label": other.label,
                    "text": f"{record_value(other)} ({party_name(site.records, other.reported_by)}"
                    f", {day(other.as_of)})",
                }
                for other in (known[name] for name in ids if name in known)
            ],
        )
        for title, ids in related
    ]
    return [(title, found) for title, found in groups if found]


def _json_ld(work: Work, value: str, sources: list[dict[str, Any]]) -> str:
    content = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "name": work.title,
        "text": value,
        "url": work.url,
        "inLanguage": "en-US",
        "dateModified": work.issued,
        "license": LICENSE,
        "publisher": {"@type": "Organization", "name": AUTHOR},
        "isPartOf": {"@type": "WebSite", "name": SITE_TITLE},
        "citation": [
            {"@type": "CreativeWork", "name": item["reference"].title}
            | ({"url": item["reference"].url} if item["reference"].url else {})
            for item in sources
        ],
    }
    return json.dumps(content, ensure_ascii=False).replace("</", "<\\/")


def _pages(
    site: Site,
    chosen: Sequence[str],
    users: Mapping[str, Sequence[tuple[str, str]]],
    related: Related,
    printer: Printer,
) -> dict[str, str]:
    """Files below ``/f/`` of the chosen facts."""
    page = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(
        Path(__file__).with_name("fact.html").read_text(encoding="utf-8")
    )
    tokens = tokens_of(site)
    facts = [site.records["facts"][name] for name in chosen]
    described = {fact.id: works.of_fact(fact, site) for fact in facts}
    rendered = printer.render(described.values())
    out = {}
    for fact in facts:
        work, value = described[fact.id], record_value(fact)
        sources = [
            {"reference": site.references[ref.key], "at": ref.at}
            for ref in fact.sources
            if ref.key in site.references
        ]
        who = _who(fact, site)
        said = who[1] if isinstance(who[1], str) else "this site"
        text = page.render(
            fact=fact,
            work=work,
            value=value,
            day=day(fact.as_of),
            who=who,
            status=_status(fact),
            sources=sources,
            relations=_relations(related[fact.id], site),
            users=users.get(fact.id, ()),
            formats=[(name, rendered[work.id][name]) for name in FORMATS],
            description=f"{fact.label}: {value}, as of {day(fact.as_of)}, by {said}. "
            f"{_status(fact).capitalize()}.",
            json_ld=_json_ld(work, value, sources),
            light=scheme(tokens, "default"),
            dark=scheme(tokens, "slate"),
            card=urljoin(site.url, "assets/cards/reference.png"),
            top="../../",
            icon=ICON if (site.docs / ICON).is_file() else "",
            listed=(site.docs / "reference" / "sources.md").is_file(),
            author=AUTHOR,
            license=LICENSE,
            site_title=SITE_TITLE,
        )
        out[f"{fact.id}/index.html"] = re.sub(r"\n\s*\n+", "\n", text) + "\n"
        for name, extension in EXTENSIONS.items():
            out[f"{fact.id}/cite.{extension}"] = rendered[work.id][name]
    return out


def write(
    site: Site,
    users: Mapping[str, Sequence[Finished]],
    printer: Printer,
    into: Path,
    done: Done,
) -> None:
    """A folder a fact: the page, and its citation as files. ``users``: pages by the mark of what
    they use, as ``scripts.publish.usage`` has them; ``done``: what stands in ``into``."""
    using = {
        fact: [(page.url, page.title) for page in users.get(f"used-on:facts/{fact}", ())]
        for fact in site.records["facts"]
    }
    there = [(site.docs / name).is_file() for name in (ICON, "reference/sources.md")]
    frame = (site.url, site.edition, site.reviewed, tokens_of(site), there)
    related = _related(site)
    names = list(site.records["facts"])
    # Many in one file: a thousand would take longer to open than to make.
    for start in range(0, len(names), _AT_ONCE):
        chosen = names[start : start + _AT_ONCE]
        told = [(name, using[name], related[name]) for name in chosen]
        texts = site.kept(
            "facts",
            chosen[0],
            digest(repr((frame, told))),
            lambda seen, chosen=chosen: _pages(seen, chosen, using, related, printer),
        )
        if done.again(f"facts from {chosen[0]}", *texts.values()):
            write_texts(texts, into / SHORT)
