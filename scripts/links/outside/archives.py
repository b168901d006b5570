"""Archived copies of sources: what the Wayback Machine has, and asking it for a new capture.

One question at a time, with a pause between two and ``Retry-After`` obeyed; each has a time limit
and so has all of it. A failure is part of the answer, never an exception: the link check goes on
without the archive, and when it fails several times in a row, the rest is not asked.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

import httpx

from scripts.sources.references.addresses import url_problem

AVAILABILITY = "https://archive.org/wayback/available"
"""Says which copy of an address is nearest to a day."""
SAVE = "https://web.archive.org/save"
"""Save Page Now: a GET of this, a slash and an address makes a capture."""
USER_AGENT = "deepseek-v4-explained-links/1.0 (checks the sources of a public site, weekly)"

DELAY = 1.5
"""Seconds between two questions."""
CAPTURE_DELAY = 10.0
"""Seconds after a capture: the archive allows only a few of them a minute."""
TIMEOUT = 20.0
"""Seconds for one question as a whole, however slowly the answer drips."""
CAPTURE_TIMEOUT = 90.0
LONGEST_WAIT = 120.0
"""``Retry-After`` beyond this means: not today."""
LARGEST = 1_000_000
"""Bytes of an answer; one has a few hundred."""
GIVE_UP = 3
"""Failures in a row after which the archive is left alone."""

_CAPTURED = re.compile(r"/web/(\d{14})[a-z_]*/")


@dataclass(frozen=True)
class Reply:
    """A copy, or why there is none; all empty if the archive simply has none."""

    copy: str = ""
    """Address of the archived copy."""
    date: dt.date | None = None
    """Day on which it was captured."""
    problem: str = ""
    """The archive could not say, in one line."""


@dataclass(frozen=True)
class Wish:
    """A source whose copy is wanted."""

    url: str
    date: str = ""
    """Day near which the copy should be: YYYY-MM-DD, YYYY-MM, YYYY or nothing."""
    capture: bool = False
    """Ask for a new capture if there is no copy yet (it must be alive for that)."""


class _Failed(Exception):
    """The archive gave no usable answer."""


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that the archive asks us to wait; None if it does not say."""
    text = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())


def _copy(address: object, stamp: object) -> Reply:
    """A copy's address and day, both checked: they go into the bibliography."""
    if not isinstance(address, str) or not isinstance(stamp, str):
        raise _Failed("its answer has no address or no time")
    parts = urlsplit(address)
    if parts.scheme == "http" and parts.hostname == "web.archive.org":
        address = urlunsplit(parts._replace(scheme="https"))
    address = address.replace("{", "%7B").replace("}", "%7D")
    if problem := url_problem(address):
        raise _Failed(f"its answer is of no use: {problem[:200]}")
    try:
        return Reply(address, dt.datetime.strptime(stamp, "%Y%m%d%H%M%S").date())
    except ValueError as error:
        raise _Failed(f"its answer has no valid time: {stamp[:40]!r}") from error


class Archive:
    """The two services, asked politely. Use one for a whole run, in one event loop."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        endpoint: str = AVAILABILITY,
        save: str = SAVE,
        wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ):
        self.client = client
        self.endpoint = endpoint
        self.save = save.rstrip("/")
        self.wait = wait
        self.pause = 0.0
        self.failures = 0

    async def closest(self, url: str, date: str = "") -> Reply:
        """The copy of ``url`` nearest to ``date``."""
        # The archive knows pages, not places in them.
        params = {"url": urldefrag(url).url}
        if stamp := re.sub(r"\D", "", date.split("/")[0]):
            params["timestamp"] = stamp
        return await self._safely(self._closest(params), DELAY)

    async def capture(self, url: str) -> Reply:
        """A new copy of ``url``."""
        return await self._safely(self._capture(f"{self.save}/{urldefrag(url).url}"), CAPTURE_DELAY)

    async def _safely(self, question: Awaitable[Reply], pause: float) -> Reply:
        if self.failures >= GIVE_UP:
            question.close()  # type: ignore[attr-defined]  # a coroutine that never ran
            return Reply(problem=f"not asked: the archive failed {GIVE_UP} times in a row")
        if self.pause:
            await self.wait(self.pause)
        self.pause = pause
        try:
            reply = await question
        except _Failed as error:
            self.failures += 1
            return Reply(problem=f"the archive could not say: {error}")
        self.failures = 0
        return reply

    async def _closest(self, params: dict[str, str]) -> Reply:
        response, body = await self._get(self.endpoint, params, TIMEOUT)
        if response.status_code != 200:
            raise _Failed(f"status {response.status_code}")
        try:
            snapshots = json.loads(body)["archived_snapshots"]
            closest = snapshots.get("closest")
            if not closest or not closest.get("available"):
                return Reply()
            status = str(closest.get("status", "200"))
        except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
            raise _Failed("its answer is not what the Wayback API promises") from error
        if not status.startswith("2"):
            return Reply()  # a copy of an error message
        return _copy(closest.get("url"), closest.get("timestamp"))

    async def _capture(self, address: str) -> Reply:
        response, _ = await self._get(address, {}, CAPTURE_TIMEOUT)
        if response.status_code >= 400:
            raise _Failed(f"status {response.status_code}")
        for name in ("content-location", "location"):
            target = urljoin(f"{self.save}/", response.headers.get(name, ""))
            if match := _CAPTURED.search(target):
                return _copy(target, match[1])
        raise _Failed("it did not say where the new copy is")

    async def _get(
        self, address: str, params: dict[str, str], seconds: float
    ) -> tuple[httpx.Response, bytes]:
        """One answer; once more after a pause if the archive asks for it or stumbles."""
        for last in (False, True):
            response, body = await self._once(address, params, seconds)
            if last or (response.status_code != 429 and response.status_code < 500):
                break
            asked = _retry_after(response)
            if asked is not None and asked > LONGEST_WAIT:
                raise _Failed(f"status {response.status_code}, come back in {asked:.0f} s")
            await self.wait(max(asked or 0.0, self.pause))
        return response, body

    async def _once(
        self, address: str, params: dict[str, str], seconds: float
    ) -> tuple[httpx.Response, bytes]:
        try:
            url = httpx.URL(address).copy_merge_params(params)
            async with asyncio.timeout(seconds), self.client.stream("GET", url) as response:
                body = b""
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST:
                        raise _Failed("its answer does not end")
                return response, body
        except TimeoutError as error:
            raise _Failed(f"no answer in {seconds:g} s") from error
        # InvalidURL and errors of decoding are no HTTPError.
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
            words = " ".join(str(error).split())[:200]
            raise _Failed(f"{type(error).__name__} {words}".strip()) from error


async def _ask(archive: Archive, wish: Wish) -> Reply:
    reply = await archive.closest(wish.url, wish.date)
    if wish.capture and not reply.copy and not reply.problem:
        reply = await archive.capture(wish.url)
    return reply


async def _ask_all(
    wishes: Iterable[Wish],
    endpoint: str,
    save: str,
    seconds: float,
    wait: Callable[[float], Awaitable[object]],
) -> dict[str, Reply]:
    until = time.monotonic() + seconds
    replies: dict[str, Reply] = {}
    async with httpx.AsyncClient(headers={"user-agent": USER_AGENT}, timeout=None) as client:
        archive = Archive(client, endpoint, save, wait)
        for wish in wishes:
            if wish.url in replies:
                continue
            left = until - time.monotonic()
            try:
                async with asyncio.timeout(left):
                    replies[wish.url] = await _ask(archive, wish)
            except TimeoutError:
                replies[wish.url] = Reply(problem="not asked: the time for the archive was up")
    return replies


def find(
    wishes: Iterable[Wish],
    endpoint: str = AVAILABILITY,
    save: str = SAVE,
    seconds: float = 1800.0,
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> dict[str, Reply]:
    """An answer for the address of every wish, in at most ``seconds``.

    Never raises for what the archive does; what went wrong is the ``problem`` of a reply.
    """
    return asyncio.run(_ask_all(wishes, endpoint, save, seconds, wait))
