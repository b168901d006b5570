"""What goes into a citation comes out of all eight formats, by other people's readers."""

from __future__ import annotations

import codecs
import datetime as dt
import html
import json
import re
from collections.abc import Callable

import latexcodec  # noqa: F401  registers the codec "ulatex"
import pypandoc
import pytest
from pybtex.database import parse_string

from scripts.publish import citing
from scripts.publish.citing import Work

TITLES = (
    "Prices",
    "A {brace}, a {{double}} one",
    "A 'quote', a “quote” and one's cost",
    "Über Größen: é, ñ, ø, ß",
    "深度求索 and 昇腾: 《重画坐标系》",
    "27% – or 10 % — of V3.2's, 5-10x",
    "R&D, C# & snake_case at 50% of $2",
    "Input | output [per million]",
    "<b> is smaller than > is",
    "iPhone, vLLM and mHC stay as typed",
    "A lone } and }{ the wrong way round",
)
WORKS = {
    f"work-{number}": Work(
        id=f"work-{number}",
        title=title,
        url=f"https://example.org/a_page/{number}/?x=1&y=%20#f-{number}",
        issued="2026-04-09",
        edition="2026.11",
        commit="abc1234",
    )
    for number, title in enumerate(TITLES)
}
STYLED = {
    "APA": (
        r"(?P<author>.+?)\. \((?P<date>.+?)\)\. (?P<title>.+?)\. (?P<site>SITE)\. (?P<url>\S+)"
    ),
    "MLA": (
        r"(?P<author>.+?)\. “(?P<title>.+)\.” (?P<site>SITE), Version \S+, (?P<date>.+?), "
        r"(?P<url>\S+)\."
    ),
    "Chicago": (
        r"(?P<author>.+?)\. 2026\. “(?P<title>.+)\.” Version \S+ (?P<site>SITE), (?P<date>.+?)\. "
        r"(?P<url>\S+)\."
    ),
    "Wikipedia": (
        r"\{\{cite web \|author=(?P<author>.+?) \|date=(?P<date>.+?) \|title=(?P<title>.+) "
        r"\|website=(?P<site>SITE) \|url=(?P<url>\S+) \|version=\S+\}\}"
    ),
}
DATES = {
    "APA": "2026, April 9",
    "MLA": "9 Apr. 2026",
    "Chicago": "April 9",
    "Wikipedia": "2026-04-09",
}


def straight(text: str) -> str:
    """Quotation marks as typed: styles nest them anew."""
    return re.sub("[“”‘’'\"]", "'", text)


SIGNS = {
    "textbar": "|", "textless": "<", "textgreater": ">",
    "textbraceleft": r"\{", "textbraceright": r"\}",
}  # fmt: skip
"""LaTeX's commands that latexcodec does not know."""


def untexed(text: str) -> str:
    """A value of BibTeX as it is read."""
    for command, character in SIGNS.items():
        pattern = rf"\\{command}(?:\{{\}}| (?=\w)|(?![a-zA-Z]))"
        text = re.sub(pattern, lambda _, sign=character: sign, text)
    text = re.sub(r"(?<!\\)[{}]", "", text).replace("\\,", " ")  # pandoc narrows the space of " ?"
    return re.sub(r"\\([{}$])", r"\1", codecs.decode(text, "ulatex"))


def of_bibtex(text: str) -> dict[str, str]:
    """By pybtex and latexcodec; neither has a part in writing it."""
    ((_, entry),) = parse_string(text, "bibtex").entries.items()
    (author,) = entry.persons["author"]
    site = {"howpublished", "organization", "publisher"} & entry.fields.keys()
    month = {"April": 4}.get(entry.fields.get("month", ""))
    return {
        "author": str(author).strip("{}"),
        "title": untexed(entry.fields["title"]),
        "date": entry.fields.get("date") or f"{entry.fields['year']}-{month:02d}",
        "site": entry.fields[site.pop()],
        "url": entry.fields["url"],
        "license": entry.fields["note"],
    }


def of_ris(text: str) -> dict[str, str]:
    """By pandoc; rispy wrote it. The day and the note are what pandoc leaves out."""
    (item,) = json.loads(pypandoc.convert_text(text, to="csljson", format="ris"))
    tags = dict(line.split("  - ", 1) for line in text.strip().splitlines() if "  - " in line)
    return {
        "author": " ".join(item["author"][0].values()),
        "title": item["title"],
        "date": tags["DA"].replace("/", "-"),
        "site": item["container-title"],
        "url": item["URL"],
        "license": tags["N1"],
    }


def of_csl(text: str) -> dict[str, str]:
    (item,) = json.loads(text)
    return {
        "author": item["author"][0]["literal"],
        "title": item["title"],
        "date": dt.date(*item["issued"]["date-parts"][0]).isoformat(),
        "site": item["container-title"],
        "url": item["URL"],
        "license": item["custom"]["license"],
    }


READERS: dict[str, Callable[[str], dict[str, str]]] = {
    "BibTeX": of_bibtex,
    "BibLaTeX": of_bibtex,
    "RIS": of_ris,
    "CSL-JSON": of_csl,
}


@pytest.fixture(scope="module")
def rendered() -> dict[str, dict[str, str]]:
    return citing.Printer().render(WORKS.values())


@pytest.mark.parametrize("name", READERS)
def test_formats_for_programs(rendered, name: str) -> None:
    for key, work in WORKS.items():
        found = READERS[name](rendered[key][name])
        assert straight(found["title"]) == straight(work.title), key
        assert found["author"] == citing.AUTHOR, key
        assert found["date"] == (work.issued[:7] if name == "BibTeX" else work.issued), key
        assert found["site"] == citing.SITE_TITLE, key
        assert found["url"] == work.url, key
        assert citing.LICENSE in found["license"] or citing.LICENSE_NAME in found["license"], key


@pytest.mark.parametrize("name", STYLED)
def test_formats_for_people(rendered, name: str) -> None:
    """No style prints a license; the rest is there, each in its place."""
    for key, work in WORKS.items():
        text = rendered[key][name].strip()
        match = re.fullmatch(STYLED[name].replace("SITE", re.escape(citing.SITE_TITLE)), text)
        assert match, text
        title = straight(html.unescape(match["title"].replace("{{!}}", "|")))
        if name != "Wikipedia":  # American styles take a comma into the quotation
            title = title.replace(",'", "',")
        assert title == straight(work.title), text
        assert match["author"] == citing.AUTHOR, text
        assert match["date"] == DATES[name], text
        assert match["url"] == work.url, text
        if name == "Wikipedia":
            assert "|" not in match["title"].replace("{{!}}", ""), "would end the field"
