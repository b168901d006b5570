"""Numbers that other numbers are computed from, named in a page as ``price:<id>:output``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scripts.pages.cells import RecordError, get
from scripts.pages.here import Here
from scripts.sources.records.lookup import rates_of, sources_of
from scripts.sources.records.schema import SourceRef


@dataclass(frozen=True)
class Operand:
    """A number with what is needed to trace it."""

    value: Decimal
    kind: str
    """What it counts, so that only like is compared with like."""
    record: str
    sources: list[SourceRef]


def _number(value: object, name: str) -> Decimal:
    if not isinstance(value, Decimal):
        raise RecordError(f"'{name}' has no numeric value to compute with")
    return value


def operand(here: Here, name: str) -> Operand:
    """Resolve ``fact:id``, ``spec:model:line``, ``chip:id:line``, ``score:id`` or
    ``price:id:field[:tier]``. Raises RecordError if there is no such number."""
    kind, _, rest = name.partition(":")
    parts = rest.split(":")
    if kind == "fact" and len(parts) == 1:
        record = get(here, "facts", parts[0])
        return Operand(
            _number(record.value, name), record.unit, f"facts/{parts[0]}", record.sources
        )
    if kind in {"spec", "chip"} and len(parts) == 2:
        collection = "models" if kind == "spec" else "chips"
        record = get(here, collection, parts[0])
        line = record.specs.get(parts[1])
        if line is None:
            raise RecordError(f"'{parts[0]}' has no spec '{parts[1]}'")
        where = f"{collection}/{parts[0]}.{parts[1]}"
        return Operand(_number(line.value, name), line.unit, where, sources_of(record, parts[1]))
    if kind == "score" and len(parts) == 1:
        record = get(here, "results", parts[0])
        unit = f"score:{record.benchmark}"
        return Operand(_number(record.score, name), unit, f"results/{parts[0]}", record.sources)
    if kind == "price" and len(parts) in {2, 3}:
        record = get(here, "prices", parts[0])
        tier = parts[2] if len(parts) == 3 else None
        if tier not in {None, "peak", "off_peak"}:
            raise RecordError(f"'{name}': the tier is 'peak' or 'off_peak'")
        if parts[1] not in {"cache_hit", "cache_miss", "output", "cache_write"}:
            raise RecordError(f"'{name}': the field is cache_hit, cache_miss or output")
        value = getattr(rates_of(record, tier), parts[1])
        unit = f"price:{record.currency}"
        return Operand(_number(value, name), unit, f"prices/{parts[0]}", record.sources)
    raise RecordError(
        f"'{name}' is not fact:id, spec:model:line, chip:id:line, score:id or price:id:field[:tier]"
    )


def pair(here: Here, first: str, second: str) -> tuple[Operand, Operand]:
    """Two operands of one kind; RecordError if they cannot be compared or divide by zero."""
    a, b = operand(here, first), operand(here, second)
    if a.kind != b.kind:
        raise RecordError(f"cannot compare {a.kind} ({first}) with {b.kind} ({second})")
    return a, b
