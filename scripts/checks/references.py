"""Every id a record points to exists: parties, models, benchmarks, other records.

Why: a pointer to nothing prints an empty cell, and nobody notices.

Good: reported_by: deepseek, with a record of that id in data/parties
Bad: reported_by: depseek
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.problems import Problem, nearest
from scripts.sources.records.loading import Dataset

# field -> collection it points to
POINTERS = {
    "reported_by": "parties",
    "seller": "parties",
    "model": "models",
    "successor": "models",
    "benchmark": "benchmarks",
    "peak_scheme": "peak_schemes",
}


def check(data: Dataset) -> Iterator[Problem]:
    for name, record in data.records():
        place = data.place(name, record.id)
        for field, target in POINTERS.items():
            value = getattr(record, field, None)
            if value is not None and value not in data[target]:
                yield Problem(
                    place.file,
                    place.line,
                    f"{record.id}: {field} '{value}' is not an id of data/{target}"
                    + nearest(value, data[target]),
                    rule="references",
                )
        for line, spec in getattr(record, "specs", {}).items():
            if spec.reported_by and spec.reported_by not in data["parties"]:
                yield Problem(
                    place.file,
                    place.line,
                    f"{record.id}: reported_by '{spec.reported_by}' of {line} is not an id of "
                    f"data/parties{nearest(spec.reported_by, data['parties'])}",
                    rule="references",
                )
        succeeds = getattr(record, "succeeds", None)
        names = {price.api_name for price in data["prices"].values() if price.api_name}
        if succeeds and succeeds not in names:
            message = f"succeeds '{succeeds}' is not an API name{nearest(succeeds, names)}"
            yield data.problem(name, record.id, message, "succeeds", rule="references")
        for field in ("supersedes", "disputes", "see_also"):
            for value in getattr(record, field, []):
                if value not in data[name]:
                    yield Problem(
                        place.file,
                        place.line,
                        f"{record.id}: {field} '{value}' is not an id of data/{name}"
                        + nearest(value, data[name]),
                        rule="references",
                    )
