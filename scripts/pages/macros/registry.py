"""Entry point of mkdocs-macros: registers every macro that pages may call."""

from __future__ import annotations

import functools
from collections.abc import Callable
from html import escape
from typing import Any

from scripts.pages.macros import (
    arithmetic as model_macros,
)
from scripts.pages.macros import (
    inline,
    link_state,
    tables,
)
from scripts.pages.macros import (
    parts as pages,
)
from scripts.sources import editions
from scripts.sources.records import lookup as records

MACROS: dict[str, Callable[..., str]] = {
    **inline.MACROS,
    **tables.MACROS,
    **pages.MACROS,
    **model_macros.MACROS,
    **editions.MACROS,
    **link_state.MACROS,
}
"""All macros but ``as_of_line``, which needs the page it stands on."""

FAILURES = (LookupError, TypeError, ValueError, ArithmeticError)
"""What a macro raises for a contributor's mistake; ``scripts.checks.macros`` reports it."""


def _visible(macro: Callable[..., str], env: Any) -> Callable[..., str]:
    """While writing (``make serve``) a failing macro shows on the page instead of ending the build.

    ``make build`` never gets here with one: the check runs every macro call first.
    """

    @functools.wraps(macro)
    def wrapped(*args: Any, **kwargs: Any) -> str:
        pages.current_url = env.page.url if env.page else ""
        try:
            return macro(*args, **kwargs)
        except FAILURES as error:
            message = error.args[0] if error.args else error
            return f'<strong class="macro-error">{escape(str(message))}</strong>'

    return wrapped


def define_env(env: Any) -> None:
    """Called by mkdocs-macros once a build."""
    records.refresh()
    pages.site_url = env.conf["site_url"] or "/"
    for name, macro in MACROS.items():
        env.macro(_visible(macro, env), name)

    def as_of_line() -> str:
        return pages.as_of_line(env.page.meta)

    env.macro(as_of_line)
