"""CITATION.cff and .zenodo.json, read by archives and by GitHub."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from cffconvert import Citation

from scripts.problems import ROOT
from scripts.publish import citing

CFF = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
ZENODO = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))

ZENODO_KEYS = {
    "title", "upload_type", "publication_type", "image_type", "publication_date", "description",
    "creators", "contributors", "version", "license", "language", "keywords", "notes",
    "access_right", "related_identifiers", "references", "communities", "subjects", "grants",
}  # fmt: skip


def test_cffconvert_accepts_the_citation_file() -> None:
    Citation(CFF).validate()


def test_cffconvert_is_strict_here() -> None:
    with pytest.raises(Exception, match="authors"):
        Citation(CFF.replace("\nauthors:", "\nauthor:")).validate()


def test_cffconvert_keeps_the_group_whole() -> None:
    citation = Citation(CFF)
    assert f"author = {{{citing.AUTHOR}}}" in citation.as_bibtex()
    assert f"AU  - {citing.AUTHOR}" in citation.as_ris()
    assert citing.SITE_TITLE in citation.as_apalike()


def test_zenodo_is_told_only_what_it_knows() -> None:
    """The deposit metadata of Zenodo's REST API."""
    assert ZENODO.keys() <= ZENODO_KEYS
    assert ZENODO["upload_type"] in {"dataset", "publication", "software", "other"}
    assert all(creator.keys() <= {"name", "affiliation", "orcid"} for creator in ZENODO["creators"])
    assert re.fullmatch("[a-z]{3}", ZENODO["language"])


def test_both_files_and_the_site_agree() -> None:
    cff = yaml.safe_load(CFF)
    edition = re.search(r'^  edition: "([^"]+)"', (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    assert edition and cff["version"] == ZENODO["version"] == edition[1]
    assert cff["title"] == ZENODO["title"] == citing.SITE_TITLE
    assert [a["name"] for a in cff["authors"]] == [c["name"] for c in ZENODO["creators"]]
    assert cff["license"].lower() == ZENODO["license"] == "cc-by-4.0"
    assert cff["keywords"] == ZENODO["keywords"]
    assert " ".join(cff["abstract"].split()) == ZENODO["description"]
