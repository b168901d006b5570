"""Tables with one tab stop a row: every score can be reached from the keyboard all the same."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_arrow_keys_reach_every_score_of_a_row(page: Page, address: str) -> None:
    page.goto(f"{address}benchmarks/", wait_until="networkidle")
    row = page.locator("tbody tr", has=page.locator("td a[tabindex='-1']")).first
    row.scroll_into_view_if_needed()
    links = row.locator("a[href]")
    count = links.count()
    assert count > 2
    links.first.focus()
    page.keyboard.press("ArrowLeft")  # there is nothing before it
    expect(links.first).to_be_focused()
    for number in range(1, count):
        page.keyboard.press("ArrowRight")
        expect(links.nth(number)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(links.nth(count - 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(links.nth(count - 2)).to_be_focused()
    page.keyboard.press("Control+ArrowRight")  # a key of the browser stays one
    expect(links.nth(count - 2)).to_be_focused()
