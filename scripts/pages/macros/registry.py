"""Every macro that pages may call, by name. Each takes the page it stands on first."""

from __future__ import annotations

from collections.abc import Callable

from scripts.pages.macros import (
    api,
    arithmetic,
    bibliography,
    changes,
    contents,
    downloads,
    editions,
    figures,
    inline,
    ledgers,
    link_state,
    records,
    results,
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
    **bibliography.MACROS,
    **changes.MACROS,
    **contents.MACROS,
    **downloads.MACROS,
    **arithmetic.MACROS,
    **editions.MACROS,
    **link_state.MACROS,
}

FAILURES = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What a macro raises for a contributor's mistake."""
