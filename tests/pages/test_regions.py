"""Frames around tables: focusable, and each with a name of its own."""

from __future__ import annotations

import re

from markdown import Markdown

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def convert(text: str) -> str:
    extensions = ["tables", "md_in_html", "attr_list", "scripts.pages.regions"]
    return Markdown(extensions=extensions).convert(text)


def labels(html: str) -> list[str]:
    """Of the frames; a table in one is called the same."""
    frames = re.findall(r'<div[^>]*aria-label="([^"]*)"', html)
    assert re.findall(r'<table[^>]*aria-label="([^"]*)"', html) == frames
    return frames


def test_a_typed_table_gets_a_frame_named_after_its_heading() -> None:
    html = convert(f"## What it *costs* {{ #c }}\n\n{TABLE}")
    assert labels(html) == ["Table: What it costs"]
    assert 'tabindex="0"' in html and 'role="region"' in html


def test_names_are_unique_on_a_page() -> None:
    labeled = f"Scores of *May*\n{{ .table-label }}\n\n{TABLE}\n"
    nested = "- item\n\n    " + labeled.replace("\n", "\n    ")
    html = convert(f"{TABLE}\ntext\n\n{labeled}\ntext\n\n{TABLE}\n\n{nested}")
    assert labels(html) == [
        "Table: this page",
        "Scores of May",
        "Table: this page (2)",
        "Scores of May (2)",
    ]
    assert "table-label" not in html
    assert html.count('class="table-wrap"') == 4


def test_the_text_after_a_table_stays_outside_its_frame() -> None:
    html = convert(f"{TABLE}\nafter")
    assert html.index("</div>") < html.index("after")


def test_an_empty_heading_is_a_plain_cell() -> None:
    html = convert("|   | Pro |\n|---|---|\n| a | b |\n")
    assert "<th></th>" not in html
    assert html.count("<th>") == 1


def test_a_row_bears_the_mark_of_its_first_cell() -> None:
    mark = '{ .of-record data-record="prices/p" data-since="2026-04-24" }'
    html = convert(f"| a | b |\n|---|---|\n| **1** <br> {mark} | 2 |\n| 3 | 4 |\n")
    assert html.count('<tr data-record="prices/p" data-since="2026-04-24">') == 1
    assert "of-record" not in html
    assert html.count("<td>") == 4
