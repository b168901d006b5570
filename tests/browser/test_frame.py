"""What stands around a page: menu, contents, colors, copying, folds; by keyboard and by link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import opened

PAGE = "using/"
CLASSIC = """() => [...document.scripts].filter((s) => s.src).map((s) => s.src)
  .concat([...document.querySelectorAll("link[rel=stylesheet]")].map((l) => l.href))"""


@pytest.fixture
def phone(browser: Browser, address: str) -> Page:
    page = opened(browser, address + PAGE, width=390)
    yield page  # type: ignore[misc]
    page.context.close()


def test_the_menu_of_a_phone_works_by_keyboard(phone: Page) -> None:
    button = phone.get_by_role("button", name="Menu", exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    assert phone.locator("#menu a:visible").first.evaluate("(a) => Boolean(a.closest('[inert]'))")
    button.focus()
    phone.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert phone.evaluate("document.activeElement.closest('#menu') !== null")
    phone.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_parts_of_the_menu_open_by_keyboard(phone: Page) -> None:
    phone.get_by_role("button", name="Menu", exact=True).press("Enter")
    part = phone.locator("#menu button.md-nav__link", has_text="Pricing")
    part.press("Enter")
    expect(part).to_have_attribute("aria-expanded", "true")
    assert phone.evaluate("document.activeElement.textContent.trim()") == "Pricing"
    expect(phone.get_by_role("link", name="What it costs")).to_be_visible()


def test_a_part_of_the_menu_comes_into_sight(browser: Browser, address: str) -> None:
    """What is focused while it slides in must not be scrolled to: the drawer would stay empty."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True,
        service_workers="block",
    )  # fmt: skip
    page = context.new_page()
    for part, first in (("Pricing", "What it costs"), ("Hardware", "The story")):
        page.goto(address)
        page.get_by_role("button", name="Menu", exact=True).tap()
        page.locator("#menu button.md-nav__link", has_text=part).tap()
        expect(page.get_by_role("link", name=first, exact=True)).to_be_in_viewport(ratio=1)
        moved = (
            "[...document.querySelectorAll('#menu, #menu *')].filter((e) => e.scrollLeft).length"
        )
        assert page.evaluate(moved) == 0
    context.close()


@pytest.mark.parametrize("width", [1280, 1700])
def test_the_section_that_a_link_leads_to_is_marked(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address + PAGE, width=width)
    menu = page.locator(".md-sidebar--primary .md-sidebar__scrollwrap")
    assert menu.evaluate("(one) => one.scrollHeight - one.clientHeight") == 0  # the page scrolls
    for link in page.locator(".md-sidebar--secondary a[href^='#']").all()[1:6]:
        link.click()
        expect(link).to_have_attribute("aria-current", "location")
    page.context.close()


def test_the_contents_follow_the_reader(browser: Browser, address: str) -> None:
    page = opened(browser, address + PAGE)
    marked = page.locator(".md-sidebar--secondary [aria-current=location]")
    assert marked.count() == 0
    page.locator(".md-content h2[id]").nth(4).evaluate("(h) => h.scrollIntoView()")
    name = page.locator(".md-content h2[id]").nth(4).get_attribute("id")
    expect(marked).to_have_attribute("href", f"#{name}")
    page.context.close()


def test_code_can_be_copied(browser: Browser, address: str) -> None:
    page = opened(browser, address + PAGE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("pre:has(> .copy-code)").first
    block.locator(".copy-code").click()
    expect(block.locator(".copy-code")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("code").inner_text().strip()
    page.context.close()


def test_a_link_into_a_fold_opens_it(browser: Browser, address: str) -> None:
    page = opened(browser, address + "hardware/software/")
    inside = page.evaluate("() => document.querySelector('.cite-page details [id]').id")
    page.goto(f"{address}hardware/software/#{inside}")
    expect(page.locator(f"[id='{inside}']")).to_be_visible()
    page.context.close()


def test_nothing_of_the_theme_is_loaded(browser: Browser, address: str) -> None:
    """Its bundle asks another host for the stars of a repository, and weighs more than a page."""
    page = opened(browser, address + PAGE)
    loaded = page.evaluate(CLASSIC)
    assert loaded and not [url for url in loaded if "bundle" in url or "/main." in url]
    page.context.close()


def test_the_system_s_colors_are_followed_until_one_chooses(browser: Browser, address: str) -> None:
    page = opened(browser, address + PAGE, color_scheme="light")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("form[data-md-component=palette] button:not([hidden])").press("Enter")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.context.close()
