"""Stories in a strip: buttons, keys, the address, scrolling by hand, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import assert_fits, assert_no_axe_violation, opened, until

PATHS = ("architecture/experts/", "architecture/residual/", "pricing/billing/")
PLACE = "#explorer-strip"
IN_SIGHT = """([index, place]) => {
  const strip = document.querySelector(`${place} .story-strip`);
  const [frame, box] = [strip, strip.children[index]].map((one) => one.getBoundingClientRect());
  return box.left >= frame.left - 2 && box.right <= frame.right + 2;
}"""


def strip(
    browser: Browser, address: str, path: str = PATHS[0], width: int = 1280, query: str = "",
    **options: Any,
) -> Page:  # fmt: skip
    page = opened(browser, f"{address}{path}{query}", width, reduced_motion="reduce", **options)
    page.locator(PLACE).scroll_into_view_if_needed()
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    return page


def shown(page: Page, index: int) -> None:
    """The picture is marked, and all of it is in sight."""
    current = page.locator(f"{PLACE} .story-strip > li").nth(index)
    expect(current).to_have_attribute("aria-current", "step")
    until(page, IN_SIGHT, [index, PLACE])
    expect(page.locator(f"{PLACE} .story-dot[aria-current]")).to_have_text(str(index + 1))


@pytest.mark.parametrize("width", [1280, 360])
def test_buttons_keys_and_the_address(browser: Browser, address: str, width: int) -> None:
    page = strip(browser, address, width=width)
    shown(page, 0)
    following = page.get_by_role("button", name="Next", exact=True)
    following.click()
    shown(page, 1)
    for _ in range(6):  # three are enough: it stops at the end
        page.keyboard.press("ArrowRight")
    shown(page, 4)
    expect(following).to_have_attribute("aria-disabled", "true")
    expect(page.locator(f"{PLACE} [role=status]")).to_contain_text("5 of 5: All are stored")
    page.keyboard.press("ArrowLeft")
    shown(page, 3)
    assert "strip.step=hash" in page.url
    page.reload()
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    shown(page, 3)
    page.keyboard.press("Home")  # outside of the strip a key belongs to the page
    shown(page, 3)
    page.context.close()


def test_scrolling_by_hand_marks_what_is_in_sight(browser: Browser, address: str) -> None:
    page = strip(browser, address, width=360)
    row = page.locator(f"{PLACE} .story-strip")
    row.evaluate("(row) => { row.scrollLeft = 2 * (row.clientWidth + 22); }")
    shown(page, 2)
    assert page.evaluate("scrollX") == 0
    page.context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_it_fits_and_axe_finds_nothing(
    browser: Browser, address: str, path: str, width: int, scheme: str
) -> None:
    page = strip(browser, address, path, width, "?strip.step=%3Cb%3E", color_scheme=scheme)
    shown(page, 0)
    assert_fits(page)
    assert_no_axe_violation(page, PLACE)
    page.context.close()


def test_without_scripts_and_on_paper_all_pictures_show(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATHS[2], java_script_enabled=False)
    pictures = page.locator(f"{PLACE} .story-strip > li")
    width = page.locator(PLACE).bounding_box()["width"]  # type: ignore[index]
    boxes = [one.bounding_box() for one in pictures.all()]
    left = page.locator(PLACE).bounding_box()["x"]  # type: ignore[index]
    assert len(boxes) == 5
    assert all(box and box["x"] + box["width"] <= left + width + 1 for box in boxes)
    page.context.close()
    page = strip(browser, address, PATHS[2])
    page.emulate_media(media="print")
    assert page.locator(f"{PLACE} svg:visible").count() == 5
    assert not page.locator(f"{PLACE} button").first.is_visible()
    page.context.close()


def test_nothing_moves_when_the_buttons_come(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.add_init_script(
        """window.moved = 0; new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({type: 'layout-shift', buffered: true});"""
    )
    page.goto(address + PATHS[0])
    page.locator(PLACE).scroll_into_view_if_needed()
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") <= 0.01
    page.close()
