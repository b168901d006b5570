"""The archive's answers against a Wayback Machine on loopback that also misbehaves."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import httpx
import pytest

from scripts.links.outside import archives
from scripts.links.outside.archives import Reply, Wish
from tests.links.outside.archive_server import ArchiveServer, archive_server

DAY = dt.date(2026, 11, 20)


class Waits(list[float]):
    """Takes the place of sleeping: notes how long, and does not wait."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def server() -> Iterator[ArchiveServer]:
    with archive_server() as server:
        yield server


@pytest.fixture
def waits() -> Waits:
    return Waits()


def find(server: ArchiveServer, waits: Waits, *wishes: Wish, **more: float) -> dict[str, Reply]:
    return archives.find(wishes, server.endpoint, server.save, wait=waits, **more)


def test_the_copy_nearest_to_the_day_of_reading(server: ArchiveServer, waits: Waits) -> None:
    url = "https://a.org/x?q=1&r=a%20b"
    found = find(server, waits, Wish(url, "2026-11-23"), Wish("https://b.org/y", "2026-04"))
    assert found[url] == Reply(server.copy_of(url), DAY)
    assert server.asked == [
        ("closest", url, "20261123"),
        ("closest", "https://b.org/y", "202604"),
    ]
    assert waits == [archives.DELAY], "a pause between two questions, none before the first"
    assert server.agents == {archives.USER_AGENT}


def test_each_address_is_asked_for_once_and_without_its_fragment(
    server: ArchiveServer, waits: Waits
) -> None:
    wish = Wish("https://a.org/x#:~:text=words")
    assert find(server, waits, wish, wish)[wish.url].copy == server.copy_of("https://a.org/x")
    assert server.asked == [("closest", "https://a.org/x", "")]


@pytest.mark.parametrize("kind", ["none", "errorcopy"])
def test_no_copy_is_no_problem(server: ArchiveServer, waits: Waits, kind: str) -> None:
    wish = Wish(f"https://a.org/{kind}")
    assert find(server, waits, wish) == {wish.url: Reply()}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("error", "status 500"),
        ("garbage", "not what the Wayback API promises"),
        ("empty", "not what the Wayback API promises"),
        ("list", "not what the Wayback API promises"),
        ("nostamp", "no valid time: 'yesterday'"),
        ("script", "'javascript:alert(1)' is not a web address"),
        ("number", "no address"),
        ("hangs", "no answer in 1 s"),
        ("drips", "no answer in 1 s"),
        ("endless", "does not end"),
        ("breaks", "RemoteProtocolError"),
        ("closed", "status 503, come back in 86400 s"),
    ],
)
def test_every_fault_is_told_and_the_next_source_is_still_asked(
    server: ArchiveServer, waits: Waits, monkeypatch: pytest.MonkeyPatch, kind: str, words: str
) -> None:
    monkeypatch.setattr(archives, "TIMEOUT", 1 if kind in {"hangs", "drips"} else 20)
    bad, good = Wish(f"https://a.org/{kind}"), Wish("https://a.org/good")
    found = find(server, waits, bad, good)
    assert words in found[bad.url].problem
    assert not found[bad.url].copy
    assert found[good.url].copy


@pytest.mark.parametrize(("kind", "pause"), [("stumbles", archives.DELAY), ("busy", 7.0)])
def test_it_asks_once_more_after_the_pause_asked_for(
    server: ArchiveServer, waits: Waits, kind: str, pause: float
) -> None:
    wish = Wish(f"https://a.org/{kind}")
    assert find(server, waits, Wish("https://a.org/first"), wish)[wish.url].copy
    assert waits[-1] == pause
    assert len(server.asked) == 3


def test_retry_after_as_a_date() -> None:
    def seconds(value: str) -> float | None:
        return archives._retry_after(httpx.Response(429, headers={"retry-after": value}))

    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)
    asked = seconds(soon.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    assert asked is not None and 50 < asked <= 60
    assert seconds("Fri, 31 Dec 1999 23:59:59 GMT") == 0
    assert seconds("soon") is None
    assert seconds("") is None
    assert seconds("12") == 12


def test_an_archive_that_keeps_failing_is_left_alone(server: ArchiveServer, waits: Waits) -> None:
    wishes = [Wish(f"https://a.org/garbage/{i}") for i in range(archives.GIVE_UP + 5)]
    found = find(server, waits, *wishes)
    assert len(server.asked) == archives.GIVE_UP
    assert "not asked" in found[wishes[-1].url].problem


def test_failures_count_only_in_a_row(server: ArchiveServer, waits: Waits) -> None:
    kinds = ["garbage", "garbage", "good"] * 3
    found = find(server, waits, *(Wish(f"https://a.org/{k}/{i}") for i, k in enumerate(kinds)))
    assert sum(bool(reply.copy) for reply in found.values()) == 3


def test_nobody_listens(waits: Waits) -> None:
    wish = Wish("https://a.org/x")
    with archive_server() as gone:
        endpoint = gone.endpoint
    found = archives.find([wish], endpoint, wait=waits)
    assert "ConnectError" in found[wish.url].problem


@pytest.mark.parametrize("endpoint", ["", "no address", "http://[::1", "ftp://a.org/x"])
def test_an_endpoint_that_is_none(waits: Waits, endpoint: str) -> None:
    wish = Wish("https://a.org/x")
    assert archives.find([wish], endpoint, wait=waits)[wish.url].problem


def test_the_time_for_all_of_it_is_bounded(server: ArchiveServer, waits: Waits) -> None:
    wishes = [Wish(f"https://a.org/hangs/{i}") for i in range(4)]
    started = time.monotonic()
    found = find(server, waits, *wishes, seconds=0.5)
    assert time.monotonic() - started < 15, "one question alone may take longer than that"
    assert {reply.problem for reply in found.values()} == {
        "not asked: the time for the archive was up"
    }


def test_a_capture_is_asked_for_only_where_there_is_no_copy(
    server: ArchiveServer, waits: Waits
) -> None:
    has, lacks = Wish("https://a.org/x", capture=True), Wish("https://a.org/none?a=1", capture=True)
    found = find(server, waits, has, lacks)
    assert found[has.url] == Reply(server.copy_of(has.url), DAY)
    assert found[lacks.url] == Reply(server.copy_of(lacks.url), DAY)
    assert server.asked[-1] == ("capture", lacks.url, "")
    assert sum(asked[0] == "capture" for asked in server.asked) == 1


def test_captures_have_a_longer_pause(server: ArchiveServer, waits: Waits) -> None:
    find(server, waits, *(Wish(f"https://a.org/none/{i}", capture=True) for i in range(2)))
    assert waits == [archives.DELAY, archives.CAPTURE_DELAY, archives.DELAY]


@pytest.mark.parametrize(
    ("end", "words"), [("refused", "status 523"), ("silent", "did not say where")]
)
def test_a_capture_that_fails(server: ArchiveServer, waits: Waits, end: str, words: str) -> None:
    wish = Wish(f"https://a.org/none/{end}", capture=True)
    assert words in find(server, waits, wish)[wish.url].problem


def test_no_capture_where_the_archive_could_not_say(server: ArchiveServer, waits: Waits) -> None:
    find(server, waits, Wish("https://a.org/garbage", capture=True))
    assert [asked[0] for asked in server.asked] == ["closest"]


def test_copies_are_cited_encrypted() -> None:
    reply = archives._copy(
        "http://web.archive.org/web/20261120101010/http://a.org/", "20261120101010"
    )
    assert reply.copy == "https://web.archive.org/web/20261120101010/http://a.org/"
