"""The claim on the first page: the same sums as Python, dragged; and the ways in, in sight."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.model import attention
from scripts.model.attention import AttentionConfig
from tests import real
from tests.browser.steps import assert_fits, assert_no_axe_violation, opened

PLACE = "#explorer-claim"
MODELS = ("deepseek-v3-2", "v4-pro", "v4-flash")
LENGTHS = [1024, 4096, 131_072, 1_000_000, 1_048_576]


def test_its_sums_are_those_of_python(blank: Page) -> None:
    found = blank.evaluate(
        """async (lengths) => {
          const base = '/assets/javascripts/tools/';
          const { readConfig } = await import(base + 'attention/model.js');
          const { MODELS, atLength } = await import(base + 'claim/model.js');
          const records = (await (await fetch('/data/models.json')).json()).records;
          const configs = Object.fromEntries(MODELS.map(
            (id) => [id, readConfig(records.find((record) => record.id === id))]));
          return lengths.map((tokens) => atLength(configs, tokens));
        }""",
        LENGTHS,
    )
    configs = {name: AttentionConfig.from_model(real.records()["models"][name]) for name in MODELS}
    base = configs[MODELS[0]]
    for tokens, models in zip(LENGTHS, found, strict=True):
        assert [model["id"] for model in models] == list(MODELS)
        for model in models:
            config = configs[model["id"]]
            assert [model[key] for key in ("cache", "work", "cacheShare", "workShare")] == (
                pytest.approx(
                    [
                        attention.kv_bytes(config, tokens) / 2**30,
                        attention.decode_flops(config, tokens).total,
                        attention.kv_share(config, base, tokens),
                        attention.flop_share(config, base, tokens),
                    ]
                )
            )


def claim(browser: Browser, address: str, width: int = 1280, **options: object) -> Page:
    page = opened(browser, address, width, **options)
    page.locator(PLACE).scroll_into_view_if_needed()
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    return page


def test_the_length_is_dragged_by_key_and_button_and_stays_in_the_address(
    browser: Browser, address: str
) -> None:
    page = claim(browser, address)
    result = page.locator(f"{PLACE} .explorer-result")
    expect(result).to_contain_text("At 1,000,000 tokens V4-Pro keeps 10.5%")
    expect(result).to_contain_text("27.0% of its work")
    page.get_by_role("button", name="128K").click()
    expect(result).to_contain_text("At 131,072 tokens")
    assert "claim.n=131072" in page.url
    page.get_by_label("Drag: how long is the text?").press("Home")
    expect(result).to_contain_text("At 1,024 tokens")
    assert not re.search("NaN|undefined", page.locator(PLACE).inner_html())
    before = result.inner_text()
    page.reload()
    expect(result).to_have_text(before)
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_the_ways_in_stand_in_the_first_screen(
    browser: Browser, address: str, width: int, height: int
) -> None:
    page = opened(browser, address, width)
    page.set_viewport_size({"width": width, "height": height})
    ways = page.locator(".ways-in a")
    assert ways.count() >= 5
    for way in ways.all():
        box = way.bounding_box()
        assert box and box["y"] + box["height"] <= height and box["height"] >= 24
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Browser, address: str, width: int, scheme: str) -> None:
    page = claim(browser, address, width, color_scheme=scheme)
    assert_no_axe_violation(page, ".home-lead")
    assert_fits(page)
    page.context.close()


def test_without_scripts_the_figure_shows(browser: Browser, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    expect(page.locator(f"{PLACE} .explorer-static figure svg:visible").first).to_be_visible()
    page.context.close()
