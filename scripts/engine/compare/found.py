"""What differs between two states of the project, as data that may come from anybody.

A pull request's own code writes it; whoever reads it believes nothing: shapes, lengths and counts
have limits, and words are only ever shown as code.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=2_000)]
Name = Annotated[str, Field(max_length=300)]
How = Literal["added", "removed", "changed"]
MOST = 5_000
"""Items of one list."""

TALLEST = 16_000
"""Pixels of a picture; what stands further down is cut off. Chromium ends at 16,384."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageChange(_Strict):
    """A page as it is typed."""

    file: Name
    how: How
    more: int = Field(0, ge=0, le=10_000_000, description="Lines that came.")
    less: int = Field(0, ge=0, le=10_000_000, description="Lines that went.")


class FieldChange(_Strict):
    name: Name
    old: Text = ""
    new: Text = ""


class RecordChange(_Strict):
    """A record or a source (``@key``)."""

    name: Name = Field(description="collection/id, or @key")
    how: How
    label: Text = ""
    fields: list[FieldChange] = Field(default=[], max_length=200)
    sources: list[Name] = Field(default=[], max_length=100)
    shown: list[Name] = Field(default=[], max_length=500, description="Addresses of pages.")


class Weight(_Strict):
    """A built page, compressed."""

    url: Name
    old: int = Field(ge=0, le=10**12)
    new: int = Field(ge=0, le=10**12)


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class SearchFigure(_Strict):
    """How well the search answers one kind of queries, by one measure."""

    kind: Name
    measure: Name
    old: Share
    new: Share


class Picture(_Strict):
    """A page as it looks at one width; the names are those of files beside the data."""

    url: Name
    width: int = Field(ge=1, le=10_000)
    old: Name = Field("", description="Empty where the page was not there, or looks the same.")
    new: Name = Field("", description="Empty where the page is gone, or looks the same.")


class Found(_Strict):
    format: Literal[1] = 1
    pages: list[PageChange] = Field(default=[], max_length=MOST)
    records: list[RecordChange] = Field(default=[], max_length=MOST)
    links: list[Text] = Field(default=[], max_length=MOST, description="New outside addresses.")
    weights: list[Weight] = Field(default=[], max_length=MOST)
    site: Weight | None = Field(None, description="All files of the built site.")
    search: list[SearchFigure] = Field(default=[], max_length=100)
    pictures: list[Picture] = Field(default=[], max_length=100)
    left_out: list[Text] = Field(default=[], max_length=100, description="What was not done, why.")
