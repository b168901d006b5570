"""Grades headers by the published rules of Mozilla's HTTP Observatory (as of August 2026).

The rules are those of its score table, in our words: what each test gives or takes. A rule that
needs a host that is on the Internet (redirection, the preload list, cookies) is graded as for a
host that redirects to TLS, is on no list and sets no cookie.
"""

from __future__ import annotations

from collections.abc import Mapping

_BROAD = {"ftp:", "http:", "https:", "*", "http://*", "https://*"}
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def parsed(policy: str) -> dict[str, set[str]]:
    parts = (part.split() for part in policy.split(";") if part.strip())
    out: dict[str, set[str]] = {}
    for name, *sources in parts:
        assert name not in out, f"{name} twice: a browser takes the first"
        out[name] = set(sources) or {"'none'"}
    return out


def _policy(header: str, in_page: str) -> int:
    """Both hold: a source counts if both policies allow it, or only one speaks of its kind."""
    one, two = parsed(header), parsed(in_page)
    both = {
        name: (one[name] & two[name] or {"'none'"}) if name in one and name in two
        else one.get(name, two.get(name, set()))
        for name in {*one, *two}
    }  # fmt: skip
    if not both:
        return -25
    default = both.get("default-src", {"*"})
    scripts, styles = both.get("script-src", default), both.get("style-src", default)
    if scripts & {"'unsafe-inline'", "data:", *_BROAD} or both.get("object-src", default) & _BROAD:
        return -20
    if any(source.startswith("http:") for sources in both.values() for source in sources):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & {"'unsafe-inline'", "data:", *_BROAD}:
        return 0
    return 10 if both.get("default-src") == {"'none'"} else 5


def _transport(said: str) -> int:
    parts = [part.strip() for part in said.lower().split(";")]
    ages = [int(part[8:]) for part in parts if part.startswith("max-age=")]
    if not ages:
        return -20
    return 0 if ages[0] >= 15_768_000 else -10


def grade(headers: Mapping[str, str], in_page: str, integrity: bool = False) -> dict[str, int]:
    """Points by test, beside the 100 that everybody begins with. ``in_page``: the page's policy."""
    said = {name.lower(): value.strip() for name, value in headers.items()}
    policy = said.get("content-security-policy", "")
    framed = said.get("x-frame-options", "").lower() in {"deny", "sameorigin"}
    referrer = said.get("referrer-policy", "")
    points = {
        "content-security-policy": _policy(policy, in_page),
        "strict-transport-security": _transport(said.get("strict-transport-security", "")),
        "subresource-integrity": 5 if integrity else 0,
        "x-content-type-options": 0 if said.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": 5 if framed or "frame-ancestors" in parsed(policy) else -20,
        "referrer-policy": (5 if referrer.split(",")[-1].strip() in _PRIVATE else -5)
        if referrer else 0,
        "cross-origin-resource-policy": 10
        if said.get("cross-origin-resource-policy") in {"same-origin", "same-site"} else 0,
        "cross-origin-embedder-policy": 10
        if said.get("cross-origin-embedder-policy") in {"require-corp", "credentialless"} else 0,
        "cross-origin-opener-policy": 10
        if said.get("cross-origin-opener-policy")
        in {"same-origin", "same-origin-allow-popups", "noopener-allow-popups"} else 0,
        "cross-origin-resource-sharing": -50
        if said.get("access-control-allow-credentials") == "true" else 0,
    }  # fmt: skip
    return points


def score(points: Mapping[str, int]) -> int:
    """What is taken counts first: only who keeps 90 gets what is given beside."""
    kept = 100 + sum(min(0, each) for each in points.values())
    return 100 + sum(points.values()) if kept >= 90 else kept
