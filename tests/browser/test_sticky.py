"""What stays in sight while a page scrolls: nothing of it lies on what a reader would press."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.steps import opened

PAGES = (
    "", "release/timeline/", "reference/offline/", "reference/facts/", "using/which/",
    "using/run-it-yourself/", "benchmarks/explorer/", "architecture/attention/",
    "architecture/residual/", "architecture/efficiency/", "architecture/experts/",
    "pricing/", "pricing/billing/", "pricing/calculator/",
)  # fmt: skip
"""Every page with a tool or a bar of controls, and two with a list to filter."""

UPWARD = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const up = document.querySelector('.md-top');
  const controls = () => [...document.querySelectorAll(
    '.explorer :is(button, input, select, summary, a), .asof-form *, .records-filter *')];
  const seen = [];
  let shown = 0;
  const places = [];
  for (const tool of document.querySelectorAll('.explorer, .asof-form, .records-filter')) {
    const {top, bottom} = tool.getBoundingClientRect();
    const step = Math.max(40, (bottom - top) / 25);
    for (let at = bottom + 300; at > top - 200; at -= step) places.push(at + scrollY);
  }
  for (const at of places.filter((one) => one > 420)) {
    scrollTo({top: at, behavior: 'instant'});
    await frame();
    await frame();
    if (up.hidden) continue;
    shown += 1;
    const box = up.getBoundingClientRect();
    for (const one of controls()) {
      const {left, right, top, bottom, width} = one.getBoundingClientRect();
      if (width && one.checkVisibility() && top < box.bottom && bottom > box.top
          && left < box.right && right > box.left) seen.push([at, one.textContent.slice(0, 20)]);
    }
  }
  return [seen, shown];
}"""

# Side columns begin with a margin of their own, and the link that skips them shows on focus alone.
STUCK = """() => {
  const stuck = [...document.querySelectorAll('body *')].filter((one) => {
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return /sticky|fixed/.test(style.position) && style.top !== 'auto' && one.checkVisibility()
      && !one.closest('table, nav, .find, .md-skip, .md-sidebar, [hidden]')
      && box.height && box.top <= innerHeight / 3 && box.bottom > 0;
  });
  const over = [];
  for (const [i, one] of stuck.entries()) for (const other of stuck.slice(i + 1)) {
    if (one.contains(other)) continue;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    if (a.top < b.bottom - 1 && b.top < a.bottom - 1 && a.left < b.right - 1
        && b.left < a.right - 1) over.push([one.className, other.className]);
  }
  return over;
}"""


@pytest.fixture(params=[1280, 390])
def width(request: pytest.FixtureRequest) -> Any:
    return request.param


def walked(page: Page, path: str, address: str) -> tuple[list[Any], int]:
    page.goto(address + path, wait_until="load")
    page.wait_for_timeout(300)
    seen, shown = page.evaluate(UPWARD)
    return seen, shown


def test_the_way_up_lies_on_no_control(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    everywhere = 0
    for path in PAGES:
        seen, shown = walked(page, path, address)
        assert not seen, (path, seen[:5])
        everywhere += shown
    assert everywhere > 50, "it is there where nothing is in its way"
    page.context.close()


@pytest.mark.parametrize("path", ["architecture/attention/#story", "pricing/calculator/"])
def test_what_sticks_lies_on_nothing_else_that_sticks(
    browser: Browser, address: str, width: int, path: str
) -> None:
    """Not even below the bar of a past day, which takes the place below the header."""
    place, _, anchor = path.partition("#")
    page = opened(browser, f"{address}{place}?asof=2026-05-31#{anchor}", width)
    page.locator(".asof-bar:not([hidden])").wait_for()
    page.locator(".explorer--mounted").first.wait_for()
    tool = page.locator(".explorer--mounted").first
    for into in (120, 320, 260):
        tool.evaluate(
            """(one, into) => scrollTo({behavior: 'instant',
              top: one.getBoundingClientRect().top + scrollY + into})""",
            into,
        )
        page.wait_for_timeout(250)
        assert page.evaluate(STUCK) == []
    page.context.close()
