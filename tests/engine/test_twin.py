"""What the other engine gets: the same pages, with links that it can follow."""

from __future__ import annotations

import pytest

from scripts.engine import twin


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[a](/pricing/index.md#today)", "[a](../pricing/index.md#today)"),
        ("[a](/using/which.md)", "[a](which.md)"),
        ("[home](/)", "[home](..)"),
        ("[home](/#top)", "[home](..#top)"),
        ("[a](which.md) and `[code](/a.md)`", "[a](which.md) and `[code](/a.md)`"),
    ],
)
def test_links_from_the_top_become_links_from_the_page(typed: str, expected: str) -> None:
    assert twin._relative_links(typed, "using/index.md") == expected
