"""One table of headers: graded, complete, and as each kind of host was given it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.problems import ROOT
from scripts.publish.hosting import servers
from scripts.publish.hosting.headers import EVERYWHERE, KINDS, headers_of, kind_of
from scripts.publish.hosting.policy import policy
from tests.publish.hosting import observatory

PAGE = "<html><head><style>a{}</style><script>a()</script></head></html>"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/pricing/", "page"),
        ("/pricing/index.html", "page"),
        ("/pricing", "page"),
        ("/404.html", "page"),
        ("/f/v4-pro-total-parameters/", "page"),
        ("/figures/lineage/", "figure"),
        ("/explained/2026.11/figures/lineage/index.html", "figure"),
        ("/figures/lineage/lineage.svg", "picture"),
        ("/assets/cards/home.png", "picture"),
        ("/assets/stylesheets/main.57a0d79d.min.css", "hashed"),
        ("/assets/javascripts/bundle.a5f9d56c.min.js", "hashed"),
        ("/assets/stylesheets/site.css", "asset"),
        ("/assets/javascripts/page/index.js", "asset"),
        ("/sw.js", "asset"),
        ("/manifest.webmanifest", "asset"),
        ("/data/facts.json", "data"),
        ("/pricing/cite.bib", "data"),
        ("/pricing/index.md", "data"),
        ("/feed.xml", "data"),
        ("/.well-known/security.txt", "data"),
        ("/book.pdf", "document"),
    ],
)
def test_kinds(path: str, kind: str) -> None:
    assert kind_of(path).name == kind


def test_the_grade_of_a_page() -> None:
    points = observatory.grade(headers_of("/pricing/"), policy(PAGE))
    assert min(points.values()) >= 0, points
    assert observatory.score(points) >= 120, points


def test_the_grade_falls_with_each_header_that_is_taken_away() -> None:
    full = observatory.score(observatory.grade(headers_of("/"), policy(PAGE)))
    for name in (
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Resource-Policy",
    ):
        rest = {key: said for key, said in headers_of("/").items() if key != name}
        assert observatory.score(observatory.grade(rest, policy(PAGE))) < full, name
    weak = policy(PAGE).replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert observatory.score(observatory.grade(headers_of("/"), weak)) < 120


def test_every_kind_says_who_may_read_and_keep_it() -> None:
    for kind in KINDS:
        assert "Content-Security-Policy" in kind.headers, kind.name
        assert "Cache-Control" in kind.headers, kind.name
        assert kind.headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
        assert not set(kind.headers) & set(EVERYWHERE), f"{kind.name}: said twice"
        for said in kind.headers.values():
            assert '"' not in said and "\n" not in said and "$" not in said
    assert KINDS[-1].pattern == "", "the last kind is for all that is left"


def test_only_figures_may_be_framed() -> None:
    for kind in KINDS:
        said = kind.headers["Content-Security-Policy"]
        if kind.name == "figure":
            assert said.endswith("frame-ancestors *")
        elif kind.name != "picture":
            assert "frame-ancestors 'none'" in said, kind.name


def test_only_what_is_named_by_its_content_is_kept_unasked() -> None:
    kept = [kind.name for kind in KINDS if "immutable" in kind.headers["Cache-Control"]]
    assert kept == ["hashed"]
    assert headers_of("/data/2026.json")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", servers.FILES)
def test_the_files_in_hosting_are_as_the_table_says(name: str) -> None:
    there = (ROOT / "hosting" / name).read_text(encoding="utf-8")
    assert there == servers.FILES[name](), "run: python -m scripts hosting"


def _blocks(text: str) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.startswith(" "):
            assert line not in out, f"{line} twice"
            here = out[line] = {}
        else:
            name, _, said = line.strip().partition(": ")
            here[name] = said
    return out


def _sent(blocks: dict[str, dict[str, str]], path: str) -> dict[str, str]:
    """As Cloudflare Pages and Netlify read them: all that match, values joined by commas."""
    out: dict[str, str] = {}
    for pattern, headers in blocks.items():
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for name, said in headers.items():
                out[name] = f"{out[name]}, {said}" if name in out else said
    return out


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name in (
        "index.html",
        "404.html",
        "pricing/index.html",
        "figures/lineage/index.html",
        "data/facts.json",
        "assets/stylesheets/main.57a0d79d.min.css",
        "assets/stylesheets/site.css",
        ".well-known/security.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return tmp_path


def test_headers_file_sends_each_header_once(small: Path) -> None:
    text = servers.headers_file(small)
    blocks = _blocks(text)
    assert len(blocks) <= servers.MOST_RULES and max(map(len, text.splitlines())) < 2000
    for path in ("/", "/404.html", "/pricing/", "/figures/lineage/", "/data/facts.json"):
        sent = _sent(blocks, path)
        for name, said in headers_of(path).items():
            if name != "Cache-Control":
                assert sent[name] == said, (path, name)
    hashed = _sent(blocks, "/assets/stylesheets/main.57a0d79d.min.css")
    assert "immutable" in hashed["Cache-Control"]
    assert "Cache-Control" not in _sent(blocks, "/assets/stylesheets/site.css")


def test_cloudfront_sends_the_table() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here; the files of hosting/cloudfront are JavaScript")
    paths = ["/", "/figures/lineage/", "/data/facts.json", "/assets/x.0123abcd.css"]
    code = (
        (ROOT / "hosting/cloudfront/answers.js").read_text(encoding="utf-8")
        + f"console.log(JSON.stringify({json.dumps(paths)}.map((uri) =>"
        "handler({request: {uri}, response: {headers: {}}}).headers)))"
    )
    done = subprocess.run([node, "-e", code], capture_output=True, text=True, check=True)
    for path, sent in zip(paths, json.loads(done.stdout), strict=True):
        assert {name: said["value"] for name, said in sent.items()} == {
            name.lower(): said for name, said in headers_of(path).items()
        }


@pytest.mark.parametrize(
    ("uri", "leads"),
    [
        ("/", "/index.html"),
        ("/pricing/", "/pricing/index.html"),
        ("/data/facts.json", "/data/facts.json"),
        ("/pricing", "301 /pricing/"),
    ],
)
def test_cloudfront_finds_the_pages(uri: str, leads: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here; the files of hosting/cloudfront are JavaScript")
    code = (
        (ROOT / "hosting/cloudfront/requests.js").read_text(encoding="utf-8")
        + f"const r = handler({{request: {{uri: {json.dumps(uri)}}}}});"
        "console.log(r.uri ?? `${r.statusCode} ${r.headers.location.value}`)"
    )
    done = subprocess.run([node, "-e", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == leads
