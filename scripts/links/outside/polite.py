"""Whose turn it is: few requests at once, fewer to one host, pauses between them, robots.txt."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpx
from protego import Protego

from scripts.links.outside.address import origin
from scripts.links.outside.model import Failure

_GIVE_UP = 6
"""Requests in a row without a connection, after which a host is not asked any more."""
_TAKE_THE_HINT = 6
"""Requests in a row answered with 429, after which a host is left alone."""
_LONGEST_CRAWL_DELAY = 10.0


def retry_after(value: str, now: dt.datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for; None if it says nothing that we understand.

    ``value`` is a number of seconds or an HTTP date; a date that is past means at once.
    """
    value = value.strip()
    if re.fullmatch(r"\d{1,12}", value):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=dt.UTC)
    return max(0.0, (date - now).total_seconds())


@dataclass(frozen=True)
class Refusal:
    """What a request that we do not make is taken to have come to."""

    status: int
    failure: Failure
    reason: str


@dataclass
class Host:
    """What we know about one host during a run; times are those of the event loop."""

    slots: asyncio.Semaphore
    delay: float
    next_turn: float = 0.0
    unreached: Counter[str] = field(default_factory=Counter)
    """Requests in a row without a connection, by origin: http may answer where https does not."""
    faults: dict[str, tuple[Failure, str]] = field(default_factory=dict)
    """Why the last of these requests got none."""
    refused: int = 0
    robots_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: dict[str, Protego | None] = field(default_factory=dict)
    """Rules by origin; None where there are none."""

    def hold(self, seconds: float) -> None:
        """No request before so many seconds are over."""
        now = asyncio.get_running_loop().time()
        self.next_turn = max(self.next_turn, now + seconds)

    def learn(
        self, place: str, status: int, failure: Failure, detail: str, *, reached: bool
    ) -> None:
        """Take note of how a request to the origin ``place`` ended."""
        self.unreached[place] = 0 if reached else self.unreached[place] + 1
        self.refused = self.refused + 1 if status == 429 else 0
        if not reached:
            self.faults[place] = failure, detail

    def rather_not(self, place: str) -> Refusal | None:
        """Why a request to the origin ``place`` would be pointless or unwanted, if it would."""
        if self.unreached[place] >= _GIVE_UP:
            failure, detail = self.faults[place]
            return Refusal(0, failure, f"{detail} ({_GIVE_UP} times in a row)")
        if self.refused >= _TAKE_THE_HINT:
            return Refusal(429, Failure.NONE, f"{_TAKE_THE_HINT} times in a row, so not asked")
        return None

    def slow_down(self, rules: Protego, agent: str) -> None:
        """Keep to the ``Crawl-delay`` of robots.txt, within reason."""
        wanted = rules.crawl_delay(agent)
        if wanted:
            self.delay = max(self.delay, min(float(wanted), _LONGEST_CRAWL_DELAY))


class Hosts:
    """The hosts of a run. ``delay`` is seconds from the start of one request to the next."""

    def __init__(self, concurrency: int, per_host: int, delay: float) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._per_host = per_host
        self._delay = delay
        self._hosts: dict[str, Host] = {}

    def of(self, url: httpx.URL) -> Host:
        """The host of an address; http and https on their usual ports are one host."""
        name = url.raw_host.decode("ascii") + (f":{url.port}" if url.port else "")
        if name not in self._hosts:
            self._hosts[name] = Host(asyncio.Semaphore(self._per_host), self._delay)
        return self._hosts[name]

    @contextlib.asynccontextmanager
    async def turn(self, url: httpx.URL) -> AsyncIterator[Refusal | None]:
        """Wait until a request for ``url`` is in order, and hold its place meanwhile.

        Gives the reason, without a wait, if no request should be made at all.
        """
        host, place, loop = self.of(url), origin(url), asyncio.get_running_loop()
        async with host.slots:
            # A pause holds its place at the host only, so slow hosts do not keep others waiting.
            while not (refusal := host.rather_not(place)):
                if (wait := host.next_turn - loop.time()) <= 0:
                    break
                await asyncio.sleep(wait)
            if refusal:
                yield refusal
                return
            host.next_turn = loop.time() + host.delay
            async with self._slots:
                yield None
