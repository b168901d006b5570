"""Records as plain mappings: what JSON, CSV and the comparison of editions are made from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from scripts.sources.records.loading import Dataset


def _plain(value: Any) -> Any:
    """JSON-ready: exact decimals become numbers, dates text, models mappings."""
    if isinstance(value, BaseModel):
        dumped = {
            (field.alias or name): _plain(getattr(value, name))
            for name, field in type(value).model_fields.items()
        }
        return {name: item for name, item in dumped.items() if item not in (None, [], {})}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        return text.replace("+00:00", "Z")
    return value


def records(data: Dataset, name: str) -> list[dict[str, Any]]:
    """Records of a collection as plain mappings, sorted by id; empty fields are left out."""
    return [_plain(record) for _, record in sorted(data[name].items())]


def newest(rows: list[dict[str, Any]]) -> str | None:
    """The newest ``as_of`` among records."""
    return max((str(row["as_of"]) for row in rows if "as_of" in row), default=None)
