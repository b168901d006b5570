"""The form of the calculator: each test is something over which a first-time user stumbled."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import assert_fits, assert_no_axe_violation, opened

PATH = "pricing/calculator/"
MOMENT = "cost.t=2026-11-30T12:00"
OFFICE = f"cost.days=mon-fri&cost.from=09:00&cost.to=17:00&cost.zone=Europe/Berlin&{MOMENT}"
RESULT = "#explorer-cost .explorer-result"
NOTES = "#explorer-cost .tool-result > .explorer-note"


def form(browser: Browser, address: str, query: str, width: int = 1280, **options: Any) -> Page:
    page = opened(browser, f"{address}{PATH}?{query}", width, **options)
    expect(page.locator("#explorer-cost.explorer--mounted")).to_be_attached(timeout=15_000)
    return page


def test_days_of_work_count_in_every_mode(browser: Browser, address: str) -> None:
    """A share of one's own turned 22 days of work into 30, and off-peak looked dearer."""
    page = form(browser, address, f"{OFFICE}&cost.rows=deepseek.deepseek-v4-pro.usd")
    result = page.locator(RESULT)
    expect(result).to_contain_text("$9.90 a day")
    before = result.inner_text()
    assert "$217.80 in 30 days, 22 of work" in before
    expect(page.locator(NOTES).first).to_have_text(
        "Of this, $43.56 a month is the surcharge of peak hours on deepseek-v4-pro."
    )
    page.get_by_label("Hours", exact=True).select_option("share")
    assert page.get_by_label("Share of the workload").input_value() == "25"  # carried over
    assert result.inner_text() == before
    page.get_by_label("Share of the workload").fill("0")
    expect(result).to_contain_text("$174.24 in 30 days, 22 of work")  # 217.80 - 43.56
    expect(page.locator(NOTES).first).to_be_empty()
    page.get_by_label("Hours", exact=True).select_option("at")
    expect(result).to_contain_text("22 of work")
    page.reload()
    expect(result).to_contain_text("22 of work")
    page.context.close()


@pytest.mark.parametrize("when", ["share", "at"])
def test_days_of_work_had_no_effect_in_older_links(
    browser: Browser, address: str, when: str
) -> None:
    page = form(browser, address, f"{OFFICE}&cost.when={when}&cost.share=10")
    result = page.locator(RESULT)
    expect(result).to_contain_text("in 30 days.")
    expect(page.get_by_label("Sat", exact=True)).to_be_checked()
    page.get_by_label("Sat", exact=True).uncheck()
    expect(result).to_contain_text("26 of work")
    assert "cost.kept=true" in page.url
    page.reload()
    expect(result).to_contain_text("26 of work")
    page.context.close()


def test_a_call_that_no_window_holds_is_asked_back(browser: Browser, address: str) -> None:
    rows = "deepseek.deepseek-flash.usd_openai-gpt-5-nano-2026-04_xai-grok-4-20-2026-04"
    page = form(browser, address, f"{MOMENT}&cost.kinds=0.500000.100.10&cost.rows={rows}")
    live = page.locator("#explorer-cost .explorer-live")
    ask = live.locator(".cost-ask")
    cells = live.locator(".cost-prices tbody td:nth-child(2)")
    expect(ask).to_contain_text("does not fit into the window of GPT-5 nano, OpenAI (400,000)")
    expect(cells.nth(0)).not_to_contain_text("does not fit")
    expect(cells.nth(1)).to_have_text("does not fit")
    page.get_by_label("Uncached input", exact=True).fill("12.5M")
    expect(live.locator(".explorer-result")).to_contain_text(
        "One call of 12,500,000 tokens does not fit: the model's window is 1,048,576."
    )
    assert "cheaper" not in live.locator(".explorer-result").inner_text()
    amount = live.locator(".cost-prices tbody td:nth-child(3)").first.inner_text()
    page.get_by_role("button", name="Yes, a sum over calls").click()
    expect(ask).to_be_empty()
    expect(page.get_by_label("Such sums a day")).to_have_value("10")
    assert live.locator(".cost-prices tbody td:nth-child(3)").first.inner_text() == amount
    page.context.close()


def test_fees_of_tools_are_in_the_total(browser: Browser, address: str) -> None:
    """In the headline, the line of a phone, the table, the drawing and what is handed on."""
    rows = "deepseek.deepseek-flash.usd_openai-gpt-6-luna-2026-10"
    query = f"cost.when=share&cost.share=0&cost.rows={rows}&{MOMENT}"
    page = form(browser, address, query)
    result = page.locator(RESULT)
    expect(result).to_contain_text("$1.95 a day")
    page.locator("#explorer-cost .cost-fees summary").click()
    page.get_by_label("Searches a day").fill("3000")
    expect(result).to_contain_text("$4.20 a day on deepseek-flash")  # 1.95 + 3 x 0.75
    expect(result).to_contain_text("which row is the cheapest cannot be said")
    live = page.locator("#explorer-cost .explorer-live")
    expect(live.locator(".tool-pinned")).to_have_text(
        "deepseek-flash: $4.20 a day · $126.00 in 30 days"
    )
    expect(live.locator(".cost-prices tbody tr").nth(0)).to_contain_text("$126.00")
    expect(live.locator(".cost-prices tbody tr").nth(1)).to_contain_text("at least $1.40")
    expect(live.locator(".cost-bars svg")).to_have_attribute("aria-label", re.compile(r"\$4\.20"))
    expect(page.locator(NOTES).nth(1)).to_contain_text("tools are $2.25 a day, $67.50 a month")
    with page.expect_download() as saved:
        live.get_by_role("button", name="Save CSV").click()
    assert "$126.00" in saved.value.path().read_text(encoding="utf-8")
    page.reload()
    expect(result).to_contain_text("$4.20 a day")
    page.emulate_media(media="print")
    expect(result).to_be_visible()
    page.context.close()


def test_calls_of_a_month(browser: Browser, address: str) -> None:
    page = form(browser, address, f"{OFFICE}&cost.when=share&cost.share=0&cost.kept=true")
    page.get_by_label("Calls per").select_option("month")
    page.get_by_label("Calls a month").fill("220,000")
    result = page.locator(RESULT)
    # 22 days of work: 10,000 calls a day are 220,000 a month.
    expect(result).to_contain_text(
        "$1.95 a day on deepseek-flash, 0.00% at peak; $42.90 in 30 days"
    )
    assert "cost.kinds=0.900.100.220000.month" in page.url
    page.get_by_label("Sat", exact=True).check()
    expect(result).to_contain_text("$42.90 in 30 days, 26 of work")  # the month stays what it is
    page.get_by_label("Your own machine, cost per hour").fill("1.65")
    per_call = page.locator("#explorer-cost .cost-prices tbody td:nth-child(2)").first
    expect(per_call).to_have_text("$0.00020")
    expect(page.locator("#explorer-cost .cost-prices tbody tr").first).to_contain_text(
        "24.00 times"
    )
    page.get_by_label("Workload", exact=True).select_option("above")
    expect(page.locator("#explorer-history .explorer-result")).to_contain_text("30 days of it")
    expect(page.locator("#explorer-history .explorer-result")).to_contain_text("Flash $33.88")
    page.reload()
    expect(page.locator("#explorer-history .explorer-result")).to_contain_text("Flash $33.88")
    expect(result).to_contain_text("$42.90 in 30 days, 26 of work")
    page.context.close()


def test_the_value_before_somebody_typed_is_kept(browser: Browser, address: str) -> None:
    """Of "12,50" the first two letters were taken for the value to keep."""
    page = form(browser, address, f"cost.when=share&cost.share=0&{MOMENT}")
    result = page.locator(RESULT)
    before = result.inner_text()
    box = page.get_by_label("Uncached input", exact=True)
    assert box.get_attribute("inputmode") == "text"  # a phone has to offer M
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("12,50", delay=5)
    error = page.locator("#explorer-cost .cost-kind .cost-error", has_text="two ways")
    expect(error).to_contain_text("Write 12.5M or 1250. The result keeps the last value: 900.")
    assert result.inner_text() == before
    page.keyboard.press("Control+a")
    page.keyboard.type("12.5M", delay=5)
    expect(page.locator("#explorer-cost .cost-echo", has_text="12,500,000")).to_have_count(1)
    page.context.close()


def test_nothing_moves_at_the_first_key(browser: Browser, address: str) -> None:
    for width in (1280, 360):
        page = form(browser, address, MOMENT, width)
        tops = """() => [...document.querySelector("#explorer-cost .tool-inputs")
          .querySelectorAll("input, button")]
          .filter((one) => one.getClientRects().length)
          .map((one) => Math.round(one.getBoundingClientRect().top + scrollY))"""
        before = page.evaluate(tops)
        page.get_by_label("Uncached input", exact=True).press("End")
        page.keyboard.type("1")
        assert page.get_by_label("Start from").input_value() == "own"
        assert page.evaluate(tops) == before
        page.context.close()


def test_a_context_that_grows_is_priced_call_by_call(browser: Browser, address: str) -> None:
    """One average call is wholly above or below the band of a rival; the calls are not."""
    rows = "deepseek.deepseek-flash.usd_anthropic-claude-haiku-5-5-2026-10"
    page = form(browser, address, f"cost.when=share&cost.share=0&cost.rows={rows}&{MOMENT}")
    page.get_by_label("These numbers are").select_option("grow")
    for label, text in (
        ("From, tokens of the first call", "5K"), ("To, tokens of the last call", "180K"),
        ("Over so many calls", "40"), ("Output of each call", "1000"), ("Such runs a day", "1"),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    result = page.locator(RESULT)
    # 180K new tokens, 3.52M from the cache, 40K of output: 0.027 + 0.0106 + 0.024 dollars
    expect(result).to_contain_text("$0.062 a day on deepseek-flash")
    assert "cost.kinds=5000.180000.1000.1.grow.40" in page.url
    rival = page.locator("#explorer-cost .cost-prices tbody tr").nth(1)
    expect(rival).to_contain_text("long prompts")
    page.get_by_label("To, tokens of the last call").fill("4K")
    expect(page.locator("#explorer-cost .cost-error", has_text="not be shorter")).to_have_count(1)
    expect(result).to_contain_text("$0.062 a day")
    page.get_by_label("To, tokens of the last call").fill("180K")
    page.get_by_label("Over so many calls").fill("1")
    expect(page.locator("#explorer-cost .cost-error", has_text="2 to 2,000")).to_have_count(1)
    expect(result).to_contain_text("$0.062 a day")
    page.context.close()


def test_the_cheapest_five_and_prices_in_the_list(browser: Browser, address: str) -> None:
    page = form(browser, address, f"cost.rows=deepseek.deepseek-v4-pro.usd&{MOMENT}")
    live = page.locator("#explorer-cost .explorer-live")
    options = live.locator(".cost-row option")
    expect(options.first).to_contain_text(re.compile(r": \$\d+\.\d\d a day$"))
    expect(live.locator(".cost-row option", has_text="deepseek-v4-flash (").first).to_contain_text(
        "old name, now billed as deepseek-flash"
    )
    page.get_by_role("button", name="Add the cheapest five").click()
    rows = live.locator(".cost-prices tbody tr")
    expect(rows).to_have_count(6)
    amounts = [
        float(text.replace("at most ", "").removeprefix("$"))
        for text in live.locator(".cost-prices tbody td:nth-child(3)").all_inner_texts()[1:]
    ]
    assert amounts == sorted(amounts)
    expect(live.locator(".cost-added")).to_contain_text("Cheapest for these tokens")
    page.reload()
    expect(rows).to_have_count(6)
    page.context.close()


def test_my_own_numbers_stay_chosen(browser: Browser, address: str) -> None:
    page = form(browser, address, MOMENT)
    start = page.get_by_label("Start from")
    expect(start).to_have_value("archive")
    start.select_option("own")
    page.get_by_label("From", exact=True).fill("9")
    expect(start).to_have_value("own")
    start.select_option("chat")
    expect(start).to_have_value("chat")
    page.context.close()


def test_on_a_phone_a_tap_on_the_line_leads_to_the_bill(browser: Browser, address: str) -> None:
    page = form(browser, address, f"cost.rows=deepseek.deepseek-v4-pro.usd&{MOMENT}", 360)
    page.get_by_label("Start from").scroll_into_view_if_needed()
    line = page.locator("#explorer-cost .tool-pinned")
    expect(line).to_contain_text("deepseek-v4-pro: $")
    expect(page.locator(RESULT)).not_to_be_in_viewport()
    line.click()
    expect(page.locator(RESULT)).to_be_in_viewport()
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (390, "light"), (1280, "dark")])
def test_every_part_of_the_form_fits(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    kinds = "10000.150000.1000.20.grow.40_0.12500000.100.600.month_5.5.5.5.sum"
    query = f"{OFFICE}&cost.kinds={kinds}&cost.tools=3000.0.9.0&cost.hour=12"
    page = form(browser, address, query, width, color_scheme=scheme)
    page.get_by_role("button", name="Add the cheapest five").click()
    assert_fits(page)
    assert_no_axe_violation(page, "#explorer-cost")
    page.context.close()
