"""``security.txt`` (RFC 9116): whom to tell, and until when that holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urljoin

from scripts.sources.site import Site

PLACES = (".well-known/security.txt", "security.txt")
"""The second for hosts that leave out folders whose name begins with a dot."""


def text(site: Site, repository: str) -> str:
    """Empty where there is nobody to tell, or no day to count from: the RFC asks for both."""
    if not repository or not site.moment:
        return ""
    # A year at most, by the RFC; the day of the commit, so that the same commit gives the same.
    until = dt.datetime.fromtimestamp(site.moment, dt.UTC) + dt.timedelta(days=364)
    return (
        f"Contact: {repository.rstrip('/')}/security/advisories/new\n"
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: en\n"
        f"Canonical: {urljoin(site.url, PLACES[0])}\n"
        f"Policy: {repository.rstrip('/')}/blob/main/SECURITY.md\n"
    )


def write(site: Site, repository: str, into: Path) -> None:
    said = text(site, repository)
    for name in PLACES if said and not site.frozen else ():
        path = into / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
