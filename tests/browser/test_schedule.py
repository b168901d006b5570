"""Hours of work and numbers as people write them, in the modules that the calculator uses."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from scripts.model import cost as model
from scripts.sources.records.schema import PeakScheme
from tests import real

MODULES = "/assets/javascripts"
SCHEMES: dict[str, PeakScheme] = real.records()["peak_schemes"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = (
    "UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Kiritimati", "America/St_Johns",
)  # fmt: skip
MINUTE = dt.timedelta(minutes=1)


def run(page: Page, body: str, argument: Any = None) -> Any:
    return page.evaluate(
        f"""async (grid) => {{
          const h = await import("{MODULES}/tools/cost/schedule.js");
          const f = await import("{MODULES}/tools/cost/fees.js");
          const n = await import("{MODULES}/lib/numbers.js");
          const {{ byId }} = await import("{MODULES}/lib/data.js");
          const schemes = await byId("peak_schemes");
          {body}
        }}""",
        argument,
    )


def wall(day: dt.date, time: str, zone: ZoneInfo) -> dt.datetime:
    """The instant of a wall-clock time; one that is skipped counts as the same stretch later."""
    hour, minute = map(int, time.split(":"))
    day, hour = (day + dt.timedelta(days=1), 0) if hour == 24 else (day, hour)
    local = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return local.astimezone(dt.UTC)


def minute_by_minute(schedule: dict[str, Any], scheme: PeakScheme, first: dt.date, days: int):
    """An independent reckoning: every minute asks the clock on the wall and the tested model."""
    always = scheme.model_copy(update={"start": dt.datetime(1, 1, 2, tzinfo=dt.UTC), "end": None})
    zone = ZoneInfo(schedule["zone"])
    worked, minutes, peak = 0, 0, 0
    for offset in range(days):
        day = first + dt.timedelta(days=offset)
        if WEEKDAYS[day.weekday()] not in schedule["days"]:
            continue
        worked += 1
        over = schedule["to"] != "24:00" and schedule["to"] <= schedule["from"]
        begin = wall(day, schedule["from"], zone)
        end = wall(day + dt.timedelta(days=over), schedule["to"], zone)
        while begin < end:
            minutes += 1
            peak += model.is_peak(always, begin)
            begin += MINUTE
    return {"days": worked, "minutes": minutes, "peak": peak}


def test_hours_of_work_are_counted_as_minute_by_minute(blank: Page) -> None:
    """Random zones, days and times, over changes of clocks, holidays and weekends."""
    source = random.Random(14)
    starts = ("2026-03-05", "2026-03-27", "2026-09-23", "2026-10-03", "2026-10-23", "2026-11-29")
    grid, expected = [], []
    for _ in range(40):
        days = [day for day in WEEKDAYS if source.random() < 0.7] or ["sat"]
        begin = f"{source.randrange(24):02}:{source.choice((0, 0, 15, 30, 7, 59)):02}"
        end = source.choice(("24:00", f"{source.randrange(24):02}:{source.choice((0, 30, 1)):02}"))
        schedule = {"days": days, "from": begin, "to": end, "zone": source.choice(ZONES)}
        scheme = source.choice(list(SCHEMES.values()))
        first = source.choice(starts)
        grid.append([schedule, scheme.id, first, 4])
        found = minute_by_minute(schedule, scheme, dt.date.fromisoformat(first), 4)
        expected.append(found)
    assert any(item["peak"] for item in expected)
    body = "return grid.map(([s, id, first, days]) => h.count(s, schemes.get(id), first, days));"
    assert run(blank, body, grid) == expected


def test_the_examples_of_the_page(blank: Page) -> None:
    """Nine to five in Berlin: two of eight hours are peak in winter, three in summer."""
    office = {"days": list(WEEKDAYS[:5]), "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}
    scheme = "deepseek-peak-weekdays-2026-08"
    body = "return h.seasons(grid, schemes.get('" + scheme + "'), 2026);"
    assert run(blank, body, office) == [2500, 3750]
    body = "return h.share(h.count(grid, schemes.get('" + scheme + "'), '2026-10-01', 7));"
    # Holidays of the first week of October: nothing is peak.
    assert run(blank, body, {**office, "days": list(WEEKDAYS)}) == 0
    body = "return [h.count(grid, null, '2026-11-29', 30).days, h.inWords(grid)];"
    days, words = run(blank, body, office)
    assert days == 21
    assert words == "Monday to Friday, 09:00 to 17:00, Europe/Berlin"


def test_times_days_and_zones_are_read_or_refused(blank: Page) -> None:
    found = run(
        blank,
        """return {
          times: ["9", "9:30", "17.30", "0930", "5 pm", "12 am", "12 pm", "23:59", "９:３０"]
            .map((t) => h.parseTime(t).value),
          ends: ["24:00", "24"].map((t) => h.parseTime(t, { end: true }).value),
          bad: ["", "25", "9:60", "13 pm", "-1", "nine", "24:00", "24:01", "1e1", "99999"]
            .map((t) => Boolean(h.parseTime(t).error)),
          days: ["all", "mon-fri", "sat.sun", "sun.sat"].map((t) => h.parseDays(t)?.join(" ")),
          badDays: ["", "monday", "mon,tue", "0"].map((t) => h.parseDays(t) === undefined),
          zones: ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"].map(h.isZone),
          badZones: ["", "Mars/Base", "Berlin", "../etc", "<b>"].map((z) => h.isZone(z)),
        };""",
    )
    assert found["times"] == [
        "09:00", "09:30", "17:30", "09:30", "17:00", "00:00", "12:00", "23:59", "09:30",
    ]  # fmt: skip
    assert found["ends"] == ["24:00", "24:00"]
    assert all(found["bad"]) and all(found["badDays"]) and all(found["zones"])
    assert not any(found["badZones"])
    assert found["days"] == [
        "mon tue wed thu fri sat sun", "mon tue wed thu fri", "sat sun", "sat sun",
    ]  # fmt: skip


WRITTEN = {
    "1M": 10**6, "128K": 128_000, "128 k": 128_000, "1.5M": 1_500_000, "1e6": 10**6, "1.5e3": 1500,
    "1E+6": 10**6, "10^6": 10**6, "2x10^6": 2 * 10**6, "1,000,000": 10**6, "1 000 000": 10**6,
    "1\u202f000\u202f000": 10**6, "1\u00a0000": 1000, "1'000'000": 10**6,
    "1’000": 1000, "1_000": 1000,
    "１２３": 123, "1.5 million": 1_500_000, "2bn": 2 * 10**9, "0": 0, "007": 7, "+5": 5,
    "600,000 tokens": 600_000, "20 calls": 20, "1.0": 1, "5.": 5, "0.5K": 500, " 12 ": 12,
    "1Mi": 2**20, "$5": 5, "1.000M": 10**6,
}  # fmt: skip
TWO_WAYS = ("12,50", "1.000.000", "1.000", "0,75", "1,5", "1.234,56", "1.5,5", "0,500", "1,5M")
REFUSED = (
    "", " ", "abc", "-1", "−1", "1.5", "NaN", "Infinity", "0x10", "1e", "e6", "1,0000", "10,00,000",
    "1 2 3", "1\t2", "1\n2", "10^30", "9" * 400, "<b>1</b>", "1;2", "½", "一千", "1..5", "1M2",
    "null", "1e400", "1.23456789K", "--1", "1 000,000", "1,",
)  # fmt: skip


def test_numbers_are_read_as_people_write_them(blank: Page) -> None:
    body = "return grid.map((t) => n.readNumber(t)).map((r) => r.error ?? `${r.value}`);"
    assert run(blank, body, list(WRITTEN)) == [str(value) for value in WRITTEN.values()]


def test_what_can_mean_two_things_is_asked_back(blank: Page) -> None:
    body = "return grid.map((t) => n.readNumber(t).error ?? `took it: ${t}`);"
    for text, said in zip(TWO_WAYS, run(blank, body, list(TWO_WAYS)), strict=True):
        assert "can be read in two ways" in said or "not of three digits" in said, (text, said)
    money = run(blank, "return grid.map((t) => n.readNumber(t, { parts: 6 }).error);", ["12,50"])
    assert money == ["“12,50” can be read in two ways. Write 12.50 or 1250."]


OFFERED = {
    "12,50": ["12.5M", "1250"], "12,50 M": ["12.50M", "1250M"], "0,75": ["0.75M", "75"],
    "12,5k": ["12.5K", "125K"], "1.000.000": ["1,000,000", "1000000"], "1.000": ["1,000", "1"],
}  # fmt: skip


def test_what_is_offered_is_taken(blank: Page) -> None:
    """A field without parts that says "write 12.50" would refuse that in its turn."""
    body = """return grid.map((t) => n.readNumber(t).error.match(/Write (.*)\\.$/)[1].split(" or "))
      .map((forms) => [forms, forms.map((form) => n.readNumber(form).error ?? "")]);"""
    for (typed, forms), (said, errors) in zip(
        OFFERED.items(), run(blank, body, list(OFFERED)), strict=True
    ):
        assert said == forms and not any(errors), (typed, said, errors)
    for parts in (0, 2, 6):
        found = run(
            blank,
            f"const said = (t) => n.readNumber(t, {{ parts: {parts} }}).error ?? '';"
            "return grid.flatMap((t) => (/Write (.*)\\.$/.exec(said(t))?.[1] ?? '').split(' or '))"
            ".filter((form) => /^\\d/.test(form) && said(form));",
            list(TWO_WAYS),
        )
        assert not found


def test_everything_else_is_refused_in_words(blank: Page) -> None:
    body = "return grid.map((t) => n.readNumber(t).error ?? `took it: ${t}`);"
    for text, said in zip(REFUSED, run(blank, body, list(REFUSED)), strict=True):
        assert said.endswith((".", "more.")) and "took it" not in said, (text[:20], said)


def test_no_text_is_read_as_another_number(blank: Page) -> None:
    """Random texts of digits and signs: read as Python's decimal reads them, or refused."""
    source = random.Random(3)
    signs = "0123456789.,' eKM-"
    texts = ["".join(source.choices(signs, k=source.randint(1, 9))) for _ in range(3000)]
    body = """return grid.map((t) => n.readNumber(t, { parts: 6 }))
      .map((r) => r.error ? null : `${r.value}`);"""
    read = 0
    for text, value in zip(texts, run(blank, body, texts), strict=True):
        if value is None:
            continue
        read += 1
        bare = text.strip().upper()
        factor = {"K": 1000, "M": 10**6}.get(bare[-1], 1)
        plain = bare.rstrip("KM").replace(",", "").replace("'", "").replace(" ", "").rstrip(".")
        assert Decimal(value) / 10**6 == Decimal(plain or "0") * factor, text
    assert read > 300


def test_contexts_count_in_powers_of_two(blank: Page) -> None:
    body = "return grid.map((t) => `${n.readNumber(t, { binary: true }).value}`);"
    assert run(blank, body, ["1M", "128K", "1,000", "4k"]) == ["1048576", "131072", "1000", "4096"]


def test_fees_of_tools_are_those_of_the_records(blank: Page) -> None:
    facts = real.records()["facts"]
    names = ("fee-search-api", "fee-search-api-cny", "fee-fetch-api", "fee-document-parsing")
    given = {name: {"value": str(facts[name].value), "unit": facts[name].unit} for name in names}
    body = """return grid.tries.map(([numbers, currency]) => {
      const { total, per, without } = f.feesOf(numbers.map(BigInt), grid.facts, currency);
      return [`${total}`, `${per}`, without.length];
    });"""
    tries = [[[1000, 0, 0, 0], "USD"], [[1, 0, 0, 0], "CNY"], [[0, 0, 7, 0], "USD"],
             [[0, 0, 7, 9], "CNY"]]  # fmt: skip
    found = run(blank, body, {"facts": given, "tries": tries})
    money = [Decimal(total) / Decimal(per) / 10**6 for total, per, _ in found]
    assert money == [facts["fee-search-api"].value, facts["fee-search-api-cny"].value / 1000, 0,
                     7 * facts["fee-document-parsing"].value / 1000]  # fmt: skip
    assert [count for *_, count in found] == [0, 0, 1, 1]
