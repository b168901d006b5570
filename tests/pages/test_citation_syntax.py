"""What people type for a citation is read as meant, or refused with the right form beside it."""

from __future__ import annotations

import re
import time

import pytest

from scripts.pages.citation_syntax import PATTERN, citations_in, in_html, read


def found(text: str) -> list[tuple[str, str]]:
    out = []
    for match in re.finditer(PATTERN, text):
        out += [(citation.key, citation.place) for citation in citations_in(match["body"])]
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a]", [("a", "")]),
        ("[@a, §2.3]", [("a", "§2.3")]),
        ("[@a,\nTable 1]", [("a", "Table 1")]),
        ("[see\n@a]", [("a", "see")]),
        ("[@a p. 5]", [("a", "p. 5")]),
        ("[@a, p. 3; p. 5]", [("a", "p. 3; p. 5")]),
        ("[@a, p. 3; @b, p. 5; p. 6]", [("a", "p. 3"), ("b", "p. 5; p. 6")]),
        ("[@a, @b]", [("a", ""), ("b", "")]),
        ("[@a, p. 5, @b]", [("a", "p. 5"), ("b", "")]),
        ("[@a and @b]", [("a", ""), ("b", "")]),
        ("[@a; see also @b]", [("a", ""), ("b", "see also")]),
        ("[@a, eq. [3]]", [("a", "eq. [3]")]),
        ("[@a, eq. [3; 4]; @b]", [("a", "eq. [3; 4]"), ("b", "")]),
        ("【@a，表 1】", [("a", "表 1")]),
        ("［＠a；＠b］", [("a", ""), ("b", "")]),
        ("[ @a ]", [("a", "")]),
        ("[@a.]", [("a", "")]),
        ("[@a] and [@b, see C]", [("a", ""), ("b", "see C")]),
        ("[me@example.org]", []),
        ("Ask @antirez or [@Handle]", []),
        ("[@a,\n\nTable 1]", []),
        ("- [@a,\n- Table 1]", []),
    ],
)
def test_read_as_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("@a p. 5 @b", "[@a, p. 5; @b]"),
        ("@a:b", "keys have only lower-case letters"),
        ("@a_b, p. 4", "keys have only lower-case letters"),
        ("p. 5; @a", "[@key, place; @other, place]"),
    ],
)
def test_refused_with_the_right_form(body: str, words: str) -> None:
    assert words in read(body)[1]
    assert citations_in(body) == []


def test_in_html_only_text_is_read() -> None:
    html = '<p title="[@a]">x [@b, p. 1]</p><!-- [@c] --><pre>[@d]</pre><code>[@e]</code> [@f]'
    assert [match["body"] for match in in_html(html)] == ["@b, p. 1", "@f"]


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "[@a " * 20_000, "[@a" + "[" * 50_000, "[x " * 30_000]
)
def test_time_is_bounded(text: str) -> None:
    started = time.monotonic()
    found(text)
    assert time.monotonic() - started < 3
