"""The cost calculator and the history of a bill: the same numbers as Python, and usable by all."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.model import cost as model
from scripts.model.cost import UNIT, WHOLE, Calls
from scripts.model.workload import growing
from scripts.sources.records.schema import PeakScheme, Price
from tests import real
from tests.browser.steps import assert_fits, assert_no_axe_violation, opened, unquoted

PAGE = "pricing/calculator/"
MODULES = "/assets/javascripts"
DATA = real.records()
PRICES: dict[str, Price] = DATA["prices"]
SCHEMES: dict[str, PeakScheme] = DATA["peak_schemes"]
SECOND = dt.timedelta(seconds=1)
ODD = re.compile(r"NaN|Infinity|undefined|null|\[object")


def millis(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)


def run(page: Page, body: str, argument: Any = None) -> Any:
    """``body`` with the modules as ``m`` (cost), ``o`` (offers), ``k`` (kinds of calls), ``prices``
    and ``schemes``."""
    return page.evaluate(
        f"""async (grid) => {{
          const m = await import("{MODULES}/tools/cost/model.js");
          const o = await import("{MODULES}/tools/cost/offers.js");
          const k = await import("{MODULES}/tools/cost/kinds.js");
          const {{ collection, byId }} = await import("{MODULES}/lib/data.js");
          const prices = await collection("prices");
          const schemes = await byId("peak_schemes");
          const byName = await byId("prices");
          {body}
        }}""",
        argument,
    )


# ------------------------------------------------------------------ the same as Python


def test_price_in_force_at_every_edge(blank: Page) -> None:
    grid, expected = [], []
    for price in PRICES.values():
        if not price.start or price.kind not in model.IN_FORCE:
            continue
        for edge in filter(None, (price.start, price.end)):
            for moment in (edge - SECOND, edge, edge + SECOND):
                line = (price.seller, price.api_name, price.currency)
                found = model.price_in_force(PRICES.values(), *line, moment)
                tier = model.tier_at(found, SCHEMES, moment) if found else None
                grid.append([*line, millis(moment)])
                expected.append([found.id if found else None, tier])
    found = run(
        blank,
        """return grid.map(([seller, name, currency, moment]) => {
          const price = m.priceInForce(prices, seller, name, currency, moment);
          return [price?.id ?? null, price ? m.tierAt(price, schemes, moment) : null];
        });""",
        grid,
    )
    assert len(grid) > 250
    assert found == expected


SYNTHETIC: list[dict[str, Any]] = [
    {"zone": "Asia/Shanghai", "holidays": ["2026-10-01"], "windows_utc": [["00:00", "24:00"]]},
    {"zone": "Europe/Berlin", "weekdays": ["mon"], "windows_utc": [["00:00", "24:00"]]},
    {"zone": "America/New_York", "weekdays": ["sun"], "windows_utc": [["22:00", "02:00"]]},
    {"zone": "Asia/Kathmandu", "weekdays": ["sat"], "windows_utc": [["18:00", "18:30"]]},
]


def test_peak_at_every_edge(blank: Page) -> None:
    """Window edges on every day of two weeks, midnights of the zones, changes of the clocks."""
    common = {
        "from": "2025-01-01T00:00:00Z", "as_of": "2026-01-01", "reported_by": "us",
        "sources": [{"key": "none"}],
    }  # fmt: skip
    made = [
        {"id": f"made-{index}", "weekdays": list(model.WEEKDAYS)} | common | changes
        for index, changes in enumerate(SYNTHETIC)
    ]
    schemes = [*SCHEMES.values(), *map(PeakScheme.model_validate, made)]
    starts = ["2025-03-03", "2025-09-04", "2026-08-16", "2026-08-22", "2026-09-28", "2026-11-22"]
    starts += ["2026-03-28", "2026-10-24", "2026-10-31"]  # Europe's and America's clocks change
    times = (0, 30, 60, 240, 360, 600, 990, 1080, 1095, 1110, 1200, 1320, 1380, 960)
    grid: list[list[Any]] = []
    expected: list[bool | None] = []
    for scheme in schemes:
        for start in starts:
            for days in range(3):
                for minute in times:
                    edge = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
                    edge += dt.timedelta(days=days, minutes=minute)
                    for moment in (edge - SECOND, edge, edge + SECOND):
                        grid.append([scheme.id, millis(moment)])
                        try:
                            expected.append(model.is_peak(scheme, moment))
                        except ValueError:
                            expected.append(None)
    found = run(
        blank,
        """const all = new Map([...schemes, ...grid.made.map((one) => [one.id, one])]);
        return grid.moments.map(([id, moment]) => {
          try { return m.isPeak(all.get(id), moment); }
          catch (error) { if (error instanceof RangeError) return null; throw error; }
        });""",
        {"made": made, "moments": grid},
    )
    assert {True, False, None} == set(expected)
    assert found == expected


TOKENS = (0, 1, 3, 4, 127, 128, 129, 4096, 99_999, 100_000, 100_001, 131_072, 199_999, 200_000,
          200_001, 272_000, 272_001, 1_000_000, 1_048_576, 10**15 - 1)  # fmt: skip
KINDS = [
    *([n, 0, 0, 1, True] for n in TOKENS),
    *([0, n, 1, 7, True] for n in TOKENS),
    *([n, 1, n, 10**9, False] for n in TOKENS),
    [10**15 - 1] * 4 + [True],
    [5, 5, 5, 0, True],
]
RATES: list[dict[str, Any]] = [
    {}, {"cache_miss": 1}, {"output": 0.000001}, {"cache_hit": 0.5, "output": 2},
    {"cache_miss": 1, "output": 1e-06}, {"cache_hit": 0, "cache_miss": 123456.654321, "output": 1},
]  # fmt: skip


def _made_prices() -> list[dict[str, Any]]:
    head = {
        "seller": "us", "model": "none", "currency": "EUR", "as_of": "2026-01-01",
        "reported_by": "us", "sources": [{"key": "none"}],
    }  # fmt: skip
    long = {"above_tokens": 128, "rates": {"output": 3, "cache_write": 0.7}}
    out = []
    for index, rates in enumerate(RATES):
        out.append(head | {"id": f"made-{index}", "rates": rates})
        out.append(head | {"id": f"made-long-{index}", "rates": rates, "long_prompt": long})
        tiers = {"off_peak": rates, "peak": RATES[-1], "peak_scheme": "none"}
        out.append(head | {"id": f"made-tiers-{index}"} | tiers)
    unknown = {"above_tokens": 128, "rates": {}}  # the build leaves empty fields out
    out.append(head | {"id": "made-unknown", "rates": RATES[-1], "long_prompt": unknown})
    return out


def test_costs_are_equal_to_the_last_unit(blank: Page) -> None:
    made = _made_prices()
    records = [*PRICES.values(), *map(Price.model_validate, made)]
    expected = []
    for price in records:
        for peak in (0, 1, 2083, WHOLE):
            for write in (False, True):
                row = []
                for kind in [*([one] for one in KINDS), KINDS]:
                    workload = [Calls(*one) for one in kind]
                    cost = model.cost(price, workload, peak_share=peak, write_cache=write)
                    parts = (cost.cached, cost.uncached, cost.output, cost.total)
                    row.append(" ".join([*map(str, parts), *cost.notes]).replace("None", "null"))
                expected.append(row)
    found = run(
        blank,
        """const all = new Map([...byName, ...grid.made.map((one) => [one.id, one])]);
        delete all.get("made-unknown").long_prompt.rates;
        const kinds = grid.kinds.map(([cached, uncached, output, count, promptKnown]) => m.calls({
          cached: BigInt(cached), uncached: BigInt(uncached), output: BigInt(output),
          count: BigInt(count), promptKnown }));
        const workloads = [...kinds.map((one) => [one]), kinds];
        return grid.records.flatMap((id) => [0, 1, 2083, m.WHOLE].flatMap((peakShare) =>
          [false, true].map((writeCache) => workloads.map((workload) => {
            const c = m.cost(all.get(id), workload, { peakShare, writeCache });
            return [c.cached, c.uncached, c.output, c.total, ...c.notes].map(String).join(" ");
          }))));""",
        {"made": made, "records": [price.id for price in records], "kinds": KINDS},
    )
    assert any("null" in cell for row in expected for cell in row)
    assert found == expected


def test_contexts_that_grow_and_surcharges_are_equal(blank: Page) -> None:
    """Call by call, and what of the bill is due to peak hours."""
    grown = [
        (0, 0, 2),
        (0, 7, 3),
        (10_000, 150_000, 40),
        (99_999, 100_001, 17),
        (5, 10**15 - 1, 99),
    ]
    shares = (0, 1, 2083, WHOLE)
    expected = []
    for price in PRICES.values():
        for first, last, number in grown:
            calls = growing(first, last, number, output=3, count=2)
            total = model.cost(price, calls, peak_share=2083).total
            dear = [model.peak_surcharge(price, calls, peak_share=share) for share in shares]
            expected.append([str(one).replace("None", "null") for one in (total, *dear)])
    found = run(
        blank,
        """const w = await import(grid.module);
        return grid.ids.flatMap((id) => grid.grown.map(([first, last, number]) => {
          const price = byName.get(id);
          const more = { output: 3n, count: 2n };
          const calls = w.growing(BigInt(first), BigInt(last), number, more);
          const surcharge = (peakShare) => m.peakSurcharge(price, calls, { peakShare });
          const { total } = m.cost(price, calls, { peakShare: 2083 });
          return [total, ...grid.shares.map(surcharge)].map(String);
        }));""",
        {"ids": list(PRICES), "grown": grown, "shares": shares,
         "module": f"{MODULES}/tools/cost/workload.js"},
    )  # fmt: skip
    assert found == expected


def test_days_and_steps_are_equal(blank: Page) -> None:
    workload = [Calls(18_000, 720, 62, 31)]
    days = [dt.date(2024, 12, 25) + dt.timedelta(days=n) for n in range(0, 710, 17)]
    days += [dt.date(2026, month, day) for month, day in ((4, 24), (4, 25), (4, 26), (5, 31))]
    days += [dt.date(2026, 8, day) for day in range(15, 25)] + [dt.date(2026, 9, 10)]
    lines = [["deepseek-chat"], ["deepseek-reasoner"], ["deepseek-v4-flash", "deepseek-flash"],
             ["deepseek-v4-pro"]]  # fmt: skip
    expected: list[Any] = []
    for currency in ("USD", "CNY"):
        for names in lines:
            line = model.line(PRICES.values(), "deepseek", names, currency)
            steps = [[s.price, millis(s.start), s.end and millis(s.end), str(s.low), str(s.high)]
                     for s in model.steps(line, workload)]  # fmt: skip
            found = [model.on_day(line, SCHEMES, workload, day) for day in days]
            expected.append(
                [steps, [d and [str(d.low), str(d.high), list(d.prices)] for d in found]]
            )
    got = run(
        blank,
        """const workload = [m.calls({ cached: 18000n, uncached: 720n, output: 62n, count: 31n })];
        return ["USD", "CNY"].flatMap((currency) => grid.lines.map((names) => {
          const line = m.line(prices, "deepseek", names, currency);
          return [
            m.steps(line, workload).map((s) => [s.price.id, s.from, s.to, `${s.low}`, `${s.high}`]),
            grid.days.map((day) => {
              const found = m.onDay(line, schemes, workload, day);
              return found && [`${found.low}`, `${found.high}`, found.prices];
            }),
          ];
        }));""",
        {"lines": lines, "days": [day.isoformat() for day in days]},
    )
    assert got == expected


def test_money_text_and_break_even_are_equal(blank: Page) -> None:
    numbers = [0, 1, 3, 49, 50, 99, 100, 214_999, 215_000, 996, 10**9 - 1, 10**30, 10**40 + 5]
    grid = [[n, d] for n in numbers for d in (1, 3, 10, 1000, 10**9, 10**16, UNIT * 7)]
    expected = [
        [
            model.money_text(n, d, "CNY"),
            str(model.calls_to_break_even(n, d, 31)),
            str(model.calls_to_break_even(d, n, 3)).replace("None", "null"),
        ]
        for n, d in grid
    ]
    found = run(
        blank,
        """return grid.map(([n, d]) => [m.moneyText(BigInt(n), BigInt(d), "CNY"),
          `${m.callsToBreakEven(BigInt(n), BigInt(d), 31n)}`,
          `${m.callsToBreakEven(BigInt(d), BigInt(n), 3n)}`]);""",
        [[str(n), str(d)] for n, d in grid],
    )
    assert found == expected


def test_bad_input_of_the_model_is_refused(blank: Page) -> None:
    found = run(
        blank,
        """const tries = [
          () => m.calls({ cached: -1n }), () => m.calls({ cached: 1 }),
          () => m.calls({ count: NaN }),
          () => m.cost(prices[0], [], { peakShare: 10001 }),
          () => m.cost(prices[0], [], { peakShare: 0.5 }),
          () => m.perToken(-1), () => m.perToken(0.0000001),
          () => m.perToken(NaN), () => m.perToken("x"),
          () => m.covers(prices[0], NaN), () => m.covers(prices[0], "2026"),
          () => m.moneyText(-1n, 1n, "USD"), () => m.moneyText(1n, 0n, "USD"),
          () => m.moneyText(1, 1n, "USD"),
          () => m.onDay([], schemes, [], "2026-13-01"), () => m.onDay([], schemes, [], "junk"),
          () => m.dayIn("Nowhere/Land", 0), () => m.instant("junk"), () => k.workloadOf("x"),
          () => m.callsToBreakEven(-1n, 1n, 1n),
        ];
        return tries.map((one) => {
          try { one(); return "none"; } catch (error) { return error.name; }
        });""",
    )
    assert set(found) == {"RangeError", "TypeError"}, found


def test_fields_are_read_or_refused_in_words(blank: Page) -> None:
    found = run(
        blank,
        """return {
          good: ["0", "007", "1,048,576", " 1 000 ", "999999999999999"]
            .map((t) => `${o.parseWhole(t).value}`),
          bad: ["", "-1", "−1", "1.5", "1e15", "NaN", "Infinity", "abc", "1,", "0x10",
            "1000000000000000"]
            .map((t) => Boolean(o.parseWhole(t).error)),
          share: ["0", "100", "20.83", "7.5 %"].map((t) => o.parseShare(t).value),
          badShare: ["", "100.01", "-1", "1e4", "20.833", "NaN"]
            .map((t) => Boolean(o.parseShare(t).error)),
          hour: ["12.5", "1,200", "0.000001", ""].map((t) => `${o.parseHourly(t).value}`),
          badHour: ["-1", "1e10", "x", "0.0000001"].map((t) => Boolean(o.parseHourly(t).error)),
          zones: [["2026-10-25T02:30", "Europe/Berlin"], ["2026-03-29T02:30", "Europe/Berlin"],
            ["2026-11-23T09:00", "Asia/Shanghai"], ["2026-11-01T01:30", "America/New_York"]]
            .map(([t, z]) => new Date(o.instantAt(t, z)).toISOString().slice(0, 16)),
          badTimes: ["", "2026-02-30T00:00", "junk", "2026-11-23", "12026-11-23T09:00"]
            .map((t) => o.instantAt(t, "UTC") === undefined),
        };""",
    )
    assert found["good"] == ["0", "7", "1048576", "1000", "999999999999999"]
    assert found["share"] == [0, 10_000, 2083, 750]
    assert found["hour"] == ["12500000", "1200000000", "1", "null"]
    for name in ("bad", "badShare", "badHour", "badTimes"):
        assert all(found[name]), (name, found[name])
    assert found["zones"] == [
        "2026-10-25T00:30", "2026-03-29T01:30", "2026-11-23T01:00", "2026-11-01T05:30",
    ]  # fmt: skip


# ------------------------------------------------------------------ as people meet it


def visit(browser: Browser, url: str, width: int = 1280, **options: Any) -> Page:
    page = opened(browser, "about:blank", width, **options)
    page.noise = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.noise.append(str(error)))  # type: ignore[attr-defined]
    page.goto(url)
    if options.get("java_script_enabled", True):
        expect(page.locator("#explorer-cost .explorer-result")).not_to_be_empty()
        expect(page.locator("#explorer-history .explorer-result")).not_to_be_empty()
    return page


def close(page: Page) -> None:
    assert not page.noise  # type: ignore[attr-defined]
    for name in ("cost", "history"):
        live = page.locator(f"#explorer-{name} .explorer-live")
        assert not ODD.search(unquoted(live.inner_text())), ODD.findall(live.inner_text())
        assert not ODD.search(unquoted(live.inner_html()).replace('value=""', ""))
    page.context.close()


def test_an_hour_decides_and_the_view_survives_a_reload(browser: Browser, address: str) -> None:
    base = f"{address}{PAGE}?cost.when=at&cost.rows=deepseek.deepseek-flash.usd"
    base += "&cost.zone=America/New_York"
    result = "#explorer-cost .explorer-result"
    for time, expected in (("2026-11-23T00:59", "$1.95"), ("2026-11-23T01:00", "$3.90")):
        page = visit(browser, f"{base}&cost.t={time}")
        expect(page.locator(result)).to_contain_text(f"{expected} a day on deepseek-flash")
        expect(page.get_by_label("Prices of")).to_have_value(
            "2026-11-22T19:59" if time.endswith("59") else "2026-11-22T20:00"
        )
        close(page)
    page = visit(browser, f"{base}&cost.t=2026-04-25T16:56")
    page.get_by_label("Price 1").select_option("deepseek.deepseek-v4-pro.usd")
    expect(page.locator(result)).to_contain_text("$19.14")
    page.get_by_label("Time zone").fill("UTC")
    page.get_by_label("Prices of").fill("2026-04-25T16:57")
    expect(page.locator(result)).to_contain_text("$4.79")
    page.reload()
    expect(page.locator(result)).to_contain_text("$4.79")
    expect(page.get_by_label("Prices of")).to_have_value("2026-04-25T16:57")
    page.get_by_label("Prices of").fill("2026-04-23T00:00")
    expect(page.locator(result)).to_contain_text(
        "deepseek-v4-pro was not on sale yet: its first price is of Apr 24, 2026"
    )
    close(page)


def test_old_names_are_billed_as_deepseek_bills_them(browser: Browser, address: str) -> None:
    query = "?cost.when=at&cost.rows=deepseek.deepseek-v4-flash.usd_deepseek.deepseek-chat.usd"
    query += "_deepseek.deepseek-flash.usd&cost.t="
    live = "#explorer-cost .explorer-live"
    page = visit(browser, f"{address}{PAGE}{query}2026-09-10T03:59")
    expect(page.locator(f"{live} .explorer-result")).to_contain_text("$5.28 a day")
    close(page)
    page = visit(browser, f"{address}{PAGE}{query}2026-09-10T04:00")
    expect(page.locator(f"{live} .explorer-result")).to_contain_text("$1.95 a day")
    notes = page.locator(f"{live} .cost-notes").last
    expect(notes).to_contain_text("still answered, and billed as deepseek-flash")
    expect(notes).to_contain_text("deepseek-chat was retired: no price since July 24, 2026")
    close(page)


def test_hours_of_work_decide_the_share(browser: Browser, address: str) -> None:
    query = "?cost.days=mon-fri&cost.from=09:00&cost.to=17:00&cost.zone=Europe/Berlin"
    page = visit(browser, f"{address}{PAGE}{query}&cost.t=2026-11-23T12:00")
    live = page.locator("#explorer-cost .explorer-live")
    # Winter: a quarter of the work at $3.90, the rest at $1.95.
    expect(live.locator(".explorer-result")).to_contain_text(
        "$2.44 a day on deepseek-flash, 25.00% at peak; $53.63 in 30 days, 22 of work"
    )
    expect(live.locator(".cost-heard")).to_contain_text("25.00% in January and 37.50% in July")
    page.get_by_label("From", exact=True).fill("half past")
    expect(live.locator(".explorer-result")).to_contain_text("$2.44 a day")
    page.get_by_label("From", exact=True).fill("8 pm")
    page.get_by_label("To", exact=True).fill("23")
    expect(live.locator(".cost-heard")).to_contain_text("20:00 to 23:00")
    expect(live.locator(".explorer-result")).to_contain_text("$1.95 a day")
    page.get_by_label("Time zone").fill("Mars/Base")
    expect(page.get_by_label("Time zone")).to_have_attribute("aria-invalid", "true")
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        page.get_by_label(day, exact=True).uncheck()
    expect(live.locator(".cost-days .cost-error")).to_contain_text("at least one day")
    close(page)


def test_a_link_shows_the_bill_that_it_was_made_for(browser: Browser, address: str) -> None:
    """Chosen on one day, opened a week later: the same bill, and beside it what it costs then."""
    page = opened(browser, "about:blank")
    page.clock.set_fixed_time("2026-09-09T12:00:00Z")
    page.goto(f"{address}{PAGE}?cost.rows=deepseek.deepseek-v4-flash.usd")
    result = page.locator("#explorer-cost .explorer-result")
    expect(result).not_to_be_empty()
    page.get_by_label("Calls a day").fill("20K")
    expect(page.locator("#explorer-cost .cost-echo", has_text="20,000")).to_have_count(1)
    before = result.inner_text()
    link = page.evaluate("location.href")
    assert "cost.t=2026-09-09T12%3A00" in link
    assert "cost.p=deepseek-v4-flash-usd-2026-08-22" in link
    page.clock.set_fixed_time("2026-09-16T03:00:00Z")
    page.goto("about:blank")
    page.goto(link)
    expect(result).to_have_text(before)
    dated = page.locator("#explorer-cost .cost-dated")
    expect(dated).to_contain_text("Prices in force on 2026-09-09, 12:00 UTC")
    expect(dated).to_contain_text("Today, 2026-09-16, 03:00 UTC, the same work costs")
    page.get_by_role("button", name="Prices of now").click()
    expect(result).not_to_have_text(before)
    page.goto(link.replace("deepseek-v4-flash-usd-2026-08-22", "deepseek-v4-flash-usd-gone"))
    expect(dated).to_contain_text("has been replaced since it was made")
    page.context.close()


def test_limits_look_like_limits(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}{PAGE}?cost.kinds=435000000.770000.180000.1.sum")
    live = page.locator("#explorer-cost .explorer-live")
    assert re.search(r"at least \$4\.\d\d", live.locator(".cost-bars").inner_text())
    expect(live.locator(".explorer-result")).to_contain_text("No other row is cheaper")
    rows = "openai-gpt-5-4-2026-04_deepseek.deepseek-flash.usd"
    page.goto(f"{address}{PAGE}?cost.kinds=9000.900.100.1000.sum&cost.rows={rows}")
    expect(live.locator(".explorer-result")).to_contain_text("At least $")
    expect(live.locator("tbody tr").nth(1)).to_contain_text("at most")
    page.close()


def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = visit(browser, address + PAGE)
    live = page.locator("#explorer-cost .explorer-live")
    page.get_by_label("Start from").focus()
    page.keyboard.press("End")  # my own numbers
    page.get_by_label("Uncached input", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1,000,000")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    assert page.evaluate("document.activeElement.value") == "2"
    page.get_by_label("Hours", exact=True).focus()
    page.keyboard.press("End")  # a share in peak hours
    page.get_by_label("Share of the workload").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("50")
    # 2 x (0.15 + 0.30) / 2 = 0.45 dollars
    expect(live.locator(".explorer-result")).to_contain_text("$0.45 a day on deepseek-flash")
    expect(live.locator("[role=status]")).to_contain_text("$0.45 a day", timeout=3_000)
    page.get_by_role("button", name="Add a price").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    assert live.locator("tbody tr").count() == 5
    page.get_by_role("button", name="Remove price 5").focus()
    page.keyboard.press("Enter")
    assert live.locator("tbody tr").count() == 4
    assert page.evaluate("document.activeElement.textContent") == "Add a price"
    close(page)


def test_odd_input_gets_words_and_the_last_result_stays(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}{PAGE}?cost.when=share")
    result = page.locator("#explorer-cost .explorer-result")
    before = result.inner_text()
    box = page.get_by_label("Uncached input", exact=True)
    for text in ("", "-5", "10^30", "NaN", "1.5", "9" * 400, "<b>", "null", "1.000.000", "12,50"):
        box.fill(text)
        expect(box).to_have_attribute("aria-invalid", "true")
        described = (box.get_attribute("aria-describedby") or "").split()[-1]
        expect(page.locator(f"#{described}")).to_contain_text("keeps the last value")
        assert result.inner_text() == before
    box.fill("900")
    assert box.get_attribute("aria-invalid") is None
    for text in ("", "101", "x"):
        page.get_by_label("Share of the workload").fill(text)
        assert result.inner_text() == before
    page.get_by_label("Prices of").fill("")
    assert result.inner_text() == before
    box.fill("999999999999999")
    page.get_by_label("Calls a day").fill("999999999999999")
    expect(result).to_contain_text(re.compile(r"\$\d{1,3}(,\d{3}){7}"))
    for name in ("Uncached input", "Output with thinking", "Calls a day"):
        page.get_by_label(name, exact=True).fill("0")
    expect(result).to_contain_text("$0.00 a day")
    page.get_by_label("Your own machine, cost per hour").fill("2.50")
    expect(page.locator("#explorer-cost .cost-prices")).to_contain_text("never")
    close(page)


def test_own_machine_has_no_default_and_breaks_even(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}{PAGE}?cost.when=share&cost.share=0")
    assert page.get_by_label("Your own machine, cost per hour").input_value() == ""
    table = page.locator("#explorer-cost .cost-prices")
    expect(table).not_to_contain_text("Break-even")
    page.get_by_label("Your own machine, cost per hour").fill("1.95")  # 24 times 1.95 dollars a day
    expect(table).to_contain_text("240,000 calls a day (24.00 times this workload)")
    close(page)


def test_long_prompts_missing_rates_and_sources_are_told(browser: Browser, address: str) -> None:
    rows = "openai-gpt-5-4-2026-04_azure-v4-pro-2026-06_deepseek.deepseek-flash.cny"
    kinds = "600000.4000.2000.30"
    page = visit(browser, f"{address}{PAGE}?cost.rows={rows}&cost.kinds={kinds}")
    live = page.locator("#explorer-cost .explorer-live")
    notes = live.locator(".cost-notes").last
    expect(notes.locator("li").nth(0)).to_contain_text("Threshold: 272,000 tokens")
    expect(notes.locator("li").nth(1)).to_contain_text("No price for cached input")
    expect(live.locator("tbody tr").nth(2)).to_contain_text("other currency")
    expect(live.locator("tbody tr").nth(2)).to_contain_text("¥")
    expect(live.locator("tbody tr").nth(0)).to_contain_text("as of May 1, 2026")
    link = live.locator(".cost-notes").last.locator("a").first
    page.goto(link.get_attribute("href") or "")
    target = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert page.locator(f"[id='{target}']").count() == 1
    page.context.close()


def test_a_surcharge_whose_rates_were_not_found_gives_no_amount(
    browser: Browser, address: str
) -> None:
    assert "Dearer above 272,000" in PRICES["openai-gpt-6-astra-2026-09"].note
    for prompt, expected in ((272_000, "$2.72"), (272_001, "no amount")):
        query = f"?cost.rows=openai-gpt-6-astra-2026-09&cost.kinds=0.{prompt}.0.1"
        page = visit(browser, address + PAGE + query)
        expect(page.locator("#explorer-cost .cost-prices tbody")).to_contain_text(expected)
        close(page)


JUNK = (
    "?cost.rows=nope_%00&cost.kinds=1.2.x&cost.write=maybe&cost.when=never&cost.t=2026-99-99T99:99"
    "&cost.days=never&cost.from=25&cost.to=x&cost.tools=1.2&cost.p=%3C&cost.zone=mars&cost.share=1e9&cost.hour=-3&hist.use=%3Cb%3E&hist.money=EUR&hist.day=NaN"
)


def test_junk_in_the_address_gives_the_defaults(browser: Browser, address: str) -> None:
    page = visit(browser, address + PAGE + JUNK)
    assert page.get_by_label("Start from").input_value() == "archive"
    assert page.locator("#explorer-cost .cost-prices tbody tr").count() == 4
    expect(page.locator("#explorer-history .explorer-result")).to_contain_text("Apr 24, 2026")
    assert "cost." not in page.evaluate("location.search")
    close(page)


def test_every_price_that_can_be_chosen_has_a_row(blank: Page) -> None:
    found = run(
        blank,
        """const v = await import(grid);
        const all = o.offers(prices, await byId("models"), await byId("parties"));
        const workload = k.workloadOf("600000.4000.2000.30");
        return all.map((offer) => {
          const what = { prices, schemes, workload, moment: Date.parse("2026-11-24T02:00:00Z"),
            shareOf: null, writeCache: true };
          const row = { offer, currency: offer.currency, ...o.quote(offer, what) };
          const { rows } = v.tableOf([row], { count: 30n, hourly: 5n, days: 22 });
          return [offer.id, offer.group, offer.label, row.price?.id ?? "", ...rows[0]];
        });""",
        f"{MODULES}/tools/cost/view.js",
    )
    assert len({row[0] for row in found}) == len(found) > 80
    assert len({(row[1], row[2]) for row in found}) == len(found)  # no two look alike
    assert not [row for row in found if ODD.search(" ".join(row))]
    without = [row[0] for row in found if not row[3]]
    assert all(name.startswith("deepseek.") for name in without)  # names that were switched off
    assert {row[0] for row in found if row[3].startswith("deepseek-flash-usd")} == {
        "deepseek.deepseek-flash.usd", "deepseek.deepseek-v4-flash.usd",
        "deepseek.deepseek-v4-flash-vision-exp.usd",
    }  # fmt: skip


def test_history_of_a_day_and_of_the_workload_above(browser: Browser, address: str) -> None:
    page = visit(browser, address + PAGE)
    result = page.locator("#explorer-history .explorer-result")
    expect(result).to_contain_text("Flash $1.54; V4-Pro $19.14")
    page.get_by_label("Look up a day (UTC)").fill("2026-09-10")
    expect(result).to_contain_text("Flash $1.95 to $5.28; V4-Pro $7.92 to $15.84")
    page.get_by_label("Price list").select_option("CNY")
    expect(result).to_contain_text("¥")
    page.get_by_label("Price list").select_option("USD")
    page.get_by_label("Workload", exact=True).select_option("above")
    page.get_by_label("Calls a day").fill("20000")
    expect(result).to_contain_text("Flash $3.90 to $10.56")
    assert page.locator("#explorer-history .cost-steps tbody tr").count() > 20
    page.reload()
    expect(result).to_contain_text("Flash $3.90 to $10.56")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save every day as CSV").click()
    lines = saved.value.path().read_text().splitlines()
    assert lines[1].startswith("2024-12-26,") and len(lines) > 690
    day = next(one for one in lines if one.startswith("2026-09-10,"))
    assert ",3.90,10.56,deepseek-v4-flash-usd-2026-08-22 deepseek-flash-usd-2026-09-10," in day
    close(page)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (360, "light"), (1280, "light")])
def test_nothing_overflows_and_axe_is_content(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    query = "?cost.when=share&cost.hour=12.5&cost.kinds=0.900.100.10000_600000.4000.2000.30"
    page = visit(browser, address + PAGE + query, width, color_scheme=scheme)
    page.locator("#explorer-history .explorer-live summary").click()
    assert_fits(page)
    for name in ("cost", "history"):
        drawing = page.locator(f"#explorer-{name} svg[role=img]").first
        outside = drawing.evaluate(
            """(svg) => [...svg.querySelectorAll("text")].filter((text) => {
              const box = text.getBBox();
              return box.x < -1 || box.x + box.width > svg.viewBox.baseVal.width + 1;
            }).map((text) => text.textContent)"""
        )
        assert not outside
        small = drawing.evaluate(
            """(svg) => [...svg.querySelectorAll("text")].map((text) =>
              parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width
              / svg.viewBox.baseVal.width).filter((size) => size < 11)"""
        )
        assert not small
    assert_no_axe_violation(page, "#explorer-cost")
    assert_no_axe_violation(page, "#explorer-history")
    close(page)


def test_without_javascript_the_presets_and_the_figure_show(browser: Browser, address: str) -> None:
    page = visit(browser, address + PAGE, java_script_enabled=False)
    expect(page.locator("#explorer-cost .explorer-static table").first).to_be_visible()
    expect(page.locator("#explorer-cost .explorer-static")).to_contain_text("$20.87")
    expect(page.locator("#explorer-history .explorer-static figure")).to_be_visible()
    page.context.close()
