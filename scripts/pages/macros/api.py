"""Macros that print what the API and the engines do: errors, limits, engines."""

from __future__ import annotations

from collections.abc import Callable

from scripts.pages.cells import NONE, RecordError, all_of, cite, get, marks, table
from scripts.pages.here import Here
from scripts.sources.records.formatting import record_value


def error_table(here: Here) -> str:
    """API error codes: cause and remedy."""
    rows = [
        (f"**{e.code}**", e.name, e.cause, e.remedy + cite(e.sources, f"error_codes/{e.id}"))
        for e in all_of(here, "error_codes")
    ]
    of = marks(here, [f"error_codes/{e.id}" for e in all_of(here, "error_codes")])
    return table(("Code", "Name", "Cause", "Remedy"), rows, "API error codes", records=of)


def limits_table(here: Here) -> str:
    """API limits and defaults."""
    rows = [
        (
            limit.name,
            limit.applies_to,
            record_value(limit) + cite(limit.sources, f"limits/{limit.id}"),
            limit.as_of,
        )
        for limit in all_of(here, "limits")
    ]
    of = marks(here, [f"limits/{limit.id}" for limit in all_of(here, "limits")])
    return table(("Limit", "Applies to", "Value", "As of"), rows, "API limits", records=of)


def engines_table(here: Here, model: str | None = None, engine: str | None = None) -> str:
    """Which engine runs a model, on what, and how well."""
    chosen = [
        e
        for e in all_of(here, "engines")
        if (model is None or e.model == model) and (engine is None or e.engine == engine)
    ]
    if not chosen:
        raise RecordError(f"no engine record for model '{model}'")
    several = model is None  # of an engine, its models are what tells the rows apart
    rows = [
        (
            f"**{e.engine}**" + (f" {e.version}" if e.version else ""),
            *([get(here, "models", e.model).name] if several else []),
            e.hardware or NONE,
            e.works,
            e.summary + cite(e.sources, f"engines/{e.id}"),
            e.as_of,
        )
        for e in chosen
    ]
    model_column = ("Model",) if several else ()
    headers = ("Engine", *model_column, "Hardware", "Works", "What to know", "As of")
    of = marks(here, [f"engines/{e.id}" for e in chosen])
    return table(headers, rows, "Engines", records=of)


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        error_table,
        limits_table,
        engines_table,
    )
}
