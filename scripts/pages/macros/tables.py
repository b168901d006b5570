"""Macros that print tables and lists from whole collections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from scripts.pages.cells import RecordError, cite, distinct, get, link, mark, table
from scripts.sources.records import lookup as records
from scripts.sources.records.formatting import STATES, day, instant, money, record_value
from scripts.sources.records.lookup import party_name
from scripts.sources.records.schema import Rates, SourceRef

VERDICTS = {
    "holds": "holds",
    "refine": "refined",
    "correct": "corrected",
    "wrong": "wrong",
    "opinion": "opinion",
    "unproven": "unproven",
    "open": "open",
    "dated": "dated",
}
NONE = '<span class="none" title="no value in the sources">–</span>'


def _all(collection: str) -> list[Any]:
    return list(records.dataset()[collection].values())


def _sources_note(sources: Iterable[SourceRef], lead: str = "Sources") -> str:
    """The line under a table: every source of its cells, once."""
    return f"{lead}: {cite(distinct(sources))}"


def status_chip(status: str, state: str = "known") -> str:
    chip = f'<span class="status status--{status}">{status}</span>'
    if state != "known":
        chip = f'<span class="state state--{state}">{state.replace("-", " ")}</span>'
    return chip


def fact_table(ids: list[str]) -> str:
    """What, value, as of, who says so."""
    rows, sources = [], []
    for record_id in ids:
        record = get("facts", record_id)
        value = link(
            escape(record_value(record)),
            "facts",
            record_id,
            mark(record.status, record.state, bool(record.computed_from)),
        )
        rows.append(
            (
                record.label,
                value + cite(record.sources, f"facts/{record_id}"),
                record.as_of,
                party_name(record.reported_by),
            )
        )
        sources += record.sources
    return table(("What", "Value", "As of", "Who says so"), rows, "Facts")


_ACRONYMS = {"csa", "hca", "mhc", "mtp", "kv", "fp4", "fp8", "fp16", "npus", "rope", "ffn", "lora"}
_SPELLED = {"npus": "NPUs", "rope": "RoPE", "lora": "LoRA", "mhc": "mHC"}


def spec_name(line: str) -> str:
    """``csa-ratio`` -> ``CSA ratio``: the name of a spec as a reader would write it."""
    words = [
        _SPELLED.get(word, word.upper()) if word in _ACRONYMS else word for word in line.split("-")
    ]
    text = " ".join(words)
    return text[:1].upper() + text[1:] if words[0] not in _SPELLED else text


def _sheet_table(collection: str, ids: list[str], lines: list[str] | None, label: str) -> str:
    sheets = [get(collection, record_id) for record_id in ids]
    if lines is None:
        lines = list(dict.fromkeys(line for sheet in sheets for line in sheet.specs))
    known = {line for sheet in sheets for line in sheet.specs}
    rows = []
    sources: list[SourceRef] = []
    for line in lines:
        if line not in known:
            raise RecordError(f"none of {', '.join(ids)} has a spec '{line}'")
        row = [f"**{spec_name(line)}**"]
        for sheet in sheets:
            spec = sheet.specs.get(line)
            if spec is None:
                row.append(NONE)
                continue
            row.append(
                link(
                    escape(record_value(spec)), collection, sheet.id, mark(spec.status, spec.state)
                )
            )
            sources += records.sources_of(sheet, line)
        rows.append(row)
    if collection == "chips":
        rows.append(["**Counted**", *(escape(sheet.accounting) for sheet in sheets)])
        for sheet in sheets:
            sources += sheet.sources
    headers = ["Property", *(sheet.name for sheet in sheets)]
    return table(headers, rows, label, caption=_sources_note(sources))


def spec_table(models: list[str], lines: list[str] | None = None) -> str:
    """Spec sheets side by side."""
    return _sheet_table("models", models, lines, "Spec sheets side by side")


def chip_table(chips: list[str], lines: list[str] | None = None) -> str:
    """Chips side by side, each with its accounting basis."""
    return _sheet_table("chips", chips, lines, "Chips side by side")


def _rate_cells(
    rates: Rates, currency: str, record_id: str, classes: str, tier: str = ""
) -> list[str]:
    fields = ("cache_hit", "cache_miss", "output")
    values = [(field, getattr(rates, field)) for field in fields]
    return [
        NONE
        if value is None
        else link(money(value, currency), "prices", record_id, classes, field + tier)
        for field, value in values
    ]


def _period(price: Any) -> str:
    start, end = instant(price.start), instant(price.end)
    if start and end:
        return f"{start} to {end}"
    if start:
        return f"since {start}"
    if end:
        return f"until {end}"
    return f"seen {price.as_of}"


def price_table(ids: list[str]) -> str:
    """Prices per million tokens; a price with peak hours takes two rows."""
    rows, sources, currencies = [], [], set()
    for record_id in ids:
        record = get("prices", record_id)
        model = records.dataset()["models"].get(record.model)
        name = model.name if model else record.model
        seller = party_name(record.seller)
        if model is None or seller.lower() not in f"{name} {model.developer}".lower():
            name = f"{name} at {seller}"
        classes = "fact--superseded" if record.status == "superseded" else ""
        currencies.add(record.currency)
        tiers = [("", record.rates), (", off-peak", record.off_peak), (", peak", record.peak)]
        long = record.long_prompt
        if long:
            tiers.append((f", prompts above {long.above_tokens:,} tokens", long.rates))
        kind = {"promotion": " (promotion)", "announced-not-applied": " (announced, not applied)"}
        for tier, rates in tiers:
            if rates is not None:
                label = f"{name}{tier}{kind.get(record.kind, '')}"
                key = {", off-peak": ":off_peak", ", peak": ":peak"}.get(tier, "")
                cells = _rate_cells(rates, record.currency, record_id, classes, key)
                rows.append([label, *cells, _period(record)])
        sources += record.sources
    headers = ("Model", "Cached input", "Input", "Output", "When")
    unit = " and ".join(
        {"USD": "US dollars", "CNY": "yuan", "EUR": "euros"}[c] for c in sorted(currencies)
    )
    note = _sources_note(sources, f"Per million tokens, in {unit}. Sources")
    return table(headers, rows, "Prices per million tokens", numeric=(1, 2, 3), caption=note)


def _reporter(result: Any) -> str:
    party = records.dataset()["parties"].get(result.reported_by)
    return "vendor" if party is not None and party.kind == "vendor" else "independent"


def _score_cell(result: Any) -> str:
    if result.score is None:
        return status_chip(result.status, result.state)
    classes = f"reported--{_reporter(result)} {mark(result.status, result.state)}".strip()
    return link(records.score_text(result), "results", result.id, classes)


def _matching(
    benchmarks: list[str] | None,
    models: list[str] | None,
    reported_by: list[str] | None,
    mode: str | None,
    prefix: str | None,
) -> list[Any]:
    out = []
    for result in _all("results"):
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
    benchmarks: list[str] | None = None,
    models: list[str] | None = None,
    reported_by: list[str] | None = None,
    mode: str | None = None,
    prefix: str | None = None,
    columns: str = "model",
) -> str:
    """Benchmarks down, models (or modes) across; vendor and independent are marked."""
    found = _matching(benchmarks, models, reported_by, mode, prefix)
    if not found:
        raise RecordError("no result matches this results_table")
    data = records.dataset()
    for name in benchmarks or []:
        get("benchmarks", name)
    for name in models or []:
        get("models", name)

    def column(result: Any) -> tuple[str, str]:
        return (result.model, result.mode or "") if columns == "mode" else (result.model, "")

    heads = list(dict.fromkeys(column(result) for result in found))
    if models:
        heads.sort(key=lambda head: models.index(head[0]))
    rows_of = benchmarks or list(dict.fromkeys(result.benchmark for result in found))
    rows = []
    for name in rows_of:
        row = [f"**{data['benchmarks'][name].name}**"]
        for head in heads:
            cells = [_score_cell(r) for r in found if r.benchmark == name and column(r) == head]
            row.append("<br>".join(dict.fromkeys(cells)) if cells else NONE)
        if any(cell != NONE for cell in row[1:]):
            rows.append(row)
    titles = []
    for model, effort in heads:
        title = data["models"][model].name if model in data["models"] else model
        titles.append(f"{title}<br><small>{escape(effort)}</small>" if effort else title)
    dates = sorted({result.as_of for result in found})
    span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    who = ", ".join(dict.fromkeys(party_name(result.reported_by) for result in found))
    sources = [ref for result in found for ref in result.sources]
    note = _sources_note(sources, f"Reported by {who}, {span}. Sources")
    numeric = range(1, len(heads) + 1)
    label = f"Benchmark results by {who}, {span}"
    return table(["Benchmark", *titles], rows, label, numeric=numeric, caption=note)


def results_list(ids: list[str]) -> str:
    """One row a result: benchmark, model, score, who, when, how."""
    rows = []
    for record_id in ids:
        result = get("results", record_id)
        benchmark = get("benchmarks", result.benchmark)
        model = get("models", result.model)
        how = ", ".join(part for part in (result.mode, result.harness, result.setting) if part)
        rows.append(
            (
                benchmark.name,
                model.name,
                _score_cell(result) + cite(result.sources, f"results/{record_id}"),
                party_name(result.reported_by),
                result.as_of,
                how or NONE,
            )
        )
    headers = ("Benchmark", "Model", "Score", "Reported by", "Date", "Setting")
    return table(headers, rows, "Benchmark results", numeric=(2,))


def benchmark_table(ids: list[str] | None = None) -> str:
    """What each benchmark measures, its size and its known flaws."""
    chosen = [get("benchmarks", i) for i in ids] if ids else _all("benchmarks")
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


def events_table(
    lane: str | list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    major: bool = False,
) -> str:
    """Dated events in order; ``since`` and ``until`` are dates as YYYY, YYYY-MM or YYYY-MM-DD."""
    lanes = [lane] if isinstance(lane, str) else lane
    chosen = [
        event
        for event in _all("events")
        if (lanes is None or event.lane in lanes)
        and (since is None or event.date >= since)
        and (until is None or event.date[: len(until)] <= until)
        and (not major or event.major)
    ]
    if not chosen:
        raise RecordError("no event matches this events_table")
    rows = []
    for event in sorted(chosen, key=lambda e: (e.date, e.id)):
        text = f"**{event.title}**" + (f" {event.text}" if event.text else "")
        if event.status != "confirmed" or event.state != "known":
            text += f" {status_chip(event.status, event.state)}"
        when = event.date + (f" to {event.end_date}" if event.end_date else "")
        rows.append(
            (f'<span class="when">{when}</span>', text + cite(event.sources, f"events/{event.id}"))
        )
    return table(("Date", "What happened"), rows, "Events")


def _docs_link(page: str) -> str:
    return page if page.startswith(("http", "/")) else f"/{page}"


def claims_table() -> str:
    """Every claim of the starting article with its verdict and what the record shows."""
    out = []
    for claim in sorted(_all("claims"), key=lambda c: c.number):
        out.append(
            f'<div class="claim claim--{claim.verdict}" id="{claim.id}" markdown="1">\n\n'
            f'<span class="claim-no">{claim.number}</span> '
            f'<span class="verdict verdict--{claim.verdict}">{VERDICTS[claim.verdict]}</span> '
            f"**{claim.claim}**\n\n"
            f"{claim.finding} {cite(claim.sources)} "
            f"[Where it is explained]({_docs_link(claim.page)}){{ .claim-more }}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/claims has no record")
    return "\n" + "\n".join(out) + "\n"


def claims_summary() -> str:
    """How many claims got which verdict, in one line."""
    counts: dict[str, int] = {}
    for claim in _all("claims"):
        counts[claim.verdict] = counts.get(claim.verdict, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return " ".join(
        f'<span class="verdict verdict--{name}">{VERDICTS[name]}</span> {count}'
        for name, count in ordered
    )


def rumors_table() -> str:
    """The ledger of rumors: what was said, by whom, when, and what became of it."""
    out = []
    for rumor in sorted(_all("rumors"), key=lambda r: r.when):
        out.append(
            f'<div class="claim rumor--{rumor.verdict}" id="{rumor.id}" markdown="1">\n\n'
            f'<span class="when">{rumor.when}</span> '
            f'<span class="verdict verdict--{rumor.verdict}">'
            f"{rumor.verdict.replace('-', ' ')}</span> "
            f"**{rumor.claim}** ({rumor.who})\n\n{rumor.evidence} {cite(rumor.sources)}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/rumors has no record")
    return "\n" + "\n".join(out) + "\n"


def corrections_list() -> str:
    """What was said first, what is right, and since when we know."""
    out = []
    for item in sorted(_all("corrections"), key=lambda c: c.date, reverse=True):
        more = f" [Page]({_docs_link(item.page)}){{ .claim-more }}" if item.page else ""
        out.append(
            f'<div class="claim" id="{item.id}" markdown="1">\n\n'
            f'<span class="when">{item.date}</span> **First told:** {item.was}\n\n'
            f"**The record:** {item.now} {cite(item.sources)}{more}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/corrections has no record")
    return "\n" + "\n".join(out) + "\n"


def glossary_list() -> str:
    """All terms in alphabetical order, each with an anchor of its own and its source."""
    data = records.dataset()
    out = []
    for term in sorted(_all("glossary"), key=lambda t: t.term.lower()):
        zh = f' <span lang="zh">{term.zh}</span>' if term.zh else ""
        also = f" Also: {', '.join(term.aliases)}." if term.aliases else ""
        see = ", ".join(
            f"[{data['glossary'][other].term}](#{other})"
            for other in term.see_also
            if other in data["glossary"]
        )
        see = f" See {see}." if see else ""
        long = f" {term.long}" if term.long else ""
        was = "".join(f'<span id="{name}"></span>' for name in term.former_ids)
        # Headings: the search finds each term, and the table of contents is an index of them.
        out.append(
            f'<div class="term" markdown="1">\n\n<h3 id="{term.id}">{escape(term.term)}{zh}</h3>'
            f"{was}\n\n{term.short}{long}{also}{see} {cite(term.sources)}\n\n</div>\n"
        )
    if not out:
        raise RecordError("data/glossary has no record")
    return "\n" + "\n".join(out) + "\n"


def error_table() -> str:
    """API error codes: cause and remedy."""
    rows = [
        (f"**{e.code}**", e.name, e.cause, e.remedy + cite(e.sources, f"error_codes/{e.id}"))
        for e in _all("error_codes")
    ]
    return table(("Code", "Name", "Cause", "Remedy"), rows, "API error codes")


def limits_table() -> str:
    """API limits and defaults."""
    rows = [
        (
            limit.name,
            limit.applies_to,
            record_value(limit) + cite(limit.sources, f"limits/{limit.id}"),
            limit.as_of,
        )
        for limit in _all("limits")
    ]
    return table(("Limit", "Applies to", "Value", "As of"), rows, "API limits")


def engines_table(model: str | None = None, engine: str | None = None) -> str:
    """Which engine runs a model, on what, and how well."""
    chosen = [
        e
        for e in _all("engines")
        if (model is None or e.model == model) and (engine is None or e.engine == engine)
    ]
    if not chosen:
        raise RecordError(f"no engine record for model '{model}'")
    rows = [
        (
            f"**{e.engine}**" + (f" {e.version}" if e.version else ""),
            e.hardware or NONE,
            e.works,
            e.summary + cite(e.sources, f"engines/{e.id}"),
            e.as_of,
        )
        for e in chosen
    ]
    return table(("Engine", "Hardware", "Works", "What to know", "As of"), rows, "Engines")


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        fact_table, spec_table, chip_table, price_table, results_table, results_list,
        benchmark_table, events_table, claims_table, claims_summary, rumors_table,
        corrections_list, glossary_list, error_table, limits_table, engines_table,
    )
}  # fmt: skip

__all__ = ["MACROS", "STATES", "day"]
