"""What one query reads: worked-out cases, and the explorer as people use it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.model.attention import AttentionConfig, kv_bytes, layer_entries_read
from tests import real
from tests.browser.steps import assert_fits, assert_no_axe_violation, opened

PATH = "architecture/attention/"
PLACE = "#explorer-attention"
EDGES = (1, 3, 4, 127, 128, 129, 4096, 131072, 1_000_000, 1_048_576)
MODULES = """
const base = '/assets/javascripts/tools/attention/';
const model = await import(base + 'model.js');
const view = await import(base + 'grid.js');
const records = (await (await fetch('/data/models.json')).json()).records;
const configs = Object.fromEntries(['v4-pro', 'v4-flash', 'deepseek-v3-2'].map(
  (id) => [id, model.readConfig(records.find((record) => record.id === id))]));
configs.full = view.fullAttention(configs['v4-pro']);
const thrown = (run) => { try { run(); return null; } catch (error) { return error.name; } };
"""


def explorer(browser: Browser, url: str, width: int = 1280, **options: Any) -> Page:
    """The page with the explorer in sight, which is fetched only then."""
    page = opened(browser, url, width, **options)
    page.locator(PLACE).scroll_into_view_if_needed()
    return page


def run(page: Page, body: str, argument: Any = None) -> Any:
    return page.evaluate(f"async (grid) => {{ {MODULES} {body} }}", argument)


def test_entries_and_bytes_of_every_layer_agree_with_python(blank: Page) -> None:
    models = real.records()["models"]
    grid = [[m, n] for m in ("v4-pro", "v4-flash", "deepseek-v3-2") for n in EDGES]
    found = run(
        blank,
        """return grid.map(([id, n]) => {
          const layers = [...Array(configs[id].layers).keys()];
          return [layers.map((layer) => view.queryReads(configs[id], layer, n - 1).total),
                  layers.reduce((sum, i) => sum + view.layerBytes(configs[id], i, n).total, 0)];
        });""",
        grid,
    )
    for (name, tokens), (reads, kept) in zip(grid, found, strict=True):
        config = AttentionConfig.from_model(models[name])
        if name == "deepseek-v3-2":
            expected = [min(config.top_k, tokens)] * config.layers
        else:
            expected = [layer_entries_read(config, i, tokens) for i in range(config.layers)]
        assert reads == expected, (name, tokens)
        assert kept == kv_bytes(config, tokens), (name, tokens)


def test_blocks_pool_what_the_report_says(blank: Page) -> None:
    """CSA overlaps (8 tokens, the first block 4), HCA does not (128): report §2.3."""
    found = run(
        blank,
        """const pro = configs['v4-pro'];
        return [[2, 0], [2, 1], [2, 100], [0, 0], [0, 1], [3, 8191]].map(
          ([layer, block]) => view.pooledTokens(pro, layer, block));""",
    )
    assert found[0] == {"own": {"from": 0, "to": 3}, "before": None, "count": 4, "visibleFrom": 3}
    assert found[1]["before"] == {"from": 0, "to": 3}
    assert (found[1]["own"], found[1]["count"]) == ({"from": 4, "to": 7}, 8)
    assert (found[2]["before"]["from"], found[2]["own"]["to"]) == (396, 403)
    assert (found[3]["own"], found[3]["before"]) == ({"from": 0, "to": 127}, None)
    assert (found[4]["own"], found[4]["count"]) == ({"from": 128, "to": 255}, 128)
    assert found[5]["own"] == {"from": 1_048_448, "to": 1_048_575}
    pooled = real.records()["facts"]["v4-csa-window"].value
    assert found[2]["count"] == pooled


@pytest.mark.parametrize(
    ("model", "layer", "position", "window", "complete", "read"),
    [
        ("v4-pro", 2, 2, [0, 2], 0, 0),
        ("v4-pro", 2, 3, [0, 3], 1, 1),
        ("v4-pro", 0, 126, [0, 126], 0, 0),
        ("v4-pro", 0, 127, [0, 127], 1, 1),
        ("v4-pro", 2, 128, [1, 128], 32, 32),
        ("v4-flash", 0, 1_000_000, [999_873, 1_000_000], 0, 0),
        ("v4-flash", 2, 1_048_575, [1_048_448, 1_048_575], 262_144, 512),
        ("v4-pro", 60, 1_048_575, [1_048_448, 1_048_575], 262_144, 1024),
        ("deepseek-v3-2", 0, 2048, None, 2049, 2048),
    ],
)
def test_a_block_is_read_only_once_it_is_complete(
    blank: Page, model: str, layer: int, position: int, window: Any, complete: int, read: int
) -> None:
    found = run(
        blank, "return view.queryReads(configs[grid[0]], ...grid[1]);", [model, [layer, position]]
    )
    assert [found["complete"], found["read"]] == [complete, read]
    assert (found["window"] and [found["window"]["from"], found["window"]["to"]]) == window


def test_the_illustrative_choice_is_exact_distinct_and_repeatable(blank: Page) -> None:
    grid = [[0, 0], [1, 1], [5, 8], [33, 32], [1025, 1024], [1300, 1024], [262_144, 512]]
    grid += [[1_048_576, 2048]]
    found = run(
        blank,
        """return grid.map(([count, pick]) => {
          const first = view.illustrativeSelection(count, pick, 4);
          const again = view.illustrativeSelection(count, pick, 4);
          return [first.length, new Set(first).size, first.every((b, i) => b === again[i]),
            first.every((b, i) => Number.isInteger(b) && b >= 0 && b < count
              && (i === 0 || b > first[i - 1]))];
        });""",
        grid,
    )
    for (count, pick), answer in zip(grid, found, strict=True):
        assert answer == [min(count, pick), min(count, pick), True, True], (count, pick)


def test_cells_of_the_overview_lose_nothing(blank: Page) -> None:
    found = run(
        blank,
        """const out = [];
        for (const [id, layer] of [['v4-pro', 2], ['v4-pro', 3], ['v4-flash', 0],
                                   ['deepseek-v3-2', 0], ['full', 0]]) {
          for (const n of grid) for (const q of new Set([0, n >> 1, n - 1])) {
            const reads = view.queryReads(configs[id], layer, q);
            const chosen = view.illustrativeSelection(reads.complete, reads.read, 4);
            const map = view.overview(reads, chosen, n, 64);
            const sum = (list, name) => list.reduce((total, item) => total + item[name], 0);
            const exact = reads.window?.count ?? (id === 'full' ? q + 1 : 0);
            out.push(map.cells.length <= 64 && map.blocks.length <= 64
              && sum(map.cells, 'visible') === q + 1 && sum(map.cells, 'exact') === exact
              && sum(map.blocks, 'complete') === reads.complete
              && sum(map.blocks, 'read') === reads.read || [id, n, q]);
          }
        }
        return out.filter((item) => item !== true);""",
        list(EDGES),
    )
    assert found == []


def test_bad_input_is_refused_by_type(blank: Page) -> None:
    found = run(
        blank,
        """const pro = configs['v4-pro'];
        return [
          () => view.queryReads(pro, 2, -1), () => view.queryReads(pro, 2, 1.5),
          () => view.queryReads(pro, 2, NaN), () => view.queryReads(pro, 61, 0),
          () => view.queryReads(pro, 2, '5'), () => view.pooledTokens(configs['v4-flash'], 0, 0),
          () => view.pooledTokens(pro, 2, -1), () => view.illustrativeSelection(-1, 2),
          () => view.binSize(0, 64), () => model.kvBytes(pro, Infinity),
          () => model.kvBytes(pro, null), () => model.readConfig(null),
          () => model.readConfig(records.find((record) => record.id === 'deepseek-r1')),
        ].map(thrown);""",
    )
    assert found == ["RangeError"] * 4 + ["TypeError"] + ["RangeError"] * 5 + ["TypeError"] * 2 + [
        "RangeError"
    ]


# ------------------------------------------------------------------ the interface


def test_by_keyboard_with_state_that_survives_a_reload(browser: Browser, address: str) -> None:
    page = explorer(browser, address + PATH)
    place = page.locator(f"{PLACE} .explorer-live")
    result = place.locator(".explorer-result")
    expect(result).to_contain_text("512 of 2,048 compressed blocks")
    assert "?" not in page.url
    place.get_by_label("Model").select_option("v4-pro")
    place.get_by_label("Context length, tokens").fill("1048576")
    expect(result).to_contain_text("reads 1,152 entries")
    place.get_by_label("Layer, from 0").focus()
    page.keyboard.press("ArrowDown")
    expect(result).to_contain_text("8,192 of 8,192 compressed blocks")
    place.get_by_label("Context length, tokens").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("4100")
    expect(result).to_contain_text("32 of 32 compressed blocks")
    place.get_by_label("Context length, slider").focus()
    page.keyboard.press("Home")
    expect(result).to_contain_text("At 1 token the layer")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(place.get_by_label("Context length, tokens")).to_have_value("881744")
    place.get_by_role("button", name="Next step").focus()
    for _ in range(5):  # three are enough: the button keeps the focus at the end
        page.keyboard.press("Enter")
    expect(place.locator(".attention-step")).to_have_text("Step 4 of 4: One list, and a sink")
    expect(place.get_by_role("button", name="Next step")).to_be_focused()
    place.get_by_role("button", name="Previous step").click()
    before = result.inner_text()
    assert "at.layer=3" in page.url and "at.step=hca" in page.url
    page.reload()
    expect(result).to_have_text(before)
    expect(place.locator(".attention-step")).to_contain_text("Step 3 of 4")
    page.context.close()


def test_odd_input_gets_a_message_and_the_last_result_stays(browser: Browser, address: str) -> None:
    page = explorer(browser, address + PATH)
    place = page.locator(f"{PLACE} .explorer-live")
    field = place.get_by_label("Context length, tokens")
    result = place.locator(".explorer-result")
    field.fill("5000")
    good = result.inner_text()
    for odd in ("", "0", "-5", "1e9", "12.5", "99999999999999999999"):
        field.fill(odd)
        expect(place.locator(".explorer-error").first).to_contain_text(
            "whole number from 1 to 1,048,576"
        )
        expect(field).to_have_attribute("aria-invalid", "true")
        assert result.inner_text() == good, odd
    field.fill("1e3")
    expect(result).to_contain_text("At 1,000 tokens")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(place.get_by_label("Block to look into, from 0")).to_be_visible()
    place.get_by_label("Model").select_option("full")
    expect(place.get_by_label("Block to look into, from 0")).to_be_hidden()
    place.get_by_label("Query position, from 0").fill("1000")
    expect(place.locator(".explorer-error").nth(1)).to_contain_text("from 0 to 999")
    page.context.close()


@pytest.mark.parametrize(
    "query",
    [
        "at.model=gpt&at.layer=-1&at.n=0&at.q=-3&at.block=x&at.step=%3Cb%3E",
        "at.layer=500&at.n=NaN&at.q=1e99&at.block=Infinity&at.step=hca",
        "at.n=9999999999&at.q=2.5&at.block=-1&at.model=constructor",
    ],
)
def test_junk_in_the_address_gives_the_defaults(browser: Browser, address: str, query: str) -> None:
    page = explorer(browser, f"{address}{PATH}?{query}")
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    place = page.locator(f"{PLACE} .explorer-live")
    expect(place.locator(".explorer-result")).to_contain_text(
        "The query at position 8,191 reads 640 entries"
    )
    assert not noise
    page.context.close()


EVERY_VIEW = """(place) => {
  const [model, layer] = place.querySelectorAll('select');
  const length = place.querySelector('.explorer-controls input[inputmode]');
  const [previous, next] = place.querySelectorAll('.attention-steps button');
  const put = (control, value, event) => {
    control.value = value;
    control.dispatchEvent(new Event(event, { bubbles: true }));
  };
  const wrong = [];
  for (const [id, index] of [['v4-pro', 2], ['v4-pro', 0], ['v4-flash', 0],
                             ['deepseek-v3-2', 0], ['full', 0]]) {
    put(model, id, 'change');
    put(layer, index, 'change');
    for (const n of [1, 5, 64, 4100, 1048576]) {
      put(length, n, 'input');
      for (let click = 0; click < 5; click += 1) previous.click();
      for (let click = 0; click < 5; click += 1) {
        const svg = place.querySelector('svg.attention-drawing');
        const wide = svg.viewBox.baseVal.width;
        const marks = svg.querySelectorAll('rect, path, circle, line').length;
        const outside = [...svg.querySelectorAll('text')].some((text) => {
          const box = text.getBBox();
          return box.x < -1 || box.x + box.width > wide + 1;
        });
        const shrunk = svg.getBoundingClientRect().width < wide - 1;
        const strange = /NaN|undefined|Infinity/.test(place.innerHTML);
        if (marks > 400 || marks < 2 || outside || shrunk || strange) {
          wrong.push([id, index, n, click, marks, outside, shrunk, strange]);
        }
        next.click();
      }
    }
  }
  return wrong;
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_layer_and_step_draws_within_bounds(
    browser: Browser, address: str, width: int
) -> None:
    """At most 400 marks, no NaN, no text beyond the drawing, nothing wider than the window."""
    page = explorer(browser, address + PATH, width)
    page.locator(f"{PLACE} .explorer-share").wait_for()
    assert page.locator(f"{PLACE} .explorer-live").evaluate(EVERY_VIEW) == []
    assert_fits(page)
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Browser, address: str, width: int, scheme: str) -> None:
    page = explorer(browser, f"{address}{PATH}?at.step=top-k", width, color_scheme=scheme)
    page.locator(f"{PLACE} .explorer-share").wait_for()
    page.locator(f"{PLACE} .explorer-live details").evaluate("(item) => { item.open = true; }")
    assert_no_axe_violation(page, PLACE)
    page.context.close()


def test_without_javascript_the_figure_shows(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH, java_script_enabled=False)
    expect(page.locator(f"{PLACE} .explorer-static figure svg").first).to_be_visible()
    page.context.close()
