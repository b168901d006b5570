"""The macro of the page of licenses: what of others' work goes out with the site."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from scripts.pages.cells import table
from scripts.pages.here import Here
from scripts.sources.shipped import SHIPPED


def shipped_table(here: Here) -> str:
    """Every work of others that readers get, with its holder, its license and its home."""
    rows = [
        (
            f"[{escape(item.name)}]({item.home})",
            escape(item.what),
            escape(item.holder),
            f"[{item.license}](https://spdx.org/licenses/{item.license}.html)",
        )
        for item in SHIPPED
    ]
    return table(("Work", "What of it is here", "Holder", "License"), rows, "Works of others")


MACROS: dict[str, Callable[..., str]] = {f.__name__: f for f in (shipped_table,)}
