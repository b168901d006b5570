"""What a page is when something of it never arrives: readable, with words where it is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

CALCULATOR = "pricing/calculator/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, service_workers="block", reduced_motion="reduce"
    )
    yield context
    context.close()


def opened(context: BrowserContext, url: str, blocked: str) -> tuple[Page, list[str]]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route(blocked, lambda route: route.abort())
    page.goto(url, wait_until="load")
    return page, wrong


@pytest.mark.parametrize(
    "blocked",
    ["**/*.css", "**/*.js", "**/*.{svg,png,ico,woff2}", "**/*.json"],
    ids=["styles", "scripts", "pictures", "data"],
)
def test_the_text_is_there_whatever_is_missing(
    context: BrowserContext, address: str, blocked: str
) -> None:
    page, wrong = opened(context, address + "pricing/", blocked)
    expect(page.locator(".answer")).to_be_visible()
    assert len(page.locator(".md-content").inner_text()) > 3000
    assert wrong == []


@pytest.mark.parametrize("blocked", ["**/data/*.json", "**/tools/cost/model.js"])
def test_a_tool_that_cannot_be_loaded_says_so_above_its_static_version(
    context: BrowserContext, address: str, blocked: str
) -> None:
    page, wrong = opened(context, address + CALCULATOR, blocked)
    place = page.locator("[data-explorer]").first
    expect(place.locator(".explorer-live")).to_contain_text("could not be loaded")
    expect(place.locator(".explorer-static")).to_be_visible()
    assert wrong == []


def test_without_scripts_the_static_version_stands_alone(
    context: BrowserContext, address: str
) -> None:
    page, _ = opened(context, address + CALCULATOR, "**/*.js")
    expect(page.locator("[data-explorer] .explorer-static").first).to_be_visible()
    assert page.locator(".explorer-live").first.inner_text() == ""
