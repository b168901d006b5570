"""The headers that go with each file: one table, written for each kind of host beside it.

A file's kind is that of the first row whose pattern its address matches; patterns find a folder
wherever the site stands, since it may be served from below a path and holds dated editions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YEAR = 31_536_000

PERMISSIONS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What a browser can do and no page here asks for; pages do write to the clipboard."""

EVERYWHERE: dict[str, str] = {
    # Two years and every subdomain: what browsers' preload list asks for.
    "Strict-Transport-Security": f"max-age={2 * YEAR}; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    # Other sites do not learn which page somebody came from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""The same for every file, and for what is not there."""

REVALIDATED = "no-cache"
"""Kept, and asked for again: unchanged costs an answer of a few bytes."""
IMMUTABLE = f"public, max-age={YEAR}, immutable"

_ALONE = "base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors"
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OURS = {"Cross-Origin-Resource-Policy": "same-origin"}
_ANYBODYS = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}


@dataclass(frozen=True)
class Kind:
    """Files that are treated alike."""

    name: str
    pattern: str
    """Regular expression that is found in the address, as nginx, Caddy and JavaScript read it."""
    headers: dict[str, str]
    why: str


KINDS: tuple[Kind, ...] = (
    Kind(
        "picture",
        r"\.(svg|png|ico|webp|avif)$",
        {
            # An SVG that is opened by itself is a document. Ours style themselves and run nothing.
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            **_ANYBODYS,
            "Cache-Control": REVALIDATED,
        },
        "shown on other sites, as figures and in previews",
    ),
    Kind(
        "figure",
        r"/figures/[^/]+/(index\.html)?$",
        {
            "Content-Security-Policy": f"{_ALONE} *",
            **_ANYBODYS,
            "Cache-Control": REVALIDATED,
        },
        "framed by other sites",
    ),
    Kind(
        "hashed",
        r"\.[0-9a-f]{8,64}\.(min\.)?(js|css|woff2|json)$|/assets/[a-z]+-[0-9a-f]{8}/",
        {
            "Content-Security-Policy": _NOTHING,
            **_OURS,
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cache-Control": IMMUTABLE,
        },
        "named by its content: another content has another name",
    ),
    Kind(
        "asset",
        r"\.(js|mjs|map|css|woff2|webmanifest)$",
        {
            # What a worker may load is said by its own file, so that nothing is forbidden here
            # but what no script of ours does.
            "Content-Security-Policy": f"{_ALONE} 'none'",
            **_OURS,
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cache-Control": REVALIDATED,
        },
        "scripts and styles whose names stay",
    ),
    Kind(
        "data",
        r"\.(json|csv|bib|ris|md|txt|xml|ics|sqlite)$",
        {
            "Content-Security-Policy": _NOTHING,
            **_ANYBODYS,
            "Cache-Control": REVALIDATED,
        },
        "read by programs, notebooks and pages of others",
    ),
    Kind(
        "document",
        r"\.(pdf|epub|zip|gz)$",
        {
            # No more than this: browsers show a PDF with a page of their own.
            "Content-Security-Policy": "frame-ancestors 'none'",
            **_ANYBODYS,
            "Cache-Control": REVALIDATED,
        },
        "kept and opened by themselves",
    ),
    Kind(
        "page",
        r"",
        {
            "Content-Security-Policy": f"{_ALONE} 'none'",
            "X-Frame-Options": "DENY",
            **_OURS,
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cache-Control": REVALIDATED,
        },
        "all else: pages, and the page that says that there is none",
    ),
)

TYPES: dict[str, str] = {
    "bib": "application/x-bibtex; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "epub": "application/epub+zip",
    "ics": "text/calendar; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "map": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}
"""Types that servers do not know by themselves, or not with the encoding, by the name's end."""

NAMES: tuple[str, ...] = tuple(dict.fromkeys(name for kind in KINDS for name in kind.headers))
"""Headers that depend on the kind."""


def kind_of(path: str) -> Kind:
    """``path``: from the top of the host, with a slash before it and without a question."""
    return next(kind for kind in KINDS if re.search(kind.pattern, path))


def headers_of(path: str) -> dict[str, str]:
    """All headers of an address."""
    return {**EVERYWHERE, **kind_of(path).headers}
