"""A small project in which everything is right, with a record of every kind; mistakes go into it."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.checks import run
from scripts.problems import Problem
from scripts.sources import site as sites
from scripts.sources.shelf import Shelf
from tests.conftest import FIXTURES

COMMON = "as_of: 2026-04-24, reported_by: deepseek, sources: [{key: org2026report}]"

DATA = {
    "models": "id: v4, name: V4, developer: DeepSeek, released: 2026-04-24, weights: open,\n"
    "     specs: {layers: {value: 61, unit: layers}, context: {value: 1000000, unit: tokens}}",
    "peak_schemes": "id: day, from: 2026-08-16T00:00:00Z, windows_utc: [['01:00', '04:00']],\n"
    "     weekdays: [mon, tue]",
    "prices": "id: v4-usd, seller: deepseek, model: v4, api_name: chat, currency: USD,\n"
    "     from: 2026-04-24T00:00:00Z, rates: {cache_hit: 0.1, cache_miss: 1, output: 2}",
    "benchmarks": "id: bench, name: Bench, category: coding, measures: Code., metric: accuracy",
    "results": "id: v4-bench, benchmark: bench, model: v4, score: 80.6, mode: max, setting: plain",
    "chips": "id: chip, name: Chip, maker: Maker, kind: gpu, accounting: package,\n"
    "     specs: {memory: {value: 96, unit: gb}}",
    "events": "id: launch, date: 2026-04-24, lane: models, title: Launch, text: It came., major: true",
    "glossary": "id: cache, term: KV cache, short: What is kept.",
    "claims": "id: claim, number: 1, claim: It is cheap., verdict: holds, finding: It is.,\n"
    "     page: index.md",
    "rumors": "id: rumor, claim: It is free., who: Somebody, when: 2026-05, verdict: 'false',\n"
    "     evidence: It costs.",
    "corrections": "id: fix, date: 2026-05-01, was: Old., now: New.",
    "error_codes": "id: e402, code: '402', name: Balance, cause: No money., remedy: Pay.",
    "limits": "id: limit, name: Output, applies_to: V4, value: 64000, unit: tokens",
    "engines": "id: vllm-v4, engine: vLLM, model: v4, works: 'yes', summary: It runs.",
}  # fmt: skip

PAGE = """---
title: Everything
description: Every macro that lists records.
as_of: 2026-04-24
reviewed: 2026-11-23
---

# Everything

All of it.
{ .answer }

{{ as_of_line() }}

V4 has {{ spec("v4", "layers") }}, costs {{ price("v4-usd", "output") }}, scores {{ score("v4-bench") }}.

{{ error_table() }}

{{ limits_table() }}

{{ engines_table() }}

{{ records_list("events") }}

A sentence [@org2026report, Table 1].
"""


def make(root: Path) -> Path:
    """The project below ``root``."""
    shutil.copytree(FIXTURES / "project", root, dirs_exist_ok=True)
    for name, record in DATA.items():
        text = f"records:\n  - {{{record},\n     {COMMON}}}\n"
        (root / "data" / f"{name}.yml").write_text(text, encoding="utf-8")
    (root / "docs" / "everything.md").write_text(PAGE, encoding="utf-8")
    return root


def checked(root: Path, kept: Path) -> list[Problem]:
    """All problems of a project, by the check itself, in this process."""
    return run.run(sites.read(root, shelf=Shelf(kept, "corpus")))
