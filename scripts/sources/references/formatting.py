"""BibTeX to formatted entries and CSL-JSON, by pandoc and CSL in one run over the whole file.

A run for each page, as mkdocs-bibtex does it, costs seconds.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import pypandoc
from lxml import html as lxml_html

from scripts.sources.references.bibtex import written
from scripts.sources.references.csl import TITLES, whole
from scripts.sources.references.entries import Entry
from scripts.sources.shelf import Shelf, digest

CSL = Path(__file__).with_name("reference.csl")


_BRACE = re.compile(r"\\textbrace(left|right)(?![a-zA-Z])(?:\{\}|\s*)")


def _as_sign(brace: re.Match[str]) -> str:
    """A lone brace as pandoc knows it: BibTeX would count it, so that it is typed by its name."""
    return r"\{" if brace[1] == "left" else r"\}"


def _protected(entry: Entry) -> str:
    """The entry with its titles in braces, or pandoc would set English ones in sentence case."""
    fields = {
        name: _BRACE.sub(_as_sign, f"{{{value}}}" if name in TITLES else whole(name, value))
        for name, value in entry.values.items()
    }
    fields["options"] = "useprefix=true"  # 'de Jong' is sorted and cited with its 'de'
    return written(entry, fields)


def _clean_html(entry: Any) -> str:
    """Inner HTML of a formatted entry, without the spans that only protected its capitals."""
    for span in list(entry.iter("span")):
        span.drop_tag()
    inner = escape(entry.text or "") + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in entry
    )
    inner = re.sub(r"\s+", " ", inner).strip()
    return re.sub(
        r'<a href="([^"]+)">(https?://)([^<]+)</a>',
        lambda m: f'<a href="{m[1]}" rel="noopener">{m[3].rstrip("/")}</a>',
        inner,
    )


def _by_pandoc(file: Path) -> dict[str, Any]:
    page = pypandoc.convert_text(
        "---\nnocite: '@*'\n---\n",
        to="html",
        format="markdown",
        extra_args=[
            "--citeproc",
            f"--bibliography={file}",
            f"--csl={for_pandoc(CSL)}",
            "--wrap=none",
        ],
    )
    items = json.loads(pypandoc.convert_file(str(file), "csljson", format="biblatex"))
    plain = json.dumps(items, ensure_ascii=False)
    plain = re.sub(r"<span class=\\\"nocase\\\">|</span>", "", plain)
    csl = {item["id"]: item for item in json.loads(plain)}
    tree = lxml_html.fromstring(page)
    entries = {
        entry.get("id").removeprefix("ref-"): _clean_html(entry)
        for entry in tree.iter("div")
        if "csl-entry" in (entry.get("class") or "")
    }
    return {"entries": entries, "csl": csl}


def for_pandoc(style: Path | str) -> str:
    """The path of a style, which pandoc reads as an address: a ``%20`` in it would be a space."""
    return str(style).replace("%", "%25")


def formatted(entries: Iterable[Entry], shelf: Shelf | None = None) -> dict[str, Any]:
    """``entries``: HTML by key, in the order of the style; ``csl``: CSL-JSON by key.

    The entries must have no faults; they, this file and the style alone decide the result, which
    is kept on the shelf. Raises RuntimeError if pandoc fails.
    """
    text = "\n\n".join(map(_protected, entries)) + "\n"
    if not text.strip():
        return {"entries": {}, "csl": {}}
    own = shelf.of(Path(__file__), CSL) if shelf else None
    out = own.read("bibliography", digest(text)) if own else None
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            prepared = Path(folder) / "prepared.bib"
            prepared.write_text(text, encoding="utf-8")
            out = _by_pandoc(prepared)
        if own:
            own.write("bibliography", digest(text), out)
    return out
