"""``/f/<id>/``: a page of its own for every fact, light enough for a train."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scripts.publish import fact_words, json_ld, mending, works
from scripts.publish.citing import COMMIT, Printer, Work, dated, files
from scripts.publish.done import Done
from scripts.publish.figure_files import ICON, scheme, tokens_of
from scripts.publish.finished import Finished
from scripts.publish.head import Described, tags
from scripts.publish.offered import Source, offered
from scripts.publish.templates import environment
from scripts.sources.identity import LICENSE, SHORT, SITE_TITLE
from scripts.sources.records.formatting import day, record_value
from scripts.sources.records.lookup import party_name
from scripts.sources.references import biblatex
from scripts.sources.shelf import digest, write_texts
from scripts.sources.site import Site

_AT_ONCE = 100
"""Facts whose pages are kept in one file."""

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


@dataclass(frozen=True)
class _Around:
    """What a fact's page says beside the record itself."""

    users: Mapping[str, Sequence[tuple[str, str]]]
    """Pages that use it, by its id: address and title."""
    related: Related
    bib: Mapping[str, str]
    """Entries of all sources, by key."""
    mending: Mapping[str, Mapping[str, str]]
    """Where a fact is edited and its error reported, by its id."""


def _page(fact: Any, work: Work, formats: Mapping[str, str], around: _Around, site: Site) -> str:
    value = record_value(fact)
    sources = [
        Source(site.references[ref.key], ref.at, around.bib.get(ref.key, ""))
        for ref in fact.sources
        if ref.key in site.references
    ]
    described = Described(
        graph=json_ld.of_fact(work, value, [source.reference for source in sources], site),
        card=urljoin(site.url, "assets/cards/reference.png"),
        card_alt=SITE_TITLE,
    )
    tokens = tokens_of(site)
    text = (
        environment()
        .get_template("fact.html")
        .render(
            fact=fact,
            work=work,
            head=tags(work, described, site),
            canonical=urljoin(site.newest, work.url.removeprefix(site.url)),
            value=value,
            day=day(fact.as_of),
            who=fact_words.who(fact, site),
            status=fact_words.status(fact),
            sources=sources,
            relations=_relations(around.related[fact.id], site),
            users=around.users.get(fact.id, ()),
            cite=offered(formats, sources),
            mending=around.mending[fact.id],
            light=scheme(tokens, "default"),
            dark=scheme(tokens, "slate"),
            top="../../",
            icon=ICON if (site.docs / ICON).is_file() else "",
            listed=_listed(site),
            license=LICENSE,
            site_title=SITE_TITLE,
        )
    )
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"


def _listed(site: Site) -> list[str]:
    """Kinds of sources that have a page of their own."""
    return sorted(path.stem for path in (site.docs / "reference" / "sources").glob("*.md"))


def _pages(site: Site, chosen: Sequence[str], around: _Around, printer: Printer) -> dict[str, str]:
    """Files below ``/f/`` of the chosen facts, still without the commit."""
    facts = [site.records["facts"][name] for name in chosen]
    described = {fact.id: works.of_fact(fact, site) for fact in facts}
    if site.commit:
        described = {name: replace(work, commit=COMMIT) for name, work in described.items()}
    rendered = printer.render(described.values())
    out = {}
    for fact in facts:
        work = described[fact.id]
        formats = rendered[work.id]
        out[f"{fact.id}/index.html"] = _page(fact, work, formats, around, site)
        out |= {f"{fact.id}/{name}": text for name, text in files(formats).items()}
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
    there = [(site.docs / ICON).is_file(), _listed(site)]
    there += [bool(json_ld.author_url(site)), bool(site.commit)]
    frame = (site.url, site.newest, site.edition, site.reviewed, tokens_of(site), there)
    mends = {
        name: mending.of_record("facts", name, urljoin(site.url, f"{SHORT}/{name}/"), site)
        for name in site.records["facts"]
    }
    around = _Around(using, _related(site), biblatex.entries(site.bib), mends)
    keys = {
        name: [around.bib.get(ref.key) for ref in fact.sources]
        for name, fact in site.records["facts"].items()
    }
    names = list(site.records["facts"])
    # Many in one file: a thousand would take longer to open than to make.
    for start in range(0, len(names), _AT_ONCE):
        chosen = names[start : start + _AT_ONCE]
        told = [
            (name, using[name], around.related[name], keys[name], mends[name]) for name in chosen
        ]
        texts = site.kept(
            "facts",
            chosen[0],
            digest(repr((frame, told))),
            lambda seen, chosen=chosen: _pages(seen, chosen, around, printer),
        )
        if done.again(f"facts from {chosen[0]}", site.commit, *texts.values()):
            said = {name: dated(text, site.commit) for name, text in texts.items()}
            write_texts(said, into / SHORT)
