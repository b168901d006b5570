"""Shapes and lines of the models' spec sheets, or LookupError where one is missing."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import need
from scripts.model import attention
from scripts.sources.records.loading import Dataset


def shape(data: Dataset, model: str) -> Any:
    return attention.AttentionConfig.from_model(need(data, "models", model))


def spec(data: Dataset, model: str, line: str) -> Any:
    sheet = need(data, "models", model)
    if line not in sheet.specs:
        raise LookupError(f"data/models: '{model}' has no spec '{line}'")
    return sheet.specs[line]


def number(data: Dataset, model: str, line: str) -> int:
    return int(spec(data, model, line).value)
