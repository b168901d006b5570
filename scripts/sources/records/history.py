"""What a number was before: the states of every record that replaced another.

A price replaces the one before it on the same line (seller, API name, currency); a line may go
on from another name (``succeeds``). Any other record replaces those it ``supersedes``. Only what
holds now has a history here: a sentence about a past price speaks of the past and stays as it is.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scripts.sources.records.formatting import money, record_value
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import score_text
from scripts.sources.records.price_lines import chain, price_lines
from scripts.sources.records.schema import Rates

FIELDS = ("cache_hit", "cache_miss", "output", "cache_write")


@dataclass(frozen=True)
class State:
    """What held from ``since`` on (an instant in UTC, or a date as precise as is known)."""

    since: str
    id: str
    values: dict[str, str]
    """Text by field; a price with peak hours has ``output:peak`` and ``output:off_peak``."""
    until: str | None = None
    """First instant at which it no longer held; None where it holds, or nobody says."""


def since(record: Any) -> str:
    """The first day for which a record is known to be true; of an event, its own day."""
    if hasattr(record, "lane"):
        return str(record.date)
    start = getattr(record, "start", None)
    return start.date().isoformat() if start else str(record.as_of)


def _rates(rates: Rates, currency: str, tier: str = "") -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        value = getattr(rates, field)
        if value is not None:
            yield field + tier, money(value, currency)


def price_values(price: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for tier, rates in (("", price.rates), (":off_peak", price.off_peak), (":peak", price.peak)):
        if rates is not None:
            out.update(_rates(rates, price.currency, tier))
    return out


def instant_text(moment: dt.datetime) -> str:
    """``2026-08-16T16:00:00Z``: texts of instants in UTC sort like the instants."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def price_history(data: Dataset) -> dict[str, list[State]]:
    """States of every price that still holds, oldest first, back through earlier API names."""
    lines = price_lines(data)
    out = {}
    for key, line in lines.items():
        if line[-1].end is not None:
            continue
        out[f"prices/{line[-1].id}"] = [
            State(
                instant_text(held.start),
                held.price.id,
                price_values(held.price),
                instant_text(held.end) if held.end else None,
            )
            for held in chain(lines, key)
        ]
    return out


def _text(data: Dataset, name: str, record: Any) -> str:
    return score_text(data, record) if name == "results" else record_value(record)


def record_history(data: Dataset) -> dict[str, list[State]]:
    """States of every fact and result that replaced another, oldest first."""
    out = {}
    for name in ("facts", "results"):
        for record in data[name].values():
            if not record.supersedes or record.status == "superseded":
                continue
            chain, todo = [record], list(record.supersedes)
            while todo:
                earlier = data[name].get(todo.pop())
                if earlier is not None and earlier not in chain:
                    chain.append(earlier)
                    todo += earlier.supersedes
            chain.reverse()  # what was superseded came before, however vague its date
            out[f"{name}/{record.id}"] = [
                State(since(item), item.id, {"": _text(data, name, item)}) for item in chain
            ]
    return out


def history(data: Dataset) -> dict[str, list[State]]:
    """All states by the record that holds now, ``collection/id``."""
    return {**price_history(data), **record_history(data)}


@dataclass(frozen=True)
class Change:
    """Something that is different from a day on."""

    date: str
    kind: str
    """price, fact, score, event or correction."""
    text: str
    """Markdown, one line."""
    collection: str
    id: str


def _price_changes(data: Dataset) -> Iterator[Change]:
    for (_, name, currency), line in price_lines(data).items():
        previous: Any = None
        for price in line:
            before = price_values(previous) if previous else {}
            parts = []
            for field, value in price_values(price).items():
                base, _, tier = field.partition(":")
                was = before.get(field) or before.get(base) or before.get(f"{base}:off_peak")
                label = {"cache_hit": "cached input", "cache_miss": "input"}.get(base, base)
                label += f" ({tier.replace('_', '-')})" if tier else ""
                if was != value:
                    parts.append(f"{label} {was} → {value}" if was else f"{label} {value}")
            previous = price
            if parts:
                text = f"`{name}`, {currency}, per million tokens: {'; '.join(parts)}"
                yield Change(since(price), "price", text, "prices", price.id)


def changes(data: Dataset) -> list[Change]:
    """Everything that changed, newest first: prices, replaced facts, major events, corrections."""
    out = list(_price_changes(data))
    for where, states in record_history(data).items():
        name, _, record_id = where.partition("/")
        record = data[name][record_id]
        label = getattr(record, "label", None) or f"{record.benchmark}, {record.model}"
        for earlier, later in itertools.pairwise(states):
            text = f"{label}: {earlier.values['']} → {later.values['']}"
            kind = "fact" if name == "facts" else "score"
            out.append(Change(later.since, kind, text, name, later.id))
    for event in data["events"].values():
        if event.major:
            out.append(Change(event.date, "event", event.title, "events", event.id))
    for correction in data["corrections"].values():
        text = f"{correction.was} → {correction.now}"
        out.append(Change(correction.date, "correction", text, "corrections", correction.id))
    return sorted(out, key=lambda change: (change.date, change.kind, change.id), reverse=True)


__all__ = ["Change", "State", "changes", "history", "since"]
