"""Columns are aligned by classes: the pages' policy refuses style attributes."""

from __future__ import annotations

import markdown

from scripts.pages.alignment import AlignmentExtension


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "attr_list", AlignmentExtension()])


def test_alignment_is_a_class() -> None:
    page = rendered("| a | b | c | d |\n|---|:--|--:|:-:|\n| 1 | 2 | 3 | 4 |\n")
    assert "style=" not in page
    for cell in ("<th>a</th>", "<th>b</th>", '<th class="right">c</th>',
                 '<th class="center">d</th>',
                 "<td>1</td>", "<td>2</td>", '<td class="right">3</td>'):  # fmt: skip
        assert cell in page


def test_a_class_of_the_cell_stays() -> None:
    page = rendered("| a |\n|--:|\n| 1 { .own } |\n")
    assert '<td class="own right">1</td>' in page
