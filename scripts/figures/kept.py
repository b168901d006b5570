"""Figures that need not be drawn again: kept by the records that they show."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from scripts.figures import render
from scripts.figures.base import Figure
from scripts.sources.records.schema import SourceRef
from scripts.sources.site import Site


def drawn(figure_id: str, site: Site) -> Figure:
    """One figure, as :func:`scripts.figures.render` draws it, which says what it raises."""
    return _load(site.kept("figures", figure_id, "", lambda seen: _dump(figure_id, seen)))


def _dump(figure_id: str, site: Site) -> dict[str, Any]:
    figure = render(figure_id, site.records)
    sources = [ref.model_dump() for ref in figure.sources]
    return {**asdict(replace(figure, sources=[])), "sources": sources}


def _load(content: dict[str, Any]) -> Figure:
    return Figure(
        **{
            **content,
            "columns": tuple(content["columns"]),
            "notes": tuple(content["notes"]),
            "sources": [SourceRef(**ref) for ref in content["sources"]],
        }
    )
