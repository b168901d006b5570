"""What importers and styles would lose of CSL-JSON is mended before it leaves the house."""

from __future__ import annotations

import pytest

from scripts.sources.references import bibliography, csl


@pytest.mark.parametrize(
    ("kind", "item", "expected"),
    [
        ("software", {"type": "software"}, {"type": "webpage", "genre": "Computer software"}),
        ("legislation", {"type": "legislation"}, {"type": "report", "genre": "Rule"}),
        (
            "article",
            {"type": "article-journal", "container-title": "arXiv"},
            {"type": "article", "publisher": "arXiv"},
        ),
        (
            "article",
            {"type": "article-journal", "container-title": "Nature"},
            {"type": "article-journal", "container-title": "Nature"},
        ),
        (
            "online",
            {"type": "webpage", "language": "chinese"},
            {"type": "webpage", "language": "zh-CN"},
        ),
        (
            "online",
            {"type": "webpage", "DOI": "10.1/x"},
            {"type": "webpage", "DOI": "10.1/x", "URL": "https://doi.org/10.1/x"},
        ),
        (
            "online",
            {"type": "webpage", "author": [{"family": "Gema"}, {"literal": "others"}]},
            {"type": "webpage", "author": [{"family": "Gema"}, {"literal": "et al."}]},
        ),
        (
            "online",
            {"type": "webpage", "author": [{"dropping-particle": "de", "family": "Jong"}]},
            {"type": "webpage", "author": [{"non-dropping-particle": "de", "family": "Jong"}]},
        ),
    ],
)
def test_items_are_mended(kind: str, item: dict, expected: dict) -> None:
    assert csl.mended(dict(item), kind) == expected


def test_a_range_without_end_ends_in_no_year() -> None:
    """pandoc's sign for it, a zero, is printed by other programs."""
    item = {"type": "webpage", "issued": {"date-parts": [[2026, 3], [0]]}}
    assert csl.mended(item, "online")["issued"] == {"date-parts": [[2026, 3]]}


HEAD = "@inproceedings{k, date={2026}, booktitle={Alston \\& Bird at AB}, "


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ("author={van der Berg, Jr., Ann}, title={T}", "van der Berg, Ann, Jr. “T.”"),
        ("author={{A}}, title={A \\textbraceleft{} or \\textbraceright{}}", "A { or }"),
        ("author={{A}}, title={T}", "Alston &amp; Bird at AB"),
    ],
)
def test_an_entry_is_printed_as_it_was_typed(fields: str, printed: str) -> None:
    found = bibliography.load(HEAD + fields + "}")["k"].html
    assert printed in found


def test_a_house_with_and_in_its_name_stays_one() -> None:
    text = "@report{k, title={T}, author={{A}}, date={2026}, institution={Alston and Bird}}"
    assert bibliography.load(text)["k"].csl["publisher"] == "Alston and Bird"


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("awesome-deepseek-agent", ["awesome-deepseek-agent"]),
        ("Issue 3222 of farion1231/cc-switch", ["farion1231/cc-switch"]),
        ("A note on v4.1 and what it costs", ["v4.1"]),
        ("DeepSeek-V4: what it costs", []),
    ],
)
def test_small_letters_are_kept_where_they_belong_to_a_name(title: str, marked: list[str]) -> None:
    text = csl.with_case_kept({"title": title})["title"]
    expected = title
    for word in marked:
        expected = expected.replace(word, f'<span class="nocase">{word}</span>')
    assert text == expected
