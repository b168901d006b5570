"""Connections that never reach a private address, whatever name or redirect leads there.

A contributor's link must not make the checker knock at doors of the network it runs in. So the
name is looked up here, every address it has is judged, and the connection goes to the very
address that was judged: a name that answers differently the second time gains nothing. For the
same reason no proxy is used: it would look names up where nobody judges them.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from typing import Any

import httpcore
import httpx

Resolver = Callable[[str, int], Awaitable[list[tuple[str, int]]]]
"""Addresses ``(ip, port)`` of a name and port. Raises OSError if there are none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
_AT_ONCE = 16
"""Names looked up at the same time."""


class RefusedError(Exception):
    """The address is not one that a public link may lead to."""


class UnknownNameError(Exception):
    """The name has no address."""


def _within(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    compatible = int(ip) >> 32 == 0  # ::7f00:1, deprecated and still understood
    if compatible or ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, in whatever form it is wrapped."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _LOCAL_NAT64:
            return False
        if inner := _within(ip):
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class SystemResolver:
    """Looks names up as the system does, each once.

    In threads of its own that nobody waits for at the end: a lookup cannot be called off, and
    those of an executor would keep the program from ending.
    """

    def __init__(self) -> None:
        self._found: dict[str, asyncio.Future[list[str]]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, host: str, port: int) -> list[tuple[str, int]]:
        if host not in self._found:
            self._found[host] = asyncio.ensure_future(self._look_up(host))
        return [(ip, port) for ip in await asyncio.shield(self._found[host])]

    async def _look_up(self, host: str) -> list[str]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def tell(result: list[str] | OSError) -> None:
            if answer.done():
                return
            if isinstance(result, OSError):
                answer.set_exception(result)
            else:
                answer.set_result(result)

        def ask() -> None:
            result: list[str] | OSError
            try:
                found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
                # IPv4 first: many runners have an IPv6 address and no way out with it.
                found.sort(key=lambda info: info[0] != socket.AF_INET)
                result = list(dict.fromkeys(str(info[4][0]) for info in found))
            except OSError as error:
                result = error
            except UnicodeError as error:
                result = OSError(str(error))
            with contextlib.suppress(RuntimeError):  # the run may be over
                loop.call_soon_threadsafe(tell, result)

        async with self._slots:
            threading.Thread(target=ask, daemon=True, name=f"lookup {host}").start()
            return await answer


class _Backend(httpcore.AsyncNetworkBackend):
    def __init__(
        self, resolve: Resolver, allow_private: bool, allowed: Collection[tuple[str, int]]
    ) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._allowed = allowed
        self._tcp = httpcore.AnyIOBackend()

    def _may(self, ip: str, port: int) -> bool:
        return self._allow_private or (ip, port) in self._allowed or is_public(ip)

    async def _addresses(
        self, host: str, port: int, timeout: float | None
    ) -> list[tuple[str, int]]:
        try:
            async with asyncio.timeout(timeout):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"looking up {host} took too long") from error
        except OSError as error:
            raise UnknownNameError(f"{host}: {error.strerror or error}") from error
        return found

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        found = await self._addresses(host.strip("[]"), port, timeout)
        public = [(ip, number) for ip, number in found if self._may(ip, number)]
        if not public:
            shown = ", ".join(ip for ip, _ in found) or "no address"
            raise RefusedError(f"{host} is {shown}")
        failure: Exception | None = None
        for ip, number in public[:3]:
            try:
                return await self._tcp.connect_tcp(
                    ip, number, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx over connections that ``is_public`` agrees to; errors are those of httpcore.

    ``allowed`` are private addresses ``(ip, port)`` that may be asked all the same.
    """

    def __init__(
        self,
        *,
        resolve: Resolver | None = None,
        allow_private: bool = False,
        allowed: Collection[tuple[str, int]] = (),
        idle: int = 20,
    ) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=None,  # the turns of polite.py bound them
            max_keepalive_connections=idle,
            keepalive_expiry=10,
            network_backend=_Backend(resolve or SystemResolver(), allow_private, allowed),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    async def aclose(self) -> None:
        await self._pool.aclose()
