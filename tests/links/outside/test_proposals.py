"""Proposals: exactly the places of a link change, git takes the patch, and nothing is guessed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.links.outside import proposals
from scripts.links.outside.model import Finding, Link, Place, Verdict

COPY = "https://web.archive.org/web/20261120101010/https://a.org/1"
BIB = """@online{one,
  author       = {{Org}},
  url          = {https://a.org/1},
  urldate      = {2026-11-23},
  keywords     = {press},
}

@online{two,
  url          = {https://a.org/2},
  archiveurl   = {https://web.archive.org/web/2025/https://a.org/2},
}
"""
PAGE = (
    "# Title\r\n\r\n[one](https://a.org/1), [again](https://a.org/1 'x') and "
    "<https://a.org/1>.\r\n[longer](https://a.org/1/2)\r\n"
    '<a href="https://a.org/?a=1&amp;b=2">x</a>\r\n'
)
DATA = "records:\n  - id: x\n    url: https://a.org/1  # why\n    other: 'https://a.org/1'"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "references.bib").write_bytes(BIB.encode())
    (tmp_path / "docs/ä page.md").write_bytes(PAGE.encode())
    (tmp_path / "data/x.yml").write_bytes(DATA.encode())
    return tmp_path


def places(root: Path, file: str, address: str, key: str = "") -> list[Place]:
    """Every place where a text has this address and nothing longer."""
    out = []
    for number, line in enumerate((root / file).read_text("utf-8").split("\n"), start=1):
        at = -1
        while (at := line.find(address, at + 1)) >= 0:
            if line[at + len(address) : at + len(address) + 1] != "/":
                out.append(Place(file, number, at + 1, key))
    return out


def moved(url: str, to: str, *where: Place) -> Finding:
    return Finding(Link(url, where), Verdict.MOVED, "301", moved_to=to)


def dead(url: str, archive: str, *where: Place) -> Finding:
    return Finding(Link(url, where), Verdict.DEAD, "404", archive=archive)


def changed(plan: proposals.Plan, name: str) -> list[tuple[str, str]]:
    old, new = (side[name].decode().split("\n") for side in (plan.before, plan.after))
    assert len(old) == len(new)
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]


def test_a_move_changes_every_place_and_no_longer_address(root: Path) -> None:
    page, data = "docs/ä page.md", "data/x.yml"
    where = [
        *places(root, page, "https://a.org/1"),
        *places(root, data, "https://a.org/1"),
        Place("references.bib", 3, 19, "one"),
    ]
    assert len(where) == 6
    plan = proposals.plan([moved("https://a.org/1", "https://b.org/new", *where)], root)
    assert not plan.problems
    assert plan.files == [data, page, "references.bib"]
    assert changed(plan, page) == [
        (
            "[one](https://a.org/1), [again](https://a.org/1 'x') and <https://a.org/1>.\r",
            "[one](https://b.org/new), [again](https://b.org/new 'x') and <https://b.org/new>.\r",
        )
    ]
    assert [new for _, new in changed(plan, data)] == [
        "    url: https://b.org/new  # why",
        "    other: 'https://b.org/new'",
    ]
    assert [new for _, new in changed(plan, "references.bib")] == [
        "  url          = {https://b.org/new},"
    ]


def test_only_the_place_that_was_named(root: Path) -> None:
    page = "docs/ä page.md"
    second = places(root, page, "https://a.org/1")[1]
    plan = proposals.plan([moved("https://a.org/1", "https://b.org/", second)], root)
    assert plan.after[page].decode().count("https://b.org/") == 1
    assert "[again](https://b.org/ 'x')" in plan.after[page].decode()


def test_git_takes_the_patch_and_it_is_what_fix_writes(root: Path) -> None:
    def git(*arguments: str, **more: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["git", *arguments], cwd=root, check=True, capture_output=True, **more
        )

    where = [
        *places(root, "docs/ä page.md", "https://a.org/1"),
        *places(root, "data/x.yml", "https://a.org/1"),
        Place("references.bib", 3, 19, "one"),
    ]
    finding = replace(moved("https://a.org/1", "https://b.org/new", *where), archive=COPY)
    plan = proposals.plan([finding], root)
    git("init", "-q")
    git("apply", "--whitespace=nowarn", "-", input=plan.patch().encode())
    assert {name: (root / name).read_bytes() for name in plan.files} == {
        name: plan.after[name] for name in plan.files
    }
    for name in plan.files:
        (root / name).write_bytes(plan.before[name])
    assert plan.apply(root) == plan.files
    assert {name: (root / name).read_bytes() for name in plan.files} == plan.after


def test_a_file_that_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    plan = proposals.plan(
        [dead("https://a.org/1", COPY, Place("references.bib", 3, 19, "one"))], root
    )
    (root / "references.bib").write_text("% mine\n")
    assert plan.apply(root) == []
    assert (root / "references.bib").read_text() == "% mine\n"
    assert "changed while" in str(plan.problems[0])


def test_a_dead_source_gets_its_copy_and_keeps_its_address(root: Path) -> None:
    plan = proposals.plan(
        [dead("https://a.org/1", COPY, Place("references.bib", 3, 19, "one"))], root
    )
    wanted = BIB.replace(
        "{2026-11-23},\n",
        f"{{2026-11-23}},\n  archiveurl   = {{{COPY}}},\n  archivedate  = {{2026-11-20}},\n",
        1,
    )
    assert plan.after["references.bib"].decode() == wanted


def test_a_source_that_has_a_copy_keeps_it(root: Path) -> None:
    plan = proposals.plan(
        [dead("https://a.org/2", COPY, Place("references.bib", 9, 19, "two"))], root
    )
    assert plan.files == [] and plan.patch() == "" and not plan.problems


def test_a_copy_that_moved(root: Path) -> None:
    old = "https://web.archive.org/web/2025/https://a.org/2"
    where = Place("references.bib", 10, 19, "two")
    plan = proposals.plan([moved(old, "https://archive.example/2", where)], root)
    assert changed(plan, "references.bib") == [
        (f"  archiveurl   = {{{old}}},", "  archiveurl   = {https://archive.example/2},")
    ]


def test_an_address_in_a_note_is_changed_there(root: Path) -> None:
    text = BIB.replace("{press}", "{press},\n  note = {see https://a.org/n, too}", 1)
    (root / "references.bib").write_bytes(text.encode())
    where = Place("references.bib", 6, 15, "one")
    finding = replace(moved("https://a.org/n", "https://b.org/n", where), archive=COPY)
    plan = proposals.plan([finding], root)
    assert changed(plan, "references.bib") == [
        ("  note = {see https://a.org/n, too},", "  note = {see https://b.org/n, too},")
    ]


def test_a_page_that_names_a_dead_link_is_for_people(root: Path) -> None:
    where = places(root, "docs/ä page.md", "https://a.org/1")
    assert proposals.plan([dead("https://a.org/1", COPY, *where)], root).files == []


def test_an_ampersand_stays_escaped_where_it_was(root: Path) -> None:
    old = "https://a.org/?a=1&b=2"
    where = Place("docs/ä page.md", 5, 10)
    plan = proposals.plan([moved(old, "https://b.org/?c=3&d=4", where)], root)
    assert 'href="https://b.org/?c=3&amp;d=4"' in plan.after[where.file].decode()


@pytest.mark.parametrize(
    ("old", "to", "new"),
    [
        ("https://a.org/#part", "https://b.org/", "https://b.org/#part"),
        ("https://a.org/#part", "https://b.org/#other", "https://b.org/#other"),
        ("https://a.org/", "https://b.org/{x} 'y'", "https://b.org/%7Bx%7D%20%27y%27"),
        ("https://a.org/", "https://b.org/a_(b)", "https://b.org/a_(b)"),
        ("https://a.org/", "https://b.org/a)b", "https://b.org/a%29b"),
        ("https://a.org/", "https://b.org/\n@x{", "https://b.org/%0A@x%7B"),
        ("https://a.org/", "https://b.org/深", "https://b.org/深"),
    ],
)
def test_new_addresses_are_fit_to_be_written(old: str, to: str, new: str) -> None:
    assert proposals.new_address(moved(old, to)) == new


@pytest.mark.parametrize("to", ["javascript:alert(1)", "https://b.org/?utm_source=x", "/relative"])
def test_useless_new_addresses_are_told(root: Path, to: str) -> None:
    finding = moved("https://a.org/1", to, Place("references.bib", 3, 19, "one"))
    plan = proposals.plan([finding], root)
    assert plan.files == []
    assert str(plan.problems[0]).startswith("references.bib:3:19: warning: no new address proposed")


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Place("docs/ä page.md", 3, 40), "stands there 3 times"),
        (Place("docs/ä page.md", 4, 10), "no 'https://a.org/1' there"),
        (Place("docs/ä page.md", 99), "no such line"),
        (Place("docs/gone.md", 1), "cannot be changed"),
        (Place("references.bib", 3, 19, "three"), "no entry 'three'"),
        (Place("references.bib", 9, 19, "two"), "no 'https://a.org/1' there"),
    ],
)
def test_nothing_is_guessed(root: Path, where: Place, words: str) -> None:
    plan = proposals.plan([moved("https://a.org/1", "https://b.org/", where)], root)
    assert plan.files == []
    assert words in str(plan.problems[0])
    assert str(plan.problems[0]).startswith(f"{where.file}:")


def test_a_column_that_is_a_little_off_is_found_if_there_is_only_one(root: Path) -> None:
    where = Place("data/x.yml", 3, 1)
    plan = proposals.plan([moved("https://a.org/1", "https://b.org/", where)], root)
    assert [new for _, new in changed(plan, "data/x.yml")] == ["    url: https://b.org/  # why"]


def test_other_verdicts_propose_nothing(root: Path) -> None:
    where = Place("references.bib", 3, 19, "one")
    for verdict in set(Verdict) - {Verdict.MOVED, Verdict.INSECURE}:
        finding = Finding(Link("https://a.org/1", (where,)), verdict, moved_to="https://b.org/")
        assert proposals.plan([finding], root).files == [], verdict


def test_the_days_of_copies() -> None:
    assert proposals.copy_date(COPY) == "2026-11-20"
    assert proposals.copy_date("https://archive.example/abc") == ""
