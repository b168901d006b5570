"""The built site as a zip that opens from disk.

A browser shows the list of a folder where a server shows its page, so links name the file. It
loads no module and fetches nothing from a disk: every page says what is missing and how to have it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.publish.book.whole import Imprint

_LINK = re.compile(
    rb"""(?P<before>\s(?:href|src|action)=["'])(?P<target>[^"'#?:][^"'#?:]*|)(?P<after>[#?"'])"""
)
_BODY = re.compile(rb"<body[^>]*>")
_OUT = (".map", ".gz")
_OLD = re.compile(r"20\d\d\.\d\d")
"""Folders of dated editions, which are the same site again."""


def note(said: Imprint, top: str) -> str:
    """What a page on disk says of itself."""
    return (
        '<p class="disk-note" role="note">A copy from disk: '
        f"{escape(said.version)}, {escape(said.day)}. Text, tables and figures are all here. "
        "A browser loads no scripts of this kind from a disk, so the search, the tools and the "
        "notes beside numbers are missing; for them start "
        "<code>python3 -m http.server</code> in the top folder of this copy and open "
        f'http://127.0.0.1:8000/. <a href="{top}reference/contents/index.html">Everything on one '
        f'page</a> · <a href="{escape(said.url)}">The newest text</a></p>'
    )


def _named(site: Path, page: str, target: str) -> str:
    """A link to a folder as a link to its file; any other as it is."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith("/"):
        return target
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if path.startswith("..") or not (site / path / "index.html").is_file():
        return target
    return (target if target.endswith("/") else f"{target}/") + "index.html"


def page_on_disk(site: Path, page: str, data: bytes, said: Imprint) -> bytes:
    """``page``: its file from the top of the site."""
    top = "../" * page.count("/")

    def linked(match: re.Match[bytes]) -> bytes:
        target = match["target"].decode("utf-8", "replace")
        named = _named(site, page, target) if target else target
        return match["before"] + named.encode() + match["after"]

    data = _LINK.sub(linked, data)
    words = note(said, top).encode()
    return _BODY.sub(lambda match: match[0] + words, data, count=1)


def write(site: Path, said: Imprint, into: Path, but: str) -> None:
    """``but``: the folder of the site that holds this zip and the book."""
    moment = (1980, 1, 1, 0, 0, 0)  # the same site gives the same bytes
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            first = name.split("/", 1)[0]
            if first == but or _OLD.match(first) or name.endswith(_OUT):
                continue
            data = path.read_bytes()
            if path.suffix == ".html":
                data = page_on_disk(site, name, data, said)
            entry = zipfile.ZipInfo(f"deepseek-v4-explained/{name}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
