"""What a page with a tool names in its head is what the browser then fetches."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

TOOLS = (
    "pricing/calculator/", "architecture/efficiency/", "using/which/",
    "using/run-it-yourself/", "benchmarks/explorer/", "release/timeline/",
)  # fmt: skip
NAMED = """[...document.querySelectorAll('link[rel=modulepreload], link[rel=preload][as=fetch]')]
  .map((link) => new URL(link.href).pathname)"""


@pytest.mark.parametrize("path", TOOLS)
def test_all_that_the_tool_fetches_is_named_and_asked_for_once(
    browser: Browser, address: str, path: str
) -> None:
    page = browser.new_page(service_workers="block")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(address + path, wait_until="load")
    page.locator("[data-tool]:not([data-when])").first.wait_for()
    page.locator("[data-tool]:not([data-when]).explorer--mounted").first.wait_for()
    named = page.evaluate(NAMED)
    assert named, "a page with a tool names nothing"
    page.wait_for_load_state("networkidle")
    once = {one for one in named if asked.count(one) == 1}
    assert once == set(named), "fetched twice: the browser took the link for something else"
    tools = {one for one in asked if "/javascripts/tools/" in one and "/story/" not in one}
    assert tools <= set(named)
    assert {one for one in named if "/javascripts/tools/" in one} <= tools
    page.close()
