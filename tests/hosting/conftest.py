"""The shipped configurations, run on loopback by the real servers, over a small site."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.problems import ROOT
from scripts.publish.hosting.compress import compress
from scripts.publish.hosting.policy import seal

NAME = "explained.example"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Host:
    """A running server; ``tls`` is its port for the site, ``plain`` the one that redirects."""

    name: str
    tls: int
    plain: int
    certificate: Path

    def raw(self, lines: bytes) -> bytes:
        """What it answers to bytes that no client would send; empty if it hangs up."""
        with self._connected() as wire:
            with contextlib.suppress(OSError):  # it may hang up before it has heard all
                wire.sendall(lines)
            out = b""
            with contextlib.suppress(OSError):
                while part := wire.recv(65536):
                    out += part
            return out

    def _connected(self) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.certificate))
        wire = socket.create_connection(("127.0.0.1", self.tls), timeout=10)
        return context.wrap_socket(wire, server_hostname=NAME)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Exactly this address: nothing is made nicer on the way."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", f"Host: {NAME}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in said.items()]
        with self._connected() as wire:
            wire.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
            answer = http.client.HTTPResponse(wire, method=method)
            answer.begin()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())

    def ask_plainly(self, path: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=10)
        connection.request("GET", path, headers={"Host": NAME})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        out = Answer(answer.status, found, answer.read())
        connection.close()
        return out


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in small, with its copies, and a file outside that nobody may get."""
    base = tmp_path_factory.mktemp("hosting")
    (base / "secret.txt").write_text("outside the root", encoding="utf-8")
    site = base / "site"
    words = "A page of words, long enough to be worth a small copy. " * 30
    page = f'<!doctype html><html><head><meta charset="utf-8"></head><body>{words}</body></html>'
    for name, text in {
        "index.html": page,
        "404.html": page.replace("A page", "This page is not here", 1),
        "pricing/index.html": page,
        "pricing/index.md": words,
        "pricing/cite.bib": "@misc{a}",
        "figures/lineage/index.html": page,
        "figures/lineage/lineage.svg": f"<svg xmlns='http://www.w3.org/2000/svg'>{words}</svg>",
        "data/facts.json": f'{{"words": "{words}"}}',
        "data/facts.csv": "a,b\r\n",
        "assets/stylesheets/site.css": f"/* {words} */",
        "assets/stylesheets/main.57a0d79d.min.css": f"/* {words} */",
        "assets/javascripts/page/index.js": f"// {words}",
        ".well-known/security.txt": "Contact: https://example.org/",
        ".git/config": "[core]",
        "empty/only.json": "{}",
    }.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    seal(site)
    compress(site)
    for path in (base, *base.rglob("*")):  # the servers' own user reads them
        path.chmod(0o755 if path.is_dir() else 0o644)
    return base


@pytest.fixture(scope="package")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """For the example's name; signed by itself, for an hour of tests."""
    base = tmp_path_factory.mktemp("certificate")
    key, cert = base / "key.pem", base / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, cert


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], port: int, log: Path, **more: str) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **more}
        )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


def program(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    if found is None:
        reason = f"no {name} here; install Debian's '{name}'"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="package")
def nginx(
    folder: Path, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """The shipped files but for ports, places and certificate."""
    binary = program("nginx")
    base = tmp_path_factory.mktemp("nginx")
    shutil.copytree(ROOT / "hosting/nginx", base / "conf")
    tls, plain = _free(), _free()
    key, cert = certificate
    for path in (base / "conf").rglob("*.conf"):
        text = path.read_text(encoding="utf-8")
        for before, after in (
            ("listen [::]:443 ssl http2;", ""),
            ("listen [::]:80;", ""),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2;"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("/etc/nginx/sites-available", str(base / "conf")),
            (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(cert)),
            (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(key)),
            ("/srv/explained/site", str(folder / "site")),
        ):
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (base / "nginx.conf").write_text(
        f"daemon off; {user} worker_processes 1; pid {base}/pid; error_log {base}/errors;\n"
        f"events {{ worker_connections 64; }}\nhttp {{ client_body_temp_path {base}/body;"
        f"proxy_temp_path {base}/p; fastcgi_temp_path {base}/f; uwsgi_temp_path {base}/u;"
        f"scgi_temp_path {base}/s; include {base}/conf/explained.conf; }}\n",
        encoding="utf-8",
    )
    command = [binary, "-c", str(base / "nginx.conf"), "-p", str(base)]
    with _running(command, tls, base / "log"):
        yield Host("nginx", tls, plain, cert)


@pytest.fixture(scope="package")
def caddy(
    folder: Path, certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """The shipped files but for ports, places and certificate."""
    binary = program("caddy")
    base = tmp_path_factory.mktemp("caddy")
    shutil.copytree(ROOT / "hosting/caddy", base / "conf")
    tls, plain = _free(), _free()
    key, cert = certificate
    path = base / "conf/Caddyfile"
    text = path.read_text(encoding="utf-8")
    text = text.replace(f"\n{NAME} {{\n", f"\n{NAME} {{\n\tbind 127.0.0.1\n\ttls {cert} {key}\n", 1)
    text = text.replace("/srv/explained/site", str(folder / "site"))
    settings = f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {tls}\n}}\n"
    path.write_text(settings + text, encoding="utf-8")
    command = [binary, "run", "--adapter", "caddyfile", "--config", str(path)]
    with _running(
        command, tls, base / "log", XDG_DATA_HOME=str(base / "d"), XDG_CONFIG_HOME=str(base / "c")
    ):
        yield Host("caddy", tls, plain, cert)


@pytest.fixture(params=["nginx", "caddy"])
def host(request: pytest.FixtureRequest) -> Host:
    return request.getfixturevalue(request.param)
