"""A link to a bill shows the same bill a week later, to somebody in another time zone.

Two hundred random links are opened by the calculator's own ``mount`` in one page, which reads the
address as a fresh page does, into a place beside the page; every tenth is opened as a page of its
own besides. Half of them are
made in the week before a price changed.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import real
from tests.conftest import FIXTURES

PATH = "pricing/calculator/"
SEED = 20261130
LINKS = 200
WEEK = dt.timedelta(days=7)
FIRST = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
LAST = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
PRESETS = ("archive", "codebase", "coding", "agent", "chat")

BILL = """((live) => {
  const texts = (part) => [...live.querySelectorAll(part)].map((one) => one.textContent);
  return {
    answer: texts(".explorer-result"),
    fees: texts(".tool-result > .explorer-note:not(.cost-dated)"),
    hours: texts(".cost-heard"), table: texts(".cost-prices tr"), notes: texts(".cost-notes li"),
    bars: live.querySelector("svg").getAttribute("aria-label"),
    moment: texts(".cost-dated")[0].split(";")[0],
  };
})"""
ON_THE_PAGE = f"""{BILL}(document.querySelector("#explorer-cost .explorer-live"))"""
COPY = """async (live) => {
  let copied;
  Object.defineProperty(navigator, "clipboard", {
    configurable: true, value: { writeText: async (text) => { copied = text; } },
  });
  live.querySelector(".explorer-share button").click();
  await new Promise((done) => { setTimeout(done); });
  return new URL(copied).search;
}"""
OPEN = f"""async (query) => {{
  history.replaceState(null, "", location.pathname + query);
  const {{ mount }} = await import("/assets/javascripts/tools/cost/index.js");
  const place = document.querySelector("#explorer-cost").cloneNode(false);
  const live = document.createElement("div");
  place.append(live); // not in the page: a drawing that nobody sees costs nothing
  await mount(live);
  return {{
    query: location.search, bill: {BILL}(live),
    dated: live.querySelector(".cost-dated").textContent, copied: await ({COPY})(live),
  }};
}}"""


def changes() -> list[dt.datetime]:
    """Moments within the year at which a price of DeepSeek's began or ended."""
    edges = {
        edge
        for price in real.records()["prices"].values()
        if price.seller == "deepseek"
        for edge in (price.start, price.end)
        if edge and FIRST <= edge <= LAST
    }
    return sorted(edges)


def moments(dice: random.Random, edges: list[dt.datetime]) -> Iterator[dt.datetime]:
    """Half of them anywhere, half less than a week before a change."""
    for index in range(LINKS):
        if index % 2:
            yield dice.choice(edges) - dt.timedelta(minutes=dice.randint(1, 7 * 24 * 60 - 1))
        else:
            yield FIRST + dt.timedelta(minutes=dice.randint(0, int((LAST - FIRST).days) * 24 * 60))


def number(dice: random.Random) -> int:
    return dice.choice((0, 1, 128_000, dice.randint(0, 10**6), dice.randint(0, 10**9)))


def a_query(dice: random.Random, offers: list[str], presets: dict[str, str]) -> str:
    """What somebody may have chosen, as it stands in an address without its moment."""
    kinds = dice.choice(list(presets.values()))
    if dice.random() < 0.6:
        kinds = "_".join(
            ".".join(map(str, (number(dice) for _ in range(4))))
            + dice.choice(("", "", ".sum", ".month"))
            for _ in range(dice.randint(1, 4))
        )
    own = dice.sample(offers[:12], dice.randint(1, 3))
    chosen: dict[str, Any] = {
        "rows": "_".join(dict.fromkeys([*own, *dice.sample(offers, dice.randint(0, 4))])),
        "kinds": kinds,
        "write": dice.choice(("true", "false")),
        "when": dice.choice(("schedule", "schedule", "at", "share")),
        "days": dice.choice(("all", "mon-fri", "sat.sun", "mon.wed.fri", "sun")),
        "kept": dice.choice(("true", "false")),
        "from": f"{dice.randint(0, 23):02}:{dice.choice((0, 15, 30, 59)):02}",
        "to": dice.choice(("24:00", f"{dice.randint(0, 23):02}:{dice.choice((0, 30)):02}")),
        "zone": dice.choice(ZONES),
        "share": f"{dice.randint(0, 10_000) / 100:g}",
        "hour": dice.choice(("", "12.5", "0", "199.999999")),
        "tools": ".".join(str(dice.choice((0, 0, dice.randint(1, 10**6)))) for _ in range(4)),
    }
    kept = {name: value for name, value in chosen.items() if dice.random() < 0.7}
    return urlencode({f"cost.{name}": value for name, value in kept.items()})


def calculator(browser: Browser, address: str, zone: str, moment: dt.datetime, query: str) -> Page:
    page = browser.new_context(service_workers="block", timezone_id=zone, locale="en-US").new_page()
    page.clock.set_fixed_time(moment)
    page.goto(f"{address}{PATH}{query}")
    page.locator("#explorer-cost.explorer--mounted").wait_for()
    return page


@pytest.mark.slow
def test_a_link_shows_its_bill_a_week_later(browser: Browser, address: str) -> None:
    dice = random.Random(SEED)
    here = calculator(browser, address, "Europe/Berlin", LAST, "")
    offers, presets = here.evaluate(
        """async () => {
          const { offers } = await import("/assets/javascripts/tools/cost/offers.js");
          const { PRESETS } = await import("/assets/javascripts/tools/cost/kinds.js");
          const { byId, collection } = await import("/assets/javascripts/lib/data.js");
          const [prices, models] = [await collection("prices"), await byId("models")];
          const all = offers(prices, models, await byId("parties"));
          const kinds = Object.entries(PRESETS).map(([id, preset]) => [id, preset.kinds]);
          return [all.map(({ id }) => id), Object.fromEntries(kinds)];
        }"""
    )
    assert tuple(sorted(presets)) == tuple(sorted(PRESETS))
    made = []
    for moment in moments(dice, changes()):
        here.clock.set_fixed_time(moment)
        opened = here.evaluate(OPEN, "?" + a_query(dice, offers, presets))
        made.append((moment, opened["bill"], opened["copied"], opened["query"]))
    here.context.close()

    there = calculator(browser, address, "America/New_York", LAST, "")
    moved = 0
    for index, (moment, bill, link, query) in enumerate(made):
        assert link == query or not query, "what is copied is what stands in the address"
        there.clock.set_fixed_time(moment + WEEK)
        later = there.evaluate(OPEN, link)
        assert later["bill"] == bill, (moment, link)
        assert "Today, " in later["dated"] or "Today this name has no" in later["dated"], link
        if index % 10 == 1:  # made in the week before a change
            without = "&".join(one for one in link[1:].split("&") if not one.startswith("cost.t="))
            moved += there.evaluate(OPEN, f"?{without}")["bill"]["table"] != bill["table"]
    there.context.close()
    assert moved > LINKS / 40, "prices moved in that week, or the test shows nothing"

    for moment, bill, link, _ in made[::10]:
        page = calculator(browser, address, "Asia/Tokyo", moment + WEEK, link)
        assert page.evaluate(ON_THE_PAGE) == bill, (moment, link)
        page.context.close()


def test_a_copied_link_carries_its_moment_even_where_nothing_was_chosen(
    browser: Browser, address: str
) -> None:
    """A bare address means now; a link that is handed on means the bill that was seen."""
    moment = dt.datetime(2026, 9, 9, 12, 30, tzinfo=dt.UTC)
    page = calculator(browser, address, "UTC", moment, "")
    bill = page.evaluate(ON_THE_PAGE)
    assert page.evaluate("location.search") == ""
    link = page.evaluate(f"({COPY})(document.querySelector('#explorer-cost .explorer-live'))")
    assert "cost.t=2026-09-09T12%3A30" in link
    page.context.close()
    page = calculator(browser, address, "UTC", moment + WEEK, link)
    assert page.evaluate(ON_THE_PAGE) == bill
    expect(page.locator("#explorer-cost .cost-dated")).to_contain_text("Today, 2026-09-16")
    page.context.close()


def test_links_of_november_show_the_bills_that_they_showed_then(
    browser: Browser, address: str
) -> None:
    """Forty links with the bills of the calculator that made them, before days of work counted
    beside a share, before calls of a month and contexts that grow."""
    kept = json.loads((FIXTURES / "links-of-november-2026.json").read_text(encoding="utf-8"))
    page = calculator(browser, address, "Europe/Berlin", LAST, "")
    assert len(kept) == 40 and sum("cost.when=share" in link for link, *_ in kept) > 5
    for link, said, bars in kept:
        found = page.evaluate(OPEN, f"?{link}")["bill"]
        assert found["answer"][0].startswith(said), link
        assert found["bars"] == bars, link
    page.context.close()
