"""Glossary terms in running text: the first use leads to the definition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown

from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import Term
from scripts.sources.site import Site


def term(record_id: str, name: str, *aliases: str) -> Term:
    return Term.model_validate(
        {
            "id": record_id, "term": name, "aliases": list(aliases), "short": f"About {name}.",
            "as_of": "2026", "reported_by": "us", "sources": [{"key": "k"}],
        }
    )  # fmt: skip


@pytest.fixture
def convert():
    terms = [
        term("kv-cache", "KV cache"),
        term("cache", "cache"),
        term("moe", "mixture of experts", "MoE"),
    ]
    site = Site(Path(), records=Dataset({"glossary": {item.id: item for item in terms}}))

    def run(text: str) -> str:
        extensions = ["attr_list", "tables", "scripts.pages.terms"]
        configs = {"scripts.pages.terms": {"site": site}}
        return Markdown(extensions=extensions, extension_configs=configs).convert(text)

    return run


def test_the_first_use_is_linked_and_no_other(convert) -> None:
    html = convert("A KV cache is kept. The KV cache grows.\n\nThe KV cache again.")
    assert html.count('class="gloss"') == 1
    assert html.index("<a") < html.index("grows")
    assert 'href="/reference/glossary.md#kv-cache"' in html
    assert "title=" not in html, "neither keys nor fingers reach it"


def test_definitions_stand_once_and_after_the_text(convert) -> None:
    html = convert("A KV cache is kept, by MoE.\n\nThe KV cache again.")
    text, _, end = html.partition("<details")
    assert "About" not in text
    assert re.findall(r'data-term="([^"]+)"', text) == ["term-kv-cache", "term-moe"]
    assert re.findall(r'<dd id="([^"]+)">', end) == ["term-kv-cache", "term-moe"]
    assert end.count(">About KV cache.</dd>") == 1
    assert "data-search-exclude" in end


def test_without_terms_there_are_no_definitions(convert) -> None:
    assert "<details" not in convert("Nothing here.")


def test_the_longest_term_wins_and_plurals_count(convert) -> None:
    html = convert("KV caches are caches; Mixture of experts.")
    assert ">KV caches</a>" in html and "#cache" in html and ">Mixture of experts</a>" in html


@pytest.mark.parametrize(
    "text",
    [
        "# The KV cache",
        "`KV cache`",
        "[the KV cache](x.md)",
        "| KV cache |\n|---|\n| MoE |",
        "cached",
        "moe",
    ],
)
def test_what_is_left_alone(convert, text: str) -> None:
    assert 'class="gloss"' not in convert(text)


def test_text_around_a_term_stays_in_order(convert) -> None:
    html = convert("Before *the* cache and **bold** MoE after.").partition("<details")[0]
    plain = "".join(html.replace("<", "\0<").replace(">", ">\0").split("\0")[::2])
    assert plain.strip() == "Before the cache and bold MoE after."


def test_a_story_in_pictures_is_left_to_its_text(convert) -> None:
    """Its stills are hidden where the tool runs; a first use there would be nobody's."""
    html = convert('<ol class="story-stills"><li><p>A KV cache.</p></li></ol>\n\nThe KV cache.')
    assert "A KV cache.</p>" in html and html.count('class="gloss"') == 1
