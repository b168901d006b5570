"""What of other people's work goes out to readers with the site, and on which terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shipped:
    """A work of others that pages or files beside them contain."""

    name: str
    license: str
    """Its SPDX identifier."""
    holder: str
    what: str
    """What of it is in the site, for readers."""
    home: str
    version: str = ""
    """Empty where it comes with another, whose version says it."""
    package: str = ""
    """Its package URL without a version."""
    files: tuple[str, ...] = ()
    """Patterns of files below the site that consist of it."""


SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        "Material for MkDocs", "MIT", "Martin Donath",
        "the frame of the pages: templates, and the styles that they need",
        "https://github.com/squidfunk/mkdocs-material", package="pkg:pypi/mkdocs-material",
        files=("assets/stylesheets/text.css", "assets/stylesheets/frame.css",
               "assets/images/favicon.png"),
    ),
    Shipped(
        "Material Design Icons", "Apache-2.0", "Pictogrammers and Google",
        "the signs of menu, search and palette, drawn in the pages",
        "https://github.com/Templarian/MaterialDesign",
    ),
    Shipped("lunr.js", "MIT", "Oliver Nightingale", "the search",
            "https://github.com/olivernn/lunr.js", version="2.3.9", package="pkg:npm/lunr",
            files=("search/lunr.js",)),
)  # fmt: skip
"""In the order in which a reader meets them. What only the build uses is not in it."""

NOT_LOADED = (
    "assets/javascripts/bundle.", "assets/javascripts/lunr/", "assets/javascripts/workers/",
    "assets/stylesheets/main.", "assets/stylesheets/palette.",
)  # fmt: skip
"""Beginnings of files that the theme brings and no page of ours asks for: they are left out."""
