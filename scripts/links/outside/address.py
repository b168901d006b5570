"""Addresses as they are written, as they are sent, and when two of them are the same place."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import idna

_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|spm|ref|ref_src|cmpid|ocid"
)
_HOME = re.compile(r"(?:[a-z]{2}(?:-[a-z]{2,4})?/?)?(?:(?:index|home|default)(?:\.\w+)?)?", re.I)
DEFAULT_PORTS = {"http": 80, "https": 443}


def _ascii_host(host: str) -> str:
    """``host`` as it is sent: IDNA for names, dotted numbers for every spelling of an IPv4."""
    host = unquote(host).lower()
    if _NUMERIC.fullmatch(host):
        try:
            return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
        except OSError as error:
            raise ValueError(f"'{host}' is not an IPv4 address") from error
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True, std3_rules=False).decode()
    except idna.IDNAError:
        # Browsers look up names that IDNA 2008 does not allow (emoji), so we do.
        labels = re.split(r"[.\u3002\uff0e\uff61]", host)
        return ".".join(
            part if part.isascii() else "xn--" + part.encode("punycode").decode() for part in labels
        )


def wire(url: str) -> httpx.URL:
    """``url`` as a browser would send it: without fragment and user, host and path encoded.

    What is already percent-encoded stays as it is. Raises ValueError if it is no http(s) address.
    """
    text = re.sub(r"[\t\r\n]", "", url.strip()).replace("&amp;", "&")
    parts = urlsplit(text)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"'{url}' is not an http or https address")
    host = parts.hostname
    try:
        host = f"[{ipaddress.IPv6Address(host)}]"
    except ValueError:
        host = _ascii_host(host)
    port = f":{parts.port}" if parts.port is not None else ""
    query = f"?{parts.query}" if parts.query else ""
    try:
        return httpx.URL(f"{parts.scheme}://{host}{port}{parts.path or '/'}{query}")
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error


def fragment(url: str) -> str:
    """The anchor that ``url`` points to, decoded; no text directive, no route of an app."""
    anchor = unquote(url.partition("#")[2].partition(":~:")[0])
    return "" if anchor.startswith(("/", "!")) or anchor.lower() == "top" else anchor


def port_of(url: httpx.URL) -> int:
    return url.port or DEFAULT_PORTS[url.scheme]


def origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _bare_host(url: httpx.URL) -> str:
    name = url.raw_host.decode("ascii").lower().rstrip(".").removeprefix("www.")
    return name if url.port is None else f"{name}:{url.port}"


def _query(url: httpx.URL) -> list[tuple[str, str]]:
    pairs = parse_qsl(url.query.decode("ascii", "replace"), keep_blank_values=True)
    return sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0]))


def same_site(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether both are on one host, ``www.`` aside."""
    return _bare_host(one) == _bare_host(other)


def same_place(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether they differ only in scheme, ``www.``, a last slash or tracking parameters."""
    return (
        same_site(one, other)
        and unquote(one.path).rstrip("/") == unquote(other.path).rstrip("/")
        and _query(one) == _query(other)
    )


def is_home(url: httpx.URL) -> bool:
    """Whether ``url`` is the home page of a site, be it that of a language."""
    return bool(_HOME.fullmatch(url.path.strip("/"))) and not _query(url)
