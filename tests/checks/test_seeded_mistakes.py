"""One project with every kind of mistake: all are reported in one run, each at its place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scripts.checks import run as check
from scripts.engine.site import for_checks
from scripts.problems import Problem
from tests.conftest import Project


@dataclass(frozen=True)
class Mistake:
    name: str
    file: str
    find: str
    """A text that stands only where the mistake is; its line is the expected line."""
    message: str
    level: str = "error"


FACTS = """
defaults:
  {as_of: 2026-04-24, reported_by: deepseek, topic: architecture, sources: [{key: org2026report}]}
records:
  - {id: total-parameters, label: Total parameters, value: 1600000000000, unit: parameters,
     display: 1.6 trillion}
  - {id: cache-share, label: Cache share, value: 10, unit: percent}
  - {id: no-value, label: Without value}
  - {id: Bad Id, label: Bad id, value: 1, unit: count}
  - {id: bad-field, label: Bad field, valeu: 1, value: 1, unit: count}
  - {id: bad-unit, label: Bad unit, value: 1, unit: furlongs}
  - {id: bad-date, label: Bad date, value: 1, unit: count, as_of: 2026-02-30}
  - {id: bad-status, label: Bad status, value: 1, unit: count, status: sure}
  - {id: unit-of-text, label: Number as text, value: 27}
  - {id: text-with-unit, label: Text with unit, value: plenty, unit: tokens}
  - {id: quoted-number, label: Quoted number, value: "27", unit: percent}
  - {id: wrong-display, label: Wrong display, value: 14, unit: percent, display: 41%}
  - {id: wrong-currency, label: Wrong currency, value: 14, unit: usd, display: ¥14}
  - {id: bad-source, label: Bad source, value: 1, unit: count, sources: [{key: org2026raport}]}
  - {id: bad-party, label: Bad party, value: 1, unit: count, reported_by: depseek}
  - {id: bad-link, label: Bad link, value: 1, unit: count, disputes: [cache-shere]}
  - {id: contradiction, label: Cache share, value: 11, unit: percent}
  - {id: lone-dispute, label: Lone dispute, value: 1, unit: count, status: disputed}
  - {id: old-value, label: Old value, value: 1, unit: count, status: superseded}
  - {id: newer-value, label: Newer value, value: 2, unit: count, as_of: 2026-05-01,
     supersedes: [not-marked-old]}
  - {id: not-marked-old, label: Not marked as old, value: 1, unit: count}
  - {id: long-unseen, label: Long unseen, value: 1, unit: count, review_days: 30}
  - {id: of-the-future, label: Of the future, value: 1, unit: count, as_of: 2126-01-01}
  - {id: cache-share, label: Taken id, value: 1, unit: count}
  - {id: unused-fact, label: Unused fact, value: 3, unit: count}
"""

PRICES = """
defaults: {seller: deepseek, reported_by: deepseek, model: v4, api_name: chat, currency: USD,
  rates: {cache_miss: 1, output: 2}, as_of: 2026-04-24, sources: [{key: org2026report}]}
records:
  - {id: first-price, from: 2026-04-01T00:00:00Z, to: 2026-05-01T00:00:00Z}
  - {id: overlapping-price, from: 2026-04-30T23:59:59Z, to: 2026-06-01T00:00:00Z}
  - {id: price-after-gap, from: 2026-06-01T00:00:01Z, to: 2026-07-01T00:00:00Z}
  - {id: backward-price, from: 2026-07-02T00:00:00Z, to: 2026-07-01T00:00:00Z}
  - {id: price-without-zone, from: 2026-07-02T00:00:00, to: 2026-08-01T00:00:00Z}
  - {id: negative-price, from: 2026-08-01T00:00:00Z, to: 2026-09-01T00:00:00Z, rates: {output: -1}}
"""

PAGE = """\
---
title: Mistakes
description: A page with one mistake of each kind.
as_of: 2026-04-24
reviewed: 2026-11-23
---

# Mistakes

The answer.
{ .answer }

{{ as_of_line() }}

V4-Pro has {{ fact("total-parameters") }} parameters and {{ fact("cache-share") }} of the cache.

The model was trained on 33 trillion tokens.

It needs 27% of the work.

It costs $3.48 now.

It came on July 31, 2026.

It came. {## uncited: ##}

Three sources [@second-kind2026].

It has 61 layers. {## uncited: the example of an opt-out with its reason ##}

The value is {{ fact("old-value") }} for everybody.

Since May 2026 it is {{ fact("newer-value") }}.

{{ fact("total-parametres") }} parameters.

{{ fatc("total-parameters") }} parameters.

{{ fact("total-parameters" }} parameters.

As the report says [@org2026repotr].

A [link to nowhere](nowhere.md).
"""

BROKEN_MACRO = PAGE.index('{{ fact("total-parameters" }}')

BIB = """
@report{unused2026report,
  author   = {{Nobody}},
  title    = {A Report that Nobody Cites},
  date     = {2026-04-24},
  url      = {https://example.org/unused},
  urldate  = {2026-11-23},
  keywords = {primary},
}

@report{second-kind2026,
  author   = {{Nobody}},
  urldate  = {2026-11-23},
  title    = {A Report of an Unknown Kind},
  date     = {2026-04-24},
  url      = {https://example.org/kind},
  keywords = {gossip},
}

@report{bad_key2026,
  author   = {{Nobody}},
  urldate  = {2026-11-23},
  title    = {A Report with a Bad Key},
  date     = {2026-04-24},
  url      = {https://example.org/key},
  keywords = {primary},
}
"""

FACT_FILE, PRICE_FILE, PAGE_FILE = "data/facts.yml", "data/prices.yml", "docs/mistakes.md"

MISTAKES = [
    Mistake("no value", FACT_FILE, "id: no-value", "a known fact needs a value"),
    Mistake("bad id", FACT_FILE, "id: Bad Id", "field 'id'"),
    Mistake("unknown field", FACT_FILE, "valeu: 1", "did you mean 'value'?"),
    Mistake("unknown unit", FACT_FILE, "furlongs", "unknown unit 'furlongs'"),
    Mistake("impossible date", FACT_FILE, "2026-02-30", "bad-date: field 'as_of'"),
    Mistake("unknown status", FACT_FILE, "status: sure", "bad-status: field 'status'"),
    Mistake("number without unit", FACT_FILE, "id: unit-of-text", "give it a unit of its own"),
    Mistake("text with unit", FACT_FILE, "plenty", "cannot have the unit 'tokens'"),
    Mistake("quoted number", FACT_FILE, "id: quoted-number", "take the quotes off"),
    Mistake("display disagrees", FACT_FILE, "id: wrong-display", "does not show the value 14"),
    Mistake("wrong currency", FACT_FILE, "id: wrong-currency", "is not in the unit 'usd'"),
    Mistake("unknown source", FACT_FILE, "org2026raport", "did you mean 'org2026report'?"),
    Mistake("unknown party", FACT_FILE, "depseek", "did you mean 'deepseek'?"),
    Mistake("unknown party of a line", "data/models.yml", "id: v4,", "did you mean 'caisi'?"),
    Mistake("link to nothing", FACT_FILE, "cache-shere", "did you mean 'cache-share'?"),
    Mistake("contradiction", FACT_FILE, "id: contradiction", "disputes: [cache-share]"),
    Mistake("dispute without other side", FACT_FILE, "id: lone-dispute", "names no other record"),
    Mistake("not marked as superseded", FACT_FILE, "id: not-marked-old", "set 'status: superseded'"),  # noqa: E501
    Mistake("review is due", FACT_FILE, "id: long-unseen", "every 30 days", "warning"),
    Mistake("future", FACT_FILE, "2126-01-01", "is in the future"),
    Mistake("taken id", FACT_FILE, "label: Taken id", "id 'cache-share' is taken"),
    Mistake("unused fact", FACT_FILE, "id: unused-fact", "fact('unused-fact')", "warning"),
    Mistake("overlap", PRICE_FILE, "id: overlapping-price", "must not overlap"),
    Mistake("gap", PRICE_FILE, "id: price-after-gap", "close the gap"),
    Mistake("interval backward", PRICE_FILE, "id: backward-price", "'from' must be earlier"),
    Mistake("instant without zone", PRICE_FILE, "id: price-without-zone", "field 'from'"),
    Mistake("negative price", PRICE_FILE, "output: -1", "field 'rates.output'"),
    Mistake("quantity", PAGE_FILE, "33 trillion", "quantity '33 trillion' has no source"),
    Mistake("percentage", PAGE_FILE, "27% of", "percentage '27%' has no source"),
    Mistake("price", PAGE_FILE, "$3.48", "price '$3.48' has no source"),
    Mistake("date", PAGE_FILE, "July 31, 2026", "date 'July 31, 2026' has no source"),
    Mistake("opt-out without reason", PAGE_FILE, "uncited: ##", "without a reason"),
    Mistake("superseded without date", PAGE_FILE, '"old-value"', "gives no date"),
    Mistake("head too old", PAGE_FILE, "as_of: 2026-04-24", "is older than 'newer-value'"),
    Mistake("unknown fact", PAGE_FILE, "total-parametres", "did you mean 'total-parameters'?"),
    Mistake("unknown macro", PAGE_FILE, "fatc(", "unknown macro 'fatc'"),
    Mistake("unknown citation", PAGE_FILE, "org2026repotr", "did you mean 'org2026report'?"),
    Mistake("dead link", PAGE_FILE, "nowhere.md", "does not exist"),
    Mistake("source never cited", "references.bib", "unused2026report", "'unused2026report' is cited by no page", "warning"),  # noqa: E501
    Mistake("unknown kind", "references.bib", "keywords = {gossip}", "gossip"),
    Mistake("bad key", "references.bib", "{bad_key2026", "key 'bad_key2026' may have only"),
]  # fmt: skip


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, list[Problem]]:
    from tests.conftest import make_project

    project = make_project(tmp_path_factory.mktemp("seeded") / "project")
    project.write("data/facts.yml", FACTS)
    project.write("data/prices.yml", PRICES)
    project.write(
        "data/models.yml",
        "records:\n  - {id: v4, name: V4, developer: DeepSeek, as_of: 2026-04-24,"
        " reported_by: deepseek, sources: [{key: org2026report}],\n"
        "     specs: {layers: {value: 61, unit: count, reported_by: cassi}}}\n",
    )
    # A page whose macros cannot be parsed hides its other macros: that mistake has its own page.
    good = PAGE.replace('{{ fact("total-parameters" }} parameters.\n\n', "")
    project.write("docs/mistakes.md", good)
    broken = PAGE.split("V4-Pro has")[0].replace("title: Mistakes", "title: Broken")
    project.write("docs/broken.md", broken + '{{ fact("total-parameters" }}\n')
    bib = project.root / "references.bib"
    bib.write_text(bib.read_text(encoding="utf-8") + BIB, encoding="utf-8")
    return project, check.run(for_checks(project.root))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_it_is_reported_at_its_place(
    seeded: tuple[Project, list[Problem]], mistake: Mistake
) -> None:
    project, problems = seeded
    text = (project.root / mistake.file).read_text(encoding="utf-8")
    assert text.count(mistake.find) == 1, "the mark of the mistake is not unique"
    line = text.count("\n", 0, text.index(mistake.find)) + 1
    found = [p for p in problems if p.file == mistake.file and mistake.message in p.message]
    assert [(p.line, p.level) for p in found] == [(line, mistake.level)], "\n".join(
        str(p) for p in problems if p.file == mistake.file
    )


def test_a_macro_that_cannot_be_parsed(seeded: tuple[Project, list[Problem]]) -> None:
    _, problems = seeded
    found = [p for p in problems if p.file == "docs/broken.md" and "macro syntax" in p.message]
    assert [p.line for p in found] == [15]


def test_an_opt_out_with_a_reason_is_quiet(seeded: tuple[Project, list[Problem]]) -> None:
    _, problems = seeded
    assert not [p for p in problems if "61 layers" in p.message]


def test_what_is_right_is_not_reported(seeded: tuple[Project, list[Problem]]) -> None:
    """Every problem is one that was seeded: no check cries wolf."""
    _, problems = seeded
    known = [mistake.message for mistake in MISTAKES]
    known += [
        "macro syntax",
        "'bad_key2026' is cited",
        "no page uses this fact",
    ]
    assert not [str(p) for p in problems if not any(message in p.message for message in known)]
