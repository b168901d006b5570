"""Macros that print benchmark results: tables and lists of scores, and what each benchmark is."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from scripts.pages.cells import (
    NONE,
    RecordError,
    all_of,
    cite,
    get,
    link,
    mark,
    marks,
    sources_note,
    status_chip,
    table,
)
from scripts.pages.here import Here
from scripts.pages.macros.record_groups import group_id
from scripts.sources.records import lookup as records
from scripts.sources.records.lookup import party_name


def _reporter(here: Here, result: Any) -> str:
    party = here.records["parties"].get(result.reported_by)
    return "vendor" if party is not None and party.kind == "vendor" else "independent"


def _score_cell(here: Here, result: Any, stop: bool = True) -> str:
    """``stop``: whether Tab stops there; in a row of many scores it stops at the row's name."""
    if result.score is None:
        return status_chip(result.status, result.state)
    classes = f"reported--{_reporter(here, result)} {mark(result.status, result.state)}".strip()
    text = records.score_text(here.records, result)
    return link(here, text, "results", result.id, classes, stop=stop)


def _matching(
    here: Here,
    benchmarks: list[str] | None,
    models: list[str] | None,
    reported_by: list[str] | None,
    mode: str | None,
    prefix: str | None,
) -> list[Any]:
    out = []
    for result in all_of(here, "results"):
        if (
            (benchmarks is None or result.benchmark in benchmarks)
            and (models is None or result.model in models)
            and (reported_by is None or result.reported_by in reported_by)
            and (mode is None or result.mode == mode)
            and (prefix is None or result.id.startswith(prefix))
        ):
            out.append(result)
    return out


def results_table(
    here: Here,
    benchmarks: list[str] | None = None,
    models: list[str] | None = None,
    reported_by: list[str] | None = None,
    mode: str | None = None,
    prefix: str | None = None,
    columns: str = "model",
) -> str:
    """Benchmarks down, models (or modes) across; vendor and independent are marked."""
    found = _matching(here, benchmarks, models, reported_by, mode, prefix)
    if not found:
        raise RecordError("no result matches this results_table")
    data = here.records
    for name in benchmarks or []:
        get(here, "benchmarks", name)
    for name in models or []:
        get(here, "models", name)

    def column(result: Any) -> tuple[str, str]:
        return (result.model, result.mode or "") if columns == "mode" else (result.model, "")

    heads = list(dict.fromkeys(column(result) for result in found))
    if models:
        heads.sort(key=lambda head: models.index(head[0]))
    rows_of = benchmarks or list(dict.fromkeys(result.benchmark for result in found))
    rows = []
    for name in rows_of:
        # Leads to every score of the benchmark, those of this row among them.
        every = f"/reference/facts/results.md#{group_id(name)}"
        row = [f"[**{data['benchmarks'][name].name}**]({every})"]
        for head in heads:
            cells = [
                _score_cell(here, r, stop=False)
                for r in found
                if r.benchmark == name and column(r) == head
            ]
            row.append("<br>".join(dict.fromkeys(cells)) if cells else NONE)
        if any(cell != NONE for cell in row[1:]):
            rows.append(row)
    titles = []
    for model, effort in heads:
        title = data["models"][model].name if model in data["models"] else model
        titles.append(f"{title}<br><small>{escape(effort)}</small>" if effort else title)
    dates = sorted({result.as_of for result in found})
    span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    who = ", ".join(dict.fromkeys(party_name(here.records, result.reported_by) for result in found))
    sources = [ref for result in found for ref in result.sources]
    note = sources_note(sources, f"Reported by {who}, {span}. Sources")
    numeric = range(1, len(heads) + 1)
    label = f"Benchmark results by {who}, {span}"
    return table(["Benchmark", *titles], rows, label, numeric=numeric, caption=note)


def results_list(here: Here, ids: list[str]) -> str:
    """One row a result: benchmark, model, score, who, when, how."""
    rows = []
    for record_id in ids:
        result = get(here, "results", record_id)
        benchmark = get(here, "benchmarks", result.benchmark)
        model = get(here, "models", result.model)
        how = ", ".join(part for part in (result.mode, result.harness, result.setting) if part)
        rows.append(
            (
                benchmark.name,
                model.name,
                _score_cell(here, result) + cite(result.sources, f"results/{record_id}"),
                party_name(here.records, result.reported_by),
                result.as_of,
                how or NONE,
            )
        )
    headers = ("Benchmark", "Model", "Score", "Reported by", "Date", "Setting")
    of = marks(here, [f"results/{name}" for name in ids])
    return table(headers, rows, "Benchmark results", numeric=(2,), records=of)


def benchmark_table(here: Here, ids: list[str] | None = None) -> str:
    """What each benchmark measures, its size and its known flaws."""
    chosen = [get(here, "benchmarks", i) for i in ids] if ids else all_of(here, "benchmarks")
    rows = [
        (
            f"**{b.name}**" + cite(b.sources, f"benchmarks/{b.id}"),
            b.measures,
            b.size or NONE,
            b.flaws or NONE,
        )
        for b in chosen
    ]
    return table(("Benchmark", "What it measures", "Size", "Known flaws"), rows, "Benchmarks")


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        results_table,
        results_list,
        benchmark_table,
    )
}
