"""The calculator: JavaScript against Python over a grid, printed formulas, and the interface."""

from __future__ import annotations

import inspect
import re
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.model import attention
from scripts.model.attention import AttentionConfig, CacheLayout, Convention
from tests import real
from tests.browser.steps import assert_fits, assert_no_axe_violation, opened, unquoted

PATH = "architecture/efficiency/"
PLACE = "#explorer-calculator"
MODELS = ("deepseek-v3-2", "v4-pro", "v4-flash", "v4-pro-0813", "v4-flash-0731")
TOKENS = (0, 1, 3, 4, 127, 128, 129, 4096, 131072, 1_000_000, 1_048_576)
LAYOUTS = (
    attention.AS_STORED, attention.FP8_INDEX_KEYS, attention.BF16_ENTRIES_V32, CacheLayout(1, 1)
)  # fmt: skip
RULES = (
    *attention.CONVENTIONS,
    Convention("odd", 1.5, 3.25, 0.125, True),
    Convention("0", 0, 0, 0),
)
MODULES = """
const base = '/assets/javascripts/tools/';
const model = await import(base + 'attention/model.js');
const calculator = await import(base + 'efficiency/model.js');
const records = (await (await fetch('/data/models.json')).json()).records;
const config = (id) => model.readConfig(records.find((record) => record.id === id));
const thrown = (run) => { try { run(); return null; } catch (error) { return error.name; } };
"""


@pytest.fixture(scope="module")
def configs() -> dict[str, Any]:
    models = real.records()["models"]
    return {name: AttentionConfig.from_model(models[name]) for name in MODELS}


def run(page: Page, body: str, argument: Any = None) -> Any:
    return page.evaluate(f"async (grid) => {{ {MODULES} {body} }}", argument)


def _layout(layout: CacheLayout) -> dict[str, Any]:
    return {"entryBytes": layout.entry_bytes, "indexBytes": layout.index_bytes}


def _rule(rule: Convention) -> dict[str, Any]:
    return {
        "name": rule.name,
        "bf16Weights": rule.bf16_weights,
        "bf16Core": rule.bf16_core,
        "fp4Index": rule.fp4_index,
        "groupedOutputInBf16": rule.grouped_output_in_bf16,
    }


# ------------------------------------------------------------------ the same as Python


def test_counts_and_bytes_agree_with_python(blank: Page, configs: dict[str, Any]) -> None:
    grid = [
        [m, n, _layout(layout)] for m, n, layout in product(MODELS, TOKENS, LAYOUTS)
    ]  # fmt: skip
    found = run(
        blank,
        """return grid.map(([id, n, layout]) => [model.kvBytes(config(id), n, layout),
          model.entriesRead(config(id), n), model.indexKeysScanned(config(id), n),
          model.gqa8Bytes(config(id).layers, n), model.gqa8Bytes(3, n, {kvHeads: 2, headDim: 5}),
          n === 0 ? null : model.kvShare(config(id), config('deepseek-v3-2'), n, layout)]);""",
        grid,
    )
    base = configs["deepseek-v3-2"]
    for (name, n, layout), answer in zip(product(MODELS, TOKENS, LAYOUTS), found, strict=True):
        config = configs[name]
        assert answer == [
            attention.kv_bytes(config, n, layout),
            attention.entries_read(config, n),
            attention.index_keys_scanned(config, n),
            attention.gqa8_bytes(config.layers, n),
            attention.gqa8_bytes(3, n, kv_heads=2, head_dim=5),
            attention.kv_share(config, base, n, layout) if n else None,
        ], (name, n, layout)


def test_work_agrees_with_python(blank: Page, configs: dict[str, Any]) -> None:
    grid = [[m, n, _rule(rule)] for m, n, rule in product(MODELS, TOKENS, RULES)]
    found = run(
        blank,
        """return grid.map(([id, n, rule]) => {
          const parts = model.decodeFlops(config(id), n, rule);
          const share = model.flopShare(config(id), config('deepseek-v3-2'), n, rule);
          return [parts.weights, parts.indexer, parts.core, parts.total,
                  Number.isFinite(share) ? share : null];
        });""",
        grid,
    )
    base = configs["deepseek-v3-2"]
    for (name, n, rule), answer in zip(product(MODELS, TOKENS, RULES), found, strict=True):
        parts = attention.decode_flops(configs[name], n, rule)
        expected = [parts.weights, parts.indexer, parts.core, parts.total]
        expected.append(attention.flop_share(configs[name], base, n, rule))
        assert answer == pytest.approx(expected, rel=1e-12), (name, n, rule)


def test_shapes_presets_and_constants_agree_with_python(
    blank: Page, configs: dict[str, Any]
) -> None:
    found = run(
        blank,
        """const [v4, v32] = [config('v4-pro'), config('deepseek-v3-2')];
        return {
          schedules: grid.map((id) => config(id).schedule ?? null),
          active: grid.map((id) => model.activeParameters(config(id))),
          windows: [config('v4-pro'), config('v4-flash')].map(model.windowBytes),
          conventions: model.CONVENTIONS, gqa: model.GQA8,
          fp8: model.fp8IndexLayout(v4), bf16: model.bf16EntryLayout(v32),
          presets: calculator.cachePresets(v4, v32),
          defaults: calculator.defaultAssumptions(v4, v32),
          preset: calculator.presetOf(calculator.cachePresets(v4, v32),
                                      calculator.defaultAssumptions(v4, v32)),
        };""",
        list(MODELS),
    )
    for name, schedule, active in zip(MODELS, found["schedules"], found["active"], strict=True):
        expected = getattr(configs[name], "schedule", None)
        assert schedule == (list(expected) if expected else None)
        assert active == attention.active_parameters(configs[name])
    hybrids = (configs["v4-pro"], configs["v4-flash"])
    assert found["windows"] == [attention.window_bytes(config) for config in hybrids]
    assert found["conventions"] == [_rule(rule) for rule in attention.CONVENTIONS]
    signature = inspect.signature(attention.gqa8_bytes).parameters
    assert found["gqa"] == {
        "kvHeads": signature["kv_heads"].default, "headDim": signature["head_dim"].default,
    }  # fmt: skip
    assert found["fp8"] == _layout(attention.FP8_INDEX_KEYS)
    assert found["bf16"] == _layout(attention.BF16_ENTRIES_V32)
    names = [preset["name"] for preset in found["presets"]]
    assert names[1:3] == [name for name, *_ in attention.CACHE_VARIANTS[1:]]
    assert found["preset"] == 0
    first = _rule(attention.FP8_EQUIVALENT)
    assert {key: found["defaults"][key] for key in first if key != "name"} == {
        key: value for key, value in first.items() if key != "name"
    }


def _evaluate(expression: str) -> float:
    """A printed formula, computed; only digits and the signs of the formulas are let through."""
    text = re.sub(r"⌊([^⌋]*)/([^⌋]*)⌋", r"((\1)//(\2))", expression)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text).replace("×", "*")
    assert re.fullmatch(r"(?:[\d.()+*/, ]|min)+", text), expression
    return float(eval(text, {"__builtins__": {}}, {"min": min}))


def test_printed_formulas_give_the_printed_values(blank: Page) -> None:
    odd = {
        "v4Entry": 1024, "v4Index": 132, "v32Entry": 1152, "v32Index": 68, "bf16Weights": 1.5,
        "bf16Core": 0.25, "fp4Index": 3, "groupedOutputInBf16": True, "kvHeads": 4, "headDim": 64,
    }  # fmt: skip
    found = run(
        blank,
        """const [v4, v32] = [config('v4-pro'), config('deepseek-v3-2')];
        const standard = calculator.defaultAssumptions(v4, v32);
        const out = [];
        for (const id of ['deepseek-v3-2', 'v4-pro', 'v4-flash'])
          for (const n of [1, 3, 4, 127, 129, 4096, 1000000, 1048576])
            for (const assumed of [standard, grid])
              for (const one of calculator.formulas(config(id), {tokens: n, batch: 7}, assumed))
                out.push([id, n, one.name, one.expression, one.value]);
        return out;""",
        odd,
    )
    assert len(found) == 3 * 8 * 2 * 9
    for model, tokens, name, expression, value in found:
        assert _evaluate(expression) == pytest.approx(value, rel=1e-12), (model, tokens, name)


def test_bad_input_is_refused_by_type(blank: Page) -> None:
    found = run(
        blank,
        """const v4 = config('v4-pro');
        const v32 = config('deepseek-v3-2');
        const standard = calculator.defaultAssumptions(v4, v32);
        const at = (tokens, batch, changes = {}) =>
          calculator.calculate(v4, v32, {tokens, batch}, {...standard, ...changes});
        return [() => at(0, 1), () => at(1, 0), () => at(1.5, 1), () => at(NaN, 1),
          () => at(1, 1, {bf16Core: -1}), () => at(1, 1, {v4Entry: 0.5}),
          () => at(1, 1, {kvHeads: 0}), () => at('1', 1), () => at(1, 1, {fp4Index: '2'}),
          () => at(1, 1)].map(thrown);""",
    )
    assert found == ["RangeError"] * 7 + ["TypeError"] * 2 + [None]


# ------------------------------------------------------------------ the interface


def test_the_published_shares_and_the_state_in_the_address(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH)
    place = page.locator(f"{PLACE} .explorer-live")
    result = place.locator(".explorer-result")
    expect(result).to_contain_text("10.5% of V3.2's, and needs 310 GFLOPs")
    expect(result).to_contain_text("27.0% of V3.2's")
    place.get_by_label("Model").focus()
    page.keyboard.press("ArrowDown")
    expect(result).to_contain_text("117 GFLOPs")
    place.locator(".calculator-assumptions > summary").focus()
    page.keyboard.press("Enter")
    place.get_by_label("Convention", exact=True).select_option(label="No weighting at all")
    place.get_by_label("Cache precision").select_option(label="Index keys of V4 in FP8")
    place.get_by_label("Sequences in the batch").fill("8")
    expect(place.get_by_label("Weight of V4's FP4 indexer")).to_have_value("1")
    expect(place.get_by_label("V4: bytes of an index key")).to_have_value("132")
    expect(place.locator(".calculator-assumptions > summary")).to_contain_text("4 of 10 changed")
    before = result.inner_text()
    assert "8.02% of V3.2's" in before and "for 8 sequences" in before
    for part in ("calc.model=v4-flash", "calc.batch=8", "calc.vi=132", "calc.wc=1"):
        assert part in page.url
    page.reload()
    expect(result).to_have_text(before)
    place.locator(".calculator-assumptions > summary").click()
    place.get_by_label("Weight of BF16 weights").fill("1.25")
    expect(place.get_by_label("Convention", exact=True)).to_have_value("-1")
    place.get_by_role("button", name="Back to the defaults").click()
    expect(place.get_by_label("Convention", exact=True)).to_have_value("0")
    assert "calc.vi" not in page.url and "calc.w" not in page.url
    place.locator("summary", has_text="Show the formula").click()
    expect(place.locator(".calculator-formulas code").first).to_contain_text(
        "21 × (584 + 68) × ⌊1,000,000 / 4⌋"
    )
    page.context.close()


def test_odd_input_and_junk_in_the_address(browser: Browser, address: str) -> None:
    junk = "calc.model=x&calc.n=-1&calc.batch=1e9&calc.ve=NaN&calc.ww=Infinity&calc.go=perhaps"
    page = opened(browser, f"{address}{PATH}?{junk}")
    place = page.locator(f"{PLACE} .explorer-live")
    result = place.locator(".explorer-result")
    expect(result).to_contain_text("10.5% of V3.2's, and needs 310 GFLOPs")
    expect(place.locator(".calculator-assumptions > summary")).to_contain_text("defaults")
    good = result.inner_text()
    for label, odd in (
        ("Sequences in the batch", ""), ("Sequences in the batch", "0"),
        ("Context length, tokens", "1e9"), ("Context length, tokens", "-4"),
        ("Context length, tokens", "2.5"),
    ):  # fmt: skip
        place.get_by_label(label).fill(odd)
        expect(place.get_by_label(label)).to_have_attribute("aria-invalid", "true")
        assert result.inner_text() == good
    for n, batch in (("1", "1"), ("1048576", "10000")):
        place.get_by_label("Context length, tokens").fill(n)
        place.get_by_label("Sequences in the batch").fill(batch)
        assert not re.search("NaN|Infinity|undefined", unquoted(place.inner_html()))
    place.locator(".calculator-assumptions > summary").click()
    for label in ("Weight of BF16 weights", "Weight of BF16 core attention"):
        place.get_by_label(label).fill("0")
    assert not re.search("NaN|Infinity|undefined", unquoted(place.inner_html()))
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_fits_and_axe_finds_nothing(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = opened(browser, address + PATH, width, color_scheme=scheme)
    page.locator(f"{PLACE} .explorer-share").wait_for()
    page.evaluate(
        "document.querySelectorAll('.explorer-live details').forEach((d) => { d.open = true; })"
    )
    assert_fits(page)
    for text in page.locator(f"{PLACE} .explorer-live svg text").all():
        box = text.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 11
    assert_no_axe_violation(page, PLACE)
    page.context.close()


def test_without_javascript_a_table_shows(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH, java_script_enabled=False)
    static = page.locator(f"{PLACE} .explorer-static table")
    expect(static).to_be_visible()
    expect(static).to_contain_text("1,048,576")
    page.context.close()
