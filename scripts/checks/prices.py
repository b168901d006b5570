"""DeepSeek's list prices follow one another without gap or overlap.

Why: the cost calculator and the price history ask for the price at an instant; two answers or
none would be wrong without anybody noticing. A line of prices is one API name of one seller in
one currency; its intervals are half-open, ``from`` belongs to them and ``to`` does not.

Good: one price ends at to: 2026-08-16T00:00:00Z, the next begins at that instant
Bad: two prices of one name at the same instant, or none
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from scripts.problems import Problem
from scripts.sources.records.formatting import instant
from scripts.sources.records.loading import Dataset
from scripts.sources.records.price_lines import price_lines


def check(data: Dataset) -> Iterator[Problem]:
    for line in price_lines(data).values():
        for earlier, later in itertools.pairwise(line):
            if earlier.end is None or earlier.end > later.start:
                until = f"until {instant(earlier.end)}" if earlier.end else "without an end"
                yield data.problem(
                    "prices",
                    later.id,
                    f"begins {instant(later.start)}, but '{earlier.id}' holds {until}; "
                    "intervals of one API name and currency must not overlap: give the earlier "
                    "one 'to', equal to this 'from'",
                    "from",
                    rule="prices",
                )
            elif earlier.end < later.start and not later.gap_before:
                yield data.problem(
                    "prices",
                    later.id,
                    f"begins {instant(later.start)}, but '{earlier.id}' ends "
                    f"{instant(earlier.end)}; close the gap, or say why there is one in "
                    "'gap_before'",
                    "from",
                    rule="prices",
                )
