"""Macros of the page that sets offers side by side: one task, one table, every cell a record.

A score stands beside who reported it; where nobody did, the cell says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from scripts.model import cost as bills
from scripts.model.cost import UNIT, WHOLE, Calls
from scripts.pages.cells import RecordError, get, link, sources_note, table
from scripts.pages.here import Here
from scripts.sources.records.formatting import day, record_value
from scripts.sources.records.lookup import party_name, score_text
from scripts.sources.records.price_lines import same_amounts_since
from scripts.sources.records.schema import Price, Result, SourceRef

MISSING = '<span class="none">not on record</span>'


@dataclass(frozen=True)
class Task:
    name: str
    workload: tuple[Calls, ...]
    """Of a day; empty where the tokens of a task differ from seller to seller."""
    benchmarks: tuple[str, ...]
    write_cache: bool = False
    """What is read once stays in the cache, for which some sellers ask a fee."""


TASKS = {
    "chat": Task(
        "Chat and general questions", (Calls(0, 1_500, 400, 1_000),), ("aa-index-4-3", "arena-text")
    ),
    "coding": Task(
        "A coding agent",
        (Calls(100_000, 2_000, 500, 500),),
        ("deepswe", "terminal-bench-4-0", "swe-bench-verified"),
    ),
    "long": Task(
        "Long documents",
        (Calls(0, 600_000, 2_000, 1), Calls(600_000, 4_000, 2_000, 30)),
        ("mrcr-8-needle", "corpusqa-1m", "aa-lcr"),
        write_cache=True,
    ),
    "extraction": Task(
        "Extraction from many short pages", (Calls(0, 900, 100, 10_000),), ("ifbench",)
    ),
    "images": Task("Reading images", (), ("chartography", "mmmu-pro", "babyvision")),
}
"""The workloads are presets of the cost calculator, and explained there."""

OFFERS = (
    "deepseek-flash-usd-2026-10-17",
    "deepseek-v4-pro-usd-2026-08-22",
    "deepinfra-v4-flash-0731-2026-08",
    "novita-v4-pro-0813-2026-09",
    "mistral-v4-1-flash-1017-2026-11",
    "openai-gpt-6-luna-2026-10",
    "openai-gpt-6-1-sol-2026-09",
    "openai-gpt-6-1-terra-2026-10",
    "anthropic-claude-haiku-5-5-2026-10",
    "anthropic-claude-opus-5-5-2026-10",
    "google-gemini-3-8-flash-2026-10",
    "moonshot-kimi-k3-2026-09",
    "zhipu-glm-5-3-2026-09",
    "zhipu-glm-5-3-flash-2026-09",
    "alibaba-qwen3-8-flash-2026-09",
    "minimax-m3-1-flash-2026-10",
)
"""Prices that are held side by side: DeepSeek's two names, a host for each of the open weights, and
the rivals of autumn 2026."""

BILLED = {"long-prompt": "long-prompt rate", "cache-write": "cache-write fee"}
"""What a bill counts that others do not have, in words."""

EARLIER = {"v4-1-flash-1017": "v4-1-flash"}
"""Whose scores are shown, with its name, where a later checkpoint of the same network has none."""


def _cost(here: Here, price: Price, task: Task) -> tuple[str, str]:
    """The bill of a day as a cell, with what it counts beside tokens, and a number to sort by."""
    shares = (0,) if price.rates is not None else (0, WHOLE)
    found = [
        bills.cost(price, task.workload, peak_share=share, write_cache=task.write_cache)
        for share in shares
    ]
    known = [bill.total for bill in found if bill.total is not None]
    amounts = [
        "no amount"
        if bill.total is None
        else ("at most " if "no-cache-price" in bill.notes else "")
        + bills.money_text(bill.total, UNIT, price.currency)
        for bill in found
    ]
    text = link(here, " / ".join(amounts), "prices", price.id, "fact--computed")
    words = [words for note, words in BILLED.items() if any(note in bill.notes for bill in found)]
    order = str(sum(known) // len(known) // (UNIT // 10**6)) if known else ""
    return "<br>".join([text, " and ".join(words)] if words else [text]), order


def _kind(here: Here, reporter: str) -> str:
    party = here.records["parties"].get(reporter)
    return "vendor" if party is not None and party.kind == "vendor" else "independent"


_LENGTH = re.compile(r"(\d+)([KM]) tokens")


def _length(result: Result) -> int:
    """Thousands of tokens of the prompts that a result is of; 0 where its setting names none."""
    match = _LENGTH.search(result.setting or "")
    return int(match[1]) * (1000 if match[2] == "M" else 1) if match else 0


def _scores(here: Here, model: str, benchmarks: Sequence[str]) -> tuple[str, list[SourceRef]]:
    """What each party reports of a model: where prompts grow, the score at the longest, else the
    highest of each, for modes and harnesses differ."""
    lines, sources = [], []
    for name in benchmarks:
        for who in (model, EARLIER.get(model, "")):
            found = [
                result
                for result in here.records["results"].values()
                if result.model == who and result.benchmark == name and result.score is not None
            ]
            best: dict[str, Result] = {}
            for result in found:
                before = best.get(result.reported_by)
                rank = (_length(result), result.score)
                if before is None or rank > (_length(before), before.score):
                    best[result.reported_by] = result
            for reporter, result in best.items():
                many = sum(other.reported_by == reporter for other in found) > 1
                text = score_text(here.records, result)
                cell = link(here, text, "results", result.id, f"reported--{_kind(here, reporter)}")
                doubt = f", {result.setting}" if "not named" in (result.setting or "") else ""
                which = [result.setting] if _length(result) else []
                if many:
                    which.append("longest of several" if _length(result) else "highest of several")
                of = f", {here.records['models'][who].name}" if who != model else ""
                lines.append(
                    f"{here.records['benchmarks'][name].name}: {cell} "
                    f"({escape(party_name(here.records, reporter))}"
                    f"{''.join(f', {words}' for words in which)}{of}{doubt})"
                )
                sources += result.sources
            if found:
                break
    return "<br>".join(lines), sources


def _spec(here: Here, model: Any, line: str) -> str:
    spec = model.specs.get(line) if model is not None else None
    if spec is None or spec.state != "known":
        return MISSING
    return link(here, record_value(spec), "models", f"{model.id}")


def choice_table(here: Here, task: str) -> str:
    """Offers for a task: cost of a day, scores by who reported them, context, images, weights."""
    if task not in TASKS:
        raise RecordError(f"'{task}' is no task; there are {', '.join(TASKS)}")
    wanted = TASKS[task]
    for name in wanted.benchmarks:
        get(here, "benchmarks", name)
    rows, sources = [], []
    for offer in OFFERS:
        price = get(here, "prices", offer)
        model = here.records["models"].get(price.model)
        name = model.name if model else price.model
        since = same_amounts_since(here.records, price)
        served = f"price since {day(since.date().isoformat())}" if since else ""
        scores, cited = _scores(here, price.model, wanted.benchmarks)
        cost, order = _cost(here, price, wanted) if wanted.workload else ("", "")
        images = _spec(here, model, "input")
        weights = getattr(model, "weights", "") or ""
        reads = "" if images == MISSING else str("image" in images)
        marks = (
            f'<span class="choice" data-cost="{order}" data-weights="{weights}" '
            f'data-images="{reads}" data-scored="{bool(scores)}" '
            f'data-context="{MISSING not in _spec(here, model, "context-length")}">'
        )
        api = f"<br>`{price.api_name}`, {served}" if price.api_name else f"<br>seen {price.as_of}"
        first = f"{marks}**{name}**</span><br>{party_name(here.records, price.seller)}{api}"
        row = [first]
        row += [cost] if wanted.workload else []
        row += [
            scores or "no result on record",
            _spec(here, model, "context-length"),
            images,
            {"open": "public", "closed": "not public"}.get(weights, MISSING),
        ]
        rows.append(row)
        sources += [*price.sources, *cited]
    headers = ["Offer"]
    headers += ["A day of it (off-peak / peak)"] if wanted.workload else []
    headers += ["Scores, by who reported them", "Context", "Input", "Weights"]
    note = sources_note(sources, "Every cell leads to its record. Sources")
    return table(headers, rows, f"{wanted.name}: offers side by side", caption=note)


MACROS: dict[str, Callable[..., str]] = {"choice_table": choice_table}
