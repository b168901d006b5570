"""A Wayback Machine on loopback, for tests; it misbehaves where the asked address says so."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

STAMP = "20261120101010"


class ArchiveServer(ThreadingHTTPServer):
    """``asked`` lists ``(service, address, timestamp)`` in order; ``held`` ends slow answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.agents: set[str] = set()
        self.held = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def endpoint(self) -> str:
        return f"{self.base}/wayback/available"

    @property
    def save(self) -> str:
        return f"{self.base}/save"

    def copy_of(self, url: str) -> str:
        return f"{self.base}/web/{STAMP}/{url}"


class _Handler(BaseHTTPRequestHandler):
    server: ArchiveServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.agents.add(self.headers.get("User-Agent", ""))
        if self.path.startswith("/save/"):
            return self._save(self.path.removeprefix("/save/"))
        query = parse_qs(urlsplit(self.path).query)
        url, stamp = query["url"][0], query.get("timestamp", [""])[0]
        times = sum(asked[:2] == ("closest", url) for asked in self.server.asked)
        self.server.asked.append(("closest", url, stamp))
        kind = urlsplit(url).path.strip("/").split("/")[0]
        return self._closest(kind, url, first=times == 0)

    def _closest(self, kind: str, url: str, first: bool) -> None:
        if kind == "error" or (kind == "stumbles" and first):
            return self._send(500, b"no")
        if kind == "busy" and first:
            return self._send(429, b"", Retry_After="7")
        if kind == "closed":
            return self._send(503, b"", Retry_After="86400")
        if kind == "garbage":
            return self._send(200, b"<html>not JSON")
        if kind == "empty":
            return self._send(200)
        if kind == "hangs":
            self.server.held.wait(30)
            return None
        if kind == "drips":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while not self.server.held.wait(0.05):
                    self.wfile.write(b" ")
                    self.wfile.flush()
            self.close_connection = True
            return None
        if kind == "endless":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while not self.server.held.is_set():
                    self.wfile.write(b" " * 65536)
            self.close_connection = True
            return None
        if kind == "breaks":
            self.close_connection = True
            return None
        closest: object = {
            "available": True,
            "url": self.server.copy_of(url),
            "timestamp": STAMP,
            "status": "200",
        }
        snapshots: object = {"closest": closest}
        match kind:
            case "none":
                snapshots = {}
            case "list":
                snapshots = []
            case "errorcopy":
                snapshots = {"closest": {**closest, "status": "404"}}  # type: ignore[dict-item]
            case "nostamp":
                snapshots = {"closest": {**closest, "timestamp": "yesterday"}}  # type: ignore[dict-item]
            case "script":
                snapshots = {"closest": {**closest, "url": "javascript:alert(1)"}}  # type: ignore[dict-item]
            case "number":
                snapshots = {"closest": {**closest, "url": 7}}  # type: ignore[dict-item]
        return self._send(200, json.dumps({"archived_snapshots": snapshots}).encode())

    def _save(self, url: str) -> None:
        self.server.asked.append(("capture", url, ""))
        if url.endswith("refused"):
            return self._send(523, b"blocked by the site")
        if url.endswith("silent"):
            return self._send(200, b"<html>queued</html>")
        return self._send(302, b"", Location=f"/web/{STAMP}/{url}")


@contextlib.contextmanager
def archive_server() -> Iterator[ArchiveServer]:
    server = ArchiveServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.held.set()
        server.shutdown()
        server.server_close()
        thread.join()
