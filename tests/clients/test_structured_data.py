"""JSON-LD against schema.org's vocabulary, as the TypeScript compiler sees it.

schema-dts (Google) is the vocabulary as types: every type, its properties, and what each takes.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from scripts.sources.identity import SITE_TITLE
from tests.clients import FOLDER, from_npm, program

FLAGS = (
    "--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler",
)  # fmt: skip


def compile_errors(graphs: dict[str, Any], folder: Path) -> list[str]:
    """What the compiler says about graphs that are declared to be schema.org's."""
    node = program("node", "install Node.js 20 or newer")
    compiler = from_npm("typescript") / "bin" / "tsc"
    from_npm("schema-dts")
    lines = ['import type { Graph } from "schema-dts";']
    for number, (where, graph) in enumerate(graphs.items()):
        text = json.dumps(graph, ensure_ascii=False, indent=1)
        lines.append(f"// {where}\nexport const graph{number}: Graph = {text};")
    (folder / "graphs.ts").write_text("\n".join(lines), encoding="utf-8")
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    done = subprocess.run(
        [node, compiler, *FLAGS, "graphs.ts"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0 or done.stdout, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def graphs(works_of_ours) -> dict[str, Any]:
    found = {}
    for where, page in works_of_ours.items():
        (text,) = page.xpath("//script[@type='application/ld+json']/text()")
        found[where] = json.loads(text)
    return found


def test_every_page_keeps_to_the_vocabulary(graphs, tmp_path: Path) -> None:
    assert compile_errors(graphs, tmp_path) == []


@pytest.mark.parametrize(
    ("node", "complaint"),
    [
        ({"@type": "TechArticle", "headlne": "x"}, "'\"headlne\"' does not exist"),
        ({"@type": "TechArticel", "headline": "x"}, "TechArticel"),
        ({"@type": "TechArticle", "isPartOf": {"@type": "Person"}}, "isPartOf"),
        ({"@type": "Dataset", "isAccessibleForFree": "maybe"}, '"maybe"'),
    ],
)
def test_the_compiler_is_strict_here(node: dict[str, Any], complaint: str, tmp_path: Path) -> None:
    errors = compile_errors({"bad": {"@context": "https://schema.org", "@graph": [node]}}, tmp_path)
    assert any(complaint in line for line in errors), errors


def test_every_step_of_the_way_has_an_address_of_its_own(graphs) -> None:
    """A search engine takes an error for a step without one, except the last."""
    for where, graph in graphs.items():
        (way,) = [node for node in graph["@graph"] if node["@type"] == "BreadcrumbList"]
        steps = [step["item"] for step in way["itemListElement"]]
        assert len(set(steps)) == len(steps), where
        assert urlsplit(steps[-1]).path.strip("/") == where.removeprefix("."), where


TYPES = {"page": "TechArticle", "f": "Claim", "figures": "ImageObject"}


def test_each_work_is_what_it_is_and_says_what_search_engines_ask_for(graphs) -> None:
    for where, graph in graphs.items():
        kind = where.split("/")[0]
        (work,) = [
            node
            for node in graph["@graph"]
            if node["@type"] == TYPES[kind if kind in TYPES else "page"]
        ]
        wanted = {"author", "publisher", "dateModified", "license", "isPartOf", "citation"}
        wanted |= {"headline", "image"} if work["@type"] == "TechArticle" else {"name"}
        if work["@type"] == "ImageObject":
            wanted |= {"contentUrl", "acquireLicensePage", "creditText", "copyrightNotice"}
        assert wanted <= work.keys(), where
        assert work["author"]["url"] and work["publisher"]["name"] == SITE_TITLE, where


def test_dates_and_addresses_are_whole(graphs) -> None:
    """To the compiler, dates and addresses are text."""

    def walk(value: Any, name: str, where: str) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                walk(item, key, where)
        elif isinstance(value, list):
            for item in value:
                walk(item, name, where)
        elif name.startswith("date"):
            assert dt.date.fromisoformat(value), where
        elif name in {"url", "item", "license", "contentUrl"}:
            assert value.startswith(("http://", "https://")), (where, name, value)
        else:
            assert value != "", (where, name)

    for where, graph in graphs.items():
        walk(graph, "", where)
