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
        "the frame of the pages: templates, styles, script",
        "https://github.com/squidfunk/mkdocs-material", package="pkg:pypi/mkdocs-material",
        files=("assets/stylesheets/*.min.css", "assets/stylesheets/*.min.css.map",
               "assets/javascripts/*.min.js", "assets/javascripts/*.min.js.map",
               "assets/images/favicon.png"),
    ),
    Shipped(
        "Material Design Icons", "Apache-2.0", "Pictogrammers and Google",
        "the signs of menu, search and palette, drawn in the pages",
        "https://github.com/Templarian/MaterialDesign",
    ),
    Shipped("RxJS", "Apache-2.0", "Google, Netflix, Microsoft and contributors",
            "a part of the frame's script", "https://github.com/ReactiveX/rxjs",
            package="pkg:npm/rxjs"),
    Shipped("clipboard.js", "MIT", "Zeno Rocha", "a part of the frame's script",
            "https://github.com/zenorocha/clipboard.js", package="pkg:npm/clipboard"),
    Shipped("focus-visible", "W3C-20150513", "W3C and contributors",
            "a part of the frame's script", "https://github.com/WICG/focus-visible",
            package="pkg:npm/focus-visible"),
    Shipped("escape-html", "MIT", "TJ Holowaychuk, Andreas Lubbe and Tiancheng Gu",
            "a part of the frame's script", "https://github.com/component/escape-html",
            package="pkg:npm/escape-html"),
    Shipped("tslib", "0BSD", "Microsoft", "a part of the frame's script",
            "https://github.com/microsoft/tslib", package="pkg:npm/tslib"),
    Shipped("material-design-color", "MIT", "Shuheng Zhu and contributors",
            "colors in the frame's styles", "https://github.com/mrmlnc/material-color",
            package="pkg:npm/material-design-color"),
    Shipped("lunr.js", "MIT", "Oliver Nightingale", "the search",
            "https://github.com/olivernn/lunr.js", version="2.3.9", package="pkg:npm/lunr",
            files=("search/lunr.js",)),
)  # fmt: skip
"""In the order in which a reader meets them. What only the build uses is not in it."""

NOT_LOADED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Folders that come with the theme for a search that is not ours: they are left out of the site."""
