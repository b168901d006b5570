"""Who read which passage: hashes of passages, and what is wrong with a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks import audit, stubs
from scripts.pages.passages import passages
from scripts.sources import site as sites
from scripts.sources.shelf import digest
from scripts.sources.site import Site

PAGE = """---
title: x
---

# Heading [@first2026a]

V4 has {{ fact("layers") }} layers. It was
trained long [@first2026a, §2; @second2026b]. Nobody says more.

- an item [@first2026a] that goes on
- another

| a | b |
|---|---|
| 1. One | two [@second2026b] |
"""
BIB = """@misc{first2026a, title = {First}, year = {2026}, keywords = {primary}}
@misc{second2026b, title = {Second}, year = {2026}, keywords = {press}}
"""
FACT = """records:
  - {id: layers, topic: architecture, label: Layers, value: 61, as_of: 2026-04-24,
     reported_by: us, sources: [{key: first2026a}]}
"""
CHECK = """records:
  - id: "{id}"
    page: {page}
    begins: It was trained
    read: {{first2026a: "§2: 32T tokens", second2026b: "says so, too"}}
    verdict: {verdict}
    by: a reader
    on: 2026-11-29
"""


def project(tmp_path: Path, checks: str = "", page: str = PAGE) -> Site:
    for name, text in (
        ("docs/a/b.md", page),
        ("data/facts.yml", FACT),
        ("data/checks/a.yml", checks),
        ("references.bib", BIB),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if text:
            (tmp_path / name).write_text(text, encoding="utf-8")
    return sites.read(tmp_path)


def check_of(verdict: str = "holds", page: str = "a/b.md", **more: str) -> str:
    trained = "It was trained long [@first2026a, §2; @second2026b]."
    return CHECK.format(id=more.get("id", digest(trained)[:12]), page=page, verdict=verdict)


def test_a_passage_is_a_sentence_an_item_or_a_row(tmp_path: Path) -> None:
    found = passages(project(tmp_path))
    assert [(item.text.split(" ")[0:2], item.keys, item.records, item.line) for item in found] == [
        (["V4", "has"], (), ("facts/layers",), 7),
        (["It", "was"], ("first2026a", "second2026b"), (), 7),
        (["-", "an"], ("first2026a",), (), 10),
        (["|", "1."], ("second2026b",), (), 15),
    ]


def test_line_breaks_change_no_passage_and_words_do(tmp_path: Path) -> None:
    before = {item.id for item in passages(project(tmp_path))}
    same = PAGE.replace("It was\ntrained", "It was trained")
    assert {item.id for item in passages(project(tmp_path, page=same))} == before
    other = PAGE.replace("trained long", "trained longer")
    assert len({item.id for item in passages(project(tmp_path, page=other))} & before) == 3


def test_a_whole_check_passes_and_is_counted(tmp_path: Path) -> None:
    site = project(tmp_path, check_of())
    assert list(audit.check(site)) == []
    assert audit.summary(site, passages(site)) == (
        "Cited passages: 4, read against their sources: 1 holds."
    )
    assert len(audit.unread(site)) == 3
    none = project(tmp_path / "none")
    assert audit.summary(none, passages(none)) == ""


@pytest.mark.parametrize(
    ("checks", "message", "level"),
    [
        (check_of(id="0123456789ab"), "is not as it was read", "warning"),
        (check_of("in-part"), "does not hold (in-part)", "warning"),
        (check_of("perhaps"), "field 'verdict'", "error"),
        (check_of().replace("§2: 32T tokens", " "), "must say where in the source", "error"),
        (check_of().replace("second2026b", "secnd2026b"), "did you mean 'second2026b'?", "error"),
        (
            check_of().replace(', second2026b: "says so, too"', ""),
            "rests on 'second2026b'",
            "warning",
        ),
        (check_of().replace("by: a reader", "before: in-part\n    by: me"), "'mended'", "error"),
    ],
)
def test_what_is_wrong_with_a_check_has_its_line(
    tmp_path: Path, checks: str, message: str, level: str
) -> None:
    (found,) = [p for p in audit.check(project(tmp_path, checks)) if message in p.message]
    assert found.level == level
    assert found.file == "data/checks/a.yml"
    assert 2 <= found.line <= 8


def test_a_stub_names_all_that_must_be_read(tmp_path: Path) -> None:
    text = "\n".join(stubs.stubs(project(tmp_path), "a/b.md"))
    assert "facts/layers = Layers: 61 | as of 2026-04-24" in text
    assert 'second2026b: ""' in text
    assert stubs.stubs(project(tmp_path, check_of()), "a/") != stubs.stubs(
        project(tmp_path, check_of()), "a/", everything=True
    )


def test_code_belongs_to_its_sentence(tmp_path: Path) -> None:
    page = PAGE.replace("trained long", "trained as `base` long")
    before = {item.id for item in passages(project(tmp_path, page=page))}
    after = {item.id for item in passages(project(tmp_path, page=page.replace("`base`", "`chat`")))}
    assert len(before & after) == 3
    quoted = PAGE.replace("- another", "- code `[@first2026a]` is no citation")
    assert len(passages(project(tmp_path, page=quoted))) == 4
