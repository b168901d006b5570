"""axe-core over a page at three widths, light and dark, with what can be opened opened."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.quality.states import STATES

WIDTHS = (1280, 390, 320)
SCHEMES = ("light", "dark")
MANY = 400_000
"""Bytes of a list of equal records: axe says nothing new of it in another scheme and width."""

OF_COLOR = ("color-contrast", "link-in-text-block")
"""What the dark scheme can break by itself: all else is looked at in the light one."""
SHARED = {"menu", "search"}
"""States that are the same on every page: one page of each kind stands for all."""


@dataclass(frozen=True)
class Violation:
    rule: str
    where: str
    """Width, scheme, state."""
    what: str
    times: int

    def __str__(self) -> str:
        return f"{self.rule} ({self.times}, {self.where}): {self.what}"


def violations(
    browser: Browser, url: str, kind: str, size: int, shared: bool = True
) -> list[Violation]:
    """Each rule once for each state in which it is broken.

    ``shared``: with what is the same on all pages.
    """
    found: dict[tuple[str, str], Violation] = {}
    for width in WIDTHS:
        for scheme in SCHEMES:
            if size > MANY and (width, scheme) not in ((1280, "light"), (320, "dark")):
                continue
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                service_workers="block",
            )
            tab = context.new_page()
            tab.goto(url, wait_until="load", timeout=60_000)
            tab.wait_for_load_state("networkidle")
            options: dict[str, list[str]] = {"resultTypes": ["violations"]}
            if scheme == "dark":
                options["runOnly"] = list(OF_COLOR)
            for state in STATES:
                if state.name in SHARED and not shared:
                    continue
                if kind == "list" and state.name == "folds":
                    continue  # thousands of equal folds
                if not state.open(tab):
                    continue
                # What an open state adds is judged alone where it lies above the page.
                part = {"menu": ".md-sidebar--primary", "search": "dialog.find",
                        "note": ".note[popover]"}.get(state.name)  # fmt: skip
                context_of = {"include": [[part]]} if part else None
                done = Axe().run(tab, context=context_of, options=options)
                for rule in done.response["violations"]:
                    first = " ".join(rule["nodes"][0]["html"].split())[:120]
                    found.setdefault(
                        (rule["id"], state.name),
                        Violation(
                            rule["id"], f"{width} px, {scheme}, {state.name}", first,
                            len(rule["nodes"]),
                        ),
                    )  # fmt: skip
                state.close(tab)
            context.close()
    return list(found.values())
