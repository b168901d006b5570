"""The examples of docs/reference/downloads.md run as they stand, where their programs are."""

from __future__ import annotations

import functools
import os
import re
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.problems import ROOT
from scripts.publish import downloads
from scripts.publish.done import Done
from scripts.sources.identity import SQLITE
from tests import real
from tests.programs import BESIDE, lacking, program, python_with

PAGE = (ROOT / "docs/reference/downloads.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
RUN = {
    "r": ["Rscript", "-e"],
    "js": ["node", "--input-type=module", "-e"],
    "sh": ["sh", "-euc"],
}
PROGRAM = re.compile(r"(?:^|\| )(sqlite3|curl|duckdb)\b", re.MULTILINE)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: what it was asked is not of interest."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("downloads")
    downloads.write(real.site(), site, Done())
    return site


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def rows_of_sql(site: Path, question: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(site / "data" / SQLITE)
    rows = database.execute(question).fetchall()
    database.close()
    return rows


def asked_today() -> set[float]:
    """What DeepSeek asks for a million output tokens, at all hours and in both currencies."""
    prices = [
        price
        for price in real.records()["prices"].values()
        if price.seller == "deepseek" and price.kind == "list" and price.end is None
    ]
    rates = [rates for price in prices for rates in (price.off_peak, price.peak)]
    assert len(prices) >= 4 and None not in rates
    return {float(each.output) for each in rates}


def programs_of(code: str) -> list[str]:
    return PROGRAM.findall(code)


def command_of(language: str, code: str) -> list[str]:
    """What runs the example; skips where this machine lacks a program or package of it."""
    if language == "python":
        packages = re.findall(r"^import (\w+)", code, re.MULTILINE)
        python = python_with(*packages) or lacking(packages)
        return [str(python), "-c"]
    needed = programs_of(code) if language == "sh" else [RUN[language][0]]
    if missing := [name for name in needed if not program(name)]:
        lacking(missing)
    return RUN[language]


@pytest.mark.parametrize(("language", "code"), EXAMPLES)
def test_the_examples_on_the_page_run(
    site: Path, address: str, tmp_path: Path, language: str, code: str
) -> None:
    if language == "sql":
        assert rows_of_sql(site, code), code
        return
    command = command_of(language, code)
    # What is fetched must not be written over the file that is being served.
    folder = tmp_path if "curl" in programs_of(code) else site / "data"
    paths = os.pathsep.join([os.environ.get("PATH", os.defpath), str(BESIDE)])
    done = subprocess.run(
        [*command, code.replace("SITE", address)],
        cwd=folder, env={**os.environ, "PATH": paths}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= (1 if language == "sh" else 4), done.stdout
    if "today" in code or language == "js":
        amounts = set(map(float, re.findall(r"\d+(?:\.\d+)?", done.stdout)))
        assert asked_today() <= amounts, done.stdout


def test_what_a_database_is_asked_is_right_without_the_program(site: Path) -> None:
    """sqlite3 and DuckDB are not on every machine; SQLite reads both questions."""
    asked = [
        re.sub(r"'(\w+)\.csv'", r"\1", question)
        for language, code in EXAMPLES
        for question in re.findall(r'^(?:sqlite3|duckdb) .*"(.*)"$', code, re.MULTILINE)
        if language == "sh"
    ]
    assert len(asked) == 2
    for question in asked:
        assert rows_of_sql(site, question), question


def test_there_is_an_example_for_each_language() -> None:
    assert {language for language, _ in EXAMPLES} == {"sql", "python", *RUN}
    programs = {
        name for language, code in EXAMPLES if language == "sh" for name in PROGRAM.findall(code)
    }
    assert programs == {"sqlite3", "curl", "duckdb"}
