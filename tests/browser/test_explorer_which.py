"""Which should I use?: a task, what is needed, and the rows that answer."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import assert_fits, assert_junk_harmless, assert_no_axe_violation, opened

PATH = "using/which/"


def mounted(page: Page) -> Page:
    page.locator("#explorer-which.explorer--mounted").wait_for()
    return page


def test_a_task_and_needs_leave_the_rows_that_answer(browser: Browser, address: str) -> None:
    page = mounted(opened(browser, f"{address}{PATH}"))
    live = page.locator("#explorer-which .explorer-live")
    rows = live.locator("tbody tr")
    everything = rows.count()
    assert everything >= 10
    page.get_by_label("Task").select_option("coding")
    page.get_by_label("Public weights").check()
    left = rows.count()
    assert 0 < left < everything
    expect(live.locator(".explorer-result")).to_contain_text(f"{left} of {everything} offers")
    page.get_by_label("Order").select_option("cost")
    costs = [float(cell) for cell in rows.locator(".choice").evaluate_all(
        "all => all.map((one) => one.dataset.cost)") if cell]  # fmt: skip
    assert costs == sorted(costs) and len(costs) > 1
    assert "which.task=coding" in page.url and "which.needs=weights" in page.url
    page.reload()
    expect(rows).to_have_count(left)
    page.context.close()


def test_what_is_not_known_to_read_images_stands_apart(browser: Browser, address: str) -> None:
    """A filter that hides what is not on record would say that it does not read images."""
    page = mounted(opened(browser, f"{address}{PATH}?which.task=images&which.needs=images"))
    live = page.locator("#explorer-which .explorer-live")
    rows = live.locator("tbody tr")
    apart = live.locator("tbody tr.which-apart")
    expect(apart).to_have_count(1)
    kinds = rows.evaluate_all(
        "all => all.map((one) => one.querySelector('.choice')?.dataset.images ?? 'apart')"
    )
    at = kinds.index("apart")
    assert set(kinds[:at]) == {"True"} and set(kinds[at + 1 :]) == {""}
    unknown = len(kinds) - at - 1
    expect(live.locator(".explorer-result")).to_contain_text(
        f"Of {unknown} more it is not on record"
    )
    expect(live).to_contain_text("place of hosting not recorded")
    page.get_by_label("Public weights").check()
    assert 0 < rows.count() < len(kinds)
    page.get_by_label("Reads images").uncheck()
    expect(apart).to_have_count(0)
    page.context.close()


def test_a_link_to_a_task_chooses_it(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}{PATH}#images")
    expect(page.get_by_label("Task")).to_have_value("images")
    page.context.close()


def test_junk_does_no_harm(browser: Browser, address: str) -> None:
    query = "which.task=%3Cb%3E&which.needs=gold.weights&which.order=-1"
    assert_junk_harmless(browser, address, PATH, query, mounted)


def test_it_fits_and_without_scripts_all_tables_stand(browser: Browser, address: str) -> None:
    for width in (360, 1280):
        page = opened(browser, f"{address}{PATH}", width)
        expect(page.locator(".explorer--mounted")).to_have_count(1)
        assert_fits(page)
        assert_no_axe_violation(page, "#explorer-which")
        page.context.close()
    page = opened(browser, f"{address}{PATH}", java_script_enabled=False)
    assert page.locator("#explorer-which .explorer-static table:visible").count() == 5
    page.context.close()
