"""Parts of the fetcher on their own: addresses, the guard, turns, pages, bodies."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from scripts.links.outside import fetch, page
from scripts.links.outside.address import fragment, is_home, same_place, wire
from scripts.links.outside.fetch import Fetcher, Limits
from scripts.links.outside.guard import SystemResolver, is_public
from scripts.links.outside.model import Failure
from scripts.links.outside.polite import retry_after
from tests.links.outside.server import HOME, Server

NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)

# Addresses


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://a.test", "https://a.test/"),
        ("HTTPS://A.Test:443/X", "https://a.test/X"),
        ("https://a.test/中文/é?q=ü#ö", "https://a.test/%E4%B8%AD%E6%96%87/%C3%A9?q=%C3%BC"),
        ("https://a.test/%E4%B8%AD%2f?q=%20+", "https://a.test/%E4%B8%AD%2f?q=%20+"),
        ("https://a.test/a b", "https://a.test/a%20b"),
        ("https://a.test/?a=1&amp;b=2", "https://a.test/?a=1&b=2"),
        ("https://a.test/x#:~:text=a", "https://a.test/x"),
        ("https://user:secret@a.test/x", "https://a.test/x"),
        ("https://bücher.test/", "https://xn--bcher-kva.test/"),
        ("https://BÜCHER.test/", "https://xn--bcher-kva.test/"),
        ("https://例え。test/", "https://xn--r8jz45g.test/"),
        ("https://☕.test/", "https://xn--53h.test/"),
        ("https://under_score.test/", "https://under_score.test/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f000001/", "http://127.0.0.1/"),
        ("http://017700000001/", "http://127.0.0.1/"),
        ("http://127.1:80/", "http://127.0.0.1/"),
        ("http://%31%32%37.0.0.1/", "http://127.0.0.1/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
    ],
)
def test_what_is_sent(written: str, sent: str) -> None:
    assert str(wire(written)) == sent


@pytest.mark.parametrize(
    "written",
    ["ftp://a.test/", "javascript:alert(1)", "//a.test", "https://", "http://[x/", "http://a:b/",
     "http://a.test:99999/", "http://999.1.1.1/", "file:///etc/passwd", "", "http://\x00/"],
)  # fmt: skip
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(ValueError):
        wire(written)


def test_fragments() -> None:
    assert fragment("https://a.test/#%C3%A9:~:text=x") == "é"
    assert [fragment(f"https://a.test/#{x}") for x in ("", "top", "!/a", "/a", ":~:text=x")] == [
        ""
    ] * 5


def test_places_and_homes() -> None:
    assert same_place(
        wire("http://www.a.test/x/?b=1&a=2&utm_id=3"), wire("https://a.test/x?a=2&b=1")
    )
    assert not same_place(wire("https://a.test/x"), wire("https://a.test/X"))
    assert not same_place(wire("https://a.test/x"), wire("https://a.test:8443/x"))
    assert all(
        is_home(wire(f"https://a.test/{x}")) for x in ("", "en/", "zh-cn", "index.html", "?utm_a=1")
    )
    assert not any(is_home(wire(f"https://a.test/{x}")) for x in ("x1", "en/page", "?p=1", "about"))


# The guard


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::808:808", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_the_system_resolves_once_and_the_guard_refuses() -> None:
    async def ask() -> None:
        resolver = SystemResolver()
        first, second = await asyncio.gather(resolver("localhost", 80), resolver("localhost", 81))
        assert (HOME, 80) in first
        assert (HOME, 81) in second
        async with Fetcher(Limits(delay=0, tries=1)) as fetcher:
            for name in ("localhost", "127.0.0.1", "[::1]", "2130706433"):
                answer = await fetcher.fetch(f"http://{name}:9/")
                assert answer.failure is Failure.PRIVATE, name

    asyncio.run(ask())


def test_of_a_name_with_a_private_and_an_allowed_address_only_the_latter_is_asked() -> None:
    with Server() as server:

        async def resolve(host: str, port: int) -> list[tuple[str, int]]:
            return [(HOME, server.ports["private"]), (HOME, server.port)]

        async def ask() -> int:
            limits = Limits(delay=0, tries=1)
            async with Fetcher(limits, resolve=resolve, allowed=server.allowed) as fetcher:
                return (await fetcher.fetch("http://two.test:8080/good/1")).status

        assert asyncio.run(ask()) == 200
        assert server.private_connections == 0


# Retry-After


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("Tue, 24 Nov 2026 06:02:00 GMT", 120),
        ("Tue, 24 Nov 2026 05:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 40, None),
        ("Tue, 99 Nov 2026 06:02:00 GMT", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


# Pages


def test_a_page_is_read() -> None:
    text = (
        "<html><head><title> A \n title </title><style>no</style></head><body id=top>One "
        "<b>two</b> three<script>no</script> four<!-- no --><template>no</template>"
        "<a name=old>five</a><noscript>no</noscript></body>"
    )
    content = page.read(text.encode(), "text/html")
    assert content.title == "A title"
    assert content.text == "One two three four five"
    assert content.anchors == {"top", "old"}
    assert content.scripts


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>页面</title>".encode("gbk"), "text/html; charset=gb2312"),
        ("<meta charset=gbk><title>页面</title>".encode("gbk"), "text/html"),
        ("<title>页面</title>".encode(), "text/html"),
        ("<title>页面</title>".encode(), "text/html; charset=nonsense"),
        ("<title>页面</title>".encode(), "text/html; charset=base64"),
        ("<title>页面</title>".encode("utf-16"), "text/html"),
        ('<?xml version="1.0" encoding="gbk"?><title>页面</title>'.encode(), "text/html"),
    ],
)
def test_encodings(body: bytes, content_type: str) -> None:
    assert page.read(body, content_type).title == "页面"


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00", b"<!-- -->", b"<" * 10_000, b"<div>" * 50_000, b"<?xml", bytes(range(256))],
)
def test_pages_that_are_none(body: bytes) -> None:
    assert page.read(body, "text/html").title == ""


def test_text_is_bounded() -> None:
    assert len(page.read(b"<p>" + b"word " * 100_000, "text/html").text) == page.LONGEST_TEXT
    assert page.read(b"plain  words", "text/plain").text == "plain words"


# Bodies


def body_of(data: bytes, coding: str, most: int, part: int = 1000) -> tuple[bytes, bool]:
    class Stream(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for start in range(0, len(data), part):
                yield data[start : start + part]

    answer = httpx.Response(200, headers={"content-encoding": coding}, stream=Stream())
    return asyncio.run(fetch._body(answer, most))


@pytest.mark.parametrize("part", [1, 7, 100_000])
def test_bodies(part: int) -> None:
    text = b"Some text. " * 100
    assert body_of(text, "", 10_000, part) == (text, False)
    assert body_of(text, "", 50, part) == (text[:50], True)
    assert body_of(text, "", len(text), part) == (text, False)
    assert body_of(gzip.compress(text), "gzip", 10_000, part) == (text, False)
    assert body_of(zlib.compress(text), "deflate", 10_000, part) == (text, False)
    assert body_of(gzip.compress(text), "gzip", 50, part) == (text[:50], True)
    assert body_of(gzip.compress(text) + b"x" * 9999, "gzip", 10_000, part) == (text, False)
    assert body_of(b"x", "gzip, gzip", 50, part) == (b"", True)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = 0
    real = zlib.decompressobj

    class Counting:
        def __init__(self, wbits: int) -> None:
            self._real = real(wbits)

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

        def decompress(self, data: bytes, most: int = 0) -> bytes:
            nonlocal unpacked
            out = self._real.decompress(data, most)
            unpacked += len(out)
            return out

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    bomb = gzip.compress(bytes(50_000_000), 1)
    body, truncated = body_of(bomb, "gzip", 1000, 64_000)
    assert (len(body), truncated) == (1000, True)
    assert unpacked == 1001
