"""Attention in eight pictures: every scale counted twice, each mark as Python draws it, and use."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story.scene import STEPS, scene
from scripts.figures.architecture.story.stills import real_counts
from scripts.figures.architecture.story.telling import counted
from scripts.figures.architecture.story.toy import SENTENCE, Toy, counts
from tests import real
from tests.browser.steps import assert_fits, assert_no_axe_violation, opened, until
from tests.browser.story_page import PATH, PLACE, story, walked

MODULES = """
const base = '/assets/javascripts/tools/';
const { readConfig } = await import(base + 'attention/model.js');
const model = await import(base + 'story/model.js');
const scenes = await import(base + 'story/scene.js');
const telling = await import(base + 'story/telling.js');
const { MILLION } = await import(base + 'story/real.js');
const records = (await (await fetch('/data/models.json')).json()).records;
const [pro, flash] = ['v4-pro', 'v4-flash'].map(
  (id) => readConfig(records.find((record) => record.id === id)));
const real = model.realCounts(pro, flash, MILLION);
"""
TOYS = [
    Toy(), Toy(30, 1, 16, 0), Toy(4, 16, 1, 16), Toy(4, 1, 16, 0), Toy(13, 4, 2, 3),
    Toy(29, 8, 3, 16), Toy(30, 2, 5, 1), Toy(30, 16, 1, 6), Toy(28, 4, 1, 6), Toy(15, 4, 2, 6),
]  # fmt: skip


def run(page: Page, body: str, argument: Any = None) -> Any:
    return page.evaluate(f"async (grid) => {{ {MODULES} {body} }}", argument)


def sentence() -> list[dict[str, str]]:
    return [{"text": word, "subject": subject} for word, subject in SENTENCE]


def by_hand(words: int, block: int, keep: int, window: int, entry: int, key: int) -> list[int]:
    """The counts of one scale, counted word by word, without the model."""
    finished = [start for start in range(0, words, block) if start + block <= words]
    read = finished[:keep]
    exact = [word for word in range(words) if words - word <= window]
    full = sum(2 * 2 * 8 * 128 for _ in range(words))
    return [
        sum(1 for a in range(words) for b in range(a + 1)),
        len(exact), len(finished), len(read), len(exact) + len(read),
        entry * len(exact), entry * len(finished), key * len(finished), full,
    ]  # fmt: skip


def test_every_scale_of_the_toy_is_counted_right(blank: Page) -> None:
    """All 36,720 of them: words, sizes of blocks, blocks read, and windows."""
    found = run(
        blank,
        """const { words, block, keep, window } = model.LIMITS;
        const span = ([low, high]) => Array.from({length: high - low + 1}, (_, i) => low + i);
        const out = [];
        for (const w of span(words)) for (const b of block) for (const k of span(keep))
          for (const n of span(window)) {
            const toy = {words: w, block: b, keep: k, window: n};
            const c = model.counts(toy, pro);
            const picked = model.chosen(grid, toy);
            const parts = Object.values(model.shares(grid, toy));
            out.push([[w, b, k, n], [c.pairs, c.window, c.blocks, c.read, c.totalRead,
              c.windowBytes, c.entryBytes, c.indexBytes, c.fullBytes],
              picked.length === c.read && new Set(picked).size === c.read
                && picked.every((one) => one >= 0 && one < c.blocks)
                && parts.length === picked.length + c.window + 1 && Math.min(...parts) > 0
                && parts.reduce((a, b) => a + b, 0) === 100]);
          }
        return out;""",
        sentence(),
    )
    pro = shape(real.records(), "v4-pro")
    assert len(found) == 27 * 5 * 16 * 17
    expected = {}
    for toy, counts_there, fits in found:
        key = tuple(toy)
        expected[key] = by_hand(*toy, pro.entry_bytes, pro.index_bytes)
        assert counts_there == expected[key] and fits, toy


def test_browser_and_stills_draw_the_same_marks(blank: Page) -> None:
    grid = [[step, vars(toy), narrow] for step, toy, narrow in product(STEPS, TOYS, (False, True))]
    found = run(
        blank,
        """return grid.cases.map(([step, toy, narrow]) => {
          const counts = model.counts(toy, pro);
          const view = {sentence: grid.sentence, toy, counts, real};
          return [scenes.scene(step, view, narrow),
            telling.counted(step, grid.sentence, toy, counts)];
        });""",
        {"cases": grid, "sentence": sentence()},
    )
    data = real.records()
    pro, true = shape(data, "v4-pro"), real_counts(data)
    for (step, toy, narrow), (marks, line) in zip(
        product(STEPS, TOYS, (False, True)), found, strict=True
    ):
        of = counts(toy, pro)
        assert marks == scene(step, toy, of, true, narrow), (step, toy, narrow)
        assert line == counted(step, toy, of)


def test_the_story_opens_with_the_scale_of_its_stills(blank: Page) -> None:
    opening = run(blank, "return [model.OPENING, model.LIMITS.words[1]];")
    assert opening == [vars(Toy()), len(SENTENCE)]


def test_keys_buttons_and_the_address(browser: Browser, address: str) -> None:
    page = story(browser, address)
    title = page.locator(f"{PLACE} .story-told .story-title")
    expect(title).to_have_text("1 of 8: A sentence, word by word")
    page.get_by_role("button", name="Next", exact=True).focus()
    for _ in range(9):  # seven are enough: it stops at the end
        page.keyboard.press("ArrowRight")
    expect(title).to_have_text("8 of 8: Now a million tokens")
    page.keyboard.press("ArrowLeft")
    assert "story.step=list" in page.url
    line = page.locator(f"{PLACE} .story-stage + .story-count")
    expect(line).to_contain_text("3 + 6 = 9 entries")
    page.locator(f"{PLACE} summary").click()
    page.get_by_label("Words to a block", exact=True).select_option("8")
    page.get_by_label("Window, words").press("Home")
    page.get_by_label("Blocks read").press("End")
    expect(line).to_contain_text("3 + 0 = 3 entries")
    before = line.inner_text()
    page.reload()
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    expect(line).to_have_text(before)
    page.context.close()


def test_a_picture_shows_the_settings_that_change_it(browser: Browser, address: str) -> None:
    page = story(browser, address)
    page.locator(f"{PLACE} details").evaluate("(item) => { item.open = true; }")
    block, keep, window, words = "Words to a block", "Blocks read", "Window, words", "Words so far"
    expected = [
        {words}, {words}, {window, words}, {block, window, words}, {block, keep, window, words},
        set(), {block, keep, window, words}, set(),
    ]  # fmt: skip
    svg = page.locator(f"{PLACE} svg.story-picture")
    for index in walked(page):
        shown = {
            name
            for name in (block, keep, window, words)
            if page.get_by_label(name, exact=True).is_visible()
        }
        assert shown == expected[index], index
        none = page.get_by_text("This picture is of the real models")
        assert none.is_visible() == (not shown)
        assert page.get_by_role("button", name="Reset the scale").is_visible() == bool(shown)
        for name in shown:
            field = page.get_by_label(name, exact=True)
            before = svg.inner_html()
            field.evaluate("""(one) => { one.value = one.tagName === 'SELECT' ? '8' : one.min;
              one.dispatchEvent(new Event(one.tagName === 'SELECT' ? 'change' : 'input')); }""")
            assert svg.inner_html() != before, (index, name)
            page.get_by_role("button", name="Reset the scale").evaluate("(one) => one.click()")
    page.context.close()


def test_the_first_step_brings_the_picture_into_sight_and_no_later_one(
    browser: Browser, address: str
) -> None:
    page = story(browser, address, reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("scrollTo(0, document.querySelector('.story-pager').offsetTop - 700)")
    stage = page.locator(f"{PLACE} .story-stage")
    below = "(stage) => stage.getBoundingClientRect().bottom > innerHeight"
    assert stage.evaluate(below)
    page.get_by_role("button", name="Next", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert not stage.evaluate(below)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("scrollY") == 0
    expect(page.locator(f"{PLACE} .story-keys")).to_be_visible()
    page.context.close()


def test_a_finger_finds_the_buttons_and_the_message_on_a_phone(
    browser: Browser, address: str
) -> None:
    page = story(browser, address, 390, "?story.step=indexer", reduced_motion="reduce")
    for name in ("Back", "Next"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44, name
    assert page.locator(f"{PLACE} .story-at").inner_text() == "5/8"
    assert not page.locator(f"{PLACE} .story-dot").first.is_visible()
    message = page.locator(f"{PLACE} .story-where").bounding_box()
    picture = page.locator(f"{PLACE} .story-stage").bounding_box()
    assert message["y"] + message["height"] <= picture["y"]
    page.context.close()


def test_a_swipe_moves_and_a_scroll_does_not(browser: Browser, address: str) -> None:
    page = story(browser, address, 360)
    title = page.locator(f"{PLACE} .story-told .story-title")
    swipe = """(stage, [x, y]) => {
      const at = (type, clientX, clientY) => stage.dispatchEvent(new PointerEvent(type,
        {clientX, clientY, pointerType: 'touch', bubbles: true}));
      at('pointerdown', 200, 200); at('pointerup', 200 + x, 200 + y);
    }"""
    stage = page.locator(f"{PLACE} .story-stage")
    stage.evaluate(swipe, [-80, 10])
    expect(title).to_contain_text("2 of 8")
    stage.evaluate(swipe, [-60, 90])
    expect(title).to_contain_text("2 of 8")
    stage.evaluate(swipe, [80, 0])
    expect(title).to_contain_text("1 of 8")
    page.context.close()


@pytest.mark.parametrize(
    "query",
    ["?story.step=ninth&story.block=3&story.keep=99&story.window=-1&story.words=%3Cb%3E",
     "?story.words=4&story.block=16&story.keep=16&story.window=0&story.step=list"],
)  # fmt: skip
def test_odd_scales_never_give_an_empty_picture(browser: Browser, address: str, query: str) -> None:
    page = story(browser, address, 320, query)
    for _ in walked(page):
        assert page.locator(f"{PLACE} svg.story-picture > *").count() > 3
        assert not re.search("NaN|undefined|Infinity", page.locator(PLACE).inner_html())
    assert_fits(page)
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_words_stay_inside_and_axe_finds_nothing(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = story(browser, address, width, color_scheme=scheme, reduced_motion="reduce")
    page.locator(f"{PLACE} details").evaluate("(item) => { item.open = true; }")
    for _ in walked(page):
        outside = page.locator(f"{PLACE} svg.story-picture").evaluate(
            """(svg) => { const frame = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('text')].filter((text) => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1
                  || box.bottom > frame.bottom + 1; }).map((text) => text.textContent); }"""
        )
        assert outside == []
    assert_no_axe_violation(page, PLACE)
    assert_fits(page)
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 1024, 1280])
def test_the_tool_takes_the_room_of_its_stills(browser: Browser, address: str, width: int) -> None:
    """Or what stands below would jump when it arrives."""
    page = opened(browser, address + "404.html", width)
    held: list[Any] = []
    page.route("**/tools/story/index.js", lambda route: held.append(route))
    page.goto(f"{address}{PATH}#story", wait_until="domcontentloaded")
    place = page.locator(PLACE)
    until(page, "() => document.querySelector('.story-stills') !== null")
    before = place.bounding_box()["height"]
    for _ in range(50):
        if held:
            break
        page.wait_for_timeout(100)
    held[0].continue_()
    page.locator(f"{PLACE}.explorer--mounted").wait_for()
    assert place.bounding_box()["height"] == pytest.approx(before, abs=45)
    page.context.close()


def test_without_scripts_and_on_paper_all_eight_show(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH, java_script_enabled=False)
    assert page.locator(f"{PLACE} .story-stills > li:visible").count() == len(STEPS)
    boxes = [item.bounding_box() for item in page.locator(f"{PLACE} .story-stills > li").all()]
    assert [box["x"] for box in boxes] == [boxes[0]["x"]] * len(STEPS)
    page.context.close()
    page = story(browser, address)
    page.emulate_media(media="print")
    assert page.locator(f"{PLACE} .story-stills > li:visible").count() == len(STEPS)
    assert not page.locator(f"{PLACE} .explorer-live").is_visible()
    page.context.close()
