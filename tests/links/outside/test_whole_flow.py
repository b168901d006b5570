"""Check, propose, patch, check again: on a copy of references.bib, against loopback servers."""

from __future__ import annotations

import contextlib
import datetime as dt
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.checks import bibliography as rules
from scripts.engine import outside_options
from scripts.links.outside import archives
from scripts.links.outside.collect import collect
from scripts.links.outside.fetch import Limits
from scripts.links.outside.model import Finding, Verdict
from scripts.links.outside.report import as_json
from scripts.links.outside.run import Options, run
from scripts.problems import ROOT
from scripts.sources.references import bibliography
from scripts.sources.references import writing as bibwriter
from tests import real
from tests.engine.test_outside_options import options
from tests.links.outside.archive_server import ArchiveServer, archive_server

ALIVE, MOVED, GONE, GONE_UNARCHIVED, OLD = "/alive", "/old", "/gone", "/none/gone", "/old#part"


class _Pages(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == MOVED:
            self.send_response(301)
            self.send_header("Location", "/new_(home)")
        else:
            self.send_response(200 if self.path in {ALIVE, "/new_(home)"} else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextlib.contextmanager
def pages() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def check(root: Path, base: str) -> list[Finding]:
    """Every address below ``base`` in the texts of ``root``, asked for on three different days."""
    links = [link for link in collect(root) if link.url.startswith(base)]
    for day in (9, 16, 23):
        options = Options(
            limits=Limits(delay=0.0, tries=1),
            state=root / ".cache" / "links.json",
            use_cache=False,
            allow_private=True,
            now=lambda day=day: dt.datetime(2026, 11, day, tzinfo=dt.UTC),
        )
        findings = run(links, options)
    return findings


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArchiveServer]:
    monkeypatch.setattr(archives, "DELAY", 0.0)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    with archive_server() as server:
        yield server


def project(root: Path, base: str) -> dict[str, str]:
    """A copy of our bibliography in which five sources are pages of ``base``; keys by path."""
    text = (ROOT / "references.bib").read_bytes().decode()
    online = [
        key
        for key in sorted(real.site().keys)
        if {"url", "urldate"} <= bibwriter.fields(text, key).keys()
        and "archiveurl" not in bibwriter.fields(text, key)
    ]
    paths = (ALIVE, MOVED, GONE, GONE_UNARCHIVED, OLD)
    keys = dict(zip(paths, online[:: len(online) // len(paths)], strict=False))
    for path, key in keys.items():
        text = bibwriter.set_fields(text, key, {"url": base + path})
    (root / "docs").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "references.bib").write_bytes(text.encode())
    page = f"# A page\r\n\r\nSee [this]({base}{MOVED}).\r\n\r\nAnd [that]({base}{GONE}).\r\n"
    (root / "docs" / "page.md").write_bytes(page.encode())
    (root / "data" / "some.yml").write_text(f"records:\n  - url: {base}{MOVED}\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return keys


def of_entries(root: Path) -> set[str]:
    """What the check says of the bibliography, but for the addresses: they are of this machine."""
    found = rules.check(root / "references.bib", root)
    return {str(p) for p in found if "that only some can reach" not in p.message}


@pytest.mark.parametrize("way", ["patch", "fix"])
def test_check_propose_patch_and_check_again(
    tmp_path: Path, archive: ArchiveServer, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    root = tmp_path / "copy"
    with pages() as base:
        keys = project(root, base)
        before = (root / "references.bib").read_bytes().decode()
        problems = of_entries(root)

        findings = check(root, base)
        assert {f.link.url.removeprefix(base): f.verdict for f in findings} == {
            ALIVE: Verdict.ALIVE, MOVED: Verdict.MOVED, OLD: Verdict.MOVED,
            GONE: Verdict.DEAD, GONE_UNARCHIVED: Verdict.DEAD,
        }  # fmt: skip
        if way == "fix":
            outside_options.finish(findings, options(archive, "--fix"), root)
        else:
            outside_options.finish(findings, options(archive), root)
            patch = capsys.readouterr().out
            assert (root / "references.bib").read_bytes().decode() == before
            subprocess.run(
                ["git", "apply", "--whitespace=nowarn", "-"],
                cwd=root, input=patch.encode(), check=True,
            )  # fmt: skip

        # Exactly these lines changed; everything else is what it was, byte for byte.
        after = (root / "references.bib").read_bytes().decode()
        undone = after
        for path in (MOVED, GONE, OLD):
            copy = archive.copy_of(base + path.partition("#")[0])
            lines = f"  archiveurl   = {{{copy}}},\n  archivedate  = {{2026-11-20}},\n"
            assert lines in undone
            undone = undone.replace(lines, "", 1)
        undone = undone.replace(f"{{{base}/new_(home)#part}}", f"{{{base}{OLD}}}")
        undone = undone.replace(f"{{{base}/new_(home)}}", f"{{{base}{MOVED}}}")
        assert undone == before
        assert (root / "docs" / "page.md").read_bytes().decode() == (
            f"# A page\r\n\r\nSee [this]({base}/new_(home)).\r\n\r\nAnd [that]({base}{GONE}).\r\n"
        )
        assert (root / "data" / "some.yml").read_text("utf-8") == (
            f"records:\n  - url: {base}/new_(home)\n"
        )
        assert of_entries(root) == problems

        # Again: what moved is alive, what is gone stays gone and has its copy; nothing to propose.
        asked = len(archive.asked)
        again = check(root, base)
        assert {f.link.url.removeprefix(base): f.verdict for f in again} == {
            ALIVE: Verdict.ALIVE, "/new_(home)": Verdict.ALIVE, "/new_(home)#part": Verdict.ALIVE,
            GONE: Verdict.DEAD, GONE_UNARCHIVED: Verdict.DEAD,
        }  # fmt: skip
        capsys.readouterr()
        outside_options.finish(again, options(archive), root)
        assert capsys.readouterr().out == ""
        assert archive.asked[asked:] == [
            ("closest", base + GONE_UNARCHIVED, archive.asked[-1][2])
        ], "only the one that has no copy is asked for again"
        assert keys[GONE] in as_json(again)


def test_readers_get_the_copy(tmp_path: Path, archive: ArchiveServer) -> None:
    root = tmp_path / "copy"
    with pages() as base:
        keys = project(root, base)
        outside_options.finish(check(root, base), options(archive, "--fix"), root)
        # One entry: formatting them all takes pandoc seconds, and is the same for each.
        text = (root / "references.bib").read_text("utf-8")
        start = text.index(f"{{{keys[GONE]},")
        start, end = text.rindex("@", 0, start), text.index("\n}\n", start) + 3
        small = tmp_path / "small.bib"
        small.write_text(text[start:end], "utf-8")
        reference = bibliography.load(small.read_text(encoding="utf-8"))[keys[GONE]]
        assert reference.archive == archive.copy_of(base + GONE)
        assert reference.archive_date == "2026-11-20"
        assert reference.url == base + GONE, "the original address stays"
