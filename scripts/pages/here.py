"""The page whose macros run, and the site that it belongs to: the first argument of every macro."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.sources.records.loading import Dataset
from scripts.sources.references.bibliography import Reference
from scripts.sources.site import Site


@dataclass(frozen=True)
class Here:
    site: Site
    url: str = ""
    """Address of the page: ``pricing/rivals/``; empty for the home page."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """Its front matter."""

    @property
    def records(self) -> Dataset:
        return self.site.records

    @property
    def references(self) -> Mapping[str, Reference]:
        return self.site.references

    @property
    def top(self) -> str:
        """From the page to the top of the site: ``../../``, or ``./`` on the home page."""
        return "../" * self.url.count("/") or "./"
