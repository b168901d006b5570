"""Lists of records and as-of reading in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect


def test_as_of_leaves_the_lead_and_says_what_it_was(page: Page, address: str) -> None:
    """A sentence names its model and its hours: a past price in it would make it false."""
    page.goto(address + "pricing/")
    lead = page.locator(".answer .fact").first
    now = lead.inner_text()
    page.get_by_label("Read this page as of").select_option("2026-04-24")
    expect(page).to_have_url(re.compile(r"\?asof=2026-04-24"))
    expect(lead).to_have_class(re.compile("fact--asof"))
    expect(lead.locator("data")).to_have_text(now)
    expect(lead.locator(".fact-aside")).to_contain_text("then $0.14")
    expect(page.locator(".asof-result")).to_contain_text("as of 2026-04-24")
    page.reload()
    expect(lead.locator(".fact-aside")).to_contain_text("then $0.14")
    page.get_by_label("Read this page as of").select_option("")
    expect(lead).to_have_text(now)
    assert "asof" not in page.url


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-04-25", "$0.435"), ("2026-05-31", "$0.435"), ("2026-08-15", "$0.435")],
)
def test_a_day_of_ones_own(page: Page, address: str, day: str, expected: str) -> None:
    page.goto(f"{address}pricing/?asof={day}")
    pro = page.locator(".answer .fact").nth(1)
    expect(pro.locator(".fact-aside")).to_contain_text(f"then {expected} at all hours")


@pytest.mark.parametrize("junk", ["2026-13-45", "yesterday", "%3Cscript%3E", "0000-00-00"])
def test_junk_in_the_address_is_now(page: Page, address: str, junk: str) -> None:
    page.goto(f"{address}pricing/?asof={junk}")
    expect(page.get_by_label("Read this page as of")).to_have_value("")
    assert page.locator(".fact--asof, .asof-row, .asof-bar:visible").count() == 0


def test_records_can_be_searched_and_filtered_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "reference/facts/")
    total = page.locator(".record").count()
    field = page.get_by_label("Search", exact=True).last
    field.focus()
    page.keyboard.type("published kv cache")
    expect(page.locator(".explorer-announce")).to_have_text(re.compile(r"^\d+ of [\d,]+ records$"))
    shown = page.locator(".record:visible").count()
    assert 0 < shown < total / 10
    assert "find=published" in page.url
    page.get_by_label("Status").select_option("disputed")
    for record in page.locator(".record:visible").all():
        assert record.locator(".status--disputed").count() == 1


def test_changes_between_two_dates(page: Page, address: str) -> None:
    page.goto(address + "reference/changes/?from=2026-08-01&to=2026-08-31")
    expect(page.locator(".explorer-announce")).to_contain_text("changes")
    dates = [item.get_attribute("data-date") for item in page.locator(".change:visible").all()]
    assert dates and all("2026-08-15".startswith(date[:7]) for date in dates)
    # What is known to a year only lies in each of its months.
    assert page.locator(".record-group:visible > summary").all_inner_texts() == ["2026: 1 change"]


def test_old_changes_are_folded_until_somebody_looks_for_them(page: Page, address: str) -> None:
    page.goto(address + "reference/changes/")
    april = page.locator("details", has=page.locator("#m-2026-04"))
    expect(april.locator("summary")).to_contain_text("April 2026")
    expect(april.locator(".change").first).to_be_hidden()
    page.get_by_label("From", exact=True).fill("2026-04-01")
    page.get_by_label("To", exact=True).fill("2026-04-30")
    expect(april.locator(".change").first).to_be_visible()
    shown = page.locator(".record-group:visible > summary").all_inner_texts()
    assert [title.partition(":")[0] for title in shown] == ["April 2026", "2026"]
    expect(page.locator("#m-earlier")).to_be_visible()
    expect(page.locator("h3.change-month:visible")).to_have_count(1)
    page.get_by_label("From", exact=True).fill("")
    page.get_by_label("To", exact=True).fill("")
    expect(april.locator(".change").first).to_be_hidden()
    page.goto(address + "reference/changes/#m-2026-04")
    expect(april.locator(".change").first).to_be_visible()


def test_records_are_a_plain_list_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block", java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "reference/facts/#license-v4")
    record = page.locator("#license-v4")
    expect(record).to_be_visible()
    expect(record).to_contain_text("MIT License")
    assert page.locator(".record").count() > 500
    context.close()
