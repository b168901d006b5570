"""Every macro that pages may call, by name. Each takes the page it stands on first."""

from __future__ import annotations

from collections.abc import Callable

from scripts.pages.macros import (
    api,
    arithmetic,
    bibliography,
    changes,
    choice,
    contents,
    downloads,
    editions,
    exercises,
    figures,
    inline,
    ledgers,
    link_state,
    records,
    results,
    shipped,
    stories,
    tables,
)

MACROS: dict[str, Callable[..., str]] = {
    **inline.MACROS,
    **tables.MACROS,
    **results.MACROS,
    **ledgers.MACROS,
    **api.MACROS,
    **records.MACROS,
    **figures.MACROS,
    **stories.MACROS,
    **bibliography.MACROS,
    **changes.MACROS,
    **choice.MACROS,
    **contents.MACROS,
    **downloads.MACROS,
    **arithmetic.MACROS,
    **editions.MACROS,
    **exercises.MACROS,
    **link_state.MACROS,
    **shipped.MACROS,
}

FAILURES = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What a macro raises for a contributor's mistake."""
