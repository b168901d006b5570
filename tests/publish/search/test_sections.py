"""The search sees what a reader sees: sections with their anchors, no notes, no pictures."""

from __future__ import annotations

from scripts.publish.finished import Finished
from scripts.publish.search.index import pages_index, simplified_of
from scripts.publish.search.sections import sections

CONTENT = """<h1 id="t">A page</h1><p>Lead <b>text</b><a data-search-exclude>1</a>.</p>
<svg><text>drawn</text></svg>
<h2 id="one">One<a class="headerlink" href="#one">#</a></h2><p>First</p>
<table><tr><td>cell</td><td>next</td></tr></table>
<div data-search-exclude><h2 id="no">Not this</h2></div><h3 id="two">Two</h3><p>Second</p>"""
PAGE = Finished(
    "a.md", "a/", "A page", {"asks": ["what is it"], "description": "About"}, "", CONTENT
)


def test_sections_have_anchors_and_plain_text() -> None:
    found = sections(PAGE)
    assert [(part.anchor, part.heading) for part in found] == [
        ("", "A page"), ("one", "One"), ("two", "Two"),
    ]  # fmt: skip
    assert found[0].text == "Lead text."
    assert found[1].text.split() == ["First", "cell", "next"]
    assert not any("drawn" in part.text or "Not this" in part.text for part in found)


def test_a_page_without_content_has_no_sections() -> None:
    assert sections(Finished("a.md", "a/", "A")) == []


def test_the_index_lists_every_section_with_its_text() -> None:
    content, texts = pages_index([PAGE])
    assert content["sections"] == [["a/", "", "A page"], ["a/", "one", "One"], ["a/", "two", "Two"]]
    assert len(texts) == 3
    assert {"first", "second", "cell"} <= set(content["index"]["terms"])


def test_each_line_of_what_readers_ask_leads_to_its_page() -> None:
    other = Finished("b.md", "b/", "B", {"asks": ["why is it slow", "speed"]}, "", CONTENT)
    content, texts = pages_index([PAGE, other])
    assert content["asks"] == [0, 3, 3] and len(texts) == len(content["sections"]) == 6
    vectors = content["index"]["vectors"]
    assert {"7", "8"} <= set(vectors["asks"])  # behind the sections; the first is all stop words
    assert not {"6", "7", "8"} & set(vectors["text"])


def test_only_characters_in_use_are_folded() -> None:
    assert simplified_of("升腾") == {"騰": "腾", "昇": "升", "陞": "升"} or "騰" in simplified_of(
        "腾"
    )
    assert simplified_of("no Chinese") == {}
