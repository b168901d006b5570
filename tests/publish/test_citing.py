"""Citations of our own works: what goes in comes out, in every format, and the formats agree."""

from __future__ import annotations

import json
import re

import pypandoc
import pytest
import rispy

from scripts.publish import citing
from scripts.publish.citing import Work

TITLES = [
    "Prices",
    "The efficiency claim, recomputed: 27% of the compute",
    "Residual streams: mHC – four “streams” and one's cost",
    "深度求索 and 昇腾: Ü, é, ß & more",
    "A {brace} with a 'quote' and a “quote” and 50% off",
    "iPhone, vLLM and the KV cache stay as typed",
]


def work(title: str, number: int = 0, kind: str = "webpage") -> Work:
    return Work(
        id=f"work-{number}",
        title=title,
        url=f"https://example.org/a-page/{number}/",
        issued="2026-11-24",
        edition="2026.11",
        commit="abc1234",
        abstract="What it says & why.",
        kind=kind,
    )


@pytest.fixture(scope="module")
def rendered() -> dict[str, dict[str, str]]:
    return citing.Printer().render([work(title, i) for i, title in enumerate(TITLES)])


CASES = list(enumerate(TITLES))


def _bibtex_title(entry: str, name: str) -> str:
    items = json.loads(pypandoc.convert_text(entry, to="csljson", format=name.lower()))
    return re.sub(r"<[^>]+>", "", items[0]["title"])


def _straight(text: str) -> str:
    """Quotation marks as typed on a keyboard: styles change the outer and inner ones."""
    return re.sub(r"[“”‘’'\"]", "'", text)


@pytest.mark.parametrize(("number", "title"), CASES)
def test_the_title_comes_out_unchanged(rendered, number: int, title: str) -> None:
    formats = rendered[f"work-{number}"]
    assert json.loads(formats["CSL-JSON"])[0]["title"] == title
    assert rispy.loads(formats["RIS"])[0]["title"] == title
    for name in ("BibTeX", "BibLaTeX"):
        assert _straight(_bibtex_title(formats[name], name)) == _straight(title), name
    for name in citing.STYLES:
        assert _straight(title) in _straight(formats[name]), name


@pytest.mark.parametrize(("number", "title"), CASES)
def test_the_other_fields_agree(rendered, number: int, title: str) -> None:
    formats = rendered[f"work-{number}"]
    address = f"https://example.org/a-page/{number}/"
    for name in citing.FORMATS:
        assert address in formats[name], name
        assert citing.AUTHOR in formats[name], name
        assert "2026" in formats[name], name
        assert "2026a" not in formats[name] and "———" not in formats[name], name
    csl = json.loads(formats["CSL-JSON"])[0]
    assert csl["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert csl["custom"] == {"license": citing.LICENSE}
    entry = rispy.loads(formats["RIS"])[0]
    assert entry["date"] == "2026/11/24" and entry["authors"] == [f"{citing.AUTHOR},"]
    assert "date = {2026-11-24}" in formats["BibLaTeX"]
    assert "2026-11-24" in formats["Wikipedia"]
    assert "November 24" in formats["APA"]


def test_the_edition_and_the_commit_are_named(rendered) -> None:
    for name in ("BibTeX", "BibLaTeX", "RIS", "CSL-JSON", "MLA", "Wikipedia"):
        assert "2026.11+abc1234" in rendered["work-0"][name], name


@pytest.mark.parametrize("name", ["BibLaTeX", "BibTeX", "CSL-JSON"])
def test_pandoc_reads_it_back_without_a_warning(rendered, name: str, tmp_path, capfd) -> None:
    extension = {"BibLaTeX": "bib", "BibTeX": "bibtex", "CSL-JSON": "json"}[name]
    file = tmp_path / f"cite.{extension}"
    file.write_text(rendered["work-3"][name], encoding="utf-8")
    text = pypandoc.convert_text(
        "---\nnocite: '@*'\n---\n",
        to="plain",
        format="markdown",
        extra_args=["--citeproc", f"--bibliography={file}", "--wrap=none"],
    )
    assert "深度求索" in text and citing.AUTHOR in text
    assert capfd.readouterr().err == ""


def test_kinds_are_told_apart() -> None:
    formats = citing.Printer().render([work("All records", 1, "dataset")])["work-1"]
    assert formats["BibLaTeX"].startswith("@misc{work-1,\n  entrysubtype = {dataset}")
    assert formats["RIS"].startswith("TY  - DATA")
    assert "[Dataset]" in formats["APA"]
    page = citing.Printer().render([work("A page", 2)])["work-2"]
    assert page["BibLaTeX"].startswith("@online{")
    assert "journal" not in page["BibTeX"].lower()


def test_no_works_at_all() -> None:
    assert citing.Printer().render([]) == {}
