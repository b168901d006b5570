"""Records and sources that are in order one by one, and not beside the others or the calendar."""

from __future__ import annotations

from tests.contributions import base
from tests.contributions.case import Case, fact, replaced
from tests.contributions.sources import field


def second(collection: str, record: str, words: str = "", find: str = "- {id: more") -> Case:
    """One more record beside the one of its collection."""
    text = (
        f"records:\n  - {{{base.DATA[collection]},\n     {base.COMMON}}}\n"
        f"  - {{id: more, {record},\n     {base.COMMON}}}\n"
    )
    file = f"data/{collection}.yml"
    return Case(f"{collection} {record[:50]}", ((file, text.encode()),), words, file, find)


_MODEL = "developer: DeepSeek, released: 2026-04-24, weights: open"
_EVENT = "lane: models, title: More, text: It came."
PRICE = "seller: deepseek, model: v4, api_name: other, currency: USD, from: 2026-04-24T00:00:00Z"

RECORDS = [
    second("models", f"name: V5, {_MODEL}"),
    second("models", f"name: V4, {_MODEL}", "'V4' is taken by 'v4'"),
    second("models", f"name: V5, {_MODEL}, specs: {{layers: {{value: 61.5, unit: layers}}}}",
           "there are only whole layers"),
    second("chips", "name: chip, maker: Maker, kind: gpu, accounting: package, specs: {}",
           "'chip' is taken by 'chip'"),
    second("glossary", "term: Other, short: It is."),
    second("glossary", "term: kv cache, short: It is.", "'kv cache' is taken by 'cache'"),
    second("glossary", "term: Other, aliases: [KV cache], short: It is.", "is taken by 'cache'"),
    second("glossary", "term: Other, aliases: [other], short: It is."),
    second("glossary", "term: Other, see_also: [more], short: It is.", "names the record itself"),
    second("claims", "number: 1, claim: More., verdict: holds, finding: Yes., page: index.md",
           "'1' is taken by 'claim'"),
    second("events", f"date: 2026-04, {_EVENT}"),
    second("events", f"date: 2026-04-25, {_EVENT}", "after its as_of"),
    second("events", f"date: 2026-05, {_EVENT}", "after its as_of"),
    second("prices", f"{PRICE}, rates: {{output: 100000000}}", "for a million tokens"),
    second("prices", f"{PRICE}, rates: {{output: 600}}"),
    fact("note: TODO", "not finished"),
    fact("label: 'A &lt;b&gt;'", "a code of HTML"),
    fact("label: 'R&D'"),
    fact("label: 'A\u200bB'", "an invisible character (U+200B)"),
    fact("label: 'A\u00adB'", "an invisible character (U+00AD)"),
    fact("id: new-fact\u00a0"),
    replaced("data/limits.yml", "sources: [{key: org2026report}]",
             "sources: [{key: org2026report}, {key: org2026report}]", "is named twice",
             "org2026report}, {"),
    replaced("data/limits.yml", "sources: [{key: org2026report}]",
             "sources: [{key: org2026report}, {key: org2026report, at: Table 1}]"),
]  # fmt: skip

SOURCES = [
    field("an invisible character (U+200B)", "title", "{A\u200bB}"),
    field("not finished", "title", "{TODO}"),
    field("not finished", "note", "{FIXME, ask them}"),
    field("all in capitals", "title", "{ALL CAPS TITLE HERE}"),
    field("", "title", "{{NVIDIA} {GB200} {NVL72}}"),
    field("that only some can reach", "url", "{http://192.168.1.1/x}"),
    field("that only some can reach", "url", "{http://127.0.0.1:8000/x}"),
    field("that only some can reach", "url", "{https://wiki.example.internal/x}"),
    field("", "url", "{https://1.1.1.1/x}"),
    field("ends in '.'", "url", "{https://example.org/x.}"),
    field("is no name", "author", "{Smith, John; Doe, Jane}"),
    field("is no name", "author", "{Smith \\& Doe}"),
    field("is no name", "author", "{Smith, John et al.}"),
    field("", "author", "{Smith, John and others}"),
    field("", "author", "{{Johnson \\& Johnson}}"),
]  # fmt: skip

CASES: list[Case] = [*RECORDS, *SOURCES]
