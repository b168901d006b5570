"""All static checks of the sources, in one run and without the network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from scripts.checks import (
    addresses,
    assets,
    audit,
    bibliography,
    blocks,
    citations,
    data,
    facts,
    figures,
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
    strays,
    top_level,
    twins,
    usage,
)
from scripts.problems import Problem
from scripts.sources.site import Site

RULES: dict[str, tuple[str, Callable[[Site], Iterator[Problem]]]] = {
    "data": (data.__doc__ or "", data.check),
    "figures": (figures.__doc__ or "", figures.check),
    "files": (files.__doc__ or "", lambda site: files.check(site.root)),
    "settings": (settings.__doc__ or "", lambda site: settings.check(site.root)),
    "bib": (
        bibliography.__doc__ or "",
        bibliography.of_site,
    ),
    "references": (references.__doc__ or "", lambda site: references.check(site.records)),
    "citations": (
        citations.__doc__ or "",
        lambda site: citations.check(site.pages, site.records, site.keys),
    ),
    "markup": (markup.__doc__ or "", markup.check),
    "habits": (habits.__doc__ or "", habits.check),
    "strays": (strays.__doc__ or "", strays.check),
    "blocks": (blocks.__doc__ or "", blocks.check),
    "links": (links.__doc__ or "", lambda site: links.check(site.pages, site.docs)),
    "top-level": (top_level.__doc__ or "", lambda site: top_level.check(site.root)),
    "assets": (assets.__doc__ or "", lambda site: assets.check(site.root)),
    "page-order": (page_order.__doc__ or "", lambda site: page_order.check(site.pages)),
    "prose": (prose.__doc__ or "", prose.check),
    "prices": (prices.__doc__ or "", lambda site: prices.check(site.records)),
    "facts": (facts.__doc__ or "", lambda site: facts.check(site.records)),
    "ranges": (ranges.__doc__ or "", ranges.check),
    "twins": (twins.__doc__ or "", twins.check),
    "addresses": (
        addresses.__doc__ or "",
        lambda site: addresses.check(site.pages, site.records, site.root),
    ),
    "usage": (usage.__doc__ or "", usage.check),
    "macros": (macros.__doc__ or "", macros.check),
    "audit": (audit.__doc__ or "", audit.check),
}
"""By name: what a rule says of itself, with its reason and examples, and the rule."""


def run(site: Site, only: str = "") -> list[Problem]:
    """Every problem of a project, sorted, each once; with ``only`` those of one rule."""
    found: set[Problem] = set()
    for name, (_, check) in RULES.items():
        if only in {"", name}:
            found |= {replace(problem, rule=name) for problem in check(site)}
    return sorted(found)


_OF_PAGES = {
    "markup", "habits", "strays", "blocks", "links", "page-order", "prose", "macros", "citations",
}  # fmt: skip
"""Rules that look at one page at a time."""
_BY_FILE = (
    ("docs/assets/", {"files", "assets"}),
    ("docs/", {"files", *_OF_PAGES}),
    (
        "data/",
        {
            "files",
            "data",
            "references",
            "citations",
            "markup",
            "facts",
            "prices",
            "ranges",
            "twins",
        },
    ),
    ("references.bib", {"bib", "citations", "markup"}),
    ("mkdocs.yml", {"settings"}),
)
"""What a change below a folder or of a file can break in itself; the first that fits counts."""


def run_on(site: Site, changed: Collection[str]) -> list[Problem]:
    """What is wrong in these files, by the rules that can tell from them: for a hook that nobody
    waits for. What they break elsewhere only ``run`` finds."""
    rules: set[str] = set()
    for file in changed:
        rules |= next((names for start, names in _BY_FILE if file.startswith(start)), set())
        if file.endswith(".md") and "/" not in file:
            rules.add("top-level")
    near = replace(site, pages=tuple(page for page in site.pages if page.file in changed))
    found: set[Problem] = set()
    for name in rules:
        found |= {replace(problem, rule=name) for problem in RULES[name][1](near)}
    return sorted(problem for problem in found if problem.file in changed)


def explanation(rule: str) -> str:
    """What a rule wants, why, and an example of each kind. Raises KeyError."""
    return f"{rule}\n\n{RULES[rule][0].strip()}\n"
