"""``references.bib`` for download: the same entries within BibLaTeX's own data model.

Our file is written for its readers here, and pandoc forgives what biber's validation does not:
types without a data model (``video``, ``legislation``), reports without an institution, pages
without an address. What BibLaTeX has no field for is kept in the field that it prints as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scripts.sources.references import bibtex
from scripts.sources.references.csl import TITLES, whole

_WITHOUT_MODEL = {"video"}
_NAMED = {"report": "Report", "thesis": "Thesis"}
"""Types that must say of which type they are."""
_WITHOUT_PUBLISHER = {"misc", "online", "software"}
_NEEDS = {
    "article": {"journaltitle"},
    "incollection": {"booktitle"},
    "inproceedings": {"booktitle"},
    "report": {"institution"},
    "techreport": {"institution"},
    "thesis": {"institution"},
    "online": {"url", "doi", "eprint"},
}
"""One of these is mandatory; an entry without any can only be ``misc``."""


def conform(kind: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Type and fields of an entry as BibLaTeX's data model knows them."""
    fields = dict(fields)
    if kind in _WITHOUT_MODEL:
        fields["entrysubtype"], kind = kind, "online"
        if "number" in fields:
            fields["titleaddon"] = fields.pop("number")
    if kind == "legislation":
        fields["type"], kind = "Rule", "report"
        if "publisher" in fields:
            fields.setdefault("institution", fields.pop("publisher"))
    if kind == "dataset":  # Zotero's importer drops the type and the entry with it
        fields["entrysubtype"], kind = kind, "misc"
        for name in ("publisher", "organization"):
            if name in fields:
                fields.setdefault("howpublished", fields.pop(name))
    if kind in {"report", "techreport", "thesis"}:
        if "organization" in fields:
            fields.setdefault("institution", fields.pop("organization"))
        if kind in _NAMED:
            fields.setdefault("type", _NAMED[kind])
    if kind in _NEEDS and not _NEEDS[kind] & fields.keys():
        kind = "misc"
    if kind in _WITHOUT_PUBLISHER and "publisher" in fields:
        fields.setdefault("organization", fields.pop("publisher"))
    if kind == "online" and "doi" in fields:  # some styles print the address only
        fields.setdefault("url", f"https://doi.org/{fields['doi']}")
    if "archiveurl" in fields:
        when = fields.pop("archivedate", "")
        address = f"\\url{{{fields.pop('archiveurl')}}}"
        fields["addendum"] = " ".join(filter(None, ["Archived", when, "at", address]))
    return kind, {name: _kept(name, value) for name, value in fields.items()}


def _kept(name: str, value: str) -> str:
    """A title in the capitals it was typed in, a name of a house that holds "and" in one piece."""
    if name in TITLES and not re.fullmatch(r"\{[^{}]*\}", value):
        return f"{{{value}}}"
    return whole(name, value)


def entries(text: str) -> dict[str, str]:
    """Every entry of a bibliography that can be read, conforming, by its key."""
    out: dict[str, str] = {}
    for entry in bibtex.read(text).entries:
        if entry.whole:
            kind, fields = conform(entry.type, entry.values)
            out.setdefault(entry.key, bibtex.written(replace(entry, type=kind), fields))
    return out


def convert(text: str) -> str:
    """The same as one file."""
    return "\n\n".join(entries(text).values()) + "\n"
