"""Every page with dated tables, read as of every day around a change of the records.

``ASOF_DAYS=all`` takes all days from 2026-04-20 to 2026-11-20, which lasts a quarter of an hour.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import asof_rows

TURN = f"""async (days) => {{
  const choice = document.querySelector("#asof-choice");
  const field = document.querySelector("#asof-day");
  const rows = new Map();
  const seen = [];
  for (const one of document.querySelectorAll(".md-content details")) one.open = true;
  for (const day of days) {{
    choice.value = "other";
    field.value = day;
    field.dispatchEvent(new Event("change"));
    while (document.documentElement.dataset.asof !== day) {{
      await new Promise((done) => {{ setTimeout(done, 5); }});
    }}
    const found = {asof_rows.SEEN};
    // Most rows are the same on most days: each travels once.
    found.rows = found.rows.map((row) => {{
      const key = JSON.stringify(row);
      if (!rows.has(key)) rows.set(key, rows.size);
      return rows.get(key);
    }});
    seen.push(found);
  }}
  return {{ rows: [...rows.keys()].map((key) => JSON.parse(key)), seen }};
}}"""


SHARES = 4
"""Parts of the pages, so that several browsers can read them at once."""


def dated_pages(site: Path) -> list[str]:
    """Pages whose tables hold rows or numbers with a day, and that have the control."""
    found = []
    for file in sorted(site.rglob("index.html")):
        folder = file.parent.relative_to(site).as_posix()
        html = file.read_text(encoding="utf-8")
        tables = re.findall(r"<table.*?</table>", html, flags=re.DOTALL)
        if 'class="asof"' in html and any("data-since" in one or "data-record" in one
                                          for one in tables):  # fmt: skip
            found.append("" if folder == "." else f"{folder}/")
    return found


def faults(page: Page, address: str, path: str, days: tuple[str, ...]) -> dict[str, list[str]]:
    """What did not hold on a page, with the days on which it stood there all the same."""
    page.goto(f"{address}{path}?asof={days[0]}")
    expect(page.locator("html")).to_have_attribute("data-asof", days[0], timeout=30_000)
    turned: dict[str, Any] = page.evaluate(TURN, list(days))
    wrong: dict[str, list[str]] = {}
    for day, seen in zip(days, turned["seen"], strict=True):
        seen["rows"] = [turned["rows"][index] for index in seen["rows"]]
        for fault in asof_rows.wrong_on_page(seen, day):
            wrong.setdefault(f"{path}: {fault}", []).append(day)
    return wrong


ROW = {"record": "", "since": "", "absent": False, "marks": [], "cells": ["a", "b"]}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"cells": ["DeepSeek-V4.1-Flash-1017", "$0.14"]}, "the name DeepSeek-V4.1-Flash-1017"),
        ({"cells": ["V4-Flash, off-peak", "$0.14"]}, "a band"),
        ({"cells": ["V4-Flash", "since 2026-10-17"]}, "the days ['2026-10-17']"),
        ({"cells": ["until October 2026", ""]}, "the days ['2026-10']"),
        ({"marks": ["2026-09-10"]}, "a number of a later day"),
        ({"record": "prices/deepseek-flash-usd-2026-10-17"}, "a price that was not in force"),
        ({"record": "chips/h200", "since": "2026-05"}, "a record of a later day"),
        ({"absent": True, "cells": ["deepseek-v4-pro", "$1.74"]}, "an absent row does not say why"),
    ],
)
def test_what_did_not_hold_is_found(changes: dict[str, Any], fault: str) -> None:
    found = asof_rows.wrong_in_row(ROW | changes, "2026-04-30")
    assert found.startswith(fault) and bool(found) == bool(fault)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_shows_what_did_not_hold(page: Page, address: str, site: Path, share: int) -> None:
    days = asof_rows.days() if os.environ.get("ASOF_DAYS") == "all" else asof_rows.boundaries()
    pages = [*os.environ.get("ASOF_PAGES", "").split()] or ["", *dated_pages(site)]
    assert len(days) > 20
    wrong: dict[str, list[str]] = {}
    for path in list(dict.fromkeys(pages))[share::SHARES]:
        wrong |= faults(page, address, path, days)
    told = [f"{fault}\n    on {len(on)} days, {on[0]} to {on[-1]}" for fault, on in wrong.items()]
    assert not told, "\n".join([f"{len(told)} faults", *told])
