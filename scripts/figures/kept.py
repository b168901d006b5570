"""Figures and pictures that need not be drawn again: kept by what they show."""

from __future__ import annotations

import base64
from dataclasses import asdict, replace
from typing import Any

import vl_convert

from scripts.figures import render
from scripts.figures.base import Figure
from scripts.sources.records.schema import SourceRef
from scripts.sources.shelf import digest
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


def picture(site: Site, name: str, svg: str, scale: int = 1) -> bytes:
    """A drawing as PNG, ``scale`` dots to a CSS pixel."""

    def make(_: Site) -> str:
        return base64.b64encode(vl_convert.svg_to_png(svg, scale=scale)).decode()

    return base64.b64decode(site.kept("pictures", name, digest(svg, str(scale)), make))
