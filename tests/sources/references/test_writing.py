"""The writer of references.bib: the fields asked for have the new values, nothing else changes."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import LowLevelParser

from scripts.checks import bibliography as rules
from scripts.problems import ROOT
from scripts.sources.references.writing import WRITABLE, BibError, fields, set_fields
from tests import real

OURS = """% A comment about url = {x} and an @ sign.

@online{one,
  author       = {{Org}},
  title        = {A {Nested {Title}} with url = {inside}},
  url          = {https://a.org/1},
  urldate      = {2026-11-23},
  keywords     = {press},
}

@online{two,
  title        = "Quoted, with {braces}",
  url          = "https://a.org/2",
  urldate      = {2026-11-23}
}
"""
COPY = "https://web.archive.org/web/20261120101010/https://a.org/1"


def changed(old: str, new: str) -> list[str]:
    """Lines that went (-) and came (+)."""
    lines = difflib.ndiff(old.split("\n"), new.split("\n"))
    return [line for line in lines if line[0] in "+-"]


def test_new_fields_stand_aligned_below_the_day_of_reading() -> None:
    new = set_fields(OURS, "one", {"archivedate": "2026-11-20", "archiveurl": COPY})
    assert changed(OURS, new) == [
        f"+   archiveurl   = {{{COPY}}},",
        "+   archivedate  = {2026-11-20},",
    ]
    assert new.index("urldate") < new.index("archiveurl") < new.index("archivedate")


def test_a_value_is_replaced_in_its_place_and_its_quotes_stay() -> None:
    assert changed(OURS, set_fields(OURS, "one", {"url": "https://b.org"})) == [
        "-   url          = {https://a.org/1},",
        "+   url          = {https://b.org},",
    ]
    assert 'url          = "https://b.org",' in set_fields(OURS, "two", {"url": "https://b.org"})


def test_the_last_field_without_a_comma_gets_one() -> None:
    assert changed(OURS, set_fields(OURS, "two", {"archivedate": "2026-11-20"})) == [
        "-   urldate      = {2026-11-23}",
        "+   urldate      = {2026-11-23},",
        "+   archivedate  = {2026-11-20}",
    ]


def test_an_entry_on_one_line_stays_on_one_line() -> None:
    text = "@online{a, title = {T}, url = {https://a.org}, keywords = {press}}\n"
    new = set_fields(text, "a", {"archiveurl": COPY})
    assert new == text.replace("a.org},", f"a.org}}, archiveurl = {{{COPY}}},")


@pytest.mark.parametrize("text", ["@online{a,\n}\n", "@online{a}\n", "@online{ a , }\n"])
def test_an_entry_without_fields(text: str) -> None:
    assert fields(set_fields(text, "a", {"url": "https://a.org"}), "a")["url"].value


def test_a_commented_entry_of_the_same_key_is_left_alone() -> None:
    old = "@comment{\n@online{one,\n  url = {https://old.org},\n}\n}\n"
    new = set_fields(old + OURS, "one", {"url": "https://b.org"})
    assert new.startswith(old)
    assert fields(new, "one")["url"].value == "https://b.org"


def test_a_broken_entry_does_not_hide_the_next() -> None:
    text = "@online{broken,\n  title = {T\n  url = {https://a.org},\n}\n\n" + OURS
    assert "https://b.org" in set_fields(text, "one", {"url": "https://b.org"})
    with pytest.raises(BibError, match=r"'broken' \(line 1\) cannot be read"):
        set_fields(text, "broken", {"url": "https://b.org"})


def test_a_value_that_looks_like_an_entry_is_refused_not_guessed() -> None:
    text = "@online{one,\n  note = {\n    @a{}},\n  url = {https://a.org/1},\n}\n"
    with pytest.raises(BibError, match="cannot be read"):
        set_fields(text, "one", {"url": "https://b.org"})


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("three", {"url": "https://b.org"}, "no entry 'three'"),
        ("one", {"title": "x"}, "field 'title' is not one of"),
        ("one", {"url": "https://b.org/}{"}, "cannot stand"),
        ("one", {"url": "https://b.org/{"}, "cannot stand"),
        ("one", {"url": "a\nb"}, "cannot stand"),
        ("one", {"archiveurl": " "}, "cannot stand"),
    ],
)
def test_what_cannot_be_written_is_refused(key: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(BibError, match=words):
        set_fields(OURS, key, values)


def test_every_entry_of_our_own_file() -> None:
    """Old values written again change nothing; a new field adds one line."""
    text = (ROOT / "references.bib").read_bytes().decode()
    for key in sorted(real.site().keys)[::25]:
        old = {name: f.value for name, f in fields(text, key).items() if name in WRITABLE}
        assert set_fields(text, key, old) == text
        if "archiveurl" not in old and "url" in old:
            new = set_fields(text, key, {"archiveurl": COPY})
            (line,) = [line for line in new.split("\n") if COPY in line]
            assert re.fullmatch(r"  archiveurl   = \{.*\},", line)
            assert new.replace(line + "\n", "") == text


def test_the_bibliography_still_reads(tmp_path) -> None:
    text = (ROOT / "references.bib").read_bytes().decode()
    key = sorted(real.site().keys)[3]
    copy = tmp_path / "references.bib"
    new = set_fields(text, key, {"url": "https://b.org/x", "archiveurl": COPY})
    copy.write_bytes(new.encode())
    known = {str(p) for p in rules.check(ROOT / "references.bib", ROOT)}
    assert {str(p) for p in rules.check(copy, tmp_path)} == known


# ---------------------------------------------------------------- any file at all


@dataclass(frozen=True)
class Case:
    text: str
    keys: list[str]


NAMES = ["url", "urldate", "archiveurl", "archivedate", "title", "note", "Author", "x-url", "date"]
plain = st.text("abc =,#%@äß深 \t\\", max_size=12)


@st.composite
def braced(draw: st.DrawFn, depth: int = 2) -> str:
    """Text in which braces match."""
    out = draw(plain)
    if depth and draw(st.booleans()):
        out += "{" + draw(braced(depth - 1)) + "}" + draw(plain)
    return out


@st.composite
def values(draw: st.DrawFn, newline: str) -> str:
    kind = draw(st.sampled_from(["brace", "brace", "quote", "bare", "sum", "lines"]))
    if kind == "bare":
        return draw(st.sampled_from(["2026", "apr", "unknownmacro"]))
    inner = draw(braced())
    if kind == "quote":
        return f'"{inner}"'
    if kind == "sum":
        return f'"{inner}" # {{b}}'
    if kind == "lines":
        # A line that begins with @word{ begins an entry, here as in the checks: it is refused.
        return f"{{{inner}{newline}    and {draw(braced())}}}"
    return f"{{{inner}{draw(st.sampled_from(['', chr(34), chr(39)]))}}}"


@st.composite
def files(draw: st.DrawFn) -> Case:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    out, keys = [draw(st.sampled_from(["", "\ufeff", f"% about {{these}}{newline}"]))], []
    for number in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            out.append(
                draw(st.sampled_from(["@comment{url = {x}, key0}", "% url = {y}", "words"]))
                + newline
            )
        key = f"key{number}"
        keys.append(key)
        between = draw(
            st.sampled_from([f"{newline}  ", f"{newline}\t", " ", "", f"{newline}{newline}"])
        )
        entry = f"@online{{{key},"
        names = draw(st.lists(st.sampled_from(NAMES), max_size=6, unique=True))
        for i, name in enumerate(names):
            space = draw(st.sampled_from(["", " ", "     "]))
            entry += f"{between}{name}{space}={space[:1]}{draw(values(newline))}"
            entry += "," if i + 1 < len(names) or draw(st.booleans()) else ""
        out.append(entry + draw(st.sampled_from(["", newline, " "])) + "}" + newline)
    if draw(st.booleans()):
        out[-1] = out[-1].removesuffix(newline)
    return Case("".join(out), keys)


def read(text: str) -> dict[str, dict[str, str]]:
    """Every entry as pybtex reads it, without our code."""
    macros = {"unknownmacro": "?", "apr": "April"}
    entries = [e for e in LowLevelParser(text, macros=macros) if e[0].lower() == "online"]
    return {
        key: {name.lower(): "".join(parts) for name, parts in fields}
        for _, (key, fields) in entries
    }


new_values = st.dictionaries(
    st.sampled_from(WRITABLE),
    st.sampled_from(["https://b.org/?q=1&r=%20#x", "2026-11-24", 'with "quotes"', "{nested}"]),
    min_size=1,
)


@settings(deadline=None)
@given(files(), st.integers(0, 2), new_values)
@example(Case("@online{key0,\n  url = {a},\n  title = {b},\n}\n", ["key0"]), 0, {"url": "c"})
def test_only_the_named_fields_change(case: Case, which: int, wanted: dict[str, str]) -> None:
    # An @ in a line between entries begins one, for pybtex; ours has none but in @comment.
    key = case.keys[which % len(case.keys)]
    before = read(case.text)
    new = set_fields(case.text, key, wanted)
    after = read(new)
    assert after.pop(key) == {**before.pop(key), **wanted}
    assert after == before
    # Byte for byte: what is common at both ends, and between these only the entry's lines.
    start = case.text.index(f"{key},")
    end = case.text.find("@online", start)
    end = len(case.text) if end < 0 else end
    assert new.startswith(case.text[:start])
    assert new.endswith(case.text[end:])
    written = {name for name in wanted if before_value(case, key, name) != wanted[name]}
    for tag, old_line, new_line in line_changes(case.text, new):
        assert names_a_field(old_line + new_line, written) or tag == "comma", (old_line, new_line)
    if not wanted.keys() & read(case.text)[key].keys():
        rest = new
        for name, value in wanted.items():
            added = rf"(?:\r?\n)?[ \t]*\b{name}[ \t]*=[ \t]*\{{{re.escape(value)}\}}"
            rest = re.sub(added, "", rest, count=1)
        assert rest.replace(",", "") == case.text.replace(",", "")
    if "\r" not in case.text:
        assert "\r" not in new
    elif re.search(r"(?<!\r)\n", new):
        raise AssertionError("a line end of another kind")
    assert set_fields(new, key, wanted) == new, "writing twice changes nothing more"


def before_value(case: Case, key: str, name: str) -> str | None:
    return read(case.text)[key].get(name)


def names_a_field(line: str, names: set[str]) -> bool:
    return any(name in line for name in names)


def line_changes(old: str, new: str) -> list[tuple[str, str, str]]:
    """Changed blocks of lines; ``comma`` where only a comma was added to a line's end."""
    a, b = old.split("\n"), new.split("\n")
    out = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            was, now = "\n".join(a[i:j]), "\n".join(b[k:m])
            only_comma = was.rstrip("\r") + "," == now.rstrip("\r")
            out.append(("comma" if only_comma else tag, was, now))
    return out


@settings(deadline=None)
@given(files(), st.integers(0, 2), st.sampled_from(WRITABLE))
def test_writing_the_old_value_back_restores_the_file(case: Case, which: int, name: str) -> None:
    key = case.keys[which % len(case.keys)]
    known = fields(case.text, key)
    if name not in known or case.text[known[name].value_start] != "{" or "\n" in known[name].value:
        return
    old = known[name].value
    if not old.strip():
        return
    new = set_fields(case.text, key, {name: "something else"})
    assert set_fields(new, key, {name: old}) == case.text
