"""One frame for all tools: inputs beside the result, a line of it on a phone, print, export."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import assert_fits, assert_no_axe_violation, opened

TOOLS = {
    "cost": ("pricing/calculator/", "cost.kinds=0.1000.500.7"),
    "history": ("pricing/calculator/", "hist.use=chat"),
    "calculator": ("architecture/efficiency/", "calc.model=v4-flash"),
    "run": ("using/run-it-yourself/", "run.count=3"),
    "timeline": ("release/timeline/", "time.lanes=models"),
    "benchmarks": ("benchmarks/explorer/", "bench.tests=deepswe"),
}


def tool(browser: Browser, address: str, name: str, width: int) -> Page:
    path, query = TOOLS[name]
    page = opened(browser, f"{address}{path}?{query}", width)
    expect(page.locator(f"#explorer-{name}.explorer--mounted")).to_be_attached(timeout=15_000)
    page.locator(f"#explorer-{name} .tool-inputs").scroll_into_view_if_needed()
    return page


@pytest.mark.parametrize("name", TOOLS)
def test_inputs_and_result_side_by_side(browser: Browser, address: str, name: str) -> None:
    page = tool(browser, address, name, 1400)
    parts = [page.locator(f"#explorer-{name} .tool-{part}") for part in ("inputs", "result")]
    left, right = (part.bounding_box() for part in parts)
    assert left and right and right["x"] >= left["x"] + left["width"]
    assert abs(left["y"] - right["y"]) < 40
    expect(page.locator(f"#explorer-{name} .tool-pinned")).to_be_hidden()
    expect(
        page.locator(f"#explorer-{name} .tool-result .explorer-result").first
    ).to_be_in_viewport()
    page.context.close()


@pytest.mark.parametrize("name", TOOLS)
def test_on_a_phone_one_line_of_the_result_stays(browser: Browser, address: str, name: str) -> None:
    page = tool(browser, address, name, 360)
    page.evaluate(f"document.querySelector('#explorer-{name}').scrollIntoView()")
    line = page.locator(f"#explorer-{name} .tool-pinned")
    expect(line).to_be_in_viewport()
    box = line.bounding_box()
    assert box and box["height"] < 90 and re.search(r"\d", line.inner_text())
    assert_fits(page)
    assert_no_axe_violation(page, f"#explorer-{name}")
    page.context.close()


@pytest.mark.parametrize("name", TOOLS)
def test_the_readers_own_state_is_printed(browser: Browser, address: str, name: str) -> None:
    page = tool(browser, address, name, 1000)
    place = page.locator(f"#explorer-{name}")
    expect(place).to_have_class(re.compile("explorer--own"))
    said = place.locator(".explorer-result").first.inner_text()
    page.emulate_media(media="print")
    expect(place.locator(".explorer-static")).to_be_hidden()
    assert place.locator(".explorer-result").first.inner_text() == said
    expect(place.locator("button:visible")).to_have_count(0)
    expect(place.locator(".tool-pinned")).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize("name", TOOLS)
def test_what_is_saved_says_where_it_comes_from(
    browser: Browser, address: str, name: str, tmp_path: Path
) -> None:
    page = tool(browser, address, name, 1000)
    place = page.locator(f"#explorer-{name}")
    files = {}
    for kind in ("CSV", "SVG"):
        with page.expect_download() as saved:
            place.get_by_role("button", name=f"Save {kind}", exact=True).click()
        files[kind] = tmp_path / kind
        saved.value.save_as(files[kind])
    rows = list(csv.DictReader(io.StringIO(files["CSV"].read_text(encoding="utf-8"))))
    query = TOOLS[name][1]
    assert rows and all(query in row["Address"] for row in rows)
    assert all(row.get("As of") for row in rows)
    assert all(row.get("Sources") or row.get("Source") for row in rows)
    drawing = re.sub(r"<[^>]+>", " ", files["SVG"].read_text(encoding="utf-8"))
    unbroken = re.sub(r"\s", "", drawing.replace("&amp;", "&"))  # long lines are broken
    assert "CCBY4.0" in unbroken and query in unbroken
    first = place.locator(".explorer-result").first.inner_text().split()[0]
    assert first in drawing
    page.context.close()
