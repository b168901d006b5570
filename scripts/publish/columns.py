"""The columns of a collection's table: which, in which order, of which type. From the schema.

The same whatever the records of the day fill in, so that a program which reads a file today reads
the next one, too.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, Union

from pydantic import AwareDatetime, BaseModel

from scripts.sources.records.schema import COLLECTIONS

_TYPES: dict[Any, str] = {
    Decimal: "number", float: "number", int: "integer", bool: "boolean", str: "string",
    AwareDatetime: "datetime", dt.datetime: "datetime", dt.date: "date",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column, in the words of Table Schema (the tables of a Data Package)."""

    name: str
    type: str
    """string, number, integer, boolean, date, datetime; ``any`` where a value may be text, too."""
    description: str = ""
    required: bool = False


KEYS = {"models": ("id", "spec"), "chips": ("id", "spec")}
"""Columns that tell the rows of a table apart, where that is not ``id`` alone."""

REFERENCES = {
    "reported_by": "parties",
    "seller": "parties",
    "benchmark": "benchmarks",
    "peak_scheme": "peak_schemes",
}
"""Columns that hold the id of a record of another table."""


def key_of(name: str) -> tuple[str, ...]:
    """Columns that tell the rows of a collection's table apart."""
    return KEYS.get(name, ("id",))


def references_of(name: str) -> dict[str, str]:
    """Columns of a collection's table that refer to another table, by name."""
    names = {column.name for column in columns_of(name)}
    return {column: other for column, other in REFERENCES.items() if column in names}


def _kinds(annotation: Any) -> Iterator[Any]:
    """What an annotation may be, without None."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(typing.get_args(annotation)[0])
    elif origin in {Union, types.UnionType}:
        for part in typing.get_args(annotation):
            yield from _kinds(part)
    elif origin is Literal:
        yield str
    elif annotation is not type(None):
        yield origin or annotation


def _type(kinds: list[Any]) -> str:
    names = {_TYPES.get(kind, "string") for kind in kinds}
    return names.pop() if len(names) == 1 else "any"


def _columns(model: type[BaseModel], prefix: str = "") -> Iterator[Column]:
    for name, field in model.model_fields.items():
        kinds = list(_kinds(field.annotation))
        title = prefix + (field.alias or name)
        inner = next((k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)), None)
        if inner is not None:
            yield from _columns(inner, f"{title}.")
        elif dict in kinds:
            (spec,) = (part for part in typing.get_args(field.annotation)[1:])
            yield Column("spec", "string", "Line of the spec sheet.")
            yield from _columns(spec, "spec.")
        else:
            needed = field.is_required() and not prefix
            yield Column(title, _type(kinds), field.description or "", needed)


@functools.cache
def columns_of(name: str) -> tuple[Column, ...]:
    """Those of a collection, ``id`` first."""
    found = list(_columns(COLLECTIONS[name]))
    return tuple(sorted(found, key=lambda column: column.name != "id"))
