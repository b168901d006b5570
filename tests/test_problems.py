"""The one shape of our messages: on the terminal and as marks on GitHub."""

from __future__ import annotations

import io

import pytest

from scripts.problems import Problem, report


def test_all_problems_are_told_in_order_and_once() -> None:
    stream = io.StringIO()
    b = Problem("b.md", 2, "second", 5)
    a = Problem("a.md", 1, "first", level="warning")
    assert report([b, a, b], stream) == 1
    assert stream.getvalue() == (
        "a.md:1: warning: first\n\nb.md:2:5: second\n1 error(s), 1 warning(s) in 2 file(s)\n"
    )


def test_warnings_alone_are_no_failure() -> None:
    assert report([Problem("a.md", 1, "first", level="warning")], io.StringIO()) == 0


def test_github_gets_one_line_each_with_its_signs_escaped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report([Problem("a,b.md", 3, "27% of it\nand more", 4)], io.StringIO(), annotate=True)
    assert capsys.readouterr().out == (
        "::error file=a%2Cb.md,line=3,col=4::27%25 of it%0Aand more\n"
    )


def test_rules_are_counted_with_the_way_to_their_reasons() -> None:
    stream = io.StringIO()
    report([Problem("a.md", line, "x", rule="prose") for line in (1, 2)], stream)
    assert "By rule: prose 2. Why: python -m scripts explain RULE" in stream.getvalue()
