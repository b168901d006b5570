"""The reader of BibTeX: what BibLaTeX allows is read, anything else is named, nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import LowLevelParser

from scripts.problems import ROOT
from scripts.sources.references import bibliography, bibtex
from scripts.sources.references.bibtex import MAX_DEPTH, MAX_VALUE, read
from tests.sources.references.test_writing import Case, files


def one(text: str):
    """The only entry of a text that is read without a fault."""
    found = read(text)
    assert found.faults == ()
    (entry,) = found.entries
    return entry


def reasons(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.reason) for fault in read(text).faults]


def test_places() -> None:
    text = '\ufeff% A note\r\n  @Online{ key ,\r\n  Title = {T},\r\n\turl="u" }\r\n'
    entry = one(text)
    assert (entry.type, entry.key, entry.line, entry.column) == ("online", "key", 2, 3)
    assert entry.raw == text[entry.start : entry.end] == text[text.index("@") :].rstrip()
    assert text[entry.key_start :].startswith("key ,")
    title, url = entry.fields
    assert (title.name, title.given, title.line, title.column) == ("title", "T", 3, 3)
    assert text[title.start :].startswith("Title =")
    assert text[url.value_start : url.value_end] == '"u"'
    assert (url.line, url.column) == (4, 2)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("@online(a, title = {T (1)}, url = {u})", {"title": "T (1)", "url": "u"}),
        ('@a{a, title = "A {"}B{"} C"}', {"title": 'A {"}B{"} C'}),
        ('@string{o = "Org"}\n@a{a, author = O # { and } # "B"}', {"author": "Org and B"}),
        ("@string(o = {x})@a{a, note = o}", {"note": "x"}),
        ('@preamble{ "\\newcommand{\\x}{y}" # {z} }\n@a{a, note = {x}}', {"note": "x"}),
        ("@comment{ @a{b, title = {no}} }\n@a{a, note = {x}}", {"note": "x"}),
        ("@comment words\n@a{a, note = {x}}", {"note": "x"}),
        ("% @a{b, title = {no}}\n@a{a, note = {x}}", {"note": "x"}),
        ("@a{a, note = {x},, date = {y},}", {"note": "x", "date": "y"}),
        ("@a{a}", {}),
        ("Words before.\n@ a {a,\n}\nand behind", {}),
        ("@a{a, note = {x @b y},}", {"note": "x @b y"}),
        ("@a{a, note = {as\n  @smith (2020) says}}", {"note": "as\n  @smith (2020) says"}),
        ("@a{a, month = apr # { 3}}", {"month": "April 3"}),
        ("@a{a, note = {x}, Note = {y}}", {"note": "x"}),
    ],
)
def test_what_bibtex_allows(text: str, values: dict[str, str]) -> None:
    assert one(text).values == values


def test_comments_between_fields() -> None:
    text = "@a{a, % why\n  note = {x}, % and\n% url = {no},\n  date = 2026}"
    assert one(text).values == {"note": "x", "date": "2026"}


def test_two_entries_on_one_line() -> None:
    assert [entry.key for entry in read("@a{a, n = {x}} @b{b, n = {y}}").entries] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("@a{a,\n  title = {T\n  url = {u},\n}\n", 2, "value of 'title' is not closed"),
        ("@a{a,\n  title = {T,\n  url = {u}},\n", 2, "value of 'title' is not closed"),
        ('@a{a,\n  title = "T,\n  url = {u},\n}\n', 2, "its quote is not closed"),
        ("@a{a,\n  title = {T},\n", 1, "not closed by '}'"),
        ("@a(a,\n  title = {T}\n}", 3, "comma is missing behind the value of 'title'"),
        ("@a{a,\n  title = {T}\n  url = {u},\n}", 3, "comma is missing behind the value"),
        ("@a{a,\n  title {T},\n}", 2, "'=' is missing behind 'title'"),
        ("@a{a,\n  title = ,\n}", 2, "value of 'title' is missing"),
        ("@a{a,\n  date = 2026-04-24,\n}", 2, "write {2026-04-24}"),
        ("@a{a,\n  author = org,\n}\n@string{org = {O}}", 2, "no @string above"),
        ("@a{\n  title = {T},\n}", 2, "key is missing"),
        ("@a{my key,\n  title = {T},\n}", 1, "'my key' is no key"),
        ("@a{a,\n  title = {T}},\n  url = {u},\n}", 2, "a brace too many"),
        ('@a{a,\n  title = "a } b",\n}', 2, "'title' has a brace too many"),
        ("online{a,\n  title = {T},\n}", 1, "stands in no entry"),
        ("@comment{ x\n@a{a, n = {x}}", 1, "'@comment{' is not closed"),
        ("@string{o = }\n@a{a, n = {x}}", 1, "@string: the value of 'o' is missing"),
        ("@preamble{ x", 1, "@preamble"),
        ("@a{a, n = {a \\}}", 1, "backslash before a brace"),
        (f"@a{{a, n = {'{' * 50_000}{'}' * 50_000}}}", 1, "braces within braces"),
        (f"@a{{a, n = {{{'x' * 10_000_000}}}}}", 1, "10,000,000 characters"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, line: int, words: str) -> None:
    found = reasons(text)
    assert any(at == line and words in reason for at, reason in found), found


def test_a_broken_entry_hides_no_other() -> None:
    text = "@a{a,\n n = {x\n}\n\n@b{b, n = {y}}\n@c{c n = {z}}\n  @d{d, n = {z}}"
    found = read(text)
    assert [(entry.key, entry.whole) for entry in found.entries] == [
        ("a", False), ("b", True), ("c", False), ("d", True),
    ]  # fmt: skip
    assert text[found.entries[0].start : found.entries[0].end] == found.entries[0].raw


def test_limits_are_limits() -> None:
    deep = "{" * MAX_DEPTH + "x" + "}" * MAX_DEPTH
    assert one(f"@a{{a, n = {deep}}}").values
    assert one(f"@a{{a, n = {{{'x' * MAX_VALUE}}}}}").values
    assert reasons(f"@a{{a, n = {{{deep}}}}}")


def test_macros_that_multiply() -> None:
    text = "@string{a0 = {xxxxxxxxxx}}\n"
    text += "".join(f"@string{{a{i + 1} = a{i} # a{i} # a{i} # a{i}}}\n" for i in range(40))
    assert reasons(text + "@a{a, n = a40}")
    text = f"@string{{a = {{{'x' * 9_999}}}}}\n@a{{a, {'t = a # a, ' * 1_000}}}"
    assert any("@string" in reason for _, reason in reasons(text))


@pytest.mark.parametrize(
    "text",
    ["{", "}", "@a{", "@a{\n", "@a(b\n", "@comment{\n", "%@a{", "@", "\n", "@a{b}=", "@a{b,t={",
     "@string{a={x}}", "@a{b}\nx=\n", '"'],
)  # fmt: skip
def test_a_hundred_thousand_of_anything_is_read_to_the_end(text: str) -> None:
    """Whatever is repeated, the reader comes to the end of the text; none is read twice."""
    found = bibtex._Reader(text * 100_000 + "\n@online{last, title = {x}}\n").run()
    assert found is not None


SIGNS = st.sampled_from(
    ["@", "online", "string", "comment", "preamble", "{", "}", "(", ")", '"', "#", ",", "=", "\\",
     "%", "$", "\n", "\r\n", " ", "\ufeff", "\x00", "title", "key", "2026", "apr", "深", "@a{b,",
     "note = {", "},"]
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(SIGNS, max_size=60).map("".join))


@settings(deadline=None, max_examples=500)
@given(texts)
@example("")
@example("@")
@example("\ufeff@a{")
@example("@a{b, crossref = {b}}")
def test_any_text_is_read_and_offsets_give_it_back(text: str) -> None:
    found = read(text)
    end = 0
    for entry in found.entries:
        assert end <= entry.start < entry.end <= len(text)
        end = entry.end
        assert text[entry.start : entry.end] == entry.raw
        assert text[entry.start] == "@"
        assert entry.key == text[entry.key_start : entry.key_start + len(entry.key)]
        assert entry.whole or entry.faults
        assert entry.line == text.count("\n", 0, entry.start) + 1
        for field in entry.fields:
            assert entry.start < field.start < field.value_start < field.value_end <= entry.end
            given_there = text[field.value_start : field.value_end]
            assert field.given == (given_there[1:-1] if field.simple else given_there)
            assert not field.simple or field.value == field.given
            assert text[field.start :][: len(field.name)].lower() == field.name or not (
                field.name.isascii()
            )
            line = text.count("\n", 0, field.start)
            assert field.line == line + 1
            assert field.column == field.start - (text.rfind("\n", 0, field.start) + 1) + 1
    assert all(1 <= fault.line <= text.count("\n") + 1 and fault.reason for fault in found.faults)


@settings(deadline=None)
@given(texts)
def test_what_is_readable_is_readable_to_pybtex(text: str) -> None:
    entries = bibliography._readable(text)
    copy = bibliography._written(entries)
    assert [key for _, (key, _) in LowLevelParser(copy, macros={})] == [e.key for e in entries]


@settings(deadline=None)
@given(files())
def test_good_files_are_read_as_pybtex_reads_them(case: Case) -> None:
    macros = {"unknownmacro": "", "apr": "April"}
    entries = [
        (key, [(name.lower(), "".join(parts)) for name, parts in fields])
        for kind, (key, fields) in LowLevelParser(case.text, macros=macros)
        if kind.lower() == "online"
    ]
    ours = [(e.key, [(f.name, f.value) for f in e.fields]) for e in read(case.text).entries]
    assert ours == entries


def test_our_own_file_as_pybtex_reads_it() -> None:
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    entries = [
        (kind.lower(), key, {name.lower(): "".join(parts).strip() for name, parts in fields})
        for kind, (key, fields) in LowLevelParser(text)
    ]
    assert [(e.type, e.key, e.values) for e in read(text).entries] == entries


def test_written_entries_are_read_as_they_were() -> None:
    entry = one('@string{o = {O}}@a(k, author = o # {x}, title = "T {U}")')
    assert one(bibtex.written(entry, entry.values)).values == entry.values
