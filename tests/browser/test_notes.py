"""Notes of citations and terms: by pointer, keys and touch, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.steps import assert_no_axe_violation, opened

MARK, TERM, NOTE = ".cite-ref", "a.gloss", ".note[popover]"


def box(part: Locator) -> dict[str, float]:
    found = part.bounding_box()
    assert found
    return dict(found)


def open_phone(browser: Browser, url: str) -> Page:
    return opened(browser, url, width=360, has_touch=True, is_mobile=True)


def test_the_note_shows_by_pointer_and_lies_in_the_window(browser: Browser, address: str) -> None:
    page = opened(browser, address + "architecture/")
    note = page.locator(NOTE)
    assert note.count() == 0
    page.locator(MARK).first.hover()
    expect(note).to_be_visible()
    expect(note).to_contain_text("2026-04-24")
    at = box(note)
    assert at["x"] >= 0 and at["x"] + at["width"] <= 1280
    assert at["y"] >= 0 and at["y"] + at["height"] <= 900
    page.mouse.move(2, 2)
    expect(note).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize("at_the_bottom", [False, True])
def test_a_slow_pointer_reaches_the_note(
    browser: Browser, address: str, at_the_bottom: bool
) -> None:
    """One pixel a step, from the number into its note, below it or above it."""
    page = opened(browser, address + "pricing/")
    mark, note = page.locator("article p " + MARK).nth(8), page.locator(NOTE)
    mark.evaluate(
        f"(mark) => mark.scrollIntoView({{block: '{'end' if at_the_bottom else 'center'}'}})"
    )
    mark.hover()
    expect(note).to_be_visible()
    number, words = box(mark), box(note)
    above = words["y"] < number["y"]
    assert above == at_the_bottom
    x, y = number["x"] + number["width"] / 2, number["y"] + number["height"] / 2
    goal = words["y"] + words["height"] - 20 if above else words["y"] + 20
    while abs(y - goal) > 1:
        y += -1 if above else 1
        page.mouse.move(x, y)
        page.wait_for_timeout(15)
    page.wait_for_timeout(600)
    expect(note).to_be_visible()  # it stays for as long as it is pointed at
    page.context.close()


def test_a_pointer_that_selects_opens_nothing(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/")
    at = box(page.locator(".answer"))
    number = box(page.locator(".answer " + MARK).first)
    page.mouse.move(at["x"] + 2, at["y"] + 10)
    page.mouse.down()
    page.mouse.move(number["x"] + 5, number["y"] + 8, steps=5)
    page.wait_for_timeout(400)
    assert page.locator(NOTE).count() == 0
    page.mouse.up()
    page.context.close()


def test_a_note_leads_to_citing(browser: Browser, address: str) -> None:
    """A fact's own page opens at its citations; of other records a page says how."""
    page = opened(browser, address + "pricing/")
    note = page.locator(NOTE)
    seen = set()
    for mark in page.locator("article " + MARK).all()[:12]:
        mark.focus()
        expect(note).to_be_visible()
        for link in note.get_by_role("link", name="Cite", exact=True).all():
            seen.add(re.sub(r"/f/[^/]+/", "/f/…/", link.evaluate("(link) => link.href")))
    assert seen <= {f"{address}f/…/#cite", f"{address}reference/cite/#number"}
    assert f"{address}f/…/#cite" in seen
    page.context.close()


def test_escape_closes_the_note_and_leaves_the_focus(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/")
    mark, note = page.locator(MARK).first, page.locator(NOTE)
    mark.focus()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(MARK).nth(1)).to_be_focused()
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(page.locator(MARK).nth(1)).to_be_focused()
    page.context.close()


def test_tab_goes_through_the_note_and_on(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/")
    note = page.locator(NOTE)
    page.locator(MARK).first.focus()
    expect(note).to_be_visible()
    links = note.locator("a").count()
    for _ in range(links + 1):
        page.keyboard.press("Tab")
    expect(page.locator(MARK).nth(1)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(MARK).first).to_be_focused()
    page.context.close()


def test_a_number_tells_date_reporter_and_record(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/")
    page.locator(".fact + .cite " + MARK).first.hover()
    note = page.locator(NOTE)
    expect(note).to_contain_text("as of")
    expect(note).to_contain_text("reported by")
    note.get_by_role("link", name="Record").first.click()
    page.wait_for_url(re.compile(r"/reference/facts/.*#|/f/[a-z0-9-]+/$"))
    if target := page.evaluate("decodeURIComponent(location.hash.slice(1))"):
        assert page.locator(f"[id='{target}']").count() == 1
    else:
        expect(page.locator(".value")).to_be_visible()
    page.context.close()


def test_a_mark_of_many_sources_lists_them(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/")
    mark = page.locator("article " + MARK, has_text=re.compile(r"sources|all")).first
    count = int(re.findall(r"\d+", mark.inner_text())[0])
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(page.locator(NOTE + " .note-source")).to_have_count(count)
    expect(mark).to_have_accessible_name(re.compile(f"^(all )?{count} sources$"))
    page.context.close()


@pytest.mark.parametrize("path", ["pricing/", "architecture/attention/"])
def test_open_notes_are_accessible(browser: Browser, address: str, path: str) -> None:
    for scheme in ("light", "dark"):
        page = opened(browser, address + path, color_scheme=scheme)
        for kind in (MARK, TERM):
            page.locator(kind).first.focus()
            expect(page.locator(NOTE)).to_be_visible()
            assert_no_axe_violation(page, NOTE)
        page.context.close()


def test_touch_shows_the_note_as_a_sheet_before_it_jumps(browser: Browser, address: str) -> None:
    page = open_phone(browser, address + "hardware/")
    mark, note = page.locator(MARK).first, page.locator(NOTE)
    mark.tap()
    expect(note).to_be_visible()
    assert "#ref-" not in page.url
    at = box(note)
    assert at["x"] >= 0 and at["x"] + at["width"] <= 361
    assert box(mark)["y"] + box(mark)["height"] <= at["y"], "the sheet hides the number"
    note.get_by_role("button", name="Close").tap()
    expect(note).to_be_hidden()
    mark.tap()
    expect(note).to_be_visible()
    mark.tap()
    page.wait_for_url(re.compile("#ref-"), timeout=5_000)
    expect(note).to_be_hidden()
    page.context.close()


def test_touch_elsewhere_closes_the_sheet(browser: Browser, address: str) -> None:
    page = open_phone(browser, address + "hardware/")
    page.locator(MARK).first.tap()
    expect(page.locator(NOTE)).to_be_visible()
    page.locator("h1").tap()
    expect(page.locator(NOTE)).to_be_hidden()
    page.context.close()


def test_fingers_find_the_numbers(browser: Browser, address: str) -> None:
    page = open_phone(browser, address + "pricing/")
    for mark in page.locator("article p " + MARK).all()[:12]:
        at = box(mark)
        assert at["width"] >= 24 and at["height"] >= 24
    page.context.close()


def test_a_term_is_defined_in_place(browser: Browser, address: str) -> None:
    page = opened(browser, address + "architecture/")
    term, note = page.locator(TERM).first, page.locator(NOTE)
    definition = page.locator(f"[id='{term.get_attribute('data-term')}']").text_content()
    assert definition
    term.hover()
    expect(note).to_contain_text(definition)
    page.mouse.move(2, 2)
    expect(note).to_be_hidden()
    term.focus()
    expect(note).to_contain_text(definition)
    expect(term).to_have_accessible_description(definition)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(term).to_be_focused()
    page.context.close()


def test_a_tap_on_a_term_defines_it(browser: Browser, address: str) -> None:
    page = open_phone(browser, address + "architecture/")
    page.locator(TERM).first.tap()
    expect(page.locator(NOTE)).to_be_visible()
    assert "glossary" not in page.url
    page.locator(TERM).first.tap()
    page.wait_for_url(re.compile("/reference/glossary/#"))
    page.context.close()


def test_without_javascript_the_number_leads_to_the_entry_and_back(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address + "benchmarks/", java_script_enabled=False)
    mark = page.locator(MARK).first
    name, target = mark.get_attribute("id"), mark.get_attribute("href")
    assert name and target
    mark.click()
    entry = page.locator(f"[id='{target[1:]}']")
    expect(entry).to_be_in_viewport()
    entry.locator(f"a[href='#{name}']").click()
    expect(mark).to_be_in_viewport()
    page.context.close()


def test_on_paper_numbers_stay_and_notes_do_not(browser: Browser, address: str) -> None:
    page = opened(browser, address + "pricing/")
    page.locator(MARK).first.hover()
    expect(page.locator(NOTE)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(NOTE)).to_be_hidden()
    expect(page.locator(MARK).first).to_be_visible()
    expect(page.locator("ol.references li .ref-text").first).to_be_visible()
    page.context.close()
