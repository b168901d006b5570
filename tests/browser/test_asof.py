"""Reading a page as of a past day: no row of a table says what was not so on that day."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.sources.records.price_rows import model_name, price_rows
from tests import real
from tests.browser.asof_rows import by, in_force, later_names
from tests.browser.steps import assert_fits, axe_violations

DAYS = (
    "2026-04-20",
    "2026-04-24",
    "2026-05-31",
    "2026-07-31",
    "2026-08-16",
    "2026-08-23",
    "2026-09-10",
    "2026-10-17",
    "2026-11-20",
)
PAGES = (
    "",
    "pricing/",
    "pricing/history/",
    "pricing/rivals/",
    "pricing/hosts/",
    "pricing/billing/",
    "pricing/peak-hours/",
    "pricing/examples/",
    "using/",
    "using/migration/",
    "release/",
    "release/versions/",
    "release/timeline/",
    "benchmarks/",
    "benchmarks/versions/",
    "benchmarks/independent/",
    "benchmarks/boards/",
    "architecture/",
    "hardware/",
)

ROWS = """() => [...document.querySelectorAll(".md-content table")]
  .filter((table) => !table.closest(".explorer"))
  .flatMap((table) => [...table.rows])
  .filter((row) => row.getClientRects().length && !row.matches(".asof-note"))
  .map((row) => ({
    record: row.dataset.record ?? "",
    since: row.dataset.since ?? "",
    absent: row.matches(".asof-row") && !row.dataset.record,
    marks: [...row.querySelectorAll(".fact[data-since], a.rec[data-since]")]
      .filter((part) => part.getClientRects().length).map((part) => part.dataset.since),
    cells: [...row.cells].filter((cell) => cell.getClientRects().length).map((cell) => {
      const copy = cell.cloneNode(true);
      for (const cite of copy.querySelectorAll(".cite")) cite.remove();
      return copy.textContent.replace(/\\s+/g, " ").trim();
    }),
  }))"""


def opened(page: Page, address: str, path: str, day: str) -> None:
    """``path`` as of ``day``, with all that folds unfolded."""
    place, _, anchor = path.partition("#")
    page.goto(f"{address}{place}?asof={day}" + (f"#{anchor}" if anchor else ""))
    expect(page.locator("html")).to_have_attribute("data-asof", day, timeout=30_000)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize("day", DAYS)
def test_no_row_shows_a_record_that_did_not_hold(page: Page, address: str, day: str) -> None:
    data = real.records()
    late = later_names(day)
    seen = 0
    for path in PAGES:
        opened(page, address, path, day)
        for row in page.evaluate(ROWS):
            where = f"{path} on {day}: {row}"
            text = " | ".join(row["cells"])
            if row["absent"]:
                name, words = row["cells"]
                assert name in {price.api_name for price in data["prices"].values()}, where
                assert re.match(r"(not on sale|no price (of its own )?on record)", words), where
                continue
            assert not late.search(text), where
            assert all(by(since, day) for since in row["marks"]), where
            collection, _, name = row["record"].partition("/")
            if collection == "prices":
                seen += 1
                price = data["prices"][name]
                assert in_force(price, day), where
                assert by((data["models"].get(price.model) or price).as_of, day) or price.start
                wanted = [
                    [entry.label, *(cell[1] if cell else "–" for cell in entry.cells), entry.when]
                    for entry in price_rows(data, price)
                ]
                shown = [re.sub(r", sold as \S+$", "", row["cells"][0]), *row["cells"][1:]]
                assert shown in wanted, where
                assert row["cells"][0].startswith(model_name(data, price))
            elif collection:
                assert by(row["since"], day), where
    assert seen > 5


def test_rows_of_prices_are_those_of_the_day(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-04-24")
    table = page.locator("#today ~ .table-wrap, #today ~ * .table-wrap").first
    rows = table.locator("tr:visible")
    expect(rows.nth(1)).to_contain_text("DeepSeek-V4-Flash, sold as deepseek-v4-flash")
    expect(rows.nth(1)).to_contain_text("2026-04-24 to 2026-04-26 12:15 UTC")
    expect(rows.nth(2)).to_contain_text("$1.74")
    expect(table).not_to_contain_text("peak", use_inner_text=True)
    assert "1017" not in (table.get_attribute("aria-label") or "")


def test_names_of_a_day_are_those_that_had_a_price(page: Page, address: str) -> None:
    """The table of today's names lost every Flash row, though the records know them."""
    opened(page, address, "release/versions/", "2026-08-10")
    rows = page.locator(".asof-names tbody tr.asof-name")
    expect(rows).to_have_count(2)
    names = sorted(rows.locator("td:nth-child(1)").all_inner_texts())
    assert names == ["deepseek-v4-flash", "deepseek-v4-pro"]
    flash = rows.filter(has_text="deepseek-v4-flash")
    expect(flash).to_contain_text("DeepSeek-V4-Flash-0731")
    expect(flash.locator("a.rec")).to_have_attribute(
        "href", re.compile("reference/facts/prices/#deepseek-v4-flash-usd-2026-07-31$")
    )
    expect(page.locator(".asof-names")).not_to_contain_text("1017", use_inner_text=True)
    page.get_by_label("Read this page as of").select_option("")
    expect(page.locator(".asof-names tbody tr.asof-name")).to_have_count(0)
    expect(page.locator(".asof-names")).to_contain_text("V4.1-Flash-1017", use_inner_text=True)


def test_a_day_goes_along_to_the_next_page(page: Page, address: str) -> None:
    opened(page, address, "release/versions/", "2026-08-10")
    link = page.locator(".md-content a[href*='pricing/#today']").first
    before = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(re.compile(r"/pricing/\?asof=2026-08-10#today$"))
    expect(page.locator("html")).to_have_attribute("data-asof", "2026-08-10", timeout=15_000)
    page.locator(".asof-bar a").click()  # back to now, and on without the day
    expect(page).to_have_url(re.compile(r"/pricing/#today$"))
    page.locator(".md-content a[href*='/billing/'], .md-content a[href*='billing/']").first.click()
    expect(page).to_have_url(re.compile(r"/billing/[^?]*$"))
    assert before


def test_two_prices_of_one_day(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-08-16")
    table = page.locator(".table-wrap").first
    expect(table).to_contain_text("More than one price held on August 16, 2026")
    expect(table.locator("tr:visible").nth(1)).to_contain_text("V4-Flash-0731, off-peak")


def test_what_was_not_on_sale_says_so(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-04-20")
    row = page.locator("tr:visible", has_text="deepseek-v4-pro").first
    expect(row).to_have_text("deepseek-v4-pronot on sale on April 20, 2026")
    opened(page, address, "pricing/history/", "2026-10-17")
    gone = page.locator("tr:visible", has_text="no price of its own on record").first
    expect(gone).to_contain_text("deepseek-flash takes its place")
    # A gap in what is known is not a price: none in yuan is on record for V3.2.
    opened(page, address, "pricing/", "2026-04-20")
    yuan = page.locator("tr:visible", has_text="no price on record for April 20, 2026")
    expect(yuan.first).to_contain_text("deepseek-flash")


def test_sentences_stay_and_are_marked(page: Page, address: str) -> None:
    page.goto(address + "pricing/")
    lead = page.locator(".answer")
    now = lead.inner_text()
    opened(page, address, "pricing/", "2026-04-24")
    first = lead.locator(".fact").first
    expect(first.locator("data")).to_have_text(re.match(r".*?(\$[\d.]+)", now)[1])
    expect(first).to_contain_text("(then $0.14 at all hours for DeepSeek-V4-Flash)")
    expect(page.locator("h1")).to_contain_text("(text as it is now)")
    expect(page.locator("#today")).to_contain_text("(text as it is now)")
    late = page.locator("#today + p .fact").first
    expect(late).to_contain_text("(later)")
    page.get_by_role("link", name="back to now").click()
    assert lead.inner_text() == now
    assert page.locator(".asof-gone, .asof-row, .asof-mark, .fact-aside, .asof-own").count() == 0
    assert "asof" not in page.url


def test_a_note_names_what_was_other(page: Page, address: str) -> None:
    pro = page.locator(".answer .fact").nth(1)
    opened(page, address, "pricing/", "2026-08-16")
    expect(pro).to_contain_text("(then the same)")  # the amounts stayed, weekends changed
    opened(page, address, "pricing/", "2026-07-31")
    expect(pro).to_contain_text("(then $0.435 at all hours for DeepSeek-V4-Pro)")
    opened(page, address, "pricing/", "2026-10-17")
    expect(pro).not_to_contain_text("then")


def test_key_figures_of_today_step_back(page: Page, address: str) -> None:
    opened(page, address, "", "2026-04-24")
    figure = page.locator(".key-figures li", has_text="output tokens of V4.1-Flash")
    expect(figure).to_contain_text("(as it is now)")
    expect(figure).to_contain_text("then $0.28 at all hours for DeepSeek-V4-Flash")


def test_figures_say_their_own_day(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-05-31")
    figure = page.locator("#fig-price-history")
    expect(figure.locator(".asof-own").first).to_have_text("As of its own day: November 15, 2026")
    assert figure.locator("tr:visible").count() == 0
    opened(page, address, "pricing/calculator/", "2026-05-31")
    tool = page.locator("[data-explorer] > .asof-own")
    expect(tool.first).to_contain_text("This tool does not follow the day above")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_bar_is_in_sight_wherever_a_link_leads(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(service_workers="block", viewport={"width": width, "height": 800})
    page = context.new_page()
    opened(page, address, "pricing/#promise", "2026-04-24")
    bar = page.get_by_role("region", name="Day of the numbers")
    expect(bar).to_contain_text("Numbers of April 24, 2026 · back to now")
    expect(bar).to_be_in_viewport()
    box, heading = bar.bounding_box(), page.locator("#promise").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert box["y"] >= header["y"] + header["height"] - 1
    assert heading["y"] >= box["y"] + box["height"] - 1
    assert_fits(page)
    context.close()


def test_the_day_is_in_the_address_and_nowhere_else(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-04-24")
    assert page.evaluate("sessionStorage.length + Object.keys(localStorage).filter("
                         "(key) => /asof/.test(key)).length") == 0  # fmt: skip
    link = page.get_by_role("link", name="Every price change").first
    address_of_now = link.evaluate("(one) => one.href")
    link.click()
    expect(page).to_have_url(re.compile(r"/pricing/history/\?asof=2026-04-24$"))
    page.goto(address_of_now)
    expect(page.get_by_label("Read this page as of")).to_have_value("")
    assert page.locator(".asof-bar:visible").count() == 0


def test_the_bar_by_keyboard(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-04-24")
    page.get_by_role("link", name="back to now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Read this page as of")).to_be_focused()
    expect(page.locator(".asof-bar")).to_be_hidden()


def test_the_outcome_is_announced_once(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-04-24")
    told = [
        text for text in page.locator("[role=status]").all_inner_texts() if "2026-04-24" in text
    ]
    assert len(told) == 1
    assert page.locator(".asof-bar [aria-live], .asof-bar[aria-live]").count() == 0


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-12-25", "Our records begin on December 26, 2024"),
        ("1999-01-01", "Our records begin on December 26, 2024"),
        ("2030-01-01", "Our newest record is of"),
    ],
)
def test_days_without_records_say_so(page: Page, address: str, day: str, words: str) -> None:
    page.goto(f"{address}pricing/?asof={day}")
    expect(page.locator(".asof-bar")).to_contain_text(words)
    expect(page.locator(".asof-bar")).to_contain_text("The page is as it is now")
    assert page.locator(".asof-row, .fact-aside").count() == 0


def test_a_page_without_dates_says_the_day_too(page: Page, address: str) -> None:
    opened(page, address, "reference/changes/", "2026-04-24")
    expect(page.locator(".asof-bar")).to_contain_text("Numbers of April 24, 2026")
    page.get_by_role("link", name="back to now").click()
    page.get_by_label("Kind").select_option("price")
    assert "asof" not in page.url


def test_numbers_that_cannot_be_loaded(page: Page, address: str) -> None:
    page.route("**/data/history.json", lambda route: route.abort())
    page.goto(f"{address}pricing/?asof=2026-04-24")
    expect(page.locator(".asof-bar")).to_contain_text("could not be loaded")
    assert page.locator(".asof-row").count() == 0


def test_another_day_after_a_day(page: Page, address: str) -> None:
    """Turned twice, the page is the same as turned once."""
    opened(page, address, "pricing/history/", "2026-08-23")
    once = page.locator(".md-content").inner_text()
    opened(page, address, "pricing/history/", "2026-04-24")
    choice = page.get_by_label("Read this page as of")
    choice.select_option("other")
    page.get_by_label("Day", exact=True).fill("2026-08-23")
    page.get_by_label("Day", exact=True).dispatch_event("change")
    expect(page.locator("html")).to_have_attribute("data-asof", "2026-08-23")
    assert page.locator(".md-content").inner_text() == once


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_past_day_is_accessible(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(
        service_workers="block", viewport={"width": 1280, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    for path in ("pricing/", ""):
        opened(page, address, path, "2026-04-24")
        assert not axe_violations(page)
    context.close()


def test_print_says_the_day(page: Page, address: str) -> None:
    opened(page, address, "pricing/", "2026-04-24")
    page.emulate_media(media="print")
    expect(page.locator(".asof-bar")).to_be_visible()
    expect(page.locator(".asof-bar")).to_contain_text("Numbers of April 24, 2026")
    expect(page.locator(".asof-bar a")).to_be_hidden()


def test_nothing_changes_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}pricing/?asof=2026-04-24")
    assert page.locator(".asof-bar, .asof-form").count() == 0
    expect(page.locator("tr", has_text="DeepSeek-V4.1-Flash-1017, off-peak").first).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("since September 22, 2026, after a cut", ["2026-09-22"]),
        ("2026-08-16 16:00 UTC to 2026-09", ["2026-08-16", "2026-09"]),
        ("08-16 16:00", ["2026-08-16"]),
        ("by mid-September", ["2026-09"]),
        ("all turns (autumn)", ["2026-11"]),
        ("May 28; Apr, May", ["2026-05-28", "2026-04", "2026-05"]),
        ("October 17, 2023: a test catches those", ["2023-10-17"]),
        ("Marked by Decode in winter time, 01-2 of 16-30", []),
    ],
)
def test_dates_in_a_text(blank: Page, address: str, text: str, dates: list[str]) -> None:
    found = blank.evaluate(
        """async ([text, base]) => (await import(
          `${base}assets/javascripts/page/asof/days.js`)).datesIn(text, "2026")""",
        [text, address],
    )
    assert found == dates


def test_rows_that_somebody_typed_go_as_a_whole(page: Page, address: str) -> None:
    """Peak hours began in August; a row of a table that has no record says so by its words."""
    opened(page, address, "pricing/", "2026-07-31")
    hours = page.locator("#peak-hours ~ .table-wrap").first
    expect(hours).to_contain_text("is not on record by July 31, 2026")
    assert hours.locator("tr:visible").count() == 1
    opened(page, address, "release/versions/", "2026-08-23")
    served = page.locator(".table-wrap", has_text="V4-Flash preview").first
    assert served.locator("tbody tr:visible").count() == 4
    assert "deepseek-flash" not in served.inner_text()
    # Winter hours are no date; "the same" needs the column that it speaks of.
    opened(page, address, "pricing/peak-hours/", "2026-11-20")
    expect(page.locator("tr:visible", has_text="Peak hours, winter")).to_have_count(1)
    opened(page, address, "using/coding-agents/", "2026-06-30")
    table = page.locator(".table-wrap", has_text="ANTHROPIC_DEFAULT_HAIKU_MODEL").first
    assert "November 2026" not in table.inner_text() and "the same" not in table.inner_text()
    opened(page, address, "release/versions/", "2026-10-17")
    assert "V4.1-Flash-1017" in served.inner_text()


def test_the_browser_finds_the_state_that_the_records_say(
    blank: Page, site: Path, address: str
) -> None:
    known = json.loads((site / "data" / "history.json").read_text(encoding="utf-8"))
    edges = {s[1][:10] for line in known["lines"].values() for s in line["states"] if s[1][10:]}
    found = blank.evaluate(
        """async ([lines, days, base]) => {
          const { stateOn } = await import(`${base}assets/javascripts/page/asof/days.js`);
          return days.map(
            (day) => Object.values(lines).map((line) => stateOn(line, day)?.[0] ?? null));
        }""",
        [known["lines"], sorted(edges), address],
    )
    data = real.records()["prices"]
    for day, states in zip(sorted(edges), found, strict=True):
        for (key, line), name in zip(known["lines"].items(), states, strict=True):
            if line["kind"] != "dated":
                continue
            held = [state[0] for state in line["states"] if in_force(data[state[0]], day)]
            # A name that goes on beside its successor has left the line by then.
            assert name in held if held else name is None, (key, day)
