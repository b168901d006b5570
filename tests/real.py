"""The project's own sources, read once for all tests of a process."""

from __future__ import annotations

import functools

from scripts.engine.site import for_checks
from scripts.problems import ROOT
from scripts.sources.records.loading import Dataset
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site


@functools.cache
def site() -> Site:
    return for_checks(ROOT)


def records() -> Dataset:
    return site().records


def references() -> dict[str, Reference]:
    return dict(site().references)
