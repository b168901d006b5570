"""Pages as people meet them: phone and desktop, light and dark, keyboard, touch, no JavaScript."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

DOCS = Path(__file__).parents[2] / "docs"
CHAPTERS = (
    "", "release/", "architecture/", "benchmarks/", "pricing/", "hardware/", "using/"
)  # fmt: skip
WIDTHS = (360, 768, 1440)
RECORDS = "reference/facts/"
"""Long lists of equal records: axe says nothing new after the first, and takes a minute for it."""


def _address(file: Path) -> str:
    path = file.relative_to(DOCS).with_suffix("").as_posix()
    return "" if path == "index" else path.removesuffix("index").rstrip("/") + "/"


OTHERS = sorted({_address(file) for file in DOCS.rglob("*.md")} - set(CHAPTERS))


def check_page(browser: Browser, address: str, path: str, width: int, scheme: str) -> None:
    """No console error, no request to another host, no sideways scroll, no axe violation."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
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
        violations = Axe().run(page).response["violations"]
        found = [
            f"{rule['id']}: {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])} times)"
            for rule in violations
        ]
        assert not found, f"{where}:\n" + "\n".join(found)
    assert not noise, f"{where}: {noise}"
    assert not outside, f"{where}: {outside}"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", CHAPTERS)
def test_chapter(browser: Browser, address: str, path: str, width: int, scheme: str) -> None:
    check_page(browser, address, path, width, scheme)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
@pytest.mark.parametrize("path", OTHERS)
def test_page(browser: Browser, address: str, path: str, width: int, scheme: str) -> None:
    check_page(browser, address, path, width, scheme)


def open_page(browser: Browser, url: str, **options: object) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)  # type: ignore[arg-type]
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
        context = browser.new_context(viewport={"width": width, "height": 900})
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
