"""Links that can be shared, and a page that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import opened


def test_a_heading_says_that_its_link_was_copied(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/billing/", 360)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = page.locator(".md-content h2 a.headerlink").first
    expect(link).to_be_visible()
    link.click()
    expect(page.locator(".copied-note")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url and "#" in copied
    page.context.close()


@pytest.mark.parametrize(
    "path", ["reference/rumors/", "reference/corrections/", "reference/facts/chips/"]
)
def test_rows_have_a_link_of_their_own(browser: Browser, address: str, path: str) -> None:
    page = opened(browser, address + path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row = page.locator(".md-content :is(.claim, .record)").nth(3)
    row.locator(".copy-link").click()
    name = row.get_attribute("id")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{path}#{name}")
    page.context.close()


def not_there(browser: Browser, address: str, site: Path, path: str) -> Page:
    """What a host shows for an address that leads nowhere: ``404.html``, at that address."""
    page = opened(browser, address + "404.html")
    body = (site / "404.html").read_text(encoding="utf-8")
    page.route(address + quote(path, safe="/%"), lambda route: route.fulfill(status=404, body=body))
    page.goto(address + quote(path, safe="/%"))
    return page


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("f/peak-hours-tokio/", "f/peak-hours-tokyo/"),
        ("f/published-flops-share-v4-pro/", "f/v4-pro-published-flops-share/"),
        ("pricing/calculater/", "pricing/calculator/"),
    ],
)
def test_what_was_probably_meant(
    browser: Browser, address: str, site: Path, path: str, meant: str
) -> None:
    page = not_there(browser, address, site, path)
    first = page.locator("[data-not-found] a").first
    expect(first).to_have_attribute("href", re.compile(re.escape(meant)))
    page.context.close()


def test_nonsense_still_gets_the_ways_in(browser: Browser, address: str, site: Path) -> None:
    page = not_there(browser, address, site, "f/%F0%9F%8D%BF<b>/")
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()
    assert page.locator("[data-not-found] a").count() == 0
    page.context.close()
