"""The inside link check on a site with planted faults: each found at its source, nothing else."""

from __future__ import annotations

import csv
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.engine.bench import links as bench
from scripts.links.inside import check as check_links
from scripts.links.inside import collect
from scripts.links.inside.site import DEFAULT_URL, Site
from tests.links.inside import site_of_faults
from tests.links.inside.site_of_faults import InsideSite

BASE = "https://our.example/v4/"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> InsideSite:
    return site_of_faults.write(tmp_path_factory.mktemp("inside"), BASE)


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


@pytest.mark.parametrize(
    ("raw", "file", "target"),
    [
        ("", "a/index.html", "a"),
        ("#x%20y", "a/index.html", "a#x y"),
        ("?q=1#x", "a/index.html", "a#x"),
        ("b", "a/index.html", "a/b"),
        ("b/", "a.html", "b"),
        ("../b.png?v=1", "a/index.html", "b.png"),
        ("./", "a/index.html", "a"),
        ("..", "a/index.html", ""),
        ("/v4", "index.html", ""),
        ("/v4/a/index.html#x", "index.html", "a#x"),
        ("//OUR.example/v4/a/", "index.html", "a"),
        ("http://our.example/v4/a/", "index.html", "a"),
        ("a/#x:~:text=y", "index.html", "a#x"),
        ("gr%C3%B6%C3%9Fe/", "index.html", "größe"),
        (" a/\n", "index.html", "a"),
        ("https://our.example/other/", "index.html", None),
        ("https://other.example/v4/a/", "index.html", None),
        ("mailto:a@b.example", "index.html", None),
        ("data:text/plain,x", "index.html", None),
    ],
)
def test_where_an_address_leads(tmp_path: Path, raw: str, file: str, target: str | None) -> None:
    found = Site(tmp_path, BASE).resolve(raw, file)
    assert (None if found is None else str(found)) == target


def test_base_href_counts(tmp_path: Path) -> None:
    site = Site(tmp_path, BASE)
    assert str(site.resolve("x.png", "a/b/index.html", base="../")) == "a/x.png"
    assert str(site.resolve("#y", "a/b/index.html", base="../")) == "a#y"
    assert site.resolve("x.png", "a/index.html", base="https://cdn.example/") is None


@pytest.mark.parametrize(
    ("srcset", "addresses"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png,\n b.png\t300w", ["a.png", "b.png"]),
        ("data:image/png;base64,AA== 1x, b.png", ["data:image/png;base64,AA==", "b.png"]),
        (" , ", []),
    ],
)
def test_srcset(srcset: str, addresses: list[str]) -> None:
    assert list(collect.candidates(srcset)) == addresses


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("feed.xml", "<rss>\n<item></rss>", 2),
        ("feed.json", "{", 1),
        ("search/search_index.json", "", 1),
        ("x/index.html", "", 1),
        ("x/index.html", '<p>\n<script type="application/ld+json">{"a"}</script>', 2),
        ("sitemap.xml.gz", "no gzip", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(
    planted: InsideSite, tmp_path: Path, name: str, text: str, line: int
) -> None:
    site = Path(shutil.copytree(planted.site, tmp_path / "site"))
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text(text, encoding="utf-8")
    index = Site(site, BASE)
    assert (name, line) in {(f.file, f.address.line) for f in index.faults() if not f.address.raw}


def test_a_redirect_of_a_script_and_an_import_map(planted: InsideSite) -> None:
    page = (
        b'<script>location.replace("../gone/")</script>\n'
        b'<script type="importmap">{"imports": {"x": "./gone.js"}}</script>'
    )
    found = collect.html(page, BASE).addresses
    assert [(a.raw, a.line) for a in found] == [("../gone/", 1), ("./gone.js", 2)]


def test_memory_and_time_do_not_grow_with_hints(tmp_path: Path) -> None:
    links = "".join(f'<a href="gone-{number}/">x</a>' for number in range(2000))
    (tmp_path / "index.html").write_text(links, encoding="utf-8")
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone/index.html").write_text("x", encoding="utf-8")
    faults = list(Site(tmp_path, BASE).faults())
    assert len(faults) == 2000
    assert 0 < sum("did you mean" in fault.message for fault in faults) < 500


def test_the_generated_site_of_the_benchmark_is_good(tmp_path: Path) -> None:
    bench.write_large_site(tmp_path / "site", pages=30, links=20)
    index = Site(tmp_path / "site", DEFAULT_URL)
    assert list(index.faults()) == []
    assert index.total >= 30 * 15
    run = bench.check(tmp_path / "site", tmp_path / "log")
    assert run.seconds > 0


def test_command_line(planted: InsideSite, tmp_path: Path) -> None:
    def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scripts", "links", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **env},
        )

    assert "examples:" in run("--help").stdout
    faulty = run("--site", str(planted.site), "--docs", str(planted.root / "docs"))
    assert faulty.returncode == 1
    assert "gone-sitemap" in faulty.stderr
    (tmp_path / "index.html").write_text('<a href="#">x</a>', encoding="utf-8")
    assert run("--site", str(tmp_path)).returncode == 0
    assert run("--site", str(tmp_path / "none")).returncode == 2
    (tmp_path / "index.html").write_text("<p>x</p>", encoding="utf-8")
    nothing = run("--site", str(tmp_path))
    assert nothing.returncode == 2
    assert "no link at all" in nothing.stderr


class _Published(http.server.SimpleHTTPRequestHandler):
    """The site below /v4/, as a host publishes it: no lists of folders."""

    def send_head(self):  # type: ignore[no-untyped-def]
        if self.path.partition("?")[0] == "/v4":
            self.send_response(301)
            self.send_header("Location", "/v4/")
            return self.end_headers()
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
        yield site_of_faults.write(tmp_path, f"http://127.0.0.1:{server.server_port}/v4/")
        server.shutdown()
        thread.join()


def test_linkchecker_agrees_but_for_what_it_does_not_look_at(published: InsideSite) -> None:
    """The same site, by LinkChecker, which follows links from page to page over HTTP.

    What it does not see (``other=False`` in site_of_faults.py), and why:

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
        if fault.leads and unquote(site_of_faults.address(published, fault)) in theirs
    }
    assert seen == {fault.name for fault in published.planted if fault.other}, done.stderr
    ours = {unquote(site_of_faults.address(published, fault)) for fault in published.planted}
    assert {re.sub(r"^[^#]*|=.*", "", more) for more in theirs - ours} == {"#top", "#:~:text"}
