"""All static checks of the sources, in one run and without the network.

Usage: python -m scripts check
"""

from __future__ import annotations

from pathlib import Path

from scripts.checks import (
    addresses,
    assets,
    bibliography,
    citations,
    facts,
    links,
    macros,
    page_order,
    prices,
    prose,
    references,
    top_level,
    usage,
)
from scripts.problems import ROOT, Problem
from scripts.sources import pages as markdown  # fmt: skip
from scripts.sources.records import lookup as records
from scripts.sources.records.loading import load
from scripts.sources.references.bibliography import keys


def run(root: Path = ROOT) -> list[Problem]:
    """Every problem of the project below ``root``, sorted, each once."""
    found: list[Problem] = list(bibliography.check(root / "references.bib", root))
    data, problems = load(root / "data", root)
    found += problems
    docs = root / "docs"
    pages = list(markdown.pages(docs, root))
    known = keys(root / "references.bib")
    found += references.check(data)
    found += citations.check(pages, data, known)
    found += links.check(pages, docs)
    found += top_level.check(root)
    found += assets.check(root)
    found += page_order.check(pages)
    found += prose.check(pages)
    found += prices.check(data)
    found += facts.check(data)
    found += addresses.check(pages, data, root)
    found += usage.check(pages, data, root / "references.bib", set(known), root)
    with records.using(data):
        found += macros.check(pages)
    return sorted(set(found))
