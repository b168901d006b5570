"""Texts become words: numbers and names stay whole, and their parts are found as well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.publish.search.alike import alike
from scripts.publish.search.words import STOP, Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("27% of the compute", ["27%", "27", "comput"]),
        ("27 percent", ["27%", "27"]),
        ("3.48 US dollars, 24 yuan", ["$3.48", "3.48", "¥24", "24"]),
        ("quantised behaviour", ["quantiz", "behavior"]),
        ("four hours of noise", ["four", "hour", "nois"]),
        ("costs $3.48", ["cost", "$3.48", "3.48"]),
        ("Kimi K2.6", ["kimy", "k2.6"]),
        ("--max-model-len 8", ["max-model-len", "max", "model", "len", "8"]),
        ("fp8_ds_mla", ["fp8_ds_mla", "fp8", "ds", "mla"]),
        ("1,048,576 tokens", ["1048576", "token"]),
        ("DeepSeek’s models’", ["deepseek", "model"]),
        ("ＡＢＣ １２３", ["abc", "123"]),
        ("混合注意力", ["混合", "合注", "注意", "意力"]),
        ("华", ["华"]),
        ("昇腾950", ["昇腾", "950"]),
        ("", []),
        ("!!! --- ???", []),
        ("the of and", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert Words().split(text) == words


def test_traditional_characters_become_simplified() -> None:
    assert Words({"騰": "腾"}).split("昇騰") == ["昇腾"]


@given(st.text())
def test_any_text_has_words_and_none_of_them_says_nothing(text: str) -> None:
    found = Words().split(text)
    assert not STOP & set(found)
    assert all(word == word.strip() and word for word in found)


def test_words_stand_for_each_other_and_chinese_ones_for_ours_alone() -> None:
    found = alike(Words().split)
    assert "refund" in found["money"] and "money" in found["refund"]
    assert found["英伟"] == ["nvidia"] and "英伟" not in found.get("nvidia", [])
    assert not [word for word, others in found.items() if word in others or not others]
