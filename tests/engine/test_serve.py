"""While somebody writes: edits show, mistakes are told, and the server lives on."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from scripts.engine import swap
from tests.conftest import Project, make_project

WAIT = 60.0


@dataclass
class Served:
    project: Project
    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def page(self, path: str = "") -> str:
        try:
            with urlopen(self.address + path, timeout=WAIT) as answer:
                return answer.read().decode()
        except (URLError, OSError):
            return ""

    def until(self, words: str, path: str = "", there: bool = True) -> str:
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            text = self.page(path)
            if text and (words in text) is there:
                return text
            time.sleep(0.1)
        raise AssertionError(f"{path or 'home'}: '{words}'\n{self.log.read_text()}")

    def told(self, pattern: str) -> None:
        end = time.monotonic() + WAIT
        while not re.search(pattern, self.log.read_text(), re.MULTILINE):
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    project = make_project(tmp_path / "project")
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts", "serve", "--address", f"127.0.0.1:{port}"],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(project.root), "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    found = Served(project, f"http://127.0.0.1:{port}/", process, log)
    try:
        found.until("</html>")
        yield found
    finally:
        process.kill()
        process.wait()


def test_edits_of_pages_records_and_styles_show(served: Served) -> None:
    root = served.project.root
    page = root / "docs" / "sub" / "other.md"
    page.write_text(page.read_text() + "\nA word that was added.\n")
    served.until("A word that was added.", "sub/other/")
    facts = root / "data" / "facts.yml"
    before = served.page()
    assert "1.6 trillion" in before
    facts.write_text(facts.read_text().replace("1.6 trillion", "1.7 trillion"))
    served.until("1.7 trillion")
    served.project.write("docs/assets/own.css", ".own { color: red }")
    served.until("color: red", "assets/own.css")
    page.rename(root / "docs" / "sub" / "renamed.md")
    served.until("A word that was added.", "sub/renamed/")
    assert served.page("sub/other/") == ""


def test_mistakes_show_in_page_and_terminal_and_the_server_lives_on(served: Served) -> None:
    root = served.project.root
    home = root / "docs" / "index.md"
    good = home.read_text()
    home.write_text(good + '\nUnknown {{ fact("nothing-like-it") }}.\n')
    text = served.until("no record")
    assert 'role="alert"' in text and "docs/index.md:" in text
    served.told(r"^docs/index\.md:\d+: fact\(\): no record 'nothing-like-it'")
    home.write_text(good)
    served.until("no record", there=False)
    facts = root / "data" / "facts.yml"
    records = facts.read_text()
    facts.write_text(records + "\n  - {id: [")
    served.until("data/facts.yml:")
    facts.write_text(records)
    served.until("data/facts.yml:", there=False)
    config = root / "mkdocs.yml"
    settings = config.read_text()
    config.write_text("site_name: [")
    served.told(r"^mkdocs\.yml:1: the site could not be built")
    assert "</html>" in served.page(), "the last good pages stay"
    config.write_text(settings)
    served.until('role="alert"', there=False)
    assert served.process.poll() is None
    assert "Traceback" not in served.log.read_text()


def test_ctrl_c_ends_it_quietly(served: Served) -> None:
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(20) == 0
    assert "Traceback" not in served.log.read_text()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "scripts", "serve", "--address",
             f"127.0.0.1:{taken.getsockname()[1]}"],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(project.root)},
            capture_output=True,
            text=True,
            timeout=90,
        )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be served" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_however_it_ends_nothing_stays_aside(served: Served, how: signal.Signals) -> None:
    cache = served.project.root / ".cache"
    assert list(cache.glob("serve-*"))
    served.process.send_signal(how)
    served.process.wait(30)
    if how is signal.SIGKILL:  # it could do nothing; the next build does
        swap.clear_up(cache, served.project.root / "site")
    assert not list(cache.glob("serve-*"))
