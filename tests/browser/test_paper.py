"""Pages on paper: an article in the light scheme, with its sources, without what a hand needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import opened

SHEET = 658
"""Width in CSS px of what is printed on A4 between the margins of print.css."""
LONG = ("architecture/", "benchmarks/how-to-read/", "pricing/rivals/", "using/run-it-yourself/")
"""Pages that took between 32 and 64 sheets before there was a style sheet for paper."""
SHEETS = 10


def on_paper(browser: Browser, url: str) -> Page:
    """A page as a reader in dark mode prints it."""
    page = opened(browser, url, SHEET, color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_a_reader_in_dark_mode_prints_dark_text_on_white(browser: Browser, address: str) -> None:
    page = on_paper(browser, address + "benchmarks/")
    colors = page.evaluate(
        """() => ["html", "body", ".md-typeset h1", ".md-typeset p", "figure svg text"]
          .map((one) => {
          const style = getComputedStyle(document.querySelector(one));
          return [style.backgroundColor, one.includes("svg") ? style.fill : style.color];
        })"""
    )
    assert colors[0][0] == "rgb(255, 255, 255)"
    for _, ink in colors[2:]:
        assert max(map(int, re.findall(r"\d+", ink)[:3])) < 100, colors
    page.context.close()


@pytest.mark.parametrize("path", ["benchmarks/", "pricing/rivals/", "hardware/", "using/"])
def test_nothing_leaves_the_sheet_at_its_side(browser: Browser, address: str, path: str) -> None:
    page = on_paper(browser, address + path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    over = page.evaluate(
        """() => [...document.querySelectorAll(".md-content :is(table, pre, p, li, svg)")]
          .filter((one) => one.getClientRects().length
            && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((one) => one.textContent.trim().slice(0, 60))"""
    )
    assert over == []
    page.context.close()


def test_what_needs_a_hand_is_left_out_and_sources_are_not(browser: Browser, address: str) -> None:
    page = on_paper(browser, address + "pricing/rivals/")
    for name in (".md-header", ".headerlink", ".fig-line", ".cite-page details", ".asof-form"):
        assert page.locator(name).count(), name
        expect(page.locator(f"{name}:visible")).to_have_count(0)
    source = page.locator("ol.references > li").first
    expect(source.locator("a[href^=http]").first).to_be_visible()
    expect(page.locator(".cite-text")).to_be_visible()
    page.context.close()


def test_the_bill_of_the_reader_is_printed(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/calculator/", SHEET)
    tool = page.locator("#explorer-cost")
    field = tool.locator(".explorer-live input[type=text]:visible").first
    field.fill("123456")
    field.press("Tab")
    expect(page.locator("#explorer-cost.explorer--own")).to_be_attached()
    page.emulate_media(media="print")
    expect(tool.locator(".explorer-static")).to_be_hidden()
    expect(field).to_be_visible()
    expect(tool.locator("button:visible")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("path", LONG)
def test_a_chapter_fits_on_ten_sheets(
    browser: Browser, address: str, path: str, tmp_path: Path
) -> None:
    page = opened(browser, address + path)
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "page.pdf").read_bytes())
    assert 1 < len(sheets) <= SHEETS
    page.context.close()
