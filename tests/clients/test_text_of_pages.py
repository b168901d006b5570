"""Amounts and sentences as other programs read them: citations must not get into them.

What people copy from the pages in a browser is tried in ``tests/browser/test_copying.py``.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from lxml import html

from tests.clients import FOLDER, from_npm, program
from tests.clients.text_of_pages import Place, is_mark, places, read

WIDE = 1000
"""Columns of a text browser: words are not divided."""
READER = """
import { readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";
for (const file of JSON.parse(readFileSync(0, "utf8"))) {
  const { window } = new JSDOM(readFileSync(file, "utf8"), { url: "http://127.0.0.1/" });
  const text = new Readability(window.document).parse()?.textContent ?? "";
  console.log(JSON.stringify({ file, text }));
  window.close();
}
"""
TOO_LONG = 600_000
"""Bytes of a page that reader modes need not take: the lists of all records."""


@pytest.fixture(scope="module")
def cited_at(pages: dict[str, html.HtmlElement]) -> dict[str, list[Place]]:
    """Where each page cites."""
    found = {name: list(places(page)) for name, page in pages.items()}
    assert sum(map(len, found.values())) > 2000
    return found


def test_cells_of_tables_hold_their_values_alone(pages: dict[str, html.HtmlElement]) -> None:
    """What pandas and its like take from a table."""
    for name, page in pages.items():
        for cell in page.xpath("//article//td | //article//th"):
            marks = [mark for mark in cell.iterdescendants() if is_mark(mark)]
            assert not [mark.text_content() for mark in marks if mark.text_content()], name


@pytest.mark.parametrize(
    ("browser_name", "options"),
    [
        ("lynx", ["-dump", "-nolist", f"-width={WIDE}", "-display_charset=utf-8",
                  "-assume_charset=utf-8"]),
        ("w3m", ["-dump", "-cols", str(WIDE), "-I", "utf-8", "-O", "utf-8"]),
    ],
)  # fmt: skip
def test_text_browsers(
    site: Path, cited_at: dict[str, list[Place]], browser_name: str, options: list[str]
) -> None:
    command = [program(browser_name, f"install Debian's '{browser_name}'"), *options]
    for name, known in cited_at.items():
        done = subprocess.run(
            [*command, str(site / name / "index.html")],
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        )
        reading = read(done.stdout, known)
        assert not reading.changed, f"{name}: {reading.changed[:3]}"
        assert not reading.left_out, name


def test_reader_mode(site: Path, cited_at: dict[str, list[Place]], tmp_path: Path) -> None:
    """Readability, which Firefox's reader mode is made of."""
    node = program("node", "install Node.js 20 or newer")
    for package in ("@mozilla/readability", "jsdom"):
        from_npm(package)
    (tmp_path / "node_modules").symlink_to(FOLDER / "node_modules")
    script = tmp_path / "read.mjs"
    script.write_text(READER, encoding="utf-8")
    files = {str(site / name / "index.html"): name for name in cited_at}
    short = [file for file in files if Path(file).stat().st_size < TOO_LONG]
    done = subprocess.run(
        [node, str(script)],
        input=json.dumps(short),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    kept = left_out = 0
    for line in done.stdout.splitlines():
        page = json.loads(line)
        reading = read(page["text"], cited_at[files[page["file"]]])
        assert not reading.changed, f"{page['file']}: {reading.changed[:3]}"
        kept, left_out = kept + reading.kept, left_out + reading.left_out
        before_sources = re.split(r"\n\s*Sources\b", page["text"])[0]
        assert "· reported by" not in before_sources or "/facts/" in page["file"], page["file"]
    assert kept > 1000
    assert left_out <= kept / 100
