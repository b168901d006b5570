"""The timeline: days and views as numbers, and the page by keyboard and on a phone."""

from __future__ import annotations

import calendar
import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import (
    assert_fits,
    assert_junk_harmless,
    assert_letters_readable,
    assert_no_axe_violation,
    opened,
)

PATH = "release/timeline/"
IMPORT = "const m = await import('/assets/javascripts/tools/timeline/model.js');"
EPOCH = dt.date(1970, 1, 1)


def ready(page: Page) -> Page:
    expect(page.locator(".time-frame svg")).to_be_visible()
    return page


def number(day: dt.date) -> int:
    return (day - EPOCH).days


def test_days_agree_with_the_calendar_of_python(blank: Page) -> None:
    days = [dt.date(2010, 1, 1) + dt.timedelta(days=17 * n) for n in range(450)]
    days += [dt.date(2024, 2, 29), dt.date(2026, 12, 31), dt.date(2030, 12, 31)]
    found = blank.evaluate(
        f"async (texts) => {{ {IMPORT} return texts.map((t) => [m.parseDay(t),"
        " m.dayText(m.parseDay(t)), m.around('month', m.parseDay(t)),"
        " m.around('quarter', m.parseDay(t)), m.around('year', m.parseDay(t)),"
        " m.spanOf(t.slice(0, 7)), m.spanOf(t.slice(0, 4))]) }",
        [day.isoformat() for day in days],
    )
    for day, (n, text, month, quarter, year, whole_month, whole_year) in zip(
        days, found, strict=True
    ):
        last = calendar.monthrange(day.year, day.month)[1]
        assert n == number(day) and text == day.isoformat()
        assert month == [number(day.replace(day=1)), number(day.replace(day=last))] == whole_month
        start = day.month - (day.month - 1) % 3
        end = calendar.monthrange(day.year, start + 2)[1]
        assert quarter == [
            number(dt.date(day.year, start, 1)),
            number(dt.date(day.year, start + 2, end)),
        ]
        assert year == [number(dt.date(day.year, 1, 1)), number(dt.date(day.year, 12, 31))]
        assert year == whole_year


def test_odd_dates_are_refused(blank: Page) -> None:
    odd = ["", "2026", "2026-02-30", "2026-13-01", "1e9", "-1", "NaN", "2026-4-24", "9999-01-01"]
    found = blank.evaluate(
        f"async (texts) => {{ {IMPORT} return texts.map((t) => m.parseDay(t) ?? null) }}", odd
    )
    assert found == [None] * len(odd)
    errors = blank.evaluate(
        f"""async () => {{ {IMPORT} const kind = (f) => {{ try {{ f(); }} catch (e) {{
          return e.name }} return 'none' }};
        return [kind(() => m.spanOf('soon')), kind(() => m.around('week', 1)),
          kind(() => m.dayText(NaN)),
          kind(() => m.visible([], {{from: 2, to: 1, lanes: new Set()}}))] }}"""
    )
    assert errors == ["RangeError"] * 4


def test_every_event_is_in_the_whole_view_in_order(blank: Page, site: Path) -> None:
    events = json.loads((site / "data" / "events.json").read_text(encoding="utf-8"))["records"]
    found = blank.evaluate(
        f"""async (events) => {{ {IMPORT}
        const spans = events.map(m.eventSpan);
        const view = {{from: Math.min(...spans.map((s) => s[0])),
          to: Math.max(...spans.map((s) => s[1])), lanes: new Set(m.LANES)}};
        return {{lanes: m.LANES, all: m.visible(events, view).map((e) => [e.id, m.eventSpan(e)]),
          day: m.visible(events, {{...view, from: m.parseDay('2026-04-24'),
            to: m.parseDay('2026-04-24')}}).map((e) => e.id),
          words: m.visible(events, {{...view, text: 'v4.1 FLASH'}}).map((e) => e.id)}} }}""",
        events,
    )
    assert {event["lane"] for event in events} == set(found["lanes"])
    assert sorted(name for name, _ in found["all"]) == sorted(event["id"] for event in events)
    assert all(span[0] <= span[1] for _, span in found["all"])
    assert all(a[1][0] <= b[1][0] for a, b in pairwise(found["all"]))
    exact = {event["id"] for event in events if event["date"] == "2026-04-24"}
    assert exact <= set(found["day"])
    assert "event-2026-09-10-v4-1-flash" in found["words"]


def test_ticks_and_levels_do_not_collide(blank: Page) -> None:
    found = blank.evaluate(
        f"""async () => {{ {IMPORT} const out = [];
        const start = m.parseDay('2025-11-20');
        for (const length of [1, 2, 7, 30, 31, 62, 63, 92, 200, 365, 700, 1500, 4300])
          for (const width of [264, 320, 558, 900])
            out.push([length, width, m.ticks(start, start + length - 1, width)
              .map((t) => (t.day - start) / length * width)]);
        return [out, m.levels([{{start: 0, end: 10}}, {{start: 5, end: 15}}, {{start: 12, end: 20}},
          {{start: 13, end: 14}}]),
          m.levels([{{start: 12, end: 20}}, {{start: 0, end: 10}}, {{start: 5, end: 15}}])] }}"""
    )
    for length, width, places in found[0]:
        assert all(b - a >= 20 for a, b in pairwise(places)), (length, width, places)
        assert len(places) <= 32
    assert found[1] == [0, 1, 0, 2]
    assert found[2] == [0, 0, 1], "names to the left of their marks begin before earlier marks"


def test_names_of_marks_keep_inside_and_are_chosen_by_weight(blank: Page) -> None:
    found = blank.evaluate(
        f"""async () => {{ {IMPORT} const box = {{left: 80, right: 600}};
        const mark = (at) => m.beside({{start: at, end: at + 14}}, 'Prices rise', box);
        const big = {{major: true, name: 'V4 preview', title: 'V4 preview: V4-Pro and V4-Flash'}};
        const small = {{major: false, title: 'An e-mail to users: prices are going to rise soon'}};
        const by = (event, days, narrow) => m.named(event, 0, days - 1, narrow);
        return {{places: [mark(100), mark(580), m.beside({{start: 82, end: 590}}, 'Prices', box)],
          names: [m.nameOf(big), m.nameOf(small)],
          wide: [by(big, 400), by(small, 400), by(small, 31)],
          narrow: [by(big, 400, true), by(big, 92, true), by(small, 31, true)]}} }}"""
    )
    right, left, none = found["places"]
    assert right["anchor"] == "start" and right["start"] == 100 and right["end"] <= 600
    assert left["anchor"] == "end" and left["end"] == 594 and left["start"] >= 80
    assert none is None
    assert found["names"] == ["V4 preview", "An e-mail to users: prices are…"]
    assert found["wide"] == [True, False, True]
    assert found["narrow"] == [False, True, False]


def test_the_list_follows_the_marks_and_leads_to_them(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    marks, items = page.locator(".time-mark"), page.locator(".time-events li")
    assert marks.count() == items.count() > 90
    page.locator(".time-mark[data-id=event-2026-09-10-v4-1-flash]").focus()
    current = page.locator(".time-events li[aria-current]")
    expect(current).to_contain_text("V4.1-Flash, a new and larger network")
    inside = """(item) => { const list = item.parentElement.getBoundingClientRect();
      const box = item.getBoundingClientRect();
      return box.top >= list.top - 1 && box.bottom <= list.bottom + 1; }"""
    assert current.evaluate(inside)
    page.get_by_role("button", name="Month", exact=True).click()
    assert marks.count() == items.count() < 30
    assert page.get_by_label("From", exact=True).input_value() == "2026-09-01"
    items.first.click()
    title = items.first.inner_text()
    expect(page.locator(".time-detail")).to_contain_text(title.split(maxsplit=3)[3][:20])
    page.context.close()


@pytest.mark.parametrize("width", [1280, 1000, 360])
def test_no_name_runs_into_another(browser: Browser, address: str, width: int) -> None:
    page = ready(opened(browser, address + PATH, width))
    for zoom in ("Everything", "Year", "Quarter", "Month"):
        page.get_by_role("button", name=zoom, exact=True).click()
        boxes = page.locator(".time-mark text").evaluate_all(
            """(names) => names.map((name) => { const box = name.getBBox();
              return [name.textContent, box.x, box.y, box.x + box.width, box.y + box.height]; })"""
        )
        frame = page.locator(".time-frame svg").evaluate("(svg) => svg.viewBox.baseVal.width")
        for words, left, _, right, _ in boxes:
            assert left >= -1 and right <= frame + 1, (zoom, words)
        for index, (words, left, top, right, bottom) in enumerate(boxes):
            for other, left2, top2, right2, bottom2 in boxes[index + 1 :]:
                apart = right <= left2 or right2 <= left or bottom - 2 <= top2 or bottom2 - 2 <= top
                assert apart, (zoom, words, other)
    page.context.close()


def test_moving_a_view(blank: Page) -> None:
    found = blank.evaluate(
        f"""async () => {{ {IMPORT} const v = (a, b, d) =>
          m.shifted(m.parseDay(a), m.parseDay(b), d).map(m.dayText);
        return [v('2026-03-01', '2026-03-31', -1), v('2026-10-01', '2026-12-31', 1),
          v('2026-01-01', '2026-12-31', -1), v('2026-04-20', '2026-04-26', 1),
          v('2030-01-01', '2030-12-31', 1)] }}"""
    )
    assert found == [
        ["2026-02-01", "2026-02-28"],
        ["2027-01-01", "2027-03-31"],
        ["2025-01-01", "2025-12-31"],
        ["2026-04-27", "2026-05-03"],
        ["2030-01-01", "2030-12-31"],
    ]


def test_events_by_keyboard_in_the_order_of_dates(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    page.get_by_role("button", name="Later →").focus()
    page.keyboard.press("Tab")
    seen = []
    for _ in range(6):
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        seen.append(label)
        expect(page.locator(".time-detail")).to_contain_text(label.split(": ", 1)[1])
        page.keyboard.press("ArrowRight")
    assert len(set(seen)) == 6 and "December 1, 2025" in seen[0]
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert ", models:" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Tab")
    link = page.evaluate("document.activeElement.getAttribute('href')")
    assert "reference/sources/#" in link
    page.context.close()


def test_view_survives_a_reload(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    page.get_by_role("checkbox", name="Prices").uncheck()
    page.get_by_label("Words in title or text").fill("flash")
    page.get_by_role("button", name="Quarter").click()
    page.locator(".time-mark").first.focus()
    said = page.locator(".time-detail").inner_text()
    dates = [page.get_by_label(name, exact=True).input_value() for name in ("From", "To")]
    count = page.locator(".time-mark").count()
    page.reload(wait_until="load")
    ready(page)
    assert [page.get_by_label(name, exact=True).input_value() for name in ("From", "To")] == dates
    assert page.locator(".time-mark").count() == count > 0
    assert page.locator(".time-detail").inner_text() == said
    expect(page.get_by_role("checkbox", name="Prices")).not_to_be_checked()
    expect(page.get_by_role("button", name="Quarter")).to_have_attribute("aria-pressed", "true")
    page.context.close()


def test_odd_dates_get_a_message_and_keep_the_view(browser: Browser, address: str) -> None:
    page = ready(opened(browser, address + PATH))
    count = page.locator(".time-mark").count()
    page.get_by_label("From", exact=True).fill("2026-12-24")
    page.get_by_label("From", exact=True).dispatch_event("change")
    expect(page.locator(".time-problem")).to_contain_text("later than")
    page.get_by_label("From", exact=True).fill("")
    page.get_by_label("From", exact=True).dispatch_event("change")
    expect(page.locator(".time-problem")).to_contain_text("needs a day")
    assert page.locator(".time-mark").count() == count
    page.get_by_label("Words in title or text").fill("no such words here")
    expect(page.locator(".time-detail")).to_contain_text("No event in this view")
    page.context.close()


@pytest.mark.parametrize(
    "query",
    [
        "time.from=1e9&time.to=-5&time.lanes=..&time.event=%00",
        "time.from=2026-09-01&time.to=2026-01-01&time.text=%3Cscript%3E",
        "time.lanes=&time.from=2030-12-31&time.to=2030-12-31",
    ],
)
def test_junk_in_the_address_does_no_harm(browser: Browser, address: str, query: str) -> None:
    assert_junk_harmless(browser, address, PATH, query, ready)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_fits_and_has_no_axe_violation(
    browser: Browser, address: str, width: int, scheme: Any
) -> None:
    page = ready(opened(browser, address + PATH, width, color_scheme=scheme))
    page.evaluate("document.querySelector('.time-list').open = true")
    assert_fits(page)
    assert_letters_readable(page, ".time-frame svg")
    assert_no_axe_violation(page, "#explorer-timeline")
    page.context.close()


def test_without_javascript_the_figure_stands(browser: Browser, address: str) -> None:
    page = opened(browser, address + PATH, java_script_enabled=False)
    expect(page.locator("#explorer-timeline figure svg").first).to_be_visible()
    page.context.close()
