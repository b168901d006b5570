"""What a browser tells a screen reader of four places, compared with what was read last.

Only the frame of it is kept: landmarks, headings, controls and their names, without prose, and
with ``#`` for numbers, which change with the data. UPDATE_TRANSCRIPTS=1 writes the files anew;
read the difference as somebody who hears it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import opened

KEPT = Path(__file__).parent / "transcripts"
ROLES = (
    "alert|article|banner|button|checkbox|combobox|complementary|contentinfo|dialog|figure|form|"
    "group|heading|img|main|navigation|radio|region|search|searchbox|slider|spinbutton|status|"
    "tab|table|textbox"
)
LINE = re.compile(rf"^\s*- '?({ROLES})\b.*")
MOST = 160


def heard(snapshot: str) -> str:
    """The lines of a snapshot that are kept."""
    out = []
    for line in snapshot.splitlines():
        if not LINE.match(line):
            continue
        line = re.sub(r"(?<!level=)\d+(?:[.,]\d+)*", "#", line.rstrip(":").rstrip("'"))
        line = re.sub(r"\[ref=[^\]]*\]", "", line)
        indent = len(line) - len(line.lstrip())
        out.append(" " * min(indent, 8) + line.strip()[:MOST])
    # A run of equal lines, such as the marks of a chart, is told once.
    return "\n".join(a for a, b in zip(out, ["", *out], strict=False) if a != b) + "\n"


def _home(page: Page) -> str:
    return page.locator("body").aria_snapshot()


def _tool(page: Page) -> str:
    page.locator("#explorer-cost").scroll_into_view_if_needed()
    expect(page.locator("#explorer-cost.explorer--mounted")).to_be_visible()
    return page.locator("#explorer-cost").aria_snapshot()


def _search(page: Page) -> str:
    page.keyboard.press("/")
    page.locator("dialog.find input").fill("price per million tokens")
    page.locator(".find-pages .find-hit").first.wait_for()
    lines = page.locator("dialog.find").aria_snapshot()
    return re.sub(r"(?m)^\s*- (?:heading|group) .*$", "", lines)


@pytest.mark.parametrize(
    ("name", "path", "tell"),
    [
        ("home", "", _home),
        ("chapter", "architecture/residual/", _home),
        ("tool", "pricing/calculator/", _tool),
        ("search", "reference/cite/", _search),
    ],
)
def test_what_a_screen_reader_is_told(
    browser: Browser, address: str, name: str, path: str, tell: Callable[[Page], str]
) -> None:
    page = opened(browser, address + path)
    page.wait_for_load_state("networkidle")
    said = heard(tell(page))
    page.context.close()
    file = KEPT / f"{name}.txt"
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8"), "read it, then UPDATE_TRANSCRIPTS=1"
