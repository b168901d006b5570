"""The benchmark explorer: what falls into which panel, and the page by keyboard and on a phone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import real
from tests.browser.steps import (
    assert_fits,
    assert_letters_readable,
    assert_no_axe_violation,
    opened,
    unquoted,
)

PATH = "benchmarks/explorer/"
IMPORT = "const m = await import('/assets/javascripts/tools/benchmarks/model.js');"
ALL = """
  const get = async (n) => (await (await fetch('/data/' + n + '.json')).json()).records;
  const map = (rows) => new Map(rows.map((r) => [r.id, r]));
  const [results, benchmarks, models, parties] = await Promise.all(
    ['results', 'benchmarks', 'models', 'parties'].map(get));
  const context = {benchmarks: map(benchmarks), models: map(models), parties: map(parties)};
"""


def ready(page: Page) -> Page:
    expect(page.locator(".bench-charts").locator("svg, p").first).to_be_visible()
    return page


def test_every_result_falls_into_one_panel(blank: Page, site: Path) -> None:
    found = blank.evaluate(
        f"""async () => {{ {IMPORT} {ALL}
        return m.panels(results, context).map((p) => ({{
          key: p.key, unit: p.unit, benchmarks: [...new Set(p.rows.flatMap((r) =>
            r.marks.flatMap((k) => k.records.map((x) => x.benchmark))))],
          metrics: [...new Set(p.rows.flatMap((r) =>
            r.marks.flatMap((k) => k.records.map((x) => x.metric ?? ''))))],
          ids: [...p.rows.flatMap((r) => r.marks.flatMap((k) => k.records)), ...p.without]
            .map((x) => x.id)}})) }}"""
    )
    records = json.loads((site / "data" / "results.json").read_text(encoding="utf-8"))["records"]
    ids = [result for panel in found for result in panel["ids"]]
    assert sorted(ids) == sorted(record["id"] for record in records)
    for panel in found:
        assert len(panel["benchmarks"]) <= 1, panel["key"]
        assert len(panel["metrics"]) <= 1, panel["key"]
    keys = {panel["key"] for panel in found}
    assert {"aa-index-4-0", "aa-index-4-1", "aa-index-4-3", "hle: text-only subset"} <= keys
    assert "mrcr-8-needle: 128K tokens" in keys
    assert "gdpval-aa: later version of the scale" in keys


def test_vendors_are_filled_and_equal_scores_are_one_mark(blank: Page) -> None:
    found = blank.evaluate(
        f"""async () => {{ {IMPORT} {ALL}
        const choice = {{benchmarks: new Set(['terminal-bench-2-1']),
          models: new Set(['v4-pro-0813']), checkpoints: new Set(['0813', 'not-named']),
          modes: new Set(['max', 'not-named']), who: 'all', parties: context.parties}};
        const marks = (more) => m.panels(m.choose(results, {{...choice, ...more}}), context)
          .flatMap((p) => p.rows.flatMap((r) => r.marks.map((k) =>
            [k.score, k.kind, k.records.length])));
        return [marks({{}}), marks({{who: 'vendor'}}), marks({{who: 'independent'}}),
          marks({{who: 'vals-ai'}}), marks({{text: 'minimal MODE'}})] }}"""
    )
    assert found == [
        [[54.7, "independent", 1], [87.9, "vendor", 2]],
        [[87.9, "vendor", 2]],
        [[54.7, "independent", 1]],
        [[54.7, "independent", 1]],
        [[87.9, "vendor", 1]],
    ]


def test_rows_are_sorted_by_what_is_better(blank: Page) -> None:
    found = blank.evaluate(
        f"""async () => {{ {IMPORT} {ALL}
        const rows = (id, sort) => m.panels(results.filter((r) => r.benchmark === id),
          {{...context, sort}})[0].rows;
        return {{hallucination: rows('aa-hallucination', 'score').map((r) => r.best),
          gpqa: rows('gpqa-diamond', 'score').map((r) => r.best),
          dates: rows('gpqa-diamond', 'date').map((r) => r.newest),
          names: rows('gpqa-diamond', 'model').map((r) => r.name)}} }}"""
    )
    assert found["hallucination"] == sorted(found["hallucination"])
    assert found["gpqa"] == sorted(found["gpqa"], reverse=True)
    assert found["dates"] == sorted(found["dates"], reverse=True)
    assert found["names"] == sorted(found["names"])


def test_axis_holds_every_score_and_refuses_nonsense(blank: Page) -> None:
    cases = [
        ["percent", [0], "full"],
        ["percent", [0], "fit"],
        ["percent", [99.6, 100], "fit"],
        ["elo", [1306, 1674], "full"],
        ["elo", [1500], "full"],
        ["index", [-10, 37], "full"],
        ["index", [0.263, 0.849], "full"],
        ["index", [1e-9, 1e9], "fit"],
    ]
    found = blank.evaluate(
        f"async (cases) => {{ {IMPORT} return cases.map((c) => m.axis(...c)) }}", cases
    )
    for (_, scores, _), axis in zip(cases, found, strict=True):
        assert axis["low"] < axis["high"]
        assert axis["low"] <= min(scores) and max(scores) <= axis["high"]
        assert 2 <= len(axis["ticks"]) <= 8
        assert axis["ticks"] == sorted(set(axis["ticks"]))
    assert found[0] == {"low": 0, "high": 100, "ticks": [0, 20, 40, 60, 80, 100]}
    errors = blank.evaluate(
        f"""async () => {{ {IMPORT} const kind = (f) => {{ try {{ f(); }} catch (e) {{
          return e.name }} return 'none' }};
        return [kind(() => m.axis('percent', [])), kind(() => m.axis('elo', [NaN])),
          kind(() => m.kindOf(undefined)), kind(() => m.rowName({{}}))] }}"""
    )
    assert errors == ["RangeError", "RangeError", "TypeError", "TypeError"]


def test_lists_in_the_address(blank: Page) -> None:
    found = blank.evaluate(
        """async () => {
        const m = await import('/assets/javascripts/lib/lists.js');
        const p = m.idList(['a', 'b-c']);
        return ['', 'a', 'a.b-c.a', 'x', 'a.x', '..', '<script>'].map((t) => p(t) ?? null) }"""
    )
    assert found == ["", "a", "a.b-c", None, "a", None, None]


def test_marks_by_keyboard_tell_harness_date_and_source(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    panel = page.locator(".bench-panel").first
    first = panel.locator(".bench-mark").first
    first.focus()
    detail = panel.locator(".bench-detail")
    expect(detail).to_contain_text(re.compile("Harness: .*As of .*20\\d\\d.*Source: "))
    before = detail.inner_text()
    page.keyboard.press("ArrowDown")
    assert detail.inner_text() != before
    page.keyboard.press("End")
    last = panel.locator(".bench-mark").last
    expect(last).to_be_focused()
    assert panel.locator(".bench-mark[tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.bench-detail') !== null")
    page.context.close()


def test_choice_survives_a_reload(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    page.locator(".bench-choice summary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Find a benchmark by name").fill("arc-agi-2")
    box = page.get_by_label("ARC-AGI-2 (semi-private)")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Who reports").select_option("independent")
    expect(page.locator("[data-panel='arc-agi-2']")).to_be_visible()
    assert page.locator(".bench-mark[data-kind='vendor']").count() == 0
    page.get_by_role("button", name="Hide DeepSWE").click()
    expect(page.locator("[data-panel='deepswe']")).to_have_count(0)
    panels = page.locator(".bench-panel h3").all_inner_texts()
    page.reload(wait_until="load")
    ready(page)
    assert page.locator(".bench-panel h3").all_inner_texts() == panels
    expect(page.get_by_label("Who reports")).to_have_value("independent")
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("[data-panel='deepswe']")).to_be_visible()
    assert "bench." not in page.url
    page.context.close()


@pytest.mark.parametrize(
    "query",
    [
        "bench.tests=%00&bench.models=..&bench.who=%3Cb%3E&bench.sort=1e9&bench.shown=-1",
        "bench.tests=&bench.shown=NaN&bench.axis=undefined&bench.split=maybe",
        "bench.models=&bench.text=" + "x" * 500,
    ],
)
def test_junk_in_the_address_does_no_harm(browser: Browser, address: str, query: str) -> None:
    page = opened(browser, address + PATH)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{PATH}?{query}", wait_until="load")
    ready(page)
    text = unquoted(page.locator(".explorer-live").inner_text())
    assert not re.search(r"NaN|Infinity|undefined|\[object", text)
    assert not errors
    assert page.locator(".explorer:not(.explorer--mounted)").count() == 0
    page.context.close()


def test_everything_chosen_shows_a_few_panels_and_more_on_demand(
    browser: Browser, address: str, site: Path
) -> None:
    known = json.loads((site / "data" / "benchmarks.json").read_text(encoding="utf-8"))["records"]
    query = "bench.tests=" + ".".join(record["id"] for record in known)
    page = ready(opened(browser, f"{address}{PATH}?{query}"))
    expect(page.locator(".bench-panel")).to_have_count(6)
    page.get_by_role("button", name=re.compile("^Show 6 more of")).click()
    expect(page.locator(".bench-panel")).to_have_count(12)
    page.get_by_text("The same as a table").click()
    assert page.locator(".bench-choice tbody tr").count() == 60
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_fits_and_has_no_axe_violation(
    browser: Browser, address: str, width: int, scheme: Any
) -> None:
    page = ready(opened(browser, address + PATH, width, color_scheme=scheme))
    page.evaluate("document.querySelectorAll('.bench-choice').forEach((d) => { d.open = true; })")
    assert_fits(page)
    assert_letters_readable(page, ".bench-panel svg")
    assert_no_axe_violation(page, "#explorer-benchmarks")
    page.context.close()


def test_without_javascript_the_figure_stands(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH, java_script_enabled=False)
    expect(page.locator("#explorer-benchmarks figure svg").first).to_be_visible()
    page.context.close()


def test_saves_csv_and_a_drawing(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH, accept_downloads=True))
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save CSV").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    names = "Benchmark,Model,Mode,Score,Reported by,Kind,Harness and setting,As of"
    assert text.startswith(f"\ufeff{names}")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save SVG").click()
    drawing = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "Terminal-Bench 2.1" in drawing and "var(" not in drawing.replace("font-family", "")
    page.context.close()


def test_rivals_without_a_result_are_named(browser: Browser, address: str) -> None:
    """A model that can be bought and is not in the list would look forgotten."""
    data = real.records()
    scored = {result.model for result in data["results"].values() if result.score is not None}
    silent = {price.model for price in data["prices"].values()} - scored
    page = ready(opened(browser, address + PATH))
    fold = page.locator("#explorer-benchmarks details", has_text="Priced on this site")
    expect(fold.locator("summary")).to_be_visible()
    line = fold.text_content() or ""
    assert silent and all(data["models"][name].name in line for name in silent)
    page.context.close()
