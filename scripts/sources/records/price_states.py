"""Which record a row of a price table should show on another day.

Every price stands on one line: those of an API name in the order of time (with the names before
it), or what was seen of a seller's model without an interval. On a day, a line shows one record,
or says why it shows none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from scripts.sources.records.history import instant_text
from scripts.sources.records.loading import Dataset
from scripts.sources.records.price_lines import chain, price_lines


@dataclass(frozen=True)
class Line:
    """The records that take turns in one row."""

    name: str
    """API name, where there is one: what was (not) on sale."""
    kind: Literal["dated", "seen", "never"]
    """dated: intervals are known. seen: only days on which somebody looked. never: announced,
    and not applied."""
    states: tuple[tuple[str, str, str | None], ...]
    """Id, since when (an instant in UTC; a date for what was seen) and until when."""
    successor: str | None = None
    """API name that serves its buyers since."""


def _dated(data: Dataset) -> dict[str, Line]:
    lines = price_lines(data)
    after = {(line[0].seller, line[0].succeeds, key[2]): key[1] for key, line in lines.items()}
    return {
        "/".join(key): Line(
            key[1],
            "dated",
            tuple(
                (
                    held.price.id,
                    instant_text(held.start),
                    instant_text(held.end) if held.end else None,
                )
                for held in chain(lines, key)
            ),
            after.get(key),
        )
        for key in lines
    }


def _seen(prices: list[Any]) -> dict[str, Line]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for price in prices:
        groups["/".join((price.seller, price.model, price.currency, "seen"))].append(price)
    out = {}
    for key, group in groups.items():
        # Two of one day are two offers, not one that changed.
        alone = len({price.as_of for price in group}) < len(group)
        for part in [[price] for price in group] if alone else [group]:
            part.sort(key=lambda price: price.as_of.ljust(10, "9"))
            name = f"{key}/{part[0].id}" if alone else key
            out[name] = Line("", "seen", tuple((price.id, price.as_of, None) for price in part))
    return out


def lines_of_rows(data: Dataset) -> tuple[dict[str, Line], dict[str, str]]:
    """All lines by key, and the key of the line that each price stands on."""
    lines = _dated(data)
    own = {}
    for key, line in price_lines(data).items():
        own.update({price.id: "/".join(key) for price in line})
    rest = [price for price in data["prices"].values() if price.id not in own]
    never = [price for price in rest if price.kind == "announced-not-applied"]
    seen = _seen([price for price in rest if price.kind != "announced-not-applied"])
    lines |= seen
    own |= {state[0]: key for key, line in seen.items() for state in line.states}
    for price in never:
        key = f"never/{price.id}"
        lines[key] = Line(price.api_name or "", "never", ())
        own[price.id] = key
    return lines, own
