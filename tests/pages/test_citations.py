"""Citations in Markdown, one test for each known defect of mkdocs-bibtex that we work around."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from lxml import html as lxml_html

from scripts.sources.site import Site

BIB = Path(__file__).parents[1] / "fixtures" / "project" / "references.bib"

EXTENSIONS = [
    "attr_list",
    "tables",
    "md_in_html",
    "pymdownx.superfences",
    "toc",
    "scripts.pages.citations",
]
FOURTH = """
@online{fourth2026,
  author = {{A Fourth}}, title = {One more}, date = {2026-05-01},
  url = {https://example.org/fourth}, urldate = {2026-11-23}, keywords = {press},
}
"""
SITE = Site(Path(), bib=BIB.read_text(encoding="utf-8") + FOURTH)


def fragments(text: str, tag: str) -> list[lxml_html.HtmlElement]:
    """Elements of a rendered text."""
    return lxml_html.fragment_fromstring(text, create_parent="div").xpath(f".//{tag}")


def render(text: str, **config: object) -> str:
    return markdown.markdown(
        text,
        extensions=EXTENSIONS,
        extension_configs={"scripts.pages.citations": {"site": SITE, **config}},
    )


def test_citation_is_a_numbered_link_to_the_reference_list() -> None:
    html = render("A statement [@org2026report].")
    assert 'href="#ref-org2026report" id="cite-org2026report-1">[1]</a>' in html
    assert 'aria-label="Source 1"' in html
    assert '<li id="ref-org2026report">' in html


def test_one_source_has_one_number_and_links_back_to_every_use() -> None:
    html = render("One [@org2026report, Table 1]. Two [@chen2026three]. Three [@org2026report].")
    numbers = re.findall(r'id="cite-([a-z0-9]+)-(\d)">\[(\d)\]</a>', html)
    assert numbers == [
        ("org2026report", "1", "1"),
        ("chen2026three", "1", "2"),
        ("org2026report", "2", "1"),
    ]
    listing = html.split('<ol class="references"')[1]
    assert 'href="#cite-org2026report-1"' in listing
    assert 'href="#cite-org2026report-2"' in listing


def test_an_entry_shows_the_way_to_its_first_use_and_folds_the_others() -> None:
    """Each way back is a stop of the Tab key; in sight they were half of a page's stops."""
    places = [f"Table {number}" for number in range(1, 5)]
    html = render(" ".join(f"Said [@org2026report, {place}]." for place in places))
    (entry,) = fragments(html, "li[@id='ref-org2026report']")
    seen = entry.xpath("./span[@class='ref-uses']/a/text()")
    folded = entry.xpath("./details/span[@class='ref-uses']/a/text()")
    assert seen == places[:1] and folded == places[1:]


def test_numbers_follow_the_order_of_reading() -> None:
    html = render(
        "# T\n\n- a [@chen2026three]\n\nb [@org2026report]\n\n| x |\n|---|\n| [@liang2026zh] |\n"
    )
    assert re.findall(r'id="cite-([a-z0-9]+)-1">\[(\d)\]<', html) == [
        ("chen2026three", "1"),
        ("org2026report", "2"),
    ]
    assert re.search(r'data-n="3" href="#ref-liang2026zh"', html)


@pytest.mark.parametrize("locator", ["§2.3", "p. 5", "PDF §3.4, Table 1", "footnote 2 (zh)"])
def test_locator_stands_in_the_list_and_not_in_the_text(locator: str) -> None:
    html = render(f"A statement [@org2026report, {locator}].")
    text, listing = html.split('<ol class="references"')
    assert locator not in text
    assert f'<span class="cite-loc">{locator}</span>' in listing
    assert f">{locator}</a>" in listing


def test_a_note_stands_once_however_often_it_is_cited() -> None:
    html = render(
        "A [@org2026report, Table 1]. B [@org2026report, Table 1]. C [@org2026report, §2]."
    )
    text, listing = html.split('<ol class="references"')
    assert re.findall(r'href="(#ref-[^"]+)"', text) == [
        "#ref-org2026report.1",
        "#ref-org2026report.1",
        "#ref-org2026report.2",
    ]
    assert re.findall(r'<li id="([^"]+)"', listing) == [
        "ref-org2026report",
        "ref-org2026report.1",
        "ref-org2026report.2",
    ]
    for use in (1, 2, 3):
        assert re.search(rf'class="cite-back" href="#cite-org2026report-{use}"', listing)


def test_amounts_are_what_they_are_without_the_citation() -> None:
    """The number is set apart by a space, which copying leaves out with it."""
    for before, after in (("$0.15", "."), ("27%", " of it."), ("April 24, 2026", ", then")):
        (paragraph,) = fragments(render(f"{before} [@org2026report][@chen2026three]{after}"), "p")
        assert paragraph.text_content() == f"{before}\xa0[1][2]{after}"
        paragraph.find_class("cite")[0].drop_tree()
        assert paragraph.text_content() == before + after


def test_a_cell_holds_its_value_alone() -> None:
    html = render("| a |\n|---|\n| $0.15 [@org2026report, Table 1; @chen2026three] |\n")
    (cell,) = fragments(html, "td")
    assert cell.text_content() == "$0.15"
    assert [link.get("data-n") for link in cell.find_class("cite-ref")] == ["1", "2"]


def test_citations_in_a_row_are_one_run_with_each_source_once() -> None:
    html = render("A [@org2026report, §1][@chen2026three] [@org2026report, §2].")
    (run,) = fragments(html, "p")[0].find_class("cite")
    assert run.text_content() == "\xa0[1][2]"
    first = run.find_class("cite-ref")[0]
    assert first.get("data-refs") == "ref-org2026report.1 ref-org2026report.2"
    assert {"cite-org2026report-1", "cite-org2026report-2"} <= set(run.xpath(".//@id"))


def test_more_than_three_sources_in_a_row_are_one_mark() -> None:
    keys = ["org2026report", "chen2026three", "liang2026zh", "fourth2026"]
    html = render("A " + "".join(f"[@{key}]" for key in keys) + ".")
    (run,) = fragments(html, "p")[0].find_class("cite")
    (link,) = run.find_class("cite-ref")
    assert link.text == "[4 sources]"
    assert link.get("href") == f"#ref-{keys[0]}"
    assert link.get("data-refs").split() == [f"ref-{key}" for key in keys]
    assert set(run.xpath(".//@id")) == {f"cite-{key}-1" for key in keys}
    beside = fragments(html, "li")[0].find_class("ref-beside")[0]
    assert beside.xpath(".//@href") == [f"#ref-{key}" for key in keys[1:]]
    told = render("Sources: " + "".join(f"[@{key}]" for key in keys))
    assert "[all 4]" in told


def test_several_sources_in_one_bracket() -> None:
    html = render("A statement [@org2026report, Table 1; see @chen2026three].")
    assert html.count('class="cite-ref"') == 2
    assert ">Table 1<" in html


def test_citation_in_code_stays_as_typed() -> None:
    html = render("`[@org2026report]` and\n\n```text\n[@org2026report, p. 5]\n```\n")
    assert "<code>[@org2026report]</code>" in html
    assert "[@org2026report, p. 5]" in html
    assert "references" not in html


def test_handles_and_addresses_are_no_citations() -> None:
    html = render("Ask @antirez, [@Handle], me@example.org or [me@example.org].")
    assert 'class="cite' not in html


def test_unknown_key_is_visible() -> None:
    assert "unknown source: nobody2026" in render("A statement [@nobody2026].")


def test_titles_keep_their_capitals() -> None:
    assert "Towards Highly Efficient Million-Token Context Intelligence" in render(
        "[@org2026report]"
    )


def test_dates_show_and_access_dates_too() -> None:
    html = render("[@org2026report]")
    assert "2026-04-24" in html
    assert "read 2026-11-23" in html


def test_chinese_name_has_the_family_name_first() -> None:
    assert "梁文锋" in render("[@liang2026zh]")


def test_address_is_a_link_and_printed_once() -> None:
    html = render("[@liang2026zh]").split('<ol class="references"')[1]
    assert 'href="https://example.org/a_b?x=1&amp;y=2"' in html
    assert html.count("example.org/a_b") == 2  # address and its text, not doi and url as well


def test_citation_in_a_table_cell_and_in_raw_html() -> None:
    html = render("| a |\n|---|\n| 1 [@org2026report] |\n")
    assert 'class="cite-ref"' in html
    html = render('<div markdown="1">\n\nText [@org2026report]\n\n</div>')
    assert 'class="cite-ref"' in html


def test_citations_in_raw_html_are_numbered_in_the_order_of_reading() -> None:
    html = render(
        "A [@org2026report].\n\n<details><summary>More [@chen2026three, p. 2]</summary>\n"
        "<p title='[@x]'>Text [@liang2026zh] here.</p></details>\n\nB [@chen2026three]."
    )
    text = html.split('<ol class="references"')[0]
    assert re.findall(r">\[(\d)\]</a>", text) == ["1", "2", "3", "2"]
    assert re.search(
        r"<details><summary>More.*</summary>\n<p title='\[@x\]'>Text.*here", text, re.S
    )
    assert text.count("<details>") == text.count("</details>") == 1


def test_a_citation_over_two_lines_and_with_brackets() -> None:
    html = render("A [@org2026report,\nTable 1] and B [@chen2026three, eq. [3]].")
    assert ">Table 1</a>" in html and ">eq. [3]</a>" in html and "[@" not in html


def test_link_beside_a_citation_is_left_alone() -> None:
    html = render("[text](https://example.org) [@org2026report]")
    assert '<a href="https://example.org">text</a>' in html


def test_marks_and_notes_are_left_out_of_the_search() -> None:
    html = render("A [@org2026report, Table 1]")
    assert re.search(r'class="cite" data-search-exclude=""', html)
    assert re.search(r'class="references" data-search-exclude=""', html)


def test_pages_do_not_share_numbers() -> None:
    md = markdown.Markdown(
        extensions=["scripts.pages.citations"],
        extension_configs={"scripts.pages.citations": {"site": SITE}},
    )
    md.convert("[@chen2026three]")
    md.reset()
    assert ">[1]</a>" in md.convert("[@org2026report]")


def test_reference_list_can_be_left_out() -> None:
    assert "references" not in render("[@org2026report]", reference_list=False)
