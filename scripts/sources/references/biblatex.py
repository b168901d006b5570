"""``references.bib`` for download: the same entries within BibLaTeX's own data model.

Our file is written for its readers here, and pandoc forgives what biber's validation does not:
types without a data model (``video``, ``legislation``), reports without an institution, pages
without an address. What BibLaTeX has no field for is kept in the field that it prints as it is.
"""

from __future__ import annotations

from pybtex.database.input.bibtex import LowLevelParser

_WITHOUT_MODEL = {"video", "legislation"}
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
        if "publisher" in fields:
            fields["organization"] = fields.pop("publisher")
    if kind in {"report", "techreport", "thesis"}:
        if "organization" in fields:
            fields.setdefault("institution", fields.pop("organization"))
        if kind == "report":
            fields.setdefault("type", "Report")
    if kind in _NEEDS and not _NEEDS[kind] & fields.keys():
        kind = "misc"
    if "archiveurl" in fields:
        when = fields.pop("archivedate", "")
        address = f"\\url{{{fields.pop('archiveurl')}}}"
        fields["addendum"] = " ".join(filter(None, ["Archived", when, "at", address]))
    return kind, fields


def convert(text: str) -> str:
    """Every entry of a bibliography, conforming. Raises PybtexError if one cannot be read."""
    out = []
    for kind, (key, given) in LowLevelParser(text):
        fields = {name.lower(): "".join(map(str, parts)).strip() for name, parts in given}
        kind, fields = conform(kind.lower(), fields)
        width = max(map(len, fields))
        lines = [f"  {name:<{width}} = {{{value}}}," for name, value in fields.items()]
        out.append("\n".join([f"@{kind}{{{key},", *lines, "}"]))
    return "\n\n".join(out) + "\n"
