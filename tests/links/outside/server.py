"""A loopback server that misbehaves on purpose, for the outside link check.

Everything is one address a fault: the path says which. Names that end in ``.test`` are looked up
by ``Server.resolve`` instead of the system, so that one server plays many hosts: ``good.test``
and most others are the server itself (http on port 80; https on port 443, with a certificate
that holds for ``good.test``, ``both.test`` and ``upgraded.test`` only), and

``untrusted.test``, ``wrong-name.test``, ``expired.test``   https with a bad certificate
``full.test``     takes no connection, and does not refuse one either
``closed.test``   refuses every connection
``inside.test``   a name whose address is private (that of ``Server.private_port``)
``gone.test``     has no address
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import gzip
import socket
import ssl
import struct
import threading
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path

import trustme

HOME = "127.0.0.1"
FILLER = "<p>" + "Plain words of a page that is what it says it is. " * 20 + "</p>"
BOMB_SIZE = 60_000_000
BIG_SIZE = 100_000_000


def html(title: str, body: str = FILLER) -> bytes:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body>".encode()


@dataclass
class Asked:
    """One request as it came in."""

    at: float
    method: str
    host: str
    target: str
    headers: dict[str, str]


@dataclass
class Request:
    asked: Asked
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def answer(
        self, status: str, body: bytes = b"", kind: str = "text/html", **headers: str
    ) -> None:
        lines = {"Content-Type": kind, "Content-Length": str(len(body))}
        lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode())
        if self.asked.method != "HEAD":
            self.writer.write(body)
        await self.writer.drain()

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """End the connection with RST instead of FIN."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Fault = Callable[["Server", Request], Awaitable[None]]
FAULTS: dict[str, Fault] = {}


def fault(*paths: str) -> Callable[[Fault], Fault]:
    def register(function: Fault) -> Fault:
        for path in paths:
            FAULTS[path] = function
        return function

    return register


def page(path: str, title: str, body: str = FILLER, status: str = "200 OK", **headers: str) -> None:
    """A path that answers with a page, always the same."""

    async def answer(_: Server, request: Request) -> None:
        await request.answer(status, html(title, body), **headers)

    FAULTS[path] = answer


def redirect(path: str, to: str, status: str = "302 Found", **headers: str) -> None:
    async def answer(server: Server, request: Request) -> None:
        await request.answer(status, location=to.replace("PRIVATE", server.private), **headers)

    FAULTS[path] = answer


@dataclass
class Server:
    """Use as a context manager; ``log`` has every request, in order."""

    log: list[Asked] = field(default_factory=list)
    at_once: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_at_once: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    everywhere: int = 0
    most_everywhere: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    """Bytes of body sent, by path, for bodies without end."""
    private_connections: int = 0
    lookups: Counter[str] = field(default_factory=Counter)
    first_contact: threading.Event = field(default_factory=threading.Event)
    enough: threading.Event = field(default_factory=threading.Event)
    """Set when the log has ``enough_requests`` requests."""
    enough_requests: int = 10**9

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self.ports: dict[str, int] = {}
        self.authority = trustme.CA()
        self._bomb = gzip.compress(bytes(BOMB_SIZE), 1)

    # Names and ports

    @property
    def port(self) -> int:
        return self.ports["http"]

    @property
    def private(self) -> str:
        """``HOST:PORT`` of a server that nobody may ask."""
        return f"{HOME}:{self.ports['private']}"

    @property
    def allowed(self) -> tuple[tuple[str, int], ...]:
        return tuple((HOME, port) for name, port in self.ports.items() if name != "private")

    async def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        """In place of the system's lookup."""
        self.lookups[host] += 1
        special = {"untrusted.test", "wrong-name.test", "expired.test"}
        if host in special:
            return [(HOME, self.ports[host])]
        if host == "gone.test":
            raise OSError(-2, "Name or service not known")
        if host in {"full.test", "closed.test"}:
            return [(HOME, self.ports[host])]
        if host == "inside.test":
            return [(HOME, self.ports["private"])]
        if host.endswith(".test"):
            return [(HOME, self.ports["https" if port == 443 else "http"])]
        return [(str(socket.gethostbyname(host)), port)]  # numbers only: nothing leaves here

    # Life

    def __enter__(self) -> Server:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        for connection in self._full:
            connection.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def _context(self, certificate: trustme.LeafCert) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context

    async def _serve(self) -> None:
        names = ("good.test", "both.test", "upgraded.test")
        past = dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
        issue = self.authority.issue_cert
        contexts = {
            "https": self._context(issue(*names)),
            "untrusted.test": self._context(trustme.CA().issue_cert("untrusted.test")),
            "wrong-name.test": self._context(issue("another.test")),
            "expired.test": self._context(
                issue("expired.test", not_before=past, not_after=past + dt.timedelta(days=1))
            ),
        }
        async with contextlib.AsyncExitStack() as stack:
            for name in ("http", *contexts):
                server = await asyncio.start_server(
                    self._connected, HOME, 0, ssl=contexts.get(name), limit=2**20
                )
                await stack.enter_async_context(self._closing(server))
                self.ports[name] = server.sockets[0].getsockname()[1]
            private = await asyncio.start_server(self._trespass, HOME, 0)
            await stack.enter_async_context(self._closing(private))
            self.ports["private"] = private.sockets[0].getsockname()[1]
            self._full = self._fill()
            with socket.socket() as unused:
                unused.bind((HOME, 0))
                self.ports["closed.test"] = unused.getsockname()[1]
            self._ready.set()
            await self._stop.wait()

    @staticmethod
    @contextlib.asynccontextmanager
    async def _closing(server: asyncio.Server) -> AsyncIterator[None]:
        try:
            yield
        finally:
            server.close()

    def _fill(self) -> list[socket.socket]:
        """A listening socket whose queue is full: further connections get no answer at all."""
        listening = socket.socket()
        listening.bind((HOME, 0))
        listening.listen(0)
        self.ports["full.test"] = listening.getsockname()[1]
        held = [listening]
        for _ in range(3):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex((HOME, self.ports["full.test"]))
            held.append(connection)
        return held

    # Requests

    async def _trespass(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.private_connections += 1
        writer.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            while await self._request(reader, writer):
                pass
        with contextlib.suppress(ConnectionError, RuntimeError):
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        host = headers.get("host", "")
        asked = Asked(time.monotonic(), method, host, target, headers)
        self.log.append(asked)
        self.first_contact.set()
        if len(self.log) >= self.enough_requests:
            self.enough.set()
        self.at_once[host] += 1
        self.everywhere += 1
        self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
        self.most_everywhere = max(self.most_everywhere, self.everywhere)
        try:
            path = target.partition("?")[0]
            function = FAULTS.get(path) or FAULTS.get(f"{host}{path}") or _by_prefix(path)
            await function(self, Request(asked, reader, writer))
        finally:
            self.at_once[host] -= 1
            self.everywhere -= 1
        return not writer.is_closing() and path not in CLOSES

    def asked_for(self, path: str, host: str = "") -> list[Asked]:
        """Requests for a path, without its query."""
        return [
            asked
            for asked in self.log
            if asked.target.partition("?")[0] == path and host in {"", asked.host}
        ]

    def write_authority(self, path: Path) -> None:
        """The certificate to trust, for ``SSL_CERT_FILE``."""
        self.authority.cert_pem.write_to_path(str(path))


CLOSES = {
    "/empty",
    "/garbage",
    "/short-body",
    "/reset",
    "/reset-in-body",
    "/huge-header",
    "/http-0.9",
}
"""After these the connection is not used again."""


async def _not_there(_: Server, request: Request) -> None:
    await request.answer("404 Not Found", html("Not found"))


async def _good(_: Server, request: Request) -> None:
    await request.answer("200 OK", html(f"Page {request.asked.target}"))


def _by_prefix(path: str) -> Fault:
    return _good if path.startswith("/good") else _not_there


# Pages that are what they say

page("/", "Home", "<p>Welcome</p>" + FILLER)
page("/titled", "A Study of Sparse Attention | Journal of Models")
page("/retitled", "Cheap loans and casino bonus")
page("/anchors", "Anchors", '<h2 id="here">Here</h2><a name="old">Old</a>' + FILLER)
page("/script-anchors", "Anchors", "<script src='app.js'></script>" + FILLER)
page("/no-content-type", "Nameless", Content_Type="")
page("/about-404", "404 Media: how a newsroom found its readers")
page("/%E4%B8%AD%E6%96%87/%C3%A9", "Non-ASCII")
page("/already%2Fencoded%20once", "Encoded")
page("/latin", "Encoded", Content_Type="text/html; charset=nonsense")

# Pages that are not

page("/soft-en", "Example Site", "<h1>Oops!</h1><p>The page you requested could not be found.</p>")
page("/soft-title", "404 - Page Not Found | Example Site")
page("/soft-zh", "某站", "<p>抱歉，您访问的页面不存在。</p>")
page("/soft-de", "Seite nicht gefunden – Beispiel")
redirect("/old/article.html", "/")
redirect("/old/for-good.html", "/", "301 Moved Permanently")
page("/cloudflare", "Just a moment...", "<p>Checking your browser</p>", "403 Forbidden")
page("/captcha-200", "Security check", "<p>captcha</p>")
page("/captcha-503", "Just a moment...", "", "503 Service Unavailable")
page("/wall", "Just a moment...", "<p>Enable JavaScript and cookies to continue</p>")

# Statuses

for _status in (
    "401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone", "418 I'm a teapot",
    "429 Too Many Requests", "451 Unavailable For Legal Reasons", "500 Internal Server Error",
    "503 Service Unavailable", "999 Request denied",
):  # fmt: skip
    page(f"/status/{_status[:3]}", "Sorry", status=_status)
page("/status/204", "", "", "204 No Content")
page("/wait-hours", "Slow down", status="429 Too Many Requests", Retry_After="86400")
page("/wait-garbage", "Slow down", status="429 Too Many Requests", Retry_After="soon")
page("/wait-503-hours", "Slow down", status="503 Service Unavailable", Retry_After="86400")


def _second_time(path: str, status: str, wait: Callable[[], str] | None = None) -> None:
    """A path that fails the first time and recovers."""

    async def answer(server: Server, request: Request) -> None:
        if len(server.asked_for(path, request.asked.host)) > 1:
            await request.answer("200 OK", html("Recovered"))
        else:
            await request.answer(status, **({"retry_after": wait()} if wait else {}))

    FAULTS[path] = answer


def _http_date(seconds: float) -> str:
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds), usegmt=True)


_second_time("/recovers-500", "500 Internal Server Error")
_second_time("/recovers-429", "429 Too Many Requests")
_second_time("/recovers-seconds", "429 Too Many Requests", lambda: "1")
_second_time("/recovers-date", "429 Too Many Requests", lambda: _http_date(1.5))
_second_time("/recovers-503", "503 Service Unavailable", lambda: "0")


@fault("/recovers-reset")
async def _recovers_reset(server: Server, request: Request) -> None:
    if len(server.asked_for("/recovers-reset")) > 1:
        await request.answer("200 OK", html("Recovered"))
    else:
        request.reset()


# Redirects

redirect("/moved-301", "/good/new-address", "301 Moved Permanently")
redirect("/moved-308", "http://other.test/good/new-home", "308 Permanent Redirect")
redirect("/moved-twice", "/moved-301", "301 Moved Permanently")
redirect("/moved-then-302", "/to-302", "301 Moved Permanently")
redirect("/to-302", "/good/elsewhere", "302 Found")
redirect("/to-307", "/good/elsewhere", "307 Temporary Redirect")
redirect("/tracked", "/tracked?utm_source=x", "301 Moved Permanently")
redirect("/slash", "/slash/", "301 Moved Permanently")
page("/slash/", "Slash")
redirect("/to-login", "/login?next=%2Fto-login", "302 Found")
redirect("/to-login-301", "/login?next=%2Fto-login-301", "301 Moved Permanently")
page("/login", "Sign in")
redirect("/moved-to-nothing", "/status/404", "301 Moved Permanently")
redirect("/upgraded", "https://upgraded.test/upgraded", "301 Moved Permanently")
redirect("/loop", "/loop")
redirect("/loop-of-two", "/loop-back")
redirect("/loop-back", "/loop-of-two")
redirect("/loop-for-cookies", "/loop-for-cookies", Set_Cookie="session=1; Path=/")
redirect("/cookie", "/good/after-cookie", Set_Cookie="session=1; Path=/")
redirect("/to-ftp", "ftp://good.test/file")
redirect("/to-file", "file:///etc/passwd")
redirect("/to-script", "javascript:alert(1)")
redirect("/to-private", "http://PRIVATE/admin")
redirect("/to-private-name", "http://inside.test/admin")
redirect("/to-metadata", "http://169.254.169.254/latest/meta-data/")
redirect("/to-nowhere", "")
redirect("/to-garbage", "http://[broken/")
redirect("/to-non-ascii", "/中文/é")


@fault("/endless-redirects")
async def _endless_redirects(server: Server, request: Request) -> None:
    number = len(server.asked_for("/endless-redirects"))
    await request.answer("302 Found", location=f"/endless-redirects?step={number}")


@fault("/tracked")
async def _tracked(_: Server, request: Request) -> None:
    if "utm_source" in request.asked.target:
        await request.answer("200 OK", html("Tracked"))
    else:
        await request.answer("301 Moved Permanently", location="/tracked?utm_source=x")


@fault("/upgraded")
async def _upgraded(_: Server, request: Request) -> None:
    if request.writer.get_extra_info("ssl_object"):
        await request.answer("200 OK", html("Upgraded"))
    else:
        await request.answer("301 Moved Permanently", location="https://upgraded.test/upgraded")


@fault("/downgraded")
async def _downgraded(_: Server, request: Request) -> None:
    if request.writer.get_extra_info("ssl_object"):
        await request.answer("302 Found", location="http://plain.test/downgraded")
    else:
        await request.answer("200 OK", html("Downgraded"))


@fault("/only-http")
async def _only_http(_: Server, request: Request) -> None:
    if request.writer.get_extra_info("ssl_object"):
        await request.answer("404 Not Found")
    else:
        await request.answer("200 OK", html("Only http"))


# Time


@fault("/no-header")
async def _no_header(_: Server, request: Request) -> None:
    await request.reader.read(1)  # until the other side gives up


@fault("/slow-header")
async def _slow_header(_: Server, request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not request.writer.is_closing():
        await request.send(b"x")
        await asyncio.sleep(0.05)


@fault("/no-body")
async def _no_body(_: Server, request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n")
    await request.reader.read(1)


@fault("/slow-drip")
async def _slow_drip(_: Server, request: Request) -> None:
    await request.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n"
    )
    while not request.writer.is_closing():
        await request.send(b"x")
        await asyncio.sleep(0.05)


@fault("/slowish")
async def _slowish(_: Server, request: Request) -> None:
    await asyncio.sleep(0.08)
    await request.answer("200 OK", html("Slowish"))


# Size


async def _pour(server: Server, request: Request, part: bytes, total: float) -> None:
    path = request.asked.target
    while server.sent[path] < total and not request.writer.is_closing():
        await request.send(part)
        server.sent[path] += len(part)


@fault("/endless-body")
async def _endless_body(server: Server, request: Request) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    await request.send(head + b"%x\r\n%s\r\n" % (len(html("Endless")), html("Endless")))
    await _pour(server, request, b"8000\r\n" + b"x" * 0x8000 + b"\r\n", float("inf"))


@fault("/hundred-megabytes")
async def _hundred_megabytes(server: Server, request: Request) -> None:
    start = html("Big")
    length = len(start) + BIG_SIZE
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n"
    await request.send(head.encode() + start)
    await _pour(server, request, b"y" * 50_000, BIG_SIZE)


@fault("/bomb")
async def _bomb(server: Server, request: Request) -> None:
    await request.answer("200 OK", server._bomb, content_encoding="gzip")


@fault("/bomb-with-tail")
async def _bomb_with_tail(server: Server, request: Request) -> None:
    small = gzip.compress(html("Small"))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    await request.send(head + small)
    await _pour(server, request, b"z" * 50_000, float("inf"))


@fault("/gzip")
async def _gzip(_: Server, request: Request) -> None:
    await request.answer("200 OK", gzip.compress(html("Packed")), content_encoding="gzip")


@fault("/gzip-broken")
async def _gzip_broken(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"\x1f\x8b this is no gzip", content_encoding="gzip")


@fault("/brotli")
async def _brotli(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"\x0b\x02\x80not really", content_encoding="br")


# Protocol


@fault("/empty")
async def _empty(_: Server, request: Request) -> None:
    request.writer.close()


@fault("/reset")
async def _reset(_: Server, request: Request) -> None:
    request.reset()


@fault("/reset-in-body")
async def _reset_in_body(_: Server, request: Request) -> None:
    await request.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<title>"
    )
    await asyncio.sleep(0.05)  # so that what was sent arrives before the RST
    request.reset()


@fault("/short-body")
async def _short_body(_: Server, request: Request) -> None:
    body = html("Short")
    await request.answer("200 OK", body, content_length=str(len(body) + 500))
    request.writer.close()


@fault("/garbage")
async def _garbage(_: Server, request: Request) -> None:
    await request.send(b"\x00\xff\x13 what is this?\r\n\r\n")
    request.writer.close()


@fault("/huge-header")
async def _huge_header(_: Server, request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\nX-Huge: " + b"h" * 300_000 + b"\r\n\r\n")
    request.writer.close()


@fault("/head-405.pdf")
async def _head_405(_: Server, request: Request) -> None:
    if request.asked.method == "HEAD":
        await request.answer("405 Method Not Allowed")
    else:
        await request.answer("200 OK", b"%PDF-1.7", "application/pdf")


@fault("/head-404.pdf")
async def _head_404(_: Server, request: Request) -> None:
    if request.asked.method == "HEAD":
        await request.answer("404 Not Found")
    else:
        await request.answer("200 OK", b"%PDF-1.7", "application/pdf")


@fault("/head-reset.zip")
async def _head_reset(_: Server, request: Request) -> None:
    if request.asked.method == "HEAD":
        request.reset()
    else:
        await request.answer("200 OK", b"PK", "application/zip")


@fault("/head-lies.pdf")
async def _head_lies(_: Server, request: Request) -> None:
    if request.asked.method == "HEAD":
        await request.answer("200 OK", b"", "application/pdf")
    else:
        await request.answer("404 Not Found")


@fault("/page-for.pdf")
async def _page_for_file(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"<title>Our new site</title><p>Welcome")


@fault("/waf-202")
async def _waf_202(_: Server, request: Request) -> None:
    await request.send(
        b"HTTP/1.1 202 Accepted\r\nContent-Type: text/html\r\nContent-Length: 0\r\n"
        b"x-amzn-waf-action: challenge\r\n\r\n"
    )
    request.writer.close()


@fault("/nothing-200")
async def _nothing(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"  ")


@fault("/wall-200")
async def _wall_200(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"<title>x</title><script>window.gokuProps={}</script>")


@fault("/refresh-elsewhere")
async def _refresh(_: Server, request: Request) -> None:
    await request.answer("200 OK", b'<meta http-equiv=refresh content="0; url=/lander">')


@fault("/two-encodings")
async def _two_encodings(_: Server, request: Request) -> None:
    await request.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n4\r\nword\r\n0\r\n\r\n"
    )
    request.writer.close()


@fault("/odd-header")
async def _odd_header(_: Server, request: Request) -> None:
    await request.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nno colon here\r\n\r\n<title>t</title>"
    )
    request.writer.close()


@fault("/parked")
async def _parked(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"<title>only.test is for sale</title>")


@fault("/file.pdf")
async def _file(_: Server, request: Request) -> None:
    await request.answer("200 OK", b"%PDF-1.7" + b"x" * 1000, "application/pdf")


@fault("/big-file")
async def _big_file(server: Server, request: Request) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 100000000\r\n\r\n"
    await request.send(head)
    await _pour(server, request, b"y" * 50_000, BIG_SIZE)


# robots.txt


@fault("/robots.txt")
async def _robots(_: Server, request: Request) -> None:
    rules = {
        "keep-out.test": "User-agent: *\nDisallow: /\n",
        "keep-us-out.test": "User-agent: explained-link-check\nDisallow: /private/\n",
        "crawl-delay.test": "User-agent: *\nCrawl-delay: 0.3\n",
    }
    if text := rules.get(request.asked.host):
        await request.answer("200 OK", text.encode(), "text/plain")
    elif request.asked.host == "robots-500.test":
        await request.answer("500 Internal Server Error")
    elif request.asked.host == "robots-html.test":
        await request.answer("200 OK", html("Not robots"))
    else:
        await request.answer("404 Not Found")
