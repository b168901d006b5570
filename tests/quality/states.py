"""What a reader can open on a page, one thing after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page as Tab


@dataclass(frozen=True)
class State:
    """``open`` says whether there was something to open; ``close`` puts it back."""

    name: str
    open: Callable[[Tab], bool]
    close: Callable[[Tab], None]


def _menu(tab: Tab) -> bool:
    opener = tab.locator(".md-header__button[data-for=__drawer]")
    if not opener.count() or not opener.is_visible():
        return False
    opener.click()
    tab.wait_for_timeout(400)  # it slides in
    return True


def _search(tab: Tab) -> bool:
    way = tab.locator("[data-find]")
    if not way.count() or not way.is_visible():
        return False
    way.click()
    tab.locator("dialog.find[open]").wait_for()
    tab.locator("dialog.find input").fill("price of a million tokens")
    tab.locator(".find-pages .find-hit").first.wait_for()
    return True


def _note(tab: Tab) -> bool:
    mark = tab.locator(".md-content a.cite-ref:visible").first
    if not mark.count():
        return False
    mark.focus()
    tab.wait_for_timeout(250)
    return tab.locator(".note[popover]:popover-open").count() > 0


def _tool(tab: Tab) -> bool:
    places = tab.locator("[data-explorer]")
    for place in places.all():
        place.scroll_into_view_if_needed()
    if places.count():
        tab.locator(".explorer--mounted").first.wait_for()
        tab.wait_for_load_state("networkidle")
    return places.count() > 0


def _folds(tab: Tab) -> bool:
    return bool(
        tab.evaluate(
            """() => {
              const folds = [...document.querySelectorAll("details:not([open])")];
              const one = new Set();
              for (const fold of folds) {  // of several with one name only one can be open
                if (fold.name && one.has(fold.name)) continue;
                one.add(fold.name);
                fold.open = true;
                fold.dataset.opened = "";
              }
              return folds.length;
            }"""
        )
    )


def _fold(tab: Tab) -> None:
    tab.evaluate(
        "() => { for (const one of document.querySelectorAll('details[data-opened]')) "
        "one.open = false; }"
    )


def _escape(tab: Tab) -> None:
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(300)


STATES = (
    State("as it comes", lambda _: True, lambda _: None),
    State("tool", _tool, lambda _: None),
    State("note", _note, _escape),
    State("menu", _menu, _escape),
    State("search", _search, _escape),
    State("folds", _folds, _fold),
)
