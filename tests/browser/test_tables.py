"""Tables on phones: the first column stays, and the edge shows that there is more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.steps import assert_fits, opened

WIDE = """(frames) => frames.findIndex((one) => one.checkVisibility()
  && one.scrollWidth > one.clientWidth + 40)"""


@pytest.mark.parametrize("path", ["benchmarks/", "pricing/", "architecture/experts/"])
def test_a_wide_table_keeps_its_first_column(browser: Browser, address: str, path: str) -> None:
    page = opened(browser, address + path, 360)
    frames = page.locator(".table-wrap")
    index = frames.evaluate_all(WIDE)
    assert index >= 0, "the page has a table that a phone cannot hold"
    frame = frames.nth(index)
    lefts = frame.evaluate(
        """async (frame) => {
          const cell = frame.querySelector('tbody td, tbody th');
          const left = () => cell.getBoundingClientRect().left - frame.getBoundingClientRect().left;
          const before = left();
          frame.scrollLeft = frame.scrollWidth;
          return [before, left(), cell.offsetWidth / frame.clientWidth, frame.scrollLeft];
        }"""
    )
    before, after, share, scrolled = lefts
    assert scrolled > 30 and abs(after - before) <= 1
    assert share < 0.6, "the column that stays leaves room for the others"
    assert "gradient" in frame.evaluate("(frame) => getComputedStyle(frame).backgroundImage")
    assert_fits(page)
    page.context.close()


def test_on_a_desktop_nothing_sticks(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}benchmarks/")
    cell = page.locator(".table-wrap td").first
    assert cell.evaluate("(cell) => getComputedStyle(cell).position") == "static"
    page.context.close()
