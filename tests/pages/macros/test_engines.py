"""The table of engines names the model of a row where rows are of several models."""

from __future__ import annotations

from scripts.pages.here import Here
from scripts.pages.macros.api import engines_table
from tests import real

HERE = Here(real.site(), "hardware/ascend/")


def _head(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("| Engine"))


def test_the_rows_of_one_engine_say_which_model_they_are_of() -> None:
    text = engines_table(HERE, engine="vLLM-Ascend")
    assert "| Model |" in _head(text)
    row = next(line for line in text.splitlines() if "** 0.26.0rc1 {" in line)
    assert row.split(" | ")[1] == "DeepSeek-V4-Pro-0813"


def test_a_table_of_one_model_does_not_repeat_it() -> None:
    assert "Model" not in _head(engines_table(HERE, model="v4-pro-0813"))
