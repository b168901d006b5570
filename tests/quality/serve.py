"""The built site as a static host serves it: compressed, kept open, cached by its kind.

Python's own server neither compresses nor caches, and what it measures is not what readers get.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TEXT = ("text/", "image/svg+xml", "application/json", "application/xml", "text/javascript")
TYPES = {".js": "text/javascript", ".md": "text/markdown", ".svg": "image/svg+xml",
         ".json": "application/json", ".ics": "text/calendar"}  # fmt: skip


@functools.cache
def _answer(path: Path, _changed: int) -> tuple[bytes, bytes | None, str, str]:
    """A file, the same compressed, its type and its tag."""
    content = path.read_bytes()
    kind = (
        TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    )
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    small = gzip.compress(content, 6, mtime=0) if kind.startswith(TEXT) else None
    return content, small, kind, tag


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection serves many files, as on any host
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(self, *args: object, folder: Path) -> None:
        self._folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def _file(self) -> tuple[Path, HTTPStatus]:
        asked = unquote(urlsplit(self.path).path).lstrip("/")
        path = (self._folder / asked).resolve()
        if path.is_relative_to(self._folder) and path.is_dir():
            path /= "index.html"
        if path.is_relative_to(self._folder) and path.is_file():
            return path, HTTPStatus.OK
        return self._folder / "404.html", HTTPStatus.NOT_FOUND

    def do_GET(self) -> None:
        path, status = self._file()
        content, small, kind, tag = _answer(path, path.stat().st_mtime_ns)
        if self.headers.get("If-None-Match") == tag:
            status, content, small = HTTPStatus.NOT_MODIFIED, b"", None
        if small is not None and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = small
        else:
            small = None
        self.send_response(status)
        charset = "; charset=utf-8" if kind.startswith(TEXT) else ""
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", tag)
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says of every file
        if small is not None:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing: what matters is in the report."""


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Where ``folder`` is served on loopback, with a slash at the end."""
    handler = functools.partial(_Host, folder=folder.resolve())
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
