"""The whole bibliography for reference managers, beside the list of sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import rispy

from scripts.publish import citing
from scripts.sources.references import biblatex, bibliography
from scripts.sources.references.coins import authors
from scripts.sources.references.csl import SOFTWARE, with_case_kept
from scripts.sources.shelf import digest
from scripts.sources.site import Site

_RIS_TYPES = {
    "report": "RPRT", "article-journal": "JOUR", "paper-conference": "CONF", "book": "BOOK",
    "dataset": "DATA", "article": "UNPB",
    "thesis": "THES", "chapter": "CHAP", "motion_picture": "VIDEO",
}  # fmt: skip


PARTICLE = "non-dropping-particle"


def _for_clients(csl: dict[str, Any]) -> dict[str, Any]:
    """An item as importers take it whole: of a page they read the site's name as that of its
    container, and of a name no particle of its own."""
    item = dict(csl)
    if item.get("type") == "webpage" and "publisher" in item:
        item.setdefault("container-title", item.pop("publisher"))
    if "author" in item:
        item["author"] = [
            {
                **{part: text for part, text in name.items() if part != PARTICLE},
                "family": f"{name[PARTICLE]} {name['family']}",
            }
            if PARTICLE in name
            else name
            for name in item["author"]
        ]
    return item


def _source_ris(reference: bibliography.Reference) -> dict[str, Any]:
    csl = reference.csl if reference.csl.get("genre") == SOFTWARE else _for_clients(reference.csl)
    accessed = csl.get("accessed", {}).get("date-parts", [[]])[0]
    first, _, last = str(csl.get("page", "")).partition("-")
    kind = _RIS_TYPES.get(csl.get("type", ""), "ELEC")
    kind = "COMP" if csl.get("genre") == SOFTWARE else kind
    entry = {
        "type_of_reference": kind,
        "id": reference.key,
        "title": reference.title,
        "authors": authors(reference),
        "secondary_title": csl.get("container-title", ""),
        "publisher": csl.get("publisher", ""),
        "volume": csl.get("volume", ""),
        "number": csl.get("number", ""),
        "start_page": first,
        "end_page": last,
        "year": reference.date[:4],
        "date": reference.date.replace("-", "/"),
        "doi": csl.get("DOI", ""),
        "urls": [url for url in (reference.url, reference.archive) if url],
        "access_date": "/".join(f"{part:02d}" for part in accessed),
        "language": csl.get("language", ""),
        "notes": [csl["note"]] if "note" in csl else [],
        "keywords": [reference.kind],
    }
    return {name: value for name, value in entry.items() if value}


def write_bibliography(site: Site, into: Path) -> None:
    """The whole bibliography for reference managers, beside the list of sources."""
    folder = into / "reference" / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    references = list(site.references.values())
    bib = site.kept(
        "bibliography",
        "as BibLaTeX",
        digest(site.bib),
        lambda _: biblatex.convert(bibliography.readable(site.bib)),
    )
    (folder / "bibliography.bib").write_text(bib, encoding="utf-8")
    items = json.dumps(
        [with_case_kept(_for_clients(ref.csl)) for ref in references], ensure_ascii=False, indent=1
    )
    (folder / "bibliography.json").write_text(items + "\n", encoding="utf-8")
    text = rispy.dumps([_source_ris(ref) for ref in references])
    text = re.sub(r"^\d+\.\n", "", text, flags=re.MULTILINE)
    (folder / "bibliography.ris").write_bytes(citing.ris_file(text.strip() + " \n").encode())
