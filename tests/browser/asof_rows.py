"""What a page read as of a past day shows, and what of it did not hold then by the records."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from scripts.publish.history import content, names
from scripts.sources.records.price_rows import model_name, price_rows
from tests import real

SEEN = """(() => {
  const textOf = (element) => {
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll(".cite, .visually-hidden")) part.remove();
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  const shown = (element) => element.getClientRects().length > 0;
  const page = document.querySelector(".md-content");
  return {
    rows: [...page.querySelectorAll("table")].filter((table) => !table.closest(".explorer"))
      .flatMap((table) => [...table.rows])
      .filter((row) => shown(row) && !row.matches(".asof-note"))
      .map((row) => ({
        record: row.dataset.record ?? "", since: row.dataset.since ?? "",
        absent: row.matches(".asof-row") && !row.dataset.record,
        marks: [...row.querySelectorAll(".fact[data-since], a.rec[data-since]")]
          .filter(shown).map((part) => part.dataset.since),
        cells: [...row.cells].filter(shown).map(textOf),
      })),
    labels: [...page.querySelectorAll(".table-wrap[aria-label]")]
      .filter((frame) => shown(frame) && !frame.closest(".fig, .explorer"))
      .map((frame) => frame.getAttribute("aria-label")),
    heads: [...page.querySelectorAll("h1, h2, h3, h4, summary, .key-figures li")]
      .filter((head) => shown(head) && !head.closest(".fig, .explorer, .cite-page"))
      .map((head) => [textOf(head), head.querySelector(".asof-mark, .fact-aside") !== null]),
    numbers: [...page.querySelectorAll(".fact[data-since]")]
      .filter((one) => shown(one) && !one.closest("table, .fig, .explorer, .cite-page"))
      .map((one) => [one.dataset.since, one.querySelector(".fact-aside") !== null, textOf(one)]),
    unmarked: [...page.querySelectorAll(".fig, .explorer[data-explorer]")]
      .filter((figure) => shown(figure) && !figure.parentElement.closest(".explorer"))
      .filter((figure) => !figure.querySelector(".asof-own")).map((figure) => figure.id),
  };
})()"""
"""Rows, names of tables, headings and figures, as a reader sees them."""

_MONTHS = tuple(calendar.month_name)[1:]
_DATE = re.compile(
    rf"\b(20\d\d)-(\d\d)-(\d\d)|\b({'|'.join(_MONTHS)}) (?:(\d{{1,2}}), )?(20\d\d)\b"
)


def by(since: str, day: str) -> bool:
    """Whether something of ``since`` is known to have been there by the end of ``day``."""
    return since.ljust(10, "9") <= day


def dates(text: str) -> Iterator[str]:
    """Days and months that a text names, with their year."""
    for year, month, number, name, of_month, of_year in _DATE.findall(text):
        if year:
            yield f"{year}-{month}-{number}"
        else:
            head = f"{of_year}-{_MONTHS.index(name) + 1:02}"
            yield f"{head}-{int(of_month):02}" if of_month else head


def in_force(price: Any, day: str) -> bool:
    """Whether a price held at the end of ``day``, or had been seen by then."""
    if price.kind == "announced-not-applied":
        return False
    if price.start is None:
        return by(price.as_of, day)
    last = f"{day}T23:59:59"
    start = price.start.strftime("%Y-%m-%dT%H:%M:%S")
    return start <= last and (price.end is None or last < price.end.strftime("%Y-%m-%dT%H:%M:%S"))


@cache
def later_names(day: str) -> re.Pattern[str]:
    """Names of models and of the API that nobody could have known on ``day``."""
    late = [re.escape(name) for name, since in names(real.records()).items() if not by(since, day)]
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(late) or '(?!)'})(?![\w-]|\.\w)")


@cache
def peak_began() -> str:
    """The first day with peak hours as they are today."""
    return content(real.records())["peak"]


@cache
def days(first: str = "2026-04-20", last: str = "2026-11-20") -> tuple[str, ...]:
    """Every day from the first to the last."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return tuple(str(start + dt.timedelta(days=n)) for n in range((end - start).days + 1))


@cache
def boundaries() -> tuple[str, ...]:
    """The day before, of and after each change of DeepSeek's prices, bands and models."""
    data = real.records()
    edges = {str(model.released) for model in data["models"].values()
             if model.developer == "DeepSeek" and len(str(model.released)) == 10}  # fmt: skip
    for price in data["prices"].values():
        if price.seller == "deepseek":
            edges |= {edge.date().isoformat() for edge in (price.start, price.end) if edge}
    for scheme in data["peak_schemes"].values():
        edges.add(scheme.start.date().isoformat())
    around = {
        str(dt.date.fromisoformat(edge) + dt.timedelta(days=step))
        for edge in edges
        for step in (-1, 0, 1)
    }
    return tuple(day for day in days() if day in around)


def wrong_in_row(row: dict[str, Any], day: str) -> str:
    """What in a row did not hold on ``day``; empty if all of it did."""
    data = real.records()
    text = " | ".join(row["cells"])
    if row["absent"]:
        name, words = row["cells"]
        if name not in {price.api_name for price in data["prices"].values()}:
            return "an absent row names no name of the API"
        fine = re.match(r"(not on sale|no price (of its own )?on record|announced)", words)
        return "" if fine else "an absent row does not say why"
    if found := later_names(day).search(text):
        return f"the name {found[0]}"
    if any(not by(since, day) for since in row["marks"]):
        return "a number of a later day"
    collection, _, name = row["record"].partition("/")
    # A night discount of 2025 had that name, too, and an event may tell what is planned: records
    # say so themselves.
    own = collection == "events" or (collection == "prices" and data["prices"][name].off_peak)
    if day < peak_began() and not own and re.search(r"\boff-peak\b", text):
        return "a band before there were any"
    if collection == "prices":
        price = data["prices"][name]
        if not in_force(price, day):
            return "a price that was not in force"
        wanted = [
            [entry.label, *(cell[1] if cell else "–" for cell in entry.cells), entry.when]
            for entry in price_rows(data, price)
        ]
        shown = [re.sub(r", sold as \S+$", "", row["cells"][0]), *row["cells"][1:]]
        if shown not in wanted:
            return f"not a row of its record: {wanted}"
        return "" if row["cells"][0].startswith(model_name(data, price)) else "another model"
    if collection and not by(row["since"], day):
        return "a record of a later day"
    # An interval may name an end that was announced; what nobody announced is a later day.
    if not collection and (late := [date for date in dates(text) if not by(date, day)]):
        return f"the days {late}"
    return ""


def wrong_on_page(seen: dict[str, Any], day: str) -> Iterator[str]:
    """Everything on a page that did not hold on ``day`` and does not say so."""
    for row in seen["rows"]:
        if why := wrong_in_row(row, day):
            yield f"{why}: {row['record']} {' | '.join(row['cells'])[:200]}"
    late = later_names(day)
    for label in seen["labels"]:
        if late.search(label):
            yield f"the name of a table: {label}"
    for text, marked in seen["heads"]:
        if not marked and (late.search(text) or any(not by(date, day) for date in dates(text))):
            yield f"a heading or key figure without a mark: {text[:120]}"
    for since, marked, text in seen["numbers"]:
        if not marked and not by(since, day):
            yield f"a number in a sentence without a mark: {text} of {since}"
    for figure in seen["unmarked"]:
        yield f"a figure or tool without its own day: {figure}"
