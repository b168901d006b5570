"""JSON Schemas of the two files for machines that are no collection: citations and history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from scripts.sources.records.history import State
from scripts.sources.records.json_schema import DRAFT
from scripts.sources.records.price_rows import Row
from scripts.sources.records.price_states import Line

FOLDER = "schema"
"""Of the schemas, below that of the files."""
_TEXT: dict[str, Any] = {"type": "string"}
_DAY: dict[str, Any] = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def _closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An object that has all of these and nothing else."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
        **more,
    }


def _by(what: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "description": what, "additionalProperties": value}


def citations(address: str, formats: Iterable[str]) -> dict[str, Any]:
    """Schema of ``citations.json``. ``address``: where the schema stands; ``formats``: names."""
    ours = _closed({name: _TEXT for name in formats}, description="Our record of the fact.")
    source = _closed(
        {
            "key": {**_TEXT, "description": "Key in the bibliography."},
            "text": {**_TEXT, "description": "As printed, with the place in it."},
        }
    )
    entry = _closed({"ours": ours, "sources": {"type": "array", "items": source}})
    head = {"$schema": DRAFT, "$id": address, "title": "data/citations.json"}
    return {**head, **_by("Citations by the id of a fact.", entry)}


def history(address: str) -> dict[str, Any]:
    """Schema of ``history.json``. ``address``: where the schema stands."""
    parts = {}
    definitions: dict[str, Any] = {}
    for kind in (State, Line, Row):
        part = TypeAdapter(kind).json_schema()
        definitions |= part.pop("$defs", {})
        parts[kind.__name__] = part
    states = {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/State"}}
    price = _closed(
        {
            "model": _TEXT,
            "api_name": {"type": ["string", "null"]},
            "rows": {"type": "array", "items": {"$ref": "#/$defs/Row"}},
        }
    )
    properties = {
        "$schema": {"const": f"{FOLDER}/history.json"},
        "first": {**_DAY, "description": "Oldest day for which a price is on record."},
        "newest": {**_DAY, "description": "Newest day of which a record speaks."},
        "names": _by("Since when a model's name, longest first, could be known.", _DAY),
        "peak": {**_TEXT, "description": "Since when hours are dear as they are today."},
        "values": _by("All states of what was replaced, oldest first, by collection/id.", states),
        "lines": _by("Prices that replaced each other in one row.", {"$ref": "#/$defs/Line"}),
        "line_of": _by("The line of a price, by its id.", _TEXT),
        "prices": _by("The rows that a price has in a table, by its id.", price),
    }
    return {
        "$schema": DRAFT,
        "$id": address,
        "title": "data/history.json",
        **_closed(properties, **{"$defs": {**definitions, **parts}}),
    }
