"""What the parts of the outside link check tell each other; no part has a shape of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from scripts.sources.link_record import Verdict


@dataclass(frozen=True, order=True)
class Place:
    """Where an address is written. ``line`` and ``column`` count from 1."""

    file: str
    """Relative to the project, with forward slashes."""
    line: int
    column: int = 1
    key: str = ""
    """Key of the entry, for an address of references.bib."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Link:
    """One outside address with every place that names it; it is asked for once."""

    url: str
    """As written, without the fragment's text directive stripped or anything decoded."""
    places: tuple[Place, ...]
    title: str = ""
    """Title of the bibliography entry, if an entry has this address."""


class Failure(StrEnum):
    """Why no answer, or no usable one, came."""

    NONE = ""
    DNS = "name not found"
    CONNECT = "no connection"
    TIMEOUT = "timed out"
    RESET = "connection broke off"
    TLS = "bad certificate"
    TOO_MANY_REDIRECTS = "redirects without end"
    BAD_REDIRECT = "redirect to an address that is not asked for"
    PRIVATE = "private address"
    PROTOCOL = "not HTTP as it should be"
    MALFORMED = "an answer that we cannot read"
    """Browsers forgive much; what they would show, we do not know."""
    ROBOTS = "robots.txt asks not to"
    OUT_OF_TIME = "the run's time was up"


@dataclass(frozen=True)
class Hop:
    """One redirect: the status that sent us on and where to."""

    status: int
    to: str


@dataclass(frozen=True)
class Answer:
    """What one request for a link came to, before anybody judges it."""

    url: str
    status: int = 0
    """HTTP status of the last answer; 0 if none came."""
    hops: tuple[Hop, ...] = ()
    failure: Failure = Failure.NONE
    detail: str = ""
    """The library's own words about a failure, in one line."""
    content_type: str = ""
    title: str = ""
    """Title of an HTML page, white space collapsed."""
    text: str = ""
    """Start of the visible text of an HTML page, at most 20,000 characters."""
    anchors: frozenset[str] = frozenset()
    truncated: bool = False
    """The body was longer than we read; what it lacks proves nothing."""
    seconds: float = 0.0
    scripts: bool = False
    """Scripts run on the page: an anchor that it lacks may be added by them."""
    sets_cookies: bool = False
    """One of the answers wanted to set a cookie; we keep none."""
    retry_after: float = 0.0
    """Seconds that the host asks us to wait, if that is longer than we do."""
    reached: bool = True
    """A connection came about; not so for unknown names and hosts that do not take us."""
    wall: str = ""
    """Whose wall against robots stands in front of it."""
    parked: bool = False
    """The page of somebody who sells names."""
    sends_on: str = ""
    """Where a refresh or a script leads visitors, in full."""
    empty: bool = False
    """A page was asked for and nothing came."""
    https_works: bool = False
    """The address is plain http, and the same one with https answers."""

    @property
    def final_url(self) -> str:
        """Where the redirects led, or the address itself."""
        return self.hops[-1].to if self.hops else self.url


BROKEN = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.REFUSED})
"""Verdicts with which the check fails."""


@dataclass(frozen=True)
class Finding:
    """One link, judged."""

    link: Link
    verdict: Verdict
    reason: str = ""
    """One line for a contributor: ``404 Not Found``, ``timed out on 3 days since 2026-11-02``."""
    answer: Answer | None = None
    """None if the verdict is remembered from an earlier run."""
    checked: dt.datetime | None = None
    """When it was last asked for (UTC); None if never."""
    moved_to: str = ""
    """The new address, when the verdict is MOVED; the one with https, when it is INSECURE."""
    archive: str = ""
    """Address of an archived copy, when one was found."""
    failing_days: tuple[dt.date, ...] = field(default=())
    """Different days on which it failed since it last worked."""
