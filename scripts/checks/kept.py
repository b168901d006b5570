"""What a rule found, kept by all that decides it: a file that is as it was is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple

from scripts.problems import Problem
from scripts.sources.shelf import digest
from scripts.sources.site import Site

KIND = "checks"


def problems(
    site: Site,
    rule: str,
    name: str,
    inputs: Iterable[str | bytes],
    make: Callable[[], Iterable[Problem]],
) -> list[Problem]:
    """What ``make`` finds in ``name``; ``inputs``: all that it looks at."""
    found = site.kept(
        KIND, f"{rule} {name}", digest(*inputs), lambda _: [astuple(found) for found in make()]
    )
    return [Problem(*one) for one in found]
