"""What the eight pictures answer: to a mouse, a finger and the keyboard, and for how long."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from scripts.figures.architecture.story.scene import STEPS
from tests.browser.story_page import PLACE, story


def test_text_and_picture_drive_each_other(browser: Browser, address: str) -> None:
    page = story(browser, address, query="?story.step=indexer")
    said = page.locator(f"{PLACE} .story-where")
    page.locator("#story-sentence span").nth(9).hover()
    expect(said).to_contain_text("“green”, word 10, is in blocks 3 and 4. The last word reads it")
    expect(page.locator(f"{PLACE} svg [data-key=b2]")).to_have_class(re.compile("story-looked"))
    page.mouse.move(2, 2)
    expect(said).to_have_text(re.compile("^Point at a block"))
    expect(page.locator(".story-looked")).to_have_count(0)
    page.locator(f"{PLACE} summary").click()
    choice = page.get_by_label("Point at", exact=True)
    choice.select_option("w0")
    expect(said).to_contain_text("reads it not at all here")
    expect(page.locator("#story-sentence span").first).to_have_class(re.compile("story-looked"))
    choice.focus()
    assert said.get_attribute("aria-live") == "polite"
    page.keyboard.press("Escape")
    expect(page.locator(".story-looked")).to_have_count(0)
    choice.select_option("b2")
    expect(said).to_contain_text("= 8 points; it is read")
    page.keyboard.press("Tab")
    expect(page.locator(".story-looked")).to_have_count(0)
    assert choice.input_value() == ""
    page.context.close()


def test_blocks_and_the_sink_answer_and_nothing_is_carried_on(
    browser: Browser, address: str
) -> None:
    page = story(browser, address, query="?story.step=indexer", reduced_motion="reduce")
    said = page.locator(f"{PLACE} .story-where")
    page.locator(f"{PLACE} svg [data-key=b2]").hover()
    expect(said).to_have_text(
        "Block 3, “the green box holds”: 2 × (green 2 + box 1 + holds 1) + nothing of the block "
        "before = 8 points; it is read."
    )
    page.locator(f"{PLACE} svg [data-key=b3]").hover()
    expect(said).to_contain_text("2 × (blue 1) + green 2 + box 1 + holds 1 of the block before = 6")
    # Clicked into the picture, the arrows turn it; what was pointed at stays behind.
    page.mouse.down()
    page.mouse.up()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"{PLACE} .story-told .story-title")).to_contain_text("6 of 8")
    expect(page.locator(".story-looked")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    for key, text in {
        "sink": "The sink takes a share of 15 percent in this invented example",
        "b2": "Block 3, “the green box holds” and, of the block before, “arrive today at noon;”, "
        "gets a share of 24 percent in this invented example",
        "w27": "exactly, in the window, with 5 percent in this invented example",
    }.items():
        page.locator(f"{PLACE} svg [data-key={key}]").hover()
        expect(said).to_contain_text(text)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.locator(f"{PLACE} svg [data-key=w27]").hover()
    bows = page.locator(f"{PLACE} svg .story-bows").get_attribute("d")
    assert bows.count("M") == 2, "of the two words after it"
    page.context.close()


def test_a_box_reacts_where_it_is_empty_and_says_no_more_than_its_picture(
    browser: Browser, address: str
) -> None:
    """Above its letters, too; of blocks only once there are some, and nothing without words."""
    page = story(browser, address, query="?story.step=indexer")
    said = page.locator(f"{PLACE} .story-where")
    box = page.locator(f"{PLACE} svg [data-key=w6]")  # "at": two letters in a high box
    box.scroll_into_view_if_needed()
    frame = box.bounding_box()
    page.mouse.click(frame["x"] + frame["width"] / 2, frame["y"] + 4)
    expect(said).to_contain_text("“at”, word 7, is in block")
    page.locator(f"{PLACE} svg [data-key=w28]").click()
    expect(said).to_contain_text("is in no finished block yet. The last word reads it exactly, in")
    titles = {"window": "in the window", "sentence": "", "hca": "", "million": ""}
    for step, text in titles.items():
        page.locator(f"{PLACE} .story-dot").nth(STEPS.index(step)).click()
        expect(said).to_contain_text(text) if text else expect(said).to_be_empty()
        expect(said).not_to_contain_text("block")
        page.locator(f"{PLACE} summary").evaluate("(item) => { item.parentElement.open = true; }")
        field = page.get_by_label("Point at", exact=True)
        assert field.is_visible() == bool(text), step
    page.context.close()


def test_a_finger_asks_and_takes_it_back(browser: Browser, address: str) -> None:
    page = story(browser, address, 390, "?story.step=indexer", has_touch=True, is_mobile=True)
    said = page.locator(f"{PLACE} .story-where")
    expect(said).to_have_text(re.compile("^Tap a block"))
    for key, text in {"w6": "“at”, word 7, is in block", "b0": "Block 1, “Our guests"}.items():
        mark = page.locator(f"{PLACE} svg [data-key={key}]")
        size = mark.bounding_box()
        assert min(size["width"], size["height"]) >= 24, key
        mark.tap()
        expect(said).to_contain_text(text)
    mark.tap()
    expect(said).to_have_text(re.compile("^Tap a block"))
    page.context.close()
