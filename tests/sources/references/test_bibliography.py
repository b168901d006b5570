"""references.bib: what the check finds, and that one bad entry does not hide the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks import bibliography as rules
from scripts.sources.references import bibliography

GOOD = """@online{{good{n}, author = {{{{Org}}}}, title = {{T}}, url = {{https://a.org/{n}}},
  urldate = {{2026-11-23}}, date = {{2026-04}}, keywords = {{press}},
}}
"""


def check(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "references.bib"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in rules.check(path, tmp_path)]


def test_good_entries_pass(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD.format(n=1) + GOOD.format(n=2)) == []


@pytest.mark.parametrize(
    ("field", "line", "expected"),
    [
        ("date = {April 2026},", 2, "date 'April 2026' is not a date"),
        ("date = {2026-02-30},", 2, "not a day of the calendar"),
        ("year = {2026},", 2, "use 'date'"),
        ("titel = {x},", 2, "did you mean 'title'?"),
        ("doi = {},", 2, "field 'doi' is empty"),
        ("eprint = {arXiv:1},", 2, "not an arXiv number"),
        ("note = {a}, note = {b},", 2, "given twice"),
        ("note = {60% more},", 2, r"note: write '\%'"),
        (r"note = {A \& B, \url{https://a.org/a_b%20}, c_d},", 2, r"note: write '\_'"),
    ],
)
def test_field_mistakes_have_line_and_remedy(
    tmp_path: Path, field: str, line: int, expected: str
) -> None:
    text = (
        "@online{bad, author = {{O}}, title = {T}, url = {https://a.org}, urldate = {2026-11-23},\n"
        f"  {field} keywords = {{press}},\n}}\n"
    )
    problems = check(tmp_path, text)
    assert any(p.startswith(f"references.bib:{line}") and expected in p for p in problems), problems


@pytest.mark.parametrize("url", ["htp://a.org", "https://a.org/x y", "https://a.org/?utm_source=x"])
def test_bad_addresses(tmp_path: Path, url: str) -> None:
    text = (
        f"@online{{bad, author = {{{{O}}}}, title = {{T}}, url = {{{url}}}, "
        "urldate = {2026-11-23}, keywords = {press}}\n"
    )
    assert len(check(tmp_path, text)) == 1


def test_malformed_entry_is_named_and_the_next_one_is_still_read(tmp_path: Path) -> None:
    text = "@online{broken,\n  title = {T\n  url = {https://a.org},\n}\n\n" + GOOD.format(n=1)
    problems = check(tmp_path, text)
    assert any("malformed entry" in p for p in problems)
    assert bibliography.keys((tmp_path / "references.bib").read_text(encoding="utf-8")) == {
        "broken",
        "good1",
    }
    assert set(bibliography.load((tmp_path / "references.bib").read_text(encoding="utf-8"))) == {
        "good1"
    }


def test_duplicate_key_names_both_lines(tmp_path: Path) -> None:
    problems = check(tmp_path, GOOD.format(n=1) + GOOD.format(n=1))
    assert problems == [
        "references.bib:4: good1: duplicate key, first on line 1; one source has one entry"
    ]


def test_missing_fields_and_bad_keys(tmp_path: Path) -> None:
    problems = check(tmp_path, "@onlin{Bad:Key, title = {T}, keywords = {weak}}\n")
    text = "\n".join(problems)
    for expected in ("lower-case", "did you mean 'online'?", "'url'", "'author'", "exactly one of"):
        assert expected in text


def test_missing_or_binary_file(tmp_path: Path) -> None:
    assert "missing" in str(next(iter(rules.check(tmp_path / "no.bib", tmp_path))))
    path = tmp_path / "references.bib"
    path.write_bytes(b"@online{\xff\xfe}")
    assert "UTF-8" in str(next(iter(rules.check(path, tmp_path))))


def test_special_characters_survive(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text(
        "@online{x, author = {Müller, Jörg and {O'Neil {\\&} Sons}}, "
        'title = {"Quotes" \\& dashes---and {iPhones} < 3},\n'
        "url = {https://a.org}, urldate = {2026-11-23}, keywords = {press}}\n",
        encoding="utf-8",
    )
    html = bibliography.load(path.read_text(encoding="utf-8"))["x"].html
    for expected in ("Müller, Jörg", "O’Neil &amp; Sons", "—and iPhones", "&lt; 3"):
        assert expected in html
