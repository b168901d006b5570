"""Large numbers are found in either of their forms."""

from __future__ import annotations

import pytest

from scripts.publish.search.amounts import other_forms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Is V4.1-Flash 552, 748 or 763 billion?", "552b 748b 763b"),
        ("a model of 1.6 trillion parameters", "1.6t"),
        ("Hugging Face says 862B, not 1.6T", "862 billion 1.6 trillion"),
        ("about $590 billion", ""),
        ("0, 4 and 128 tokens, a billion of them", ""),
        ("version 4.1 B, layer 16B2, 4-B", ""),
    ],
)
def test_both_forms_of_a_large_number_are_indexed(text: str, found: str) -> None:
    assert other_forms(text) == found
