"""All static checks of the sources, in one run and without the network."""

from __future__ import annotations

from scripts.checks import (
    addresses,
    assets,
    audit,
    bibliography,
    citations,
    facts,
    files,
    habits,
    links,
    macros,
    markup,
    page_order,
    prices,
    prose,
    ranges,
    references,
    settings,
    top_level,
    usage,
)  # fmt: skip
from scripts.problems import Problem
from scripts.sources.site import Site


def run(site: Site) -> list[Problem]:
    """Every problem of a project, sorted, each once."""
    found: list[Problem] = [*site.problems]
    found += files.check(site.root)
    found += settings.check(site.root)
    found += bibliography.check(site.root / "references.bib", site.root)
    found += references.check(site.records)
    found += citations.check(site.pages, site.records, site.keys)
    found += markup.check(site)
    found += habits.check(site.pages)
    found += links.check(site.pages, site.docs)
    found += top_level.check(site.root)
    found += assets.check(site.root)
    found += page_order.check(site.pages)
    found += prose.check(site.pages)
    found += prices.check(site.records)
    found += facts.check(site.records)
    found += ranges.check(site)
    found += addresses.check(site.pages, site.records, site.root)
    found += usage.check(site)
    found += macros.check(site)
    found += audit.check(site)
    return sorted(set(found))
