"""What is copied from a page: the sentence and its amounts, without the numbers of citations."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

SHARES = 4
"""So many tests share the pages, that workers can take them side by side."""
SELECT = """
() => {
  const seen = getSelection();
  const text = (block) => { seen.selectAllChildren(block); return seen.toString(); };
  const blocks = [...document.querySelectorAll("article :is(p, li, dd, td, th, figcaption)")]
    .filter((block) => block.querySelector(".cite") && block.checkVisibility());
  const copied = blocks.map(text);
  for (const mark of document.querySelectorAll(".cite")) mark.remove();
  const bare = blocks.map(text);
  const changed = copied.map((words, i) => [words, bare[i]]).filter(([a, b]) => a !== b);
  return [blocks.length, changed];
}
"""


@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_copied_is_what_the_page_says(
    browser: Browser, address: str, site: Path, share: int
) -> None:
    """A real selection of every block that cites, with its marks and without them."""
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    blocks = 0
    for file in sorted(site.rglob("cite.json"))[share::SHARES]:
        name = file.parent.relative_to(site).as_posix()
        page.goto(address + ("" if name == "." else f"{name}/"), wait_until="domcontentloaded")
        count, changed = page.evaluate(SELECT)
        blocks += count
        assert not changed, f"{name}: {changed[:3]}"
    assert blocks > 2000 / SHARES / 2
    context.close()


def test_the_clipboard(browser: Browser, address: str) -> None:
    """By the keys that people press, while a note is open."""
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "pricing/")
    page.locator(".answer .cite-ref").first.hover()
    page.locator(".note").wait_for(state="visible")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.answer'))")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "cost $0.15 on the Flash model and $0.66 on V4-Pro outside" in copied
    shown = page.locator(".answer").evaluate("(block) => block.innerText")
    assert "$0.15\N{NO-BREAK SPACE}[1]" in shown
    context.close()
