"""Pages as people meet them: phone and desktop, light and dark, keyboard, touch, no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.steps import axe_violations

DOCS = Path(__file__).parents[2] / "docs"
CHAPTERS = (
    "", "release/", "architecture/", "benchmarks/", "pricing/", "hardware/", "using/"
)  # fmt: skip
WIDTHS = (360, 768, 1440)
Scheme = Literal["light", "dark"]
Windows = Callable[[int, Scheme], Page]
SHORTENED = """document.querySelectorAll("tbody, ul, ol, dl").forEach((list) =>
  [...list.children].slice(40).forEach((one) => one.remove()))"""
"""The fortieth of equal rows says as much of colors and names as the seven hundredth, and axe
takes a minute for those between."""
RECORDS = "reference/facts/"
"""Long lists of equal records: axe says nothing new after the first, and takes a minute for it."""


def _address(file: Path) -> str:
    path = file.relative_to(DOCS).with_suffix("").as_posix()
    return "" if path == "index" else path.removesuffix("index").rstrip("/") + "/"


OTHERS = sorted({_address(file) for file in DOCS.rglob("*.md")} - set(CHAPTERS))


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Windows]:
    """One context for each width and scheme: scripts and styles are fetched once, as by readers."""
    there: dict[tuple[int, str], BrowserContext] = {}

    def window(width: int, scheme: Scheme) -> Page:
        if (width, scheme) not in there:
            there[width, scheme] = browser.new_context(
                service_workers="block",
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
            )
        return there[width, scheme].new_page()

    yield window
    for context in there.values():
        context.close()


def check_page(windows: Windows, address: str, path: str, width: int, scheme: Scheme) -> None:
    """No console error, no request to another host, no sideways scroll, no axe violation."""
    page = windows(width, scheme)
    noise: list[str] = []
    page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    outside: list[str] = []
    host = urlsplit(address).netloc
    page.on("request", lambda r: outside.append(r.url) if urlsplit(r.url).netloc != host else None)
    page.goto(address + path, wait_until="load")
    where = f"{path or 'home'} at {width} px, {scheme}"
    assert page.evaluate("document.body.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    ), where
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0, f"{where}: {wider} px wider than the window"
    if not path.startswith(RECORDS):
        page.evaluate(SHORTENED)
        found = axe_violations(page)
        assert not found, f"{where}:\n" + "\n".join(found)
    assert not noise, f"{where}: {noise}"
    assert not outside, f"{where}: {outside}"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", CHAPTERS)
def test_chapter(windows: Windows, address: str, path: str, width: int, scheme: Scheme) -> None:
    check_page(windows, address, path, width, scheme)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
@pytest.mark.parametrize("path", OTHERS)
def test_page(windows: Windows, address: str, path: str, width: int, scheme: Scheme) -> None:
    check_page(windows, address, path, width, scheme)


def open_page(browser: Browser, url: str, **options: object) -> Page:
    context = browser.new_context(
        service_workers="block", viewport={"width": 1280, "height": 900}, **options
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url, wait_until="load")
    return page


def test_without_javascript_figures_and_tables_are_there(browser: Browser, address: str) -> None:
    page = open_page(browser, address + "benchmarks/", java_script_enabled=False)
    expect(page.locator("figure svg").first).to_be_visible()
    assert page.locator(".table-wrap table").count() >= 2
    page.context.close()


def test_color_scheme_can_be_switched_by_keyboard(browser: Browser, address: str) -> None:
    page = open_page(browser, address, color_scheme="light")
    switch = page.locator("form[data-md-component=palette] button:not([hidden])").first
    expect(switch).to_be_visible()
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator("form[data-md-component=palette] button:not([hidden])").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.context.close()


def test_figures_show_one_drawing_at_a_time(browser: Browser, address: str) -> None:
    for width, shown, hidden in ((1440, "wide", "narrow"), (360, "narrow", "wide")):
        context = browser.new_context(
            service_workers="block", viewport={"width": width, "height": 900}
        )
        page = context.new_page()
        page.goto(address + "architecture/efficiency/", wait_until="load")
        figure = page.locator("figure.fig").first
        expect(figure.locator(f".fig-{shown}")).to_be_visible()
        expect(figure.locator(f".fig-{hidden}")).to_be_hidden()
        assert figure.locator(f".fig-{shown} svg").get_attribute("role") == "img"
        context.close()


OVERHANG = """(margin) => [...document.querySelectorAll("svg")]
  .filter((svg) => svg.getClientRects().length).flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((text) => {
      const box = text.getBoundingClientRect();
      return /\\d[%+]?$/.test(text.textContent) && box.right > frame.right + margin;
    }).map((text) => text.textContent);
  })"""
MARGIN = 14
"""Pixels by which a label may hang over its drawing (``overflow-clip-margin``)."""


@pytest.mark.parametrize("width", [760, 400])
def test_a_wide_font_cuts_no_amount_in_a_figure(
    browser: Browser, address: str, site: Path, width: int
) -> None:
    """A price without its last digit is another price."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    for folder in sorted((site / "figures").iterdir()):
        page.goto(f"{address}figures/{folder.name}/")
        assert page.evaluate(OVERHANG, MARGIN) == [], folder.name
        clipped = page.locator("svg:visible").first.evaluate(
            "(svg) => [getComputedStyle(svg).overflow, getComputedStyle(svg.parentElement)"
            ".overflowClipMargin].join(' ')"
        )
        assert clipped == f"visible {MARGIN}px", folder.name
    page.close()
