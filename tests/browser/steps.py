"""What the tests of all explorers do with a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

NOT_FOUND = "404.html"
"""A page of the site that has no explorer."""

SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished))"""


def opened(browser: Browser, url: str, width: int = 1280, **options: Any) -> Page:
    """A page in a context of its own, which the test closes."""
    context = browser.new_context(
        service_workers="block", viewport={"width": width, "height": 900}, **options
    )
    page = context.new_page()
    page.goto(url, wait_until="load")
    return page


def unquoted(text: str) -> str:
    """A text without what it quotes: a tool repeats what a link asked for in vain."""
    return re.sub(r"“[^”]*”", "", text)


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0


def assert_letters_readable(page: Page, drawings: str) -> None:
    """Letters of 12 units in a drawing are at least 11 px high on the screen."""
    scales = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].map(
          (svg) => svg.clientWidth / svg.viewBox.baseVal.width)""",
        drawings,
    )
    assert scales and min(scales) * 12 >= 11


def axe_violations(page: Page, part: str = "") -> list[str]:
    """What axe finds wrong in a part of the page, or in all of it.

    It is asked for nothing else: lists of all that is right, with a selector for each element,
    take two thirds of its time.
    """
    page.evaluate(SETTLED)  # a color half-way between two schemes has no contrast to judge
    found = Axe().run(
        page,
        context={"include": [[part]]} if part else None,
        options={"resultTypes": ["violations"], "selectors": False},
    )
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])} times)"
        for rule in found.response["violations"]
    ]


def assert_no_axe_violation(page: Page, part: str) -> None:
    assert not axe_violations(page, part)


def assert_junk_harmless(
    browser: Browser, address: str, path: str, query: str, ready: Callable[[Page], Page]
) -> None:
    """An address with nonsense in it gives no error and no nonsense in the text."""
    page = opened(browser, address + NOT_FOUND)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{path}?{query}", wait_until="load")
    ready(page)
    text = unquoted(page.locator(".explorer-live").inner_text())
    assert not re.search(r"NaN|Infinity|undefined|Invalid Date|\[object", text)
    assert not errors
    assert page.locator(".explorer:not(.explorer--mounted)").count() == 0
    page.context.close()


def until(page: Page, expression: str, arg: Any = None) -> None:
    """Wait for something to be true; playwright's own way is an eval, which our policy refuses."""
    for _ in range(100):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")
