"""What the figures read from the models' spec sheets; LookupError where there is none."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import need
from scripts.model import attention
from scripts.sources.records.loading import Dataset


def shape(data: Dataset, model: str) -> Any:
    """What the attention model needs of a network. ValueError if a line is missing or wrong."""
    return attention.AttentionConfig.from_model(need(data, "models", model))


def spec(data: Dataset, model: str, line: str) -> Any:
    """One line of a spec sheet, with its unit and sources."""
    sheet = need(data, "models", model)
    if line not in sheet.specs:
        raise LookupError(f"data/models: '{model}' has no spec '{line}'")
    return sheet.specs[line]


def number(data: Dataset, model: str, line: str) -> int:
    """The value of one line as a whole number; what is behind the point is cut off."""
    return int(spec(data, model, line).value)
