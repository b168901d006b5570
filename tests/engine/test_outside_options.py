"""What the command does with its findings: which copies it wants, what it writes, where."""

from __future__ import annotations

import argparse
import json
import subprocess
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.engine import outside_options
from scripts.links.outside import archives
from scripts.links.outside.model import Finding, Link, Place, Verdict
from scripts.sources import link_record
from tests.links.outside.archive_server import ArchiveServer, archive_server

BIB = """@online{one,
  url          = {https://a.org/1},
  urldate      = {2026-11-23},
}

@online{two,
  url          = {https://a.org/2},
  archiveurl   = {https://web.archive.org/web/2025/https://a.org/2},
}

@online{three,
  url          = {https://a.org/none/3},
}
"""
ONE, TWO, THREE = (
    Place("references.bib", line, 19, key) for line, key in ((2, "one"), (7, "two"), (12, "three"))
)


def found(verdict: Verdict, url: str, *places: Place) -> Finding:
    moved = "https://b.org/1" if verdict is Verdict.MOVED else ""
    return Finding(Link(url, places), verdict, "why", moved_to=moved)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArchiveServer]:
    monkeypatch.setattr(archives, "DELAY", 0.0)
    monkeypatch.setattr(archives, "CAPTURE_DELAY", 0.0)
    with archive_server() as server:
        yield server


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    return tmp_path


def options(server: ArchiveServer | None, *arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    outside_options.add_arguments(parser)
    where = ["--wayback", server.endpoint, "--save-page-now", server.save] if server else []
    return parser.parse_args([*where, *arguments])


def wished(findings: list[Finding], root: Path, capture: bool = False) -> list[tuple]:
    wishes = outside_options.wishes(findings, root, capture)
    return [(wish.url, wish.date, wish.capture) for wish in wishes]


def test_copies_are_wanted_of_lost_sources_without_one(root: Path) -> None:
    lost = {Verdict.DEAD, Verdict.SOFT_404, Verdict.MOVED}
    for verdict in Verdict:
        findings = [found(verdict, "https://a.org/1", ONE), found(verdict, "https://a.org/2", TWO)]
        wanted = [("https://a.org/1", "2026-11-23", False)] if verdict in lost else []
        assert wished(findings, root) == wanted, verdict
    assert wished([found(Verdict.DEAD, "https://a.org/1", Place("docs/x.md", 1))], root) == []


def test_captures_come_after_what_is_lost(root: Path) -> None:
    findings = [
        found(Verdict.ALIVE, "https://a.org/none/3", THREE),
        found(Verdict.ALIVE, "https://a.org/2", TWO),
        found(Verdict.DEAD, "https://a.org/1", ONE),
    ]
    assert wished(findings, root, capture=True) == [
        ("https://a.org/1", "2026-11-23", False),
        ("https://a.org/none/3", "", True),
    ]
    for verdict in (Verdict.FAILING, Verdict.REFUSED, Verdict.UNCHECKED):
        findings = [found(verdict, "https://a.org/none/3", THREE)]
        assert wished(findings, root, capture=True) == [], verdict


def test_the_patch_goes_to_stdout_and_the_table_to_stderr(
    root: Path, server: ArchiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [found(Verdict.DEAD, "https://a.org/1", ONE)]
    outside_options.finish(findings, options(server), root)
    out, err = capsys.readouterr()
    assert (root / "references.bib").read_text(encoding="utf-8") == BIB
    assert "dead (1)" in err
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "apply", "-"], cwd=root, input=out.encode(), check=True)
    assert server.copy_of("https://a.org/1") in (root / "references.bib").read_text("utf-8")


def test_fix_writes_and_prints_no_patch(
    root: Path, server: ArchiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [
        found(Verdict.MOVED, "https://a.org/1", ONE),
        found(Verdict.ALIVE, "https://a.org/none/3", THREE),
    ]
    outside_options.finish(findings, options(server, "--fix", "--archive"), root)
    out, err = capsys.readouterr()
    assert out == ""
    assert "references.bib: changed" in err
    assert (root / "references.bib").read_text(encoding="utf-8") == BIB.replace(
        "{https://a.org/1},\n  urldate      = {2026-11-23},\n",
        "{https://b.org/1},\n  urldate      = {2026-11-23},\n"
        f"  archiveurl   = {{{server.copy_of('https://a.org/1')}}},\n"
        "  archivedate  = {2026-11-20},\n",
    ).replace(
        "{https://a.org/none/3},\n",
        "{https://a.org/none/3},\n"
        f"  archiveurl   = {{{server.copy_of('https://a.org/none/3')}}},\n"
        "  archivedate  = {2026-11-20},\n",
    )
    assert [service for service, *_ in server.asked] == ["closest", "closest", "capture"]


def test_without_an_archive_nobody_is_asked(root: Path, server: ArchiveServer) -> None:
    findings = [found(Verdict.DEAD, "https://a.org/1", ONE)]
    outside_options.finish(findings, options(server, "--wayback", "none", "--archive"), root)
    assert server.asked == []


def test_an_archive_that_fails_is_told_and_ends_nothing(
    root: Path, server: ArchiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BIB.replace("https://a.org/1", "https://a.org/garbage")
    (root / "references.bib").write_text(text, encoding="utf-8")
    findings = [found(Verdict.DEAD, "https://a.org/garbage", ONE)]
    outside_options.finish(findings, options(server), root)
    out, err = capsys.readouterr()
    assert out == ""
    assert "no copy of https://a.org/garbage: the archive could not say" in err
    assert "dead (1)" in err


def test_all_reports_tell_of_the_same_links(root: Path, server: ArchiveServer) -> None:
    out = root / "new" / "folder"
    names = {"--json": "a.json", "--junit": "a.xml", "--markdown": "a.md", "--patch": "a.patch"}
    arguments = [part for option, name in names.items() for part in (option, str(out / name))]
    findings = [
        found(Verdict.DEAD, "https://a.org/1", ONE),
        found(Verdict.ALIVE, "https://a.org/2", TWO),
    ]
    file = out / "last-run.json"
    chosen = options(server, *arguments, "--record", str(file))
    returned = outside_options.finish(findings, chosen, root)
    copy = server.copy_of("https://a.org/1")
    assert [finding.archive for finding in returned] == [copy, ""]
    content = json.loads((out / "a.json").read_text(encoding="utf-8"))
    assert [link["archive"] for link in content["links"]] == [copy, None]
    cases = etree.parse(out / "a.xml").getroot().iter("testcase")
    assert [case.get("name") for case in cases] == ["https://a.org/1", "https://a.org/2"]
    assert copy in (out / "a.md").read_text(encoding="utf-8")
    assert f"+  archiveurl   = {{{copy}}}," in (out / "a.patch").read_text(encoding="utf-8")
    kept = link_record.load(file)
    assert kept and [(link.url, link.archive) for link in kept.links] == [("https://a.org/1", copy)]


def test_a_report_that_cannot_be_written_does_not_stop_the_others(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "taken").write_text("a file, not a folder")
    chosen = options(
        None, "--wayback", "none", "--json", str(root / "taken" / "a.json"),
        "--markdown", str(root / "a.md"),
    )  # fmt: skip
    with pytest.raises(SystemExit) as caught:
        outside_options.finish([found(Verdict.DEAD, "https://a.org/1", ONE)], chosen, root)
    assert caught.value.code == 2
    assert "a.json: cannot be written" in capsys.readouterr().err
    assert (root / "a.md").is_file()


def test_a_damaged_record_is_not_overwritten(root: Path) -> None:
    file = root / "last-run.json"
    file.write_text("{")
    with pytest.raises(SystemExit):
        outside_options.finish([], options(None, "--record", str(file)), root)
    assert file.read_text() == "{"


def test_annotations_only_on_github(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [found(Verdict.DEAD, "https://a.org/1", Place("docs/x.md", 3))]
    chosen = options(None, "--wayback", "none")
    outside_options.finish(findings, chosen, root)
    assert "::error" not in capsys.readouterr().out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    outside_options.finish(findings, chosen, root)
    assert capsys.readouterr().out.startswith("::error file=docs/x.md,line=3,")


def test_the_endpoints_come_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert options(None).wayback == archives.AVAILABILITY
    monkeypatch.setenv("WAYBACK_URL", "https://archive.example/available")
    monkeypatch.setenv("SAVE_PAGE_NOW_URL", "https://archive.example/save")
    chosen = options(None)
    assert chosen.wayback == "https://archive.example/available"
    assert chosen.save_page_now == "https://archive.example/save"
    assert options(None, "--wayback", "none").wayback == "none"
