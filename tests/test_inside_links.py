"""The inside link check on a site with planted faults: each found at its source, nothing else."""

from __future__ import annotations

import csv
import http.server
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts import check_links
from tests.links import inside_site
from tests.links.inside_site import InsideSite

BASE = "https://our.example/v4/"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> InsideSite:
    return inside_site.write(tmp_path_factory.mktemp("inside"), BASE)


@pytest.fixture(scope="module")
def found(planted: InsideSite) -> list[str]:
    problems = check_links.check(planted.site, planted.root / "docs", planted.root)
    return [f"{p.file}:{p.line}: {p.message}" for p in problems]


def test_enough_faults_and_good_links(planted: InsideSite) -> None:
    assert len(planted.planted) >= 60
    assert len(set(planted.good)) >= 200


def test_every_fault_is_found_at_its_source(planted: InsideSite, found: list[str]) -> None:
    missed = [
        fault
        for fault in planted.planted
        if not any(line.startswith(fault.place) and fault.message in line for line in found)
    ]
    assert missed == [], "\n".join(found)


def test_nothing_else_is_found(planted: InsideSite, found: list[str]) -> None:
    known = [(fault.place, fault.message) for fault in planted.planted]
    more = [line for line in found if not any(line.startswith(p) and m in line for p, m in known)]
    assert more == []
    assert len(found) == len(set(known))


class _Published(http.server.SimpleHTTPRequestHandler):
    """The site below /v4/, as a host publishes it: no lists of folders."""

    def send_head(self):  # type: ignore[no-untyped-def]
        if not self.path.startswith("/v4/"):
            return self.send_error(404)
        self.path = self.path.removeprefix("/v4")
        return super().send_head()

    def list_directory(self, path):  # type: ignore[no-untyped-def]
        return self.send_error(404)

    def end_headers(self) -> None:
        self.send_header("LinkChecker", "as fast as you can")  # else it waits between requests
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def published(tmp_path: Path) -> Iterator[InsideSite]:
    """The same site at a loopback address."""

    class Handler(_Published):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path / "site"))  # type: ignore[arg-type]

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield inside_site.write(tmp_path, f"http://127.0.0.1:{server.server_port}/v4/")
        server.shutdown()
        thread.join()


def test_linkchecker_agrees_but_for_what_it_does_not_look_at(published: InsideSite) -> None:
    """The same site, by LinkChecker, which follows links from page to page over HTTP.

    What it does not see (``other=False`` in inside_site.py), and why:

    * It reads HTML, CSS, sitemaps and nothing else: no feeds, JSON, SVG, scripts, manifests,
      Markdown, llms.txt; in CSS no @import that is a plain string.
    * In HTML it leaves out: poster, <picture>'s srcset, imagesrcset, <style>, module imports,
      xlink:href, paint servers, og: and citation_ metadata, JSON-LD, addresses in running text.
    * Anchors of the page it is on: it asks only for what is not yet fetched. Across pages it
      looks at them with its plugin AnchorCheck.
    * What leads out of /v4/ is for it another site, not ours. So is file:.

    What it reports and we do not: '#top', which browsers know without an id, and text directives
    ('#:~:text=…'), which it takes for ids. Both are good links.
    """
    settings = published.root / "linkcheckerrc"
    settings.write_text("[checking]\nmaxrequestspersecond=1000\n[AnchorCheck]\n", encoding="utf-8")
    base = published.base
    starts = [base, f"{base}sitemap.xml", f"{base}2026.11/", f"{base}404.html"]
    command = [sys.executable, "-m", "linkcheck", "-f", str(settings), "-o", "csv", "-t", "4"]
    done = subprocess.run(
        [*command, "--no-robots", "--no-status", *starts],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=published.root,
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    theirs = {unquote(row["url"] or row["urlname"]) for row in csv.DictReader(lines, delimiter=";")}
    seen = {
        fault.name
        for fault in published.planted
        if fault.leads and unquote(inside_site.address(published, fault)) in theirs
    }
    assert seen == {fault.name for fault in published.planted if fault.other}, done.stderr
    ours = {unquote(inside_site.address(published, fault)) for fault in published.planted}
    assert {re.sub(r"^[^#]*|=.*", "", more) for more in theirs - ours} == {"#top", "#:~:text"}
