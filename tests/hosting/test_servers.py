"""nginx and Caddy with the shipped configurations: headers of the table, and bad requests."""

from __future__ import annotations

import gzip
import shutil

import pytest

from scripts.publish.hosting.headers import EVERYWHERE, headers_of, kind_of
from tests.hosting.conftest import NAME, Host
from tests.publish.hosting import observatory

PATHS = (
    "/",
    "/pricing/",
    "/pricing/index.md",
    "/pricing/cite.bib",
    "/figures/lineage/",
    "/figures/lineage/lineage.svg",
    "/data/facts.json",
    "/assets/stylesheets/site.css",
    "/assets/stylesheets/main.57a0d79d.min.css",
    "/assets/javascripts/page/index.js",
    "/.well-known/security.txt",
)


@pytest.mark.parametrize("path", PATHS)
def test_the_headers_of_the_table_are_sent(host: Host, path: str) -> None:
    answer = host.ask(path)
    assert answer.status == 200
    for name, said in headers_of(path).items():
        assert answer.headers.get(name.lower()) == said, name
    others = {name.lower() for kind in map(kind_of, PATHS) for name in kind.headers}
    expected = {name.lower() for name in headers_of(path)}
    assert not (others & set(answer.headers)) - expected


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("/pricing/", "text/html; charset=utf-8"),
        ("/pricing/index.md", "text/markdown; charset=utf-8"),
        ("/pricing/cite.bib", "application/x-bibtex; charset=utf-8"),
        ("/data/facts.csv", "text/csv; charset=utf-8"),
        ("/data/facts.json", "application/json; charset=utf-8"),
        ("/assets/javascripts/page/index.js", "text/javascript; charset=utf-8"),
        ("/figures/lineage/lineage.svg", "image/svg+xml"),
    ],
)
def test_types(host: Host, path: str, type: str) -> None:
    said = host.ask(path).headers["content-type"].replace("; ", ";").lower()
    assert said.removesuffix(";charset=utf-8") == type.replace("; ", ";").removesuffix(
        ";charset=utf-8"
    )
    if "charset" in type:
        assert said.endswith(";charset=utf-8")


def test_the_grade_of_what_is_served(host: Host) -> None:
    answer = host.ask("/pricing/")
    page = answer.body.decode("utf-8")
    start = page.index('Content-Security-Policy" content="') + 34
    points = observatory.grade(answer.headers, page[start : page.index('"', start)])
    assert observatory.score(points) >= 120, points


def test_who_asks_without_tls_is_sent_to_it(host: Host) -> None:
    answer = host.ask_plainly("/pricing/?a=1")
    assert answer.status in {301, 308}
    assert answer.headers["location"] == f"https://{NAME}/pricing/?a=1"


def test_small_copies_are_sent_to_who_takes_them(host: Host) -> None:
    whole = host.ask("/pricing/")
    assert "content-encoding" not in whole.headers
    small = host.ask("/pricing/", Accept_Encoding="gzip")
    assert small.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in small.headers["vary"].lower()
    assert gzip.decompress(small.body) == whole.body and len(small.body) < len(whole.body) / 3
    if host.name == "caddy" and shutil.which("brotli"):
        best = host.ask("/pricing/", Accept_Encoding="gzip, br")
        assert best.headers["content-encoding"] == "br"


def test_what_is_unchanged_is_not_sent_again(host: Host) -> None:
    first = host.ask("/pricing/")
    again = host.ask("/pricing/", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


def test_head_is_get_without_a_body(host: Host) -> None:
    answer = host.ask("/pricing/", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) == len(host.ask("/pricing/").body)


@pytest.mark.parametrize(
    ("said", "status", "sent"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=999999-", 416, None),
        ("bytes=5-2", None, slice(None)),
        ("lines=1-2", None, slice(None)),
    ],
)
def test_ranges(host: Host, said: str, status: int | None, sent: slice | None) -> None:
    whole = host.ask("/data/facts.json").body
    answer = host.ask("/data/facts.json", Range=said)
    if status is None:  # a range that says nothing: all, or that it cannot be had
        assert answer.status in {200, 416}
    else:
        assert answer.status == status
    if sent is not None and answer.status != 416:
        assert answer.body == whole[sent]


@pytest.mark.parametrize(
    "path",
    [
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/../secret.txt",
        "/pricing/../../secret.txt",
        "/pricing/..%2f..%2fsecret.txt",
        "/pricing/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/....//secret.txt",
        "//secret.txt",
        "/.%00./secret.txt",
        "/pricing/index.html%00.css",
        "/%c0%ae%c0%ae/secret.txt",
        "/.git/config",
        "/pricing/.hidden",
        "/pricing/index.html.gz",
        "/data/facts.json.br",
        "/empty/",
        "/data/",
        "/assets/",
        "/PRICING/",
        "/Data/Facts.json",
        "/no/such/page/",
        "/pricing/%0d%0aSet-Cookie:a=b",
        "/%",
        "/%zz",
    ],
)
def test_nothing_outside_and_no_listing(host: Host, path: str) -> None:
    answer = host.ask(path)
    assert answer.status in {400, 403, 404}, answer.status
    assert b"outside the root" not in answer.body and b"[core]" not in answer.body
    assert b"Index of" not in answer.body and b"only.json" not in answer.body
    assert "set-cookie" not in answer.headers


def test_a_missing_page_says_so_with_all_that_is_always_sent(host: Host) -> None:
    answer = host.ask("/no/such/page/")
    assert answer.status == 404 and b"This page is not here" in answer.body
    for name, said in EVERYWHERE.items():
        assert answer.headers.get(name.lower()) == said, name


def test_a_page_without_its_slash_leads_to_it(host: Host) -> None:
    answer = host.ask("/pricing")
    assert answer.status in {301, 308} and answer.headers["location"].endswith("/pricing/")
    assert "//" not in answer.headers["location"].removeprefix(f"https://{NAME}")


def test_a_very_long_address(host: Host) -> None:
    answer = host.raw(
        f"GET /{'a' * 2_000_000} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode()
    )
    assert not answer or answer.split(b" ")[1] in {b"400", b"404", b"414", b"431"}
    assert host.ask("/").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods(host: Host, method: str) -> None:
    answer = host.ask("/pricing/", method)
    assert answer.status in {400, 405}, answer.status
    if answer.status == 405 and method != "TRACE":
        assert answer.headers["allow"] == "GET, HEAD"
    assert b"A page of words" not in answer.body


@pytest.mark.parametrize(
    "lines",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    ],
)
def test_what_is_no_request(host: Host, lines: bytes) -> None:
    answer = host.raw(lines)
    assert not answer or answer.split(b" ")[1] in {b"400", b"404", b"505", b"421"}, answer[:80]
    assert host.ask("/").status == 200


def test_nobody_is_told_which_version_runs(host: Host) -> None:
    said = host.ask("/no/such/page/").headers.get("server", "")
    assert not any(letter.isdigit() for letter in said)
