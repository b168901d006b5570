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
        "a.md:1: warning: first\nb.md:2:5: second\n1 error(s), 1 warning(s)\n"
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
