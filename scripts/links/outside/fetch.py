"""Asks for outside addresses: politely, within bounds, and whatever the server does.

Why not lychee, which checks the inside links: it tells neither title nor text of a page, so one
that says "not found" with status 200, or is another page by now, passes; and it does not let us
refuse the address that a name or a redirect resolves to. Ours are the bounds and the turns.

One GET for a page, read up to a bound, instead of HEAD and then GET: title, text and anchors are
needed of nearly every address (almost all are of the bibliography), so HEAD would only be a second
request. No body but text is read: of a file (``.pdf``, ``.zip``) a GET takes only the headers. A
HEAD is not asked for, since servers answer it without looking whether the file is there.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

import httpcore
import httpx
from protego import Protego

from scripts.links.outside import page, walls
from scripts.links.outside.address import origin, wire
from scripts.links.outside.guard import GuardedTransport, RefusedError, Resolver, UnknownNameError
from scripts.links.outside.model import Answer, Failure, Hop
from scripts.links.outside.polite import Hosts, retry_after

AGENT = "explained-link-check"
"""Our name in robots.txt."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAY_RECOVER = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_TRIED_AGAIN = frozenset({Failure.CONNECT, Failure.RESET})
_TRIED_TWICE = frozenset({Failure.TIMEOUT, Failure.PROTOCOL, Failure.MALFORMED})
"""Another try costs much or helps seldom: what came may be the rest of an earlier answer."""
_FORGIVEN = re.compile(r"header line|header (?:name|value)|Content-Length|Transfer-Encoding|chunk")
"""Faults of an answer over which browsers do not stumble, in the words of h11."""
_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    httpx.HTTPError,
    httpx.InvalidURL,
    OSError,
    RefusedError,
    UnknownNameError,
    zlib.error,
)
"""What the libraries raise for faults of servers and networks; anything else is our mistake."""
_READ_OF_ERRORS = 65_536
_ROBOTS_BYTES = 512_000


@dataclass(frozen=True)
class Limits:
    """How long, how often and how much; times in seconds."""

    concurrency: int = 16
    per_host: int = 1
    delay: float = 1.0
    """From the start of one request to a host to the start of the next."""
    connect: float = 10.0
    read: float = 15.0
    """Without a single byte."""
    request: float = 30.0
    """For one request, to the end of what is read of the body."""
    redirects: int = 10
    body: int = 1_000_000
    """Bytes read, after decompression."""
    tries: int = 3
    backoff: float = 2.0
    """Before the second try; doubled before each further one."""
    retry_after: float = 60.0
    """Longest wait that a host may ask for."""


@dataclass
class _Reply:
    """What came of one request, redirects not followed."""

    status: int = 0
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes = b""
    truncated: bool = False
    failure: Failure = Failure.NONE
    detail: str = ""
    reached: bool = True
    asked: bool = True
    """False if polite.py thought better of it."""


def _line(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error) or type(error).__name__).strip()[:300]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def failure_of(error: Exception) -> tuple[Failure, str]:
    """Which failure an error of the libraries is, and their words for it."""
    for cause in _causes(error):
        if isinstance(cause, RefusedError):
            return Failure.PRIVATE, _line(cause)
        if isinstance(cause, UnknownNameError):
            return Failure.DNS, _line(cause)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failure.TLS, cause.verify_message or _line(cause)
    detail = _line(error)
    match error:
        case TimeoutError():
            return Failure.TIMEOUT, "it took too long on the whole"
        case httpcore.ConnectTimeout():
            return Failure.TIMEOUT, detail if "looking up" in detail else "no connection in time"
        case httpcore.TimeoutException():
            return Failure.TIMEOUT, "nothing came for too long"
        case httpcore.ConnectError():
            return Failure.CONNECT, detail
        case httpcore.ReadError() | httpcore.WriteError():
            return Failure.RESET, detail
        case httpcore.RemoteProtocolError() if "disconnected" in detail or "closed" in detail:
            return Failure.RESET, detail
        case httpcore.RemoteProtocolError() if _FORGIVEN.search(detail):
            return Failure.MALFORMED, detail
        case _:
            return Failure.PROTOCOL, detail


def _is_text(headers: httpx.Headers) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in {"", "text/html", "application/xhtml+xml", "text/plain"}


async def _body(answer: httpx.Response, most: int) -> tuple[bytes, bool]:
    """At most so many bytes of a body, decompressed, and whether there is more that we left."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        return b"", True  # neither asked for nor understood
    unpack = zlib.decompressobj(47) if coding not in {"", "identity"} else None
    body = bytearray()
    async for part in answer.aiter_raw():
        # Never more than the bound at once: a few bytes of a bomb are many when unpacked.
        body += unpack.decompress(part, most + 1 - len(body)) if unpack else part
        if len(body) > most:
            return bytes(body[:most]), True
        if unpack and unpack.eof:
            break  # what follows the compressed page belongs to nothing
    return bytes(body), False


class Fetcher:
    """Asks for addresses; use as an asynchronous context manager.

    ``contact`` is an address at which the people behind this can be found. Nothing of what is
    asked raises: every fault becomes part of the Answer.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        contact: str = "",
        robots: bool = True,
        allow_private: bool = False,
        allowed: tuple[tuple[str, int], ...] = (),
        resolve: Resolver | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._limits = limits or Limits()
        self._robots = robots
        self._now = now
        self._hosts = Hosts(self._limits.concurrency, self._limits.per_host, self._limits.delay)
        about = f"+{contact}; " if contact else ""
        # The transport itself, not a client: a client would look at redirects before we do, and
        # keep cookies.
        self._transport = GuardedTransport(
            resolve=resolve,
            allow_private=allow_private,
            allowed=allowed,
            idle=self._limits.concurrency,
        )
        self._headers = {
            "User-Agent": f"{AGENT}/1.0 ({about}checks that cited sources are still there)",
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            # Only what we decompress ourselves, bounded, so that no bomb gets through.
            "Accept-Encoding": "gzip",
        }

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.aclose()

    async def fetch(self, url: str) -> Answer:
        """What asking for ``url`` comes to, redirects followed and failures tried again."""
        started = time.monotonic()
        try:
            target = wire(url)
        except ValueError as error:
            return Answer(url, failure=Failure.PROTOCOL, detail=_line(error))
        answer = Answer(url)
        for attempt in range(self._limits.tries):
            answer, wait = await self._follow(url, target, attempt)
            if wait is None or attempt + 1 == self._limits.tries:
                break
            await asyncio.sleep(wait)
        if (
            target.scheme == "http"
            and answer.final_url.startswith("http:")
            and answer.status == 200
        ):
            answer = replace(answer, https_works=await self._https_works(target))
        return replace(answer, seconds=round(time.monotonic() - started, 3))

    async def _https_works(self, url: httpx.URL) -> bool:
        """Whether the same address answers with https, and does not lead back."""
        if url.port is not None:  # another port speaks one of the two only
            return False
        reply = await self._ask(url.copy_with(scheme="https"), "HEAD")
        if reply.status in _REDIRECTS:
            return reply.headers.get("location", "").startswith(("https:", "/"))
        return 200 <= reply.status < 300

    async def _follow(
        self, url: str, target: httpx.URL, attempt: int
    ) -> tuple[Answer, float | None]:
        """The answer at the end of the redirects; seconds to wait if another try is worth it."""
        hops: list[Hop] = []
        seen = {str(target)}
        cookies = False

        def ended(failure: Failure, detail: str, status: int = 0) -> tuple[Answer, None]:
            answer = Answer(url, status, tuple(hops), failure, detail, sets_cookies=cookies)
            return answer, None

        while True:
            if not await self._robots_allow(target):
                return ended(Failure.ROBOTS, f"{origin(target)}/robots.txt")
            reply = await self._ask(target, "GET")
            cookies = cookies or "set-cookie" in reply.headers
            if reply.status not in _REDIRECTS or reply.failure:
                break
            location = reply.headers.get("location", "").strip()
            if not location:
                return ended(
                    Failure.PROTOCOL, "a redirect that does not say where to", reply.status
                )
            if len(hops) == self._limits.redirects:
                return ended(Failure.TOO_MANY_REDIRECTS, f"more than {len(hops)}", reply.status)
            try:
                target = wire(urljoin(str(target), location))
            except ValueError:
                hops.append(Hop(reply.status, location[:500]))
                return ended(Failure.BAD_REDIRECT, f"it leads to '{location[:100]}'", reply.status)
            mark = location.partition("#")[2]
            hops.append(Hop(reply.status, str(target) + (f"#{mark}" if mark else "")))
            if str(target) in seen:
                return ended(Failure.TOO_MANY_REDIRECTS, f"back to {target}", reply.status)
            seen.add(str(target))
        wait, too_long = self._wait(target, reply, attempt)
        content = page.Content()
        if reply.body and _is_text(reply.headers):
            kind = reply.headers.get("content-type", "text/html")
            content = await asyncio.to_thread(page.read, reply.body, kind)
        nothing = not reply.body.strip() and not reply.truncated and _is_text(reply.headers)
        answer = Answer(
            url,
            reply.status,
            tuple(hops),
            reply.failure,
            reply.detail,
            content_type=reply.headers.get("content-type", ""),
            title=content.title,
            text=content.text,
            anchors=content.anchors,
            truncated=reply.truncated,
            scripts=content.scripts,
            sets_cookies=cookies,
            retry_after=too_long,
            wall=walls.of_headers(reply.headers) or content.wall,
            parked=content.parked,
            sends_on=urljoin(str(target), content.sends_on) if content.sends_on else "",
            empty=nothing and not reply.failure and reply.status == 200,
            reached=reply.reached,
        )
        return answer, wait

    def _wait(self, target: httpx.URL, reply: _Reply, attempt: int) -> tuple[float | None, float]:
        """Seconds until another try (None: there is no point), and a wait too long for us."""
        if not reply.asked:
            return None, 0.0
        backoff = self._limits.backoff * 2**attempt
        if reply.failure:
            again = reply.failure in _TRIED_AGAIN
            again = again or (reply.failure in _TRIED_TWICE and attempt == 0)
            return (backoff if again else None), 0.0
        if reply.status not in _MAY_RECOVER:
            return None, 0.0
        asked = retry_after(reply.headers.get("retry-after", ""), self._now())
        if asked is not None and asked > self._limits.retry_after:
            return None, asked
        if reply.status == 429 or asked:
            # The host as a whole wants rest, not this address alone.
            self._hosts.of(target).hold(backoff if asked is None else asked)
        return (backoff if asked is None else asked), 0.0

    async def _ask(self, url: httpx.URL, method: str, most: int | None = None) -> _Reply:
        """One request in its turn, with all its bounds."""
        async with self._hosts.turn(url) as refusal:
            if refusal:
                return _Reply(
                    refusal.status,
                    failure=refusal.failure,
                    detail=refusal.reason,
                    reached=not refusal.failure,
                    asked=False,
                )
            reply = _Reply()
            try:
                async with asyncio.timeout(self._limits.request):
                    await self._send(url, method, most or self._limits.body, reply)
            except _ERRORS as error:
                reply.failure, reply.detail = failure_of(error)
                unconnected = (httpcore.ConnectError, httpcore.ConnectTimeout, UnknownNameError)
                # Who shows a certificate, be it a bad one, is there.
                reply.reached = reply.failure is Failure.TLS or not isinstance(error, unconnected)
            self._hosts.of(url).learn(
                origin(url), reply.status, reply.failure, reply.detail, reached=reply.reached
            )
        if reply.failure and reply.status >= 400:
            # The status has said it; that its page broke off adds nothing.
            reply.failure, reply.detail, reply.truncated = Failure.NONE, "", True
        return reply

    async def _send(self, url: httpx.URL, method: str, most: int, reply: _Reply) -> None:
        limits = self._limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect, pool=None)
        request = httpx.Request(
            method, url, headers=self._headers, extensions={"timeout": timeout.as_dict()}
        )
        answer = await self._transport.handle_async_request(request)
        try:
            reply.status, reply.headers = answer.status_code, answer.headers
            if method == "HEAD" or answer.status_code in _REDIRECTS or not _is_text(answer.headers):
                return
            if answer.status_code >= 400:
                most = min(most, _READ_OF_ERRORS)
            reply.body, reply.truncated = await _body(answer, most)
        finally:
            await answer.aclose()

    async def _robots_allow(self, url: httpx.URL) -> bool:
        if not self._robots or url.path == "/robots.txt":
            return True
        host, place = self._hosts.of(url), origin(url)
        async with host.robots_lock:
            if place not in host.robots:
                host.robots[place] = await self._rules(url)
                if rules := host.robots[place]:
                    host.slow_down(rules, AGENT)
        rules = host.robots[place]
        return rules is None or rules.can_fetch(str(url), AGENT)

    async def _rules(self, url: httpx.URL) -> Protego | None:
        """robots.txt of the origin of ``url``.

        None where there is none, or it cannot be had: then the page itself is asked for, once,
        and tells what is wrong. Otherwise a host that is gone could never be called dead.
        """
        target = url.copy_with(raw_path=b"/robots.txt")
        for _ in range(5):
            reply = await self._ask(target, "GET", _ROBOTS_BYTES)
            if reply.status in _REDIRECTS and not reply.failure:
                try:
                    target = wire(urljoin(str(target), reply.headers.get("location", "")))
                except ValueError:
                    return None
                continue
            if reply.failure or not 200 <= reply.status < 300:
                return None
            text = reply.body.decode("utf-8", "replace")
            return await asyncio.to_thread(Protego.parse, text)
        return None
