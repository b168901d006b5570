"""Every file below data/ can be read, and its records have the fields that the schema wants.

Why: a value of the wrong kind would be printed as it is, or break a figure; a field that nobody
knows would be lost without a word. The schema is scripts/sources/records/schema.py.

Good: {id: v4-layers, topic: architecture, label: Layers, value: 61, unit: layers, as_of: 2026,
  reported_by: deepseek, sources: [{key: deepseek2026v4report, at: arXiv Table 1}]}
Bad: {id: V4 Layers, valeu: "61", unit: layer}
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.problems import Problem
from scripts.sources.site import Site


def check(site: Site) -> Iterator[Problem]:
    yield from site.problems
