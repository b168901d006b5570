"""``search/``: the index of pages and that of records, and the texts from which excerpts are cut.

lunr's BM25 with fields; ``docs/assets/javascripts/page/search/`` asks it. Nothing here is loaded
before the box is first used.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from lunr.builder import Builder
from lunr.pipeline import Pipeline
from zhconv.zhconv import getdict

from scripts.pages.macros.bibliography import KIND_TITLES
from scripts.publish.finished import Finished
from scripts.publish.search.alike import alike
from scripts.publish.search.amounts import other_forms
from scripts.publish.search.sections import sections
from scripts.publish.search.words import Words
from scripts.sources.records.formatting import record_value
from scripts.sources.records.lookup import address, result_label
from scripts.sources.shelf import digest
from scripts.sources.site import Site

FOLDER = "search"
FIELDS = {"title": 3, "heading": 4, "asks": 4, "text": 1}
"""Fields of a section and how much a word in them counts; ``asks``: what readers would ask."""
SOURCES = "reference/sources/"
RECORDS = ("reference/facts/", *(f"{SOURCES}{kind}/" for kind in KIND_TITLES))
"""Pages that list all records, or all sources of a kind: these have an index of their own."""
LESS = {
    "reference/contents/": 0.2, "reference/changes/": 0.3, "reference/links/": 0.3,
    "reference/sources/": 0.3, "contributing/": 0.3, "reference/glossary/": 0.55,
    "architecture/exercises/": 0.7,
}  # fmt: skip
"""Pages that name everything, say little of the subject, or ask what others answer: found, but
after those."""


@functools.cache
def all_simplified() -> dict[str, str]:
    """The simplified character for every traditional one."""
    table = getdict("zh-hans").items()
    return {sign: simple for sign, simple in table if len(sign) == 1 and sign != simple}


def simplified_of(text: str) -> dict[str, str]:
    """Those for the characters of ``text``, in either form: what people may type instead."""
    table = all_simplified()
    wanted = set(text.translate(str.maketrans(table)))
    return {sign: simple for sign, simple in table.items() if simple in wanted}


def _compact(serialized: dict[str, Any]) -> dict[str, Any]:
    """lunr's index without what its other half says already: which words stand where.

    The browser puts it together again (``index.js``); it is a third of the size that way.
    """
    terms = sorted(serialized["invertedIndex"], key=lambda item: item[1]["_index"])
    vectors: dict[str, dict[str, list[float]]] = {name: {} for name in serialized["fields"]}
    for ref, vector in serialized["fieldVectors"]:
        field, _, document = ref.partition("/")
        if vector:
            steps, before = [], 0
            for term, score in zip(vector[::2], vector[1::2], strict=True):
                steps += [term - before, round(score * 100)]
                before = term
            vectors[field][document] = steps
    return {
        "version": serialized["version"],
        "fields": serialized["fields"],
        "terms": [term for term, _ in terms],
        "vectors": vectors,
    }


def _lunr(documents: Iterable[tuple[str, dict[str, list[str]], float]], fields: dict[str, int]):
    """An index of documents whose fields are words already."""
    builder = Builder()
    builder.pipeline = Pipeline()
    builder.search_pipeline = Pipeline()
    builder.b(0.6)
    builder.k1(1.2)
    builder.ref("id")
    for name, boost in fields.items():
        builder.field(name, boost)
    for ref, words, boost in documents:
        builder.add({"id": ref, **words}, {"boost": boost})
    return _compact(builder.build().serialize())


def _asks(page: Finished) -> list[str]:
    asks = page.meta.get("asks") or []
    return [str(item) for item in asks] if isinstance(asks, list) else []


def words_of(page: Finished) -> dict[str, list[Any]]:
    """A page's ``sections``: where they are, what they say, and the words of each field; and the
    words of each line of ``asks``."""
    plain = Words(all_simplified()).split

    def split(text: str) -> list[str]:
        return plain(text) + plain(other_forms(text))

    out = []
    for section in sections(page):
        first = not section.anchor
        described = str(page.meta.get("description") or "") if first else ""
        out.append(
            {
                "anchor": section.anchor,
                "heading": section.heading,
                "text": section.text,
                "words": {
                    "title": split(page.heading),
                    "heading": split(page.title if first else section.heading),
                    "asks": split(described),
                    "text": split(section.text),
                },
            }
        )
    return {"sections": out, "asks": [split(line) for line in _asks(page)]}


def pages_index(
    pages: Sequence[Finished], words: Callable[[Finished], dict[str, list[Any]]] = words_of
) -> tuple[dict[str, Any], list[str]]:
    """The index of all sections and behind them of all lines of ``asks``, each a small document
    that leads to its page; and the texts of the sections, in the same order.

    ``words``: from a page to what :func:`words_of` gives, which may have been kept.
    """
    found: list[tuple[Finished, dict[str, Any]]] = []
    asked: list[tuple[Finished, int, list[str]]] = []
    for page in pages:
        if not page.url.startswith(RECORDS):
            made = words(page)
            asked += [(page, len(found), line) for line in made["asks"]]
            found += [(page, section) for section in made["sections"]]
    said = [section["text"] + section["heading"] for _, section in found]
    said += [" ".join(_asks(page)) for page in pages]
    documents = [(page, section["words"]) for page, section in found]
    nothing: dict[str, list[str]] = {name: [] for name in FIELDS}
    documents += [(page, {**nothing, "asks": line}) for page, _, line in asked]
    content = {
        "index": _lunr(
            (
                (str(number), fields, LESS.get(page.url, 1.0))
                for number, (page, fields) in enumerate(documents)
            ),
            FIELDS,
        ),
        "sections": [[page.url, section["anchor"], section["heading"]] for page, section in found],
        "asks": [first for _, first, _ in asked],
        "pages": {page.url: page.heading for page in pages},
        "simplified": simplified_of("".join(said)),
        "alike": alike(Words().split),
    }
    return content, [section["text"] for _, section in found]


def records_index(site: Site, simplified: dict[str, str]) -> dict[str, Any]:
    """Facts, models, results, chips, events, terms and sources by their names and values."""
    split = Words(simplified).split
    listed: list[tuple[str, str, str]] = []
    for name in ("facts", "models", "chips", "events", "glossary", "results"):
        for record in site.records[name].values():
            if name == "results":
                label, value = result_label(site.records, record), str(record.score or "")
            else:
                label = (
                    getattr(record, "label", None)
                    or getattr(record, "title", None)
                    or getattr(record, "term", None)
                    or record.name
                )
                value = record_value(record) if hasattr(record, "unit") else ""
            listed.append((address(name, record.id), str(label), value))
    for key, reference in site.references.items():
        listed.append((f"{SOURCES}{reference.kind}/#{key}", reference.title, reference.date))
    documents = (
        (str(i), {"text": split(f"{label} {value}")}, 1.0)
        for i, (_, label, value) in enumerate(listed)
    )
    return {"index": _lunr(documents, {"text": 1}), "records": listed}


def _write(path: Path, content: Any) -> None:
    path.write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def _kept_pages(site: Site, pages: Sequence[Finished]) -> list[Any]:
    said = {page.url: digest(f"{page.heading} {page.meta} {page.content}") for page in pages}

    def words(page: Finished) -> dict[str, list[Any]]:
        return site.kept("words", page.url, said[page.url], lambda _: words_of(page))

    every = digest(repr(said))
    return site.kept("search", "pages", every, lambda _: list(pages_index(pages, words)))


def write(site: Site, pages: Sequence[Finished], into: Path) -> None:
    """``search/pages.json``, ``search/texts.json``, ``search/records.json`` and lunr.js."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    content, texts = _kept_pages(site, pages)
    simplified = content["simplified"]
    inputs = digest(repr(simplified), site.bib)
    listed = site.kept("search", "records", inputs, lambda seen: records_index(seen, simplified))
    _write(folder / "pages.json", content)
    _write(folder / "texts.json", texts)
    _write(folder / "records.json", listed)
    program = resources.files("mkdocs") / "contrib/search/templates/search/lunr.js"
    (folder / "lunr.js").write_bytes(program.read_bytes())
