"""The page with the story of attention, and a walk through its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page, expect

from scripts.figures.architecture.story.scene import STEPS
from tests.browser.steps import opened

PATH = "architecture/attention/"
PLACE = "#explorer-story"


def story(
    browser: Browser, address: str, width: int = 1280, query: str = "", **options: Any
) -> Page:
    page = opened(browser, f"{address}{PATH}{query}#story", width, **options)
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    return page


def walked(page: Page) -> Iterator[int]:
    """Every picture from the first on, by the button that a phone has, too."""
    page.get_by_role("button", name="Next", exact=True).focus()
    page.keyboard.press("Home")
    for index in range(len(STEPS)):
        title = page.locator(f"{PLACE} .story-told .story-title")
        expect(title).to_contain_text(f"{index + 1} of {len(STEPS)}")
        yield index
        page.keyboard.press("ArrowRight")
