"""The reading grade that `make check` reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks import reading
from scripts.sources import pages as markdown

EASY = "The cat sat on the mat. The dog ran to the red door. "
HARD = (
    "Notwithstanding considerable architectural sophistication, contemporary implementations "
    "characteristically necessitate extraordinarily complicated synchronization procedures. "
)


def page(text: str) -> markdown.Page:
    return markdown.Page(Path("docs/x.md"), f"---\ntitle: x\n---\n\n# x\n\n{text}\n", Path())


def test_long_words_and_sentences_raise_the_grade() -> None:
    easy, hard = reading.measure(page(EASY * 20)), reading.measure(page(HARD * 20))
    assert easy and hard
    assert easy.grade < 2
    assert hard.grade > 20


def test_grade_of_a_known_sentence() -> None:
    """Flesch-Kincaid's own formula; syllables are estimated, so one in 24 may be miscounted."""
    gettysburg = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    measured = reading.measure(page(f"{gettysburg} " * 10))
    assert measured
    assert measured.words == 130
    assert measured.grade == pytest.approx(0.39 * 13 + 11.8 * 24 / 13 - 15.59, abs=1)


def test_only_running_text_counts() -> None:
    """Tables, headings, code, citations and macros are no sentences."""
    noise = (
        "## Heading of incomprehensible sophistication { #x }\n\n"
        "| incomprehensible | sophistication | of | tables |\n|---|---|---|---|\n\n"
        "```\nincomprehensible = sophistication of the code here\n```\n\n"
    )
    text = 'It costs {{ fact("price-of-it") }} a day [@key2026x, §3]. We [know this](a/b.md) well.'
    assert reading.sentences(page(noise + text)) == ["It costs one a day", "We know this well"]


def test_a_short_page_has_no_grade() -> None:
    assert reading.measure(page(EASY)) is None
    assert reading.summary([page(EASY)]) == ""


def test_the_summary_names_the_hardest_page_first() -> None:
    hard = markdown.Page(Path("docs/hard.md"), page(HARD * 20).text, Path())
    line = reading.summary([page(EASY * 20), hard], hardest=1)
    assert "of 2 pages" in line
    assert "hardest: docs/hard.md" in line
