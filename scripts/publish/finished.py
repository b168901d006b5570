"""A page when all of its text is there: what is written beside it is made from this alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finished:
    """One page of the site, whatever program made HTML of it."""

    source: str
    """Its file below ``docs/``, with forward slashes."""
    url: str
    """Its address from the top of the site: ``pricing/rivals/``; empty for the home page."""
    title: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    markdown: str = ""
    """Its text with all numbers filled in."""
    content: str = ""
    """Its HTML, without the frame of the theme."""
    parts: tuple[str, ...] = ()
    """Titles of the parts of the site that it stands in, innermost first."""
    in_nav: bool = True
    """Whether the menu leads to it; ``404.md`` and its like have no menu entry."""

    @property
    def heading(self) -> str:
        """Its title in full, which the menu may shorten."""
        return str(self.meta.get("title") or self.title)
