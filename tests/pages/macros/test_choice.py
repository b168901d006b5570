"""The table of offers: costs of the tested model, every score with its reporter, gaps in words."""

from __future__ import annotations

import re

import pytest

from scripts.model import cost as bills
from scripts.model.cost import UNIT, WHOLE
from scripts.pages.cells import RecordError
from scripts.pages.here import Here
from scripts.pages.macros.choice import OFFERS, TASKS, choice_table
from tests import real

HERE = Here(real.site(), "using/which/")
PRICES = real.records()["prices"]


def rows(task: str) -> list[str]:
    return [line for line in choice_table(HERE, task).splitlines() if 'class="choice"' in line]


@pytest.mark.parametrize("task", TASKS)
def test_every_offer_has_a_row_and_no_cell_is_empty(task: str) -> None:
    found = rows(task)
    assert len(found) == len(OFFERS)
    for row in found:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        assert all(cells) and len(cells) == (6 if TASKS[task].workload else 5)


def test_costs_are_those_of_the_model_at_both_hours() -> None:
    flash = PRICES[OFFERS[0]]
    off, peak = (
        bills.money_text(
            bills.cost(flash, TASKS["coding"].workload, peak_share=share).total or 0, UNIT, "USD"
        )
        for share in (0, WHOLE)
    )
    assert f"[{off} / {peak}](" in rows("coding")[0]


def test_a_score_names_its_reporter_and_a_gap_is_said() -> None:
    found = rows("coding")
    scored = [row for row in found if 'data-scored="True"' in row]
    assert scored and all(
        re.search(r"reported--(vendor|independent)[^|]*\([A-Z]", r) for r in scored
    )
    assert all("no result on record" in row for row in found if row not in scored)
    assert len(scored) < len(found)


def test_scores_of_an_earlier_checkpoint_carry_its_name() -> None:
    first = rows("long")[0]
    assert "DeepSeek-V4.1-Flash-1017" in first
    for part in re.findall(r"results\.md#[^)]*\)\{[^}]*\} \(([^)]*)\)", first):
        assert part.endswith("DeepSeek-V4.1-Flash")


def test_an_unknown_task_is_named() -> None:
    with pytest.raises(RecordError, match="'poems' is no task; there are chat, coding"):
        choice_table(HERE, "poems")


def test_a_job_costs_the_same_here_as_on_the_pages_that_count_its_fees() -> None:
    """Worked example A is on record with long-prompt rate and cache-write fee."""
    by_offer = dict(zip(OFFERS, rows("long"), strict=True))
    for offer, fact in (
        ("openai-gpt-6-luna-2026-10", "example-codebase-cost-gpt-6-luna"),
        ("anthropic-claude-haiku-5-5-2026-10", "example-codebase-cost-claude-haiku-5-5"),
        ("anthropic-claude-opus-5-5-2026-10", "example-codebase-cost-claude-opus-5-5"),
    ):
        assert f"[${real.records()['facts'][fact].value:.2f}](" in by_offer[offer]
        assert "cache-write fee" in by_offer[offer]
    assert "long-prompt rate and cache-write fee" in by_offer["openai-gpt-6-luna-2026-10"]
    assert "fee" not in by_offer["deepseek-flash-usd-2026-10-17"]


def test_a_name_has_its_price_since_the_amounts_changed() -> None:
    found = rows("chat")
    assert "`deepseek-flash`, price since September 10, 2026" in found[0]
    assert "`deepseek-v4-pro`, price since August 16, 2026" in found[1]


def test_a_score_without_a_checkpoint_says_so() -> None:
    assert "31 to 36" in rows("chat")[1] and "checkpoint not named" in rows("chat")[1]


def test_a_score_by_length_is_that_of_the_longest_prompts() -> None:
    """A task of 600,000 tokens must not show what was found in 16,000."""
    shown = choice_table(HERE, "long")
    assert "29.0%" in shown and "bin up to 512K tokens" in shown
    assert "97.6%" not in shown
