"""What passes the check of references.bib can be formatted and built; the rest has words."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs_bibtex.registry import SimpleRegistry

from scripts.checks import bibliography as rules
from scripts.sources.references import bibliography

ENTRY = """@online{{one,
  author   = {author},
  title    = {title},
  date     = {date},
  url      = {url},
  urldate  = {{2026-11-23}},
  keywords = {{press}},
}}
"""


def entry(**fields: str) -> str:
    given = {"author": "{{Org}}", "title": "{T}", "date": "{2026}", "url": "{https://a.org/x}"}
    return ENTRY.format(**{**given, **fields})


def check(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "references.bib"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(problem) for problem in rules.check(path, tmp_path)]


VALID = {
    "string": ('@string{o = "{Org}"}\n' + entry(author="o"), "Org. “T.”"),
    "concatenation": (entry(title='"A " # {B}'), "“A B.”"),
    "preamble": ('@preamble{"\\newcommand{\\x}{y}"}\n' + entry(), "“T.”"),
    "comment": ("@comment{@online{two, title = {x}}}\n" + entry(), "“T.”"),
    "parentheses": (
        "@online(one, author = {{Org}}, title = {T (1)}, url = {https://a.org/x},\n"
        "urldate = {2026-11-23}, keywords = {press})\n",
        "“T (1).”",
    ),
    "capitals": (entry(title="{Huawei Chips}").replace("title  ", "TITLE  "), "“Huawei Chips.”"),
    "capitals in quotes": (entry(title='"Huawei Chips"'), "“Huawei Chips.”"),
    "dollar": (entry(title="{Costs \\$5 and more}"), "Costs $5 and more"),
    "byte order mark": ("\ufeff" + entry(), "“T.”"),
    "Windows": (entry().replace("\n", "\r\n"), "“T.”"),
    "same line": (
        entry().strip() + " " + entry(title="{U}").replace("{one,", "{two,"), "“T.”",
    ),
    "comments inside": (entry().replace(",\n", ", % why\n"), "“T.”"),
    "url in note": (entry(title="{T},\n  note = {At \\url{https://b.org/a_b%20}}"), "“T.”"),
}  # fmt: skip


@pytest.mark.parametrize("name", VALID)
def test_what_passes_is_formatted(tmp_path: Path, name: str) -> None:
    text, words = VALID[name]
    assert check(tmp_path, text) == []
    path = tmp_path / "references.bib"
    assert words in bibliography.load(bibliography.text_of(path))["one"].html
    copy = tmp_path / "copy.bib"  # not the one below .cache/, which a build may be reading
    copy.write_text(bibliography.readable(bibliography.text_of(path)), encoding="utf-8")
    SimpleRegistry([str(copy)])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no entries found"),
        (entry().encode("utf-16"), 1, "save it as UTF-8"),
        (entry().encode("utf-16-le"), 1, "save it as UTF-8"),
        (entry(author="{A, B, C, D}"), 2, "write 'and' between two names"),
        (entry(title="{Costs $5}"), 3, r"write '\$'"),
        (entry(title=r"{a \\% b}"), 3, r"write '\%'"),
        (entry(title=r"{\href{javascript:alert(1)}{x}}"), 3, r"'\href' would not be printed"),
        (entry(title=r"{\url{javascript:alert(1)}}"), 3, "not a web address"),
        (entry(title=r"{\input{/etc/passwd}}"), 3, r"'\input' would not"),
        (entry(title="{{}}"), 3, "field 'title' is empty"),
        (entry(title="{a\x07b}"), 3, "control character"),
        (entry(title="{a\n\n b}"), 3, "empty line"),
        (entry(title="Deep"), 3, "malformed entry: the value of 'title' stands without braces"),
        (entry(date="{2026-13}"), 4, "not a day of the calendar"),
        (entry(date="{2026-04-31/2026-05-40}"), 4, "not a day of the calendar"),
        (entry(date="{2026-05/2026-04}"), 4, "ends before it begins"),
        (entry(url="{http://[::1}"), 5, "not a web address"),
        (entry(url="{https://me:secret@a.org/}"), 5, "take it out"),
        (entry(url="{https://a.org/{x}}"), 5, "write %7B"),
        (entry(url="{https://a.org/},\n  doi = {https://doi.org/10.1000/182}"), 6, "not a DOI"),
        (entry(date="{2026},\n  crossref = {one}"), 5, "unknown field 'crossref'"),
        (entry(date="{2026},\n  Date = {2026}"), 5, "given twice"),
        (entry(title="{" + "{" * 50_000 + "}" * 50_000 + "}"), 3, "braces within braces"),
        (entry(title="{" + "x" * 10_000_000 + "}"), 3, "characters"),
        ("@string{o = {O}\n" + entry(author="o"), 1, "@string"),
    ],
)  # fmt: skip
def test_what_is_refused_has_a_place_and_words_and_breaks_nothing(
    tmp_path: Path, text: str | bytes, line: int, words: str
) -> None:
    good = entry().replace("{one,", "{good,")
    found = check(tmp_path, text)
    assert any(p.startswith(f"references.bib:{line}:") and words in p for p in found), found
    assert all(len(problem) < 500 for problem in found)
    if isinstance(text, str) and text:
        path = tmp_path / "references.bib"
        path.write_text(text + good, encoding="utf-8")
        assert "good" in bibliography.load(bibliography.text_of(path))


def test_many_mistakes_are_told_in_short(tmp_path: Path) -> None:
    assert len(check(tmp_path, "@a{\n" * 10_000)) == rules.MAX_FAULTS


def test_a_type_that_nobody_knows(tmp_path: Path) -> None:
    assert any("unknown entry type" in p for p in check(tmp_path, "@on-line{a, title = {T}}"))
