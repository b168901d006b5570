"""Can I run it?: the cache as in Python, the sum, and the page by keyboard and on a phone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.model.attention import (
    AS_STORED,
    BF16_ENTRIES_V32,
    FP8_INDEX_KEYS,
    AttentionConfig,
    CacheLayout,
    kv_bytes,
)
from tests import real
from tests.browser.steps import (
    assert_fits,
    assert_junk_harmless,
    assert_letters_readable,
    assert_no_axe_violation,
    opened,
)

DATA = real.records()
PATH = "using/run-it-yourself/"
IMPORT = "const m = await import('/assets/javascripts/tools/run/model.js');"
EDGES = [0, 1, 3, 4, 5, 127, 128, 129, 255, 4096, 131_072, 999_999, 1_000_000, 1_048_576]
PLAN = {
    "weights": 100.0,
    "cacheEach": 2.0,
    "sequences": 3,
    "copies": 1,
    "headroom": 20.0,
    "memory": 80.0,
    "count": 2,
}


def collection(site: Path, name: str) -> list[dict[str, Any]]:
    return json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))["records"]


def ready(page: Page) -> Page:
    expect(page.locator(".run-frame svg")).to_be_visible()
    return page


@pytest.mark.parametrize(
    "model", ["v4-pro", "v4-pro-0813", "v4-flash", "v4-flash-0731", "deepseek-v3-2"]
)
@pytest.mark.parametrize("layout", [AS_STORED, FP8_INDEX_KEYS, BF16_ENTRIES_V32])
def test_cache_is_that_of_python(blank: Page, site: Path, model: str, layout: CacheLayout) -> None:
    record = next(r for r in collection(site, "models") if r["id"] == model)
    given = {"entryBytes": layout.entry_bytes, "indexBytes": layout.index_bytes}
    given = {name: value for name, value in given.items() if value is not None}
    found = blank.evaluate(
        f"async ([model, edges, layout]) => {{ {IMPORT} const shape = m.cacheShape(model);"
        " return edges.map((tokens) => m.kvBytes(shape, tokens, layout)) }",
        [record, EDGES, given],
    )
    config = AttentionConfig.from_model(DATA["models"][model])
    assert found == [kv_bytes(config, tokens, layout) for tokens in EDGES]


def test_cache_of_v4_1_is_the_published_bytes_a_token(blank: Page, site: Path) -> None:
    record = next(r for r in collection(site, "models") if r["id"] == "v4-1-flash")
    specs = {name: spec.get("value") for name, spec in record["specs"].items()}
    ratios = [int(part) for part in specs["compress-ratios"].split()]
    per_entry = specs["cache-entry-bytes"] + specs["index-entry-bytes"]
    by_shape = sum(per_entry / ratios[layer] for layer in (2, 8, 14, 20))
    found = blank.evaluate(
        f"async (model) => {{ {IMPORT} return m.kvBytes(m.cacheShape(model), 1000000) }}", record
    )
    assert found == 1_000_000 * by_shape == 890_000_000


def test_the_sum_and_what_follows_from_it(blank: Page) -> None:
    found = blank.evaluate(
        f"""async (plan) => {{ {IMPORT} return {{
          fit: m.fit(plan), tight: m.fit({{...plan, memory: 55}}).verdict,
          no: m.fit({{...plan, memory: 50}}).verdict,
          exactly: m.fit({{...plan, memory: 63}}).verdict,
          most: m.mostSequences(plan), none: m.mostSequences({{...plan, memory: 50}}),
          fewest: m.fewestDevices({{...plan, count: 1}}),
          copied: m.fewestDevices({{...plan, copies: 2, sequences: 30}}),
          never: m.fewestDevices({{...plan, copies: 2, sequences: 40}}),
          longest: m.longestContext(plan, (t) => t / 1000, 1000000),
          window: m.longestContext(plan, (t) => t / 1e9, 1000000),
          nothing: m.longestContext({{...plan, memory: 10}}, (t) => t / 1000, 1000000)}} }}""",
        PLAN,
    )
    assert found["fit"] == {
        "weights": 100,
        "cache": 6,
        "headroom": 20,
        "need": 126,
        "memory": 160,
        "spare": 34,
        "verdict": "fits",
    }
    assert (found["tight"], found["no"], found["exactly"]) == ("tight", "no", "fits")
    assert (found["most"], found["none"], found["fewest"]) == (20, 0, 2)
    assert (found["copied"], found["never"]) == (6, None)
    assert (found["longest"], found["window"], found["nothing"]) == (13_333, 1_000_000, 0)


def test_bad_input_is_refused_by_name(blank: Page) -> None:
    found = blank.evaluate(
        f"""async (plan) => {{ {IMPORT} const kind = (f) => {{ try {{ f(); }} catch (e) {{
          return e.name }} return 'none' }};
        const flat = {{kind: 'flat', perToken: 890}};
        return [...[-1, 1.5, NaN, Infinity, '4', null].map((t) => () => m.kvBytes(flat, t)),
          ...[['weights', -1], ['memory', NaN], ['count', 0], ['sequences', 1.5], ['copies', 0],
            ['headroom', Infinity]].map(([k, v]) => () => m.fit({{...plan, [k]: v}})),
          () => m.gigabytes({{value: 3, unit: 'tokens'}}), () => m.gigabytes({{unit: 'gb'}})]
          .map(kind) }}""",
        PLAN,
    )
    assert found == ["RangeError"] * 14


def test_builds_and_machines_come_from_the_records(blank: Page, site: Path) -> None:
    found = blank.evaluate(
        f"""async ([models, chips, facts]) => {{ {IMPORT}
        const map = new Map(facts.map((f) => [f.id, f]));
        return {{facts: m.BUILDS.map((b) => b.fact),
          builds: Object.fromEntries(m.runnable(models).map((x) => [x.id,
            m.builds(x, map).map((b) => b.gb)])),
          machines: m.machines(chips).map((c) => [c.id, m.gigabytes(c.specs.memory)])}} }}""",
        [collection(site, name) for name in ("models", "chips", "facts")],
    )
    assert all(fact in DATA["facts"] for fact in found["facts"])
    assert found["builds"]["v4-flash"] == [160, 162, 155, 103, 570]
    assert found["builds"]["v4-pro-0813"] == [893]
    assert found["builds"]["v4-1-flash"] == [510.3, 527.3, 212.9]
    assert found["builds"].keys() == {
        *("v4-flash", "v4-flash-0731", "v4-pro", "v4-pro-0813", "v4-1-flash", "v4-1-flash-1017")
    }
    machines = dict(found["machines"])
    assert machines["h200"] == 141 and machines["cloudmatrix-384"] == 49_200
    assert not any(name.startswith(("ascend-96", "ascend-97", "ascend-98")) for name in machines)


def test_answer_by_keyboard_survives_a_reload(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    expect(page.locator(".run-verdict")).to_have_text("It fits.")
    count = page.get_by_label("Number of devices")
    count.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    expect(page.locator(".run-verdict")).to_contain_text("does not fit: the weights alone")
    expect(page.locator(".run-verdict + p")).to_contain_text("2 devices of this kind")
    page.get_by_label("Model", exact=True).select_option("v4-1-flash")
    page.get_by_label("Machine", exact=True).select_option("own")
    page.get_by_label("Memory of one device, GB").fill("256")
    page.get_by_label("Build", exact=True).select_option("mlx-2")
    expect(page.locator(".run-engines")).to_contain_text("Rapid-MLX")
    said = page.locator(".run-verdict + p").inner_text()
    assert "212.9 GB" in said and "256 GB" in said
    page.reload(wait_until="load")
    ready(page)
    assert page.locator(".run-verdict + p").inner_text() == said
    assert "tokens/s" not in page.locator("#explorer-run").inner_text()
    page.context.close()


def test_lookup_tables_can_leave_the_gpus(browser: Browser, address: str) -> None:
    page = ready(
        opened(browser, f"{address}{PATH}?run.model=v4-1-flash&run.machine=h100&run.count=8")
    )
    before = page.locator(".run-verdict + p").inner_text()
    assert "510.3 GB" in before
    page.get_by_label("Lookup tables").uncheck()
    expect(page.locator(".run-verdict + p")).to_contain_text("307.5 GB")
    page.get_by_label("Model", exact=True).select_option("v4-pro-0813")
    expect(page.get_by_label("Lookup tables", exact=False)).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Number of devices", ""),
        ("Number of devices", "-1"),
        ("Number of devices", "1e9"),
        ("Conversations at once", "2.5"),
        ("Context of each conversation, tokens", "1048577"),
        ("Headroom, percent of the weights", "-0.1"),
    ],
)
def test_odd_numbers_get_a_message_beside_the_field(
    browser: Browser, address: str, label: str, value: str
) -> None:
    page = ready(opened(browser, address + PATH))
    before = page.locator(".run-verdict + p").inner_text()
    field = page.get_by_label(label)
    field.fill(value)
    expect(field).to_have_attribute("aria-invalid", "true")
    beside = field.locator("xpath=..").locator(".run-problem")
    expect(beside).to_contain_text(re.compile("Enter a |Write a "))
    assert page.locator(".run-verdict + p").inner_text() == before
    expect(page.get_by_text("for the last valid entries")).to_be_visible()
    field.fill("1")
    expect(beside).to_be_empty()
    page.context.close()


@pytest.mark.parametrize(
    "query",
    [
        "run.model=..&run.machine=%00&run.count=0&run.context=1e9&run.headroom=NaN&run.own=-1",
        "run.build=%3Cscript%3E&run.sequences=Infinity&run.copies=2&run.tables=maybe&run.count=1.5",
        "run.model=v4-1-flash&run.context=1048576&run.machine=own&run.own=1&run.sequences=100000",
    ],
)
def test_junk_in_the_address_does_no_harm(browser: Browser, address: str, query: str) -> None:
    assert_junk_harmless(browser, address, PATH, query, ready)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_fits_and_has_no_axe_violation(
    browser: Browser, address: str, width: int, scheme: Any
) -> None:
    page = ready(opened(browser, address + PATH, width, color_scheme=scheme))
    page.evaluate("document.querySelectorAll('.run-more').forEach((d) => { d.open = true; })")
    assert_fits(page)
    assert_letters_readable(page, ".run-frame svg")
    assert_no_axe_violation(page, "#explorer-run")
    page.context.close()


def test_without_javascript_the_table_stands(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH, java_script_enabled=False)
    expect(page.locator("#explorer-run table").first).to_be_visible()
    page.context.close()


def test_lengths_are_read_as_the_pages_write_them(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    field = page.get_by_label("Context of each conversation, tokens")
    for typed, understood in (("64K", "65,536"), ("0.5M", "524,288")):
        field.fill(typed)
        expect(field.locator("xpath=..")).to_contain_text(f"Understood: {understood}")
        assert f"run.context={understood.replace(',', '')}" in page.url
    field.fill("1.000.000")
    expect(field.locator("xpath=..")).to_contain_text("can be read in two ways")
    assert "run.context=524288" in page.url
    field.fill("4096")
    field.press("ArrowUp")
    expect(field).to_have_value("4097")
    page.context.close()


@pytest.mark.parametrize(
    ("machine", "count", "fact"), [("h200", 4, "nvidia-v41-4-h200"), ("h100", 8, "nvidia-v41-h100")]
)
def test_what_is_on_record_of_a_machine_is_told_beside_the_sum(
    browser: Browser, address: str, machine: str, count: int, fact: str
) -> None:
    """The sum takes the lookup tables as weights; makers put them into main memory there."""
    query = f"run.model=v4-1-flash&run.machine={machine}&run.count={count}"
    page = ready(opened(browser, f"{address}{PATH}?{query}"))
    said = page.locator(".run-verdict + p")
    expect(said).to_contain_text(str(DATA["facts"][fact].value))
    page.get_by_label("Lookup tables").uncheck()
    expect(page.locator(".run-verdict")).to_have_text("It fits.")
    tables = DATA["facts"]["v41-engram-disk"].value
    weights = DATA["models"]["v4-1-flash"].specs["weights-on-disk"].value
    expect(said).to_contain_text(f"Main memory holds the lookup tables, {tables:.1f} GB")
    expect(said).to_contain_text(f"Weights {float(weights) - float(tables):.1f} GB")
    # 71.6 GiB a GPU, as the record computes it, is what the sum gives for four.
    each = float(DATA["facts"]["nvidia-v41-weights-4-host-tables"].value) * 2**30 / 1e9
    assert abs((float(weights) - float(tables)) / 4 - each) < 0.1
    page.locator("summary", has_text="The sum as a table").click()
    expect(page.locator("#explorer-run")).to_contain_text("In main memory")
    page.context.close()
