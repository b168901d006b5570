"""Sources as OpenURL ContextObjects, for reference managers that pick from a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from scripts.sources.references import bibliography
from scripts.sources.references.csl import SOFTWARE

_TYPES = {
    "webpage": "webpage", "report": "report", "article": "preprint", "dataset": "dataset",
    "motion_picture": "videoRecording", "thesis": "thesis",
}  # fmt: skip
"""Zotero's names: Dublin Core has none, and other readers pass over them. Papers of journals and
conferences are documents: of their own types it asks a service elsewhere before it saves any."""


def _type(csl: dict[str, Any]) -> str:
    if csl.get("genre") == SOFTWARE:
        return "computerProgram"
    return _TYPES.get(csl.get("type", ""), "document")


def _author(name: dict[str, str]) -> str:
    """``Last, First``; a single name ends in a comma, or readers split it at a space.

    A suffix stands behind the first name: as a third part one reader drops it, and another takes
    it for the first name.
    """
    if "literal" in name:
        group, *parts = name["literal"].split(", ")
        return " ".join([group, *(f"({part})" for part in parts)]).replace(",", "") + ","
    particles = ("non-dropping-particle", "dropping-particle", "family")
    last = " ".join(name[part] for part in particles if part in name)
    given = " ".join(name[part] for part in ("given", "suffix") if part in name)
    return f"{last}, {given}".rstrip()


def authors(reference: bibliography.Reference) -> list[str]:
    return [_author(name) for name in reference.csl.get("author", [])]


def coins(reference: bibliography.Reference) -> str:
    """OpenURL ContextObject of a source, for reference managers that pick from a page."""
    csl = reference.csl
    # No DOI of its own either, for the same reason; and of a document only a publisher is taken.
    venue = csl.get("container-title", "")
    where = "rft.publisher" if _type(csl) == "document" else "rft.source"
    # Zotero takes a plus sign for a space, even where it is escaped as it should be.
    path, mark, query = reference.url.partition("?")
    address = path.replace("+", "%2B") + mark + query.replace("+", "%20")
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", _type(csl)),
        ("rft.title", reference.title),
        (where, venue),
        ("rft.publisher", csl.get("publisher", "")),
        *(("rft.creator", author) for author in authors(reference)),
        ("rft.date", reference.date),
        ("rft.identifier", address),
        ("rft.description", csl.get("note", "")),
        ("rft.language", csl.get("language", "")),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
