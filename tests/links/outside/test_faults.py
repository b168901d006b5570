"""One run over every fault that the server knows, and good links beside them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.links.outside.fetch import Limits
from scripts.links.outside.model import Failure, Finding, Link, Place, Verdict
from scripts.links.outside.run import Options, run
from tests.links.outside.server import Server

LIMITS = Limits(
    concurrency=40,
    per_host=2,
    delay=0.0,
    connect=0.5,
    read=0.4,
    request=1.2,
    tries=2,
    backoff=0.05,
    retry_after=3,
)
A, M, S, U = Verdict.ALIVE, Verdict.MOVED, Verdict.SOFT_404, Verdict.UNVERIFIABLE
F, X, R = Verdict.FAILING, Verdict.INSECURE, Verdict.REFUSED

# Address (a path is one of http://only.test), verdict, and words of the reason or a new address.
# only.test has no https, so that plain http is all there is and nothing to complain about.
CASES: dict[str, tuple[Verdict, str]] = {
    # Alive, however they look
    "/titled": (A, ""),
    "/no-content-type": (A, ""),
    "/about-404": (A, ""),
    "/latin": (A, ""),
    "/gzip": (A, ""),
    "/brotli": (A, ""),
    "/status/204": (A, ""),
    "/anchors#here": (A, ""),
    "/anchors#old": (A, ""),
    "/anchors#:~:text=Plain%20words": (A, ""),
    "/anchors#here:~:text=Plain%20words": (A, ""),
    "/anchors#top": (A, ""),
    "/中文/é": (A, ""),
    "/%E4%B8%AD%E6%96%87/%C3%A9?again": (A, ""),
    "/already%2Fencoded%20once": (A, ""),
    "http://bücher.test/good/idn": (A, ""),
    "http://xn--bcher-kva.test/good/idn-2": (A, ""),
    "https://good.test/good/tls": (A, ""),
    "https://good.test/good/?a=1&amp;b=2": (A, ""),
    "/endless-body": (A, ""),
    "/hundred-megabytes": (A, ""),
    "/bomb": (A, ""),
    "/bomb-with-tail": (A, ""),
    "/big-file": (A, ""),
    "/file.pdf": (A, ""),
    "/head-405.pdf": (A, ""),
    "/head-404.pdf": (A, ""),
    "/head-reset.zip": (A, ""),
    "/recovers-500": (A, ""),
    "http://w1.test/recovers-429": (A, ""),
    "http://w2.test/recovers-seconds": (A, ""),
    "http://w3.test/recovers-date": (A, ""),
    "/recovers-503": (A, ""),
    "/recovers-reset": (A, ""),
    "/to-302": (A, ""),
    "/to-307": (A, ""),
    "/to-non-ascii": (A, ""),
    "/tracked": (A, ""),
    "/slash": (A, ""),
    "/cookie": (A, ""),
    "http://robots-500.test/good/robots-500": (A, ""),
    "http://robots-html.test/good/robots-html": (A, ""),
    "http://keep-us-out.test/good/public": (A, ""),
    # Moved
    "/moved-301": (M, "http://only.test/good/new-address"),
    "/moved-301#here": (M, "http://only.test/good/new-address#here"),
    "/moved-308": (M, "http://other.test/good/new-home"),
    "/moved-twice": (M, "http://only.test/good/new-address"),
    "/moved-then-302": (M, "http://only.test/to-302"),
    "http://upgraded.test/upgraded": (M, "https://upgraded.test/upgraded"),
    # Not there, whatever the status says
    "/parked": (S, "parked"),
    "/soft-en": (S, "could not be found"),
    "/soft-title": (S, "404 - Page Not Found"),
    "/soft-zh": (S, "页面不存在"),
    "/soft-de": (S, "Seite nicht gefunden"),
    "/old/article.html": (S, "home page"),
    "/old/for-good.html": (S, "home page"),
    # A person has to look
    "/status/401": (U, "401"),
    "/status/403": (U, "403"),
    "/status/418": (U, "418"),
    "/status/451": (U, "451"),
    "/status/999": (U, "999"),
    "http://w4.test/status/429": (U, "429"),
    "http://w5.test/wait-hours": (U, "24.0 hours"),
    "http://w6.test/wait-garbage": (U, "429"),
    "http://w7.test/wait-503-hours": (U, "24.0 hours"),
    "/cloudflare": (U, "403"),
    "/captcha-503": (U, "person"),
    "/wall": (U, "person"),
    "/to-login": (U, "gate"),
    "/to-login-301": (U, "gate"),
    "/loop-for-cookies": (U, "cookies"),
    "/script-anchors#later": (U, "scripts"),
    "/waf-202": (U, "AWS WAF"),
    "/wall-200": (U, "AWS WAF"),
    "/nothing-200": (U, "nothing came"),
    "/page-for.pdf": (U, "where a file should be"),
    "/refresh-elsewhere": (U, "/lander"),
    "/two-encodings": (U, "cannot read"),
    "/odd-header": (U, "cannot read"),
    "/head-lies.pdf": (F, "404"),
    "http://keep-out.test/good/page": (U, "robots.txt"),
    "http://keep-us-out.test/private/page": (U, "robots.txt"),
    # Failing, not dead: it is the first day
    "/status/404": (F, "404 Not Found on 1 day since"),
    "/status/410": (F, "410 Gone"),
    "/status/500": (F, "500"),
    "/status/503": (F, "503"),
    "/moved-to-nothing": (F, "404"),
    "/no-header": (F, "timed out"),
    "/slow-header": (F, "timed out"),
    "/no-body": (F, "timed out"),
    "/slow-drip": (F, "timed out"),
    "/empty": (F, "broke off"),
    "/reset": (F, "broke off"),
    "/reset-in-body": (F, "broke off"),
    "/short-body": (F, "broke off"),
    "/garbage": (F, "not HTTP"),
    "/huge-header": (F, "not HTTP"),
    "/gzip-broken": (F, "not HTTP"),
    "/loop": (F, "redirects without end"),
    "/loop-of-two": (F, "redirects without end"),
    "/endless-redirects": (F, "redirects without end"),
    "/to-nowhere": (F, "does not say where"),
    "http://full.test/x": (F, "timed out"),
    "http://closed.test/x": (F, "no connection"),
    "http://gone.test/x": (F, "name not found"),
    "http://[broken/": (F, "not HTTP"),
    "http://999.999.1.1/": (F, "not HTTP"),
    # Insecure
    "http://both.test/good/https-too": (X, "https works"),
    "https://good.test/downgraded": (X, "plain http"),
    "https://untrusted.test/": (X, "bad certificate"),
    "https://wrong-name.test/": (X, "bad certificate"),
    "https://expired.test/": (X, "expired"),
    # Never asked for
    "http://inside.test/admin": (R, "private"),
    "http://PRIVATE/admin": (R, "private"),
    "http://PRIVATE-DECIMAL/admin": (R, "private"),
    "http://PRIVATE-HEX/admin": (R, "private"),
    "http://PRIVATE-SHORT/admin": (R, "private"),
    "http://PRIVATE-MAPPED/admin": (R, "private"),
    "/to-private": (R, "private"),
    "/to-private-name": (R, "private"),
    "/to-metadata": (R, "169.254.169.254"),
    "/to-ftp": (R, "ftp://"),
    "/to-file": (R, "file:///"),
    "/to-script": (R, "javascript:"),
    "/to-garbage": (R, "http://[broken/"),
    # The page, and not the page
    "/anchors#missing": (Verdict.NO_ANCHOR, "#missing"),
    "/retitled": (Verdict.RETITLED, "casino"),
}
TITLES = {
    "/titled": "A Study of Sparse Attention",
    "/retitled": "A Study of Sparse Attention",
}
GOOD = 250


def full(address: str, server: Server) -> str:
    port = server.ports["private"]
    forms = {
        "PRIVATE-DECIMAL": f"2130706433:{port}",
        "PRIVATE-HEX": f"0x7f.1:{port}",
        "PRIVATE-SHORT": f"127.1:{port}",
        "PRIVATE-MAPPED": f"[::ffff:127.0.0.1]:{port}",
        "PRIVATE": server.private,
    }
    for name, value in forms.items():
        address = address.replace(f"//{name}/", f"//{value}/")
    return f"http://only.test{address}" if address.startswith("/") else address


@dataclass
class Done:
    server: Server
    links: list[Link]
    findings: list[Finding]
    heard: list[Finding]
    seconds: float

    def of(self, address: str) -> Finding:
        url = full(address, self.server)
        return next(finding for finding in self.findings if finding.link.url == url)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    folder: Path = tmp_path_factory.mktemp("faults")
    with Server() as server, pytest.MonkeyPatch.context() as patch:
        server.write_authority(folder / "authority.pem")
        patch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
        place = (Place("docs/index.md", 1),)
        links = [Link(full(a, server), place, TITLES.get(a, "")) for a in CASES]
        links += [Link(f"http://only.test/good/{n}", place) for n in range(GOOD)]
        heard: list[Finding] = []
        options = Options(
            limits=LIMITS,
            max_seconds=25,
            contact="https://github.com/example/explained",
            allowed=server.allowed,
            resolve=server.resolve,
        )
        started = time.monotonic()
        findings = run(links, options, heard.append)
        yield Done(server, links, findings, heard, time.monotonic() - started)


@pytest.mark.parametrize("address", CASES)
def test_verdict(done: Done, address: str) -> None:
    verdict, words = CASES[address]
    finding = done.of(address)
    assert finding.verdict is verdict, f"{finding.reason} {finding.answer}"
    if verdict is Verdict.MOVED:
        assert finding.moved_to == words
    else:
        assert words in finding.reason


def test_no_false_alarm(done: Done) -> None:
    good = done.findings[len(CASES) :]
    assert len(good) == GOOD
    assert {finding.verdict for finding in good} == {Verdict.ALIVE}


def test_every_link_is_reported_once_and_in_order(done: Done) -> None:
    assert [finding.link for finding in done.findings] == done.links
    assert sorted(f.link.url for f in done.heard) == sorted(link.url for link in done.links)


def test_nothing_is_unchecked(done: Done) -> None:
    assert [f for f in done.findings if f.verdict is Verdict.UNCHECKED] == []


def test_private_addresses_are_never_connected_to(done: Done) -> None:
    assert done.server.private_connections == 0


def test_bodies_are_not_read_to_their_end(done: Done) -> None:
    for path in ("/endless-body", "/hundred-megabytes", "/bomb-with-tail", "/big-file"):
        # What was sent and not read lies in the buffers of the system.
        assert done.server.sent[path] < 30_000_000, path
    for path in ("/endless-body", "/hundred-megabytes", "/bomb"):
        answer = done.of(path).answer
        assert answer is not None
        assert answer.truncated
    for path, title in (("/hundred-megabytes", "Big"), ("/bomb-with-tail", "Small")):
        answer = done.of(path).answer
        assert answer is not None
        assert answer.title == title


def test_failures_have_their_kind(done: Done) -> None:
    kinds = {
        "http://full.test/x": Failure.TIMEOUT,
        "http://closed.test/x": Failure.CONNECT,
        "http://gone.test/x": Failure.DNS,
        "/slow-drip": Failure.TIMEOUT,
        "/reset": Failure.RESET,
        "https://expired.test/": Failure.TLS,
        "/to-ftp": Failure.BAD_REDIRECT,
    }
    for address, kind in kinds.items():
        answer = done.of(address).answer
        assert answer is not None
        assert answer.failure is kind, address


def test_what_is_sent(done: Done) -> None:
    asked = done.server.log
    targets = {request.target for request in asked}
    assert not any("#" in target for target in targets)
    assert "/%E4%B8%AD%E6%96%87/%C3%A9" in targets
    assert "/already%2Fencoded%20once" in targets
    assert "/good/?a=1&b=2" in targets
    assert {r.host for r in asked if "/good/idn" in r.target} == {"xn--bcher-kva.test"}
    agents = {request.headers["user-agent"] for request in asked}
    assert len(agents) == 1
    assert "+https://github.com/example/explained" in agents.pop()


def test_no_cookie_comes_back(done: Done) -> None:
    assert done.server.asked_for("/good/after-cookie")
    assert not [request for request in done.server.log if "cookie" in request.headers]


def test_one_page_is_asked_for_once_whatever_the_anchors(done: Done) -> None:
    assert len(done.server.asked_for("/anchors")) == 1


def test_files_are_asked_for_by_get_since_head_proves_nothing(done: Done) -> None:
    def methods(path: str) -> list[str]:
        return [request.method for request in done.server.asked_for(path)]

    for path in ("/file.pdf", "/head-405.pdf", "/head-reset.zip", "/titled"):
        assert methods(path) == ["GET"], path


def test_retry_after_is_waited_for(done: Done) -> None:
    for path, least in (("/recovers-seconds", 0.95), ("/recovers-date", 0.4)):
        first, second = done.server.asked_for(path)
        assert second.at - first.at >= least, path
    assert len(done.server.asked_for("/wait-hours")) == 1


def test_robots_is_read_once_a_host_and_kept_to(done: Done) -> None:
    for host in ("only.test", "keep-out.test", "keep-us-out.test"):
        assert len(done.server.asked_for("/robots.txt", host)) == 1, host
    assert not done.server.asked_for("/private/page")
    assert not done.server.asked_for("/good/page", "keep-out.test")


def test_redirects_end(done: Done) -> None:
    # Eleven requests a try: the address itself and ten redirects.
    assert len(done.server.asked_for("/endless-redirects")) == LIMITS.redirects + 1
    assert len(done.server.asked_for("/loop")) == 1


def test_findings_hold_no_pages(done: Done) -> None:
    assert not [f for f in done.findings if f.answer and (f.answer.text or f.answer.anchors)]
