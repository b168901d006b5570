"""``data/history.json``: what every number was before, for the as-of control."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scripts.publish import beside
from scripts.sources.identity import DATA
from scripts.sources.records.history import history, since
from scripts.sources.records.loading import Dataset
from scripts.sources.records.price_lines import price_lines
from scripts.sources.records.price_rows import model_name, price_rows
from scripts.sources.records.price_states import lines_of_rows
from scripts.sources.shelf import write_texts


def _as_end(day: str) -> str:
    """To compare days of any precision: a month counts as its end."""
    return day.ljust(10, "9")


def _named(data: Dataset) -> Iterator[tuple[str, str]]:
    """Names of models and of the API, each with a day from which on it is on record."""
    known: dict[str, list[str]] = {model: [] for model in data["models"]}
    for collection in ("prices", "results"):
        for record in data[collection].values():
            if record.model in known:
                known[record.model].append(since(record))
    for model in data["models"].values():
        day = model.released or min([model.as_of, *known[model.id]], key=_as_end)
        name = re.sub(r" \(preview\)$", "", model.name)
        yield name, day
        short = name.removeprefix("DeepSeek-")
        if short != name:
            yield short, day
            if family := re.match(r"(?:V|R)\d(?:\.\d)?\b", short):
                yield family[0], day
    for (_, name, _), line in price_lines(data).items():
        yield name, since(line[0])


def names(data: Dataset) -> dict[str, str]:
    """Each name with the first day on which somebody could have known it, longest name first.

    The as-of control leaves out rows that speak of what came later.
    """
    first: dict[str, str] = {}
    for name, day in _named(data):
        first[name] = min(first.get(name, day), day, key=_as_end)
    return dict(sorted(first.items(), key=lambda item: (-len(item[0]), item[0])))


def _newest(data: Dataset) -> str:
    days = [
        str(record.as_of)
        for collection in data.collections.values()
        for record in collection.values()
        if len(str(getattr(record, "as_of", ""))) == 10
    ]
    return max(days, default="")


def _peak(data: Dataset) -> str:
    """Since when hours are dear as they are today; a night discount of 2025 was something else."""
    schemes = data["peak_schemes"].values()
    last = max(schemes, key=lambda scheme: scheme.start, default=None)
    same = [s.start for s in schemes if last is not None and s.windows_utc == last.windows_utc]
    return min(same).date().isoformat() if same else ""


def content(data: Dataset) -> dict[str, Any]:
    """``first`` and ``newest``: the days for which something is on record. ``names``: since when
    a name is known; ``peak``: since when there are the peak hours of today. ``values``: of each
    record that replaced another, all states. ``lines``: what takes turns in a row of a price
    table; ``line_of``: the line of a price; ``prices``: its rows.
    """
    lines, own = lines_of_rows(data)
    starts = [line.states[0][1][:10] for line in lines.values() if line.kind == "dated"]
    prices = data["prices"]
    return {
        "$schema": f"{beside.FOLDER}/history.json",
        "first": min(starts, default=""),
        "newest": _newest(data),
        "names": names(data),
        "peak": _peak(data),
        "values": {
            where: [asdict(state) for state in states]
            for where, states in sorted(history(data).items())
            if len(states) > 1
        },
        "lines": {key: asdict(line) for key, line in sorted(lines.items())},
        "line_of": dict(sorted(own.items())),
        "prices": {
            name: {
                "model": model_name(data, prices[name]),
                "api_name": prices[name].api_name,
                "rows": [asdict(row) for row in price_rows(data, prices[name])],
            }
            for line in lines.values()
            for name, _, _ in line.states
        },
    }


def write(data: Dataset, base: str, into: Path) -> None:
    """``data/history.json``, which the as-of control reads, and its schema."""
    schema = beside.history(urljoin(base, f"{DATA}/{beside.FOLDER}/history.json"))
    texts = {
        "history.json": json.dumps(content(data), indent=1, ensure_ascii=False) + "\n",
        f"{beside.FOLDER}/history.json": json.dumps(schema, indent=1) + "\n",
    }
    write_texts(texts, into / DATA)
