"""What of this site can be cited: every page is a work, and so is every single fact."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html as lxml_html

from scripts.publish import beside, fact_words
from scripts.publish.citing import Printer, Work, files
from scripts.publish.finished import Finished
from scripts.sources.identity import DATA, SHORT, SITE_TITLE
from scripts.sources.shelf import write_texts
from scripts.sources.site import Site


def page_id(url: str) -> str:
    """Key of a page's citation: ``deepseek-v4-explained-pricing-rivals``."""
    slug = re.sub(r"[^a-z0-9]+", "-", url.lower()).strip("-")
    return f"deepseek-v4-explained-{slug}" if slug else "deepseek-v4-explained"


def of_page(page: Finished, site: Site) -> Work:
    """A page as a work; the home page stands for the whole site."""
    return Work(
        id=page_id(page.url),
        title=page.heading if page.url else SITE_TITLE,
        url=urljoin(site.url, page.url),
        issued=str(page.meta.get("reviewed")),
        edition=site.edition,
        commit=site.commit,
        abstract=str(page.meta.get("description") or ""),
        kind="dataset" if page.meta.get("dataset") else "webpage",
    )


def citable(page: Finished) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(page.meta.get("reviewed") or "")))


def of_fact(fact: Any, site: Site) -> Work:
    """A fact as we record it: the day of its value is in the title, ours is the last review's."""
    return Work(
        id=f"deepseek-v4-explained-{fact.id}",
        title=fact_words.title(fact, site),
        url=urljoin(site.url, f"{SHORT}/{fact.id}/"),
        issued=site.reviewed,
        edition=site.edition,
        commit=site.commit,
        abstract=fact_words.sentence(fact, site),
    )


def write_page_files(works: Mapping[str, Work], printer: Printer, into: Path) -> None:
    """``cite.bib``, ``cite.ris`` and ``cite.json`` beside every page (by its address)."""
    rendered = printer.render(works.values())
    for url, work in works.items():
        write_texts(files(rendered[work.id]), into / url)


_FACT_FORMATS = ("APA", "Wikipedia", "BibLaTeX", "RIS", "CSL-JSON")


def of_facts(site: Site) -> list[Work]:
    """Every fact as a work."""
    return [of_fact(fact, site) for fact in site.records["facts"].values()]


def write_fact_citations(site: Site, printer: Printer, into: Path) -> None:
    """``data/citations.json``: every fact's citation by id, ours and that of its sources."""
    facts = list(site.records["facts"].values())
    works = of_facts(site)
    rendered = printer.render(works)
    references = site.references
    content = {}
    for fact, work in zip(facts, works, strict=True):
        content[fact.id] = {
            "ours": {name: rendered[work.id][name] for name in _FACT_FORMATS},
            "sources": [
                {
                    "key": ref.key,
                    "text": _plain(references[ref.key].html) + (f", {ref.at}" if ref.at else ""),
                }
                for ref in fact.sources
                if ref.key in references
            ],
        }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    schema = beside.citations(
        urljoin(site.url, f"{DATA}/{beside.FOLDER}/citations.json"), _FACT_FORMATS
    )
    texts = {
        "citations.json": text + "\n",
        f"{beside.FOLDER}/citations.json": json.dumps(schema, indent=1) + "\n",
    }
    write_texts(texts, into / DATA)


def _plain(html: str) -> str:
    return lxml_html.fromstring(f"<span>{html}</span>").text_content().strip()
