"""What is wrong with a web address, in words."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit


def url_problem(url: str) -> str | None:
    """Why ``url`` cannot be cited or linked as it stands; None if it can."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:  # such as brackets that hold no IPv6 address
        return f"'{url}' is not a web address"
    if parts.scheme not in {"http", "https"} or "." not in host:
        return f"'{url}' is not a web address"
    if re.search(r"\s", url):
        return f"'{url}' has a space in it; write it as %20"
    if "@" in parts.netloc:
        return "the address has a name or password in it; take it out, down to the '@'"
    if re.search(r"[?&](utm_\w+|fbclid|gclid)=", url):
        return f"'{url}' carries tracking parameters; cite the plain address"
    return None


def private_problem(url: str) -> str | None:
    """Why a reader elsewhere could not follow ``url``, which is a web address; None if one can."""
    host = urlsplit(url).hostname or ""
    try:
        reached = ipaddress.ip_address(host).is_global
    except ValueError:
        reached = not host.endswith((".local", ".internal", ".localhost"))
    return None if reached else f"'{url}' is an address that only some can reach; cite a public one"
