"""What of this site can be cited, and what machines are told about each page.

Every page is a work; so is every single fact. The hook asks for a page's description when its
template is rendered and for the files beside the pages when all of them are written.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

import rispy

from scripts.problems import ROOT
from scripts.publish import citing, downloads
from scripts.publish.citing import AUTHOR, EXTENSIONS, LICENSE, SITE_TITLE, Work
from scripts.sources.records.formatting import record_value
from scripts.sources.records.loading import Dataset
from scripts.sources.records.lookup import party_name
from scripts.sources.references import biblatex, bibliography

SCHEMA = "https://schema.org"


def git(*command: str) -> str:
    """What git answers; empty outside a repository."""
    try:
        done = subprocess.run(
            ["git", *command], cwd=ROOT, capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


@lru_cache(maxsize=1)
def commit() -> str:
    """The commit that is built, short; empty outside a repository."""
    given = os.environ.get("SOURCE_COMMIT")
    return given[:7] if given else git("rev-parse", "--short=7", "HEAD")


def fix_date() -> None:
    """Let the build take place at the time of its commit, so that another gives the same bytes."""
    if "SOURCE_DATE_EPOCH" not in os.environ and (moment := git("log", "-1", "--format=%ct")):
        os.environ["SOURCE_DATE_EPOCH"] = moment


def page_id(url: str) -> str:
    """Key of a page's citation: ``deepseek-v4-explained-pricing-rivals``."""
    slug = re.sub(r"[^a-z0-9]+", "-", url.lower()).strip("-")
    return f"deepseek-v4-explained-{slug}" if slug else "deepseek-v4-explained"


def of_page(page: Any, config: Any) -> Work:
    """A page as a work; the home page stands for the whole site."""
    return Work(
        id=page_id(page.url),
        title=SITE_TITLE if not page.url else str(page.meta.get("title") or page.title),
        url=urljoin(config.site_url or "/", page.url),
        issued=str(page.meta.get("reviewed")),
        edition=str(config.extra.get("edition", "")),
        commit=commit(),
        abstract=str(page.meta.get("description") or ""),
        kind="dataset" if page.meta.get("dataset") else "webpage",
    )


def citable(page: Any) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(page.meta.get("reviewed") or "")))


def of_fact(fact: Any, config: Any) -> Work:
    """A fact as we record it, as of its day; its primary source is named beside it."""
    issued = fact.as_of if len(fact.as_of) == 10 else f"{fact.as_of}-01-01"[:10]
    return Work(
        id=f"deepseek-v4-explained-{fact.id}",
        title=f"{fact.label}: {record_value(fact)} (as of {fact.as_of}, "
        f"reported by {party_name(fact.reported_by)})",
        url=urljoin(config.site_url or "/", f"reference/facts/#{fact.id}"),
        issued=issued,
        edition=str(config.extra.get("edition", "")),
    )


# ---------------------------------------------------------------- what a template needs


def _breadcrumbs(page: Any, config: Any) -> dict[str, Any]:
    steps = [(SITE_TITLE, config.site_url or "/")]
    steps += [(section.title, None) for section in reversed(page.ancestors)]
    steps.append((str(page.meta.get("title") or page.title), page.canonical_url))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, **({"item": url} if url else {})}
            for i, (name, url) in enumerate(steps, start=1)
        ],
    }


def _cited(page: Any) -> list[dict[str, Any]]:
    references = bibliography.load()
    keys = re.findall(r'<li id="ref-([a-z0-9-]+)"', page.content or "")
    return [
        {"@type": "CreativeWork", "name": references[key].title}
        | ({"url": references[key].url} if references[key].url else {})
        for key in keys
        if key in references
    ]


def _dataset(work: Work, config: Any) -> dict[str, Any]:
    base = urljoin(config.site_url or "/", downloads.FOLDER + "/")
    files = [(downloads.SQLITE, "application/vnd.sqlite3")]
    for name in downloads.COLLECTIONS:
        files += [(f"{name}.json", "application/json"), (f"{name}.csv", "text/csv")]
    return {
        "@type": "Dataset",
        "name": f"{SITE_TITLE}: all records",
        "description": work.abstract,
        "url": work.url,
        "version": downloads.FORMAT_VERSION,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "dateModified": work.issued,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": urljoin(base, name), "encodingFormat": kind}
            for name, kind in files
        ],
    }


def _terms(data: Dataset, work: Work) -> dict[str, Any]:
    return {
        "@type": "DefinedTermSet",
        "name": "Glossary",
        "url": work.url,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": term.term,
                "description": term.short,
                "url": f"{work.url}#{term.id}",
            }
            for term in data["glossary"].values()
        ],
    }


def json_ld(page: Any, work: Work, config: Any, data: Dataset) -> str:
    """schema.org's description of a page, safe inside a script element."""
    author = {"@type": "Organization", "name": AUTHOR}
    article = {
        "@type": "TechArticle",
        "headline": work.title,
        "description": work.abstract,
        "url": work.url,
        "inLanguage": "en-US",
        "dateModified": work.issued,
        "version": citing.csl(work)["version"],
        "license": LICENSE,
        "author": author,
        "publisher": author,
        "isPartOf": {"@type": "WebSite", "name": SITE_TITLE, "url": config.site_url or "/"},
        "citation": _cited(page),
    }
    graph = [article, _breadcrumbs(page, config)]
    if work.kind == "dataset":
        graph.append(_dataset(work, config))
    if page.url == "reference/glossary/":
        graph.append(_terms(data, work))
    text = json.dumps({"@context": SCHEMA, "@graph": graph}, ensure_ascii=False)
    return text.replace("</", "<\\/")


def _author(name: dict[str, str]) -> str:
    """``Last, First``; a single name ends in a comma, or readers split it at a space."""
    if "literal" in name:
        group, _, part = name["literal"].partition(", ")
        return f"{group} ({part})," if part else f"{group},"
    particles = ("non-dropping-particle", "dropping-particle", "family")
    last = " ".join(name[part] for part in particles if part in name)
    return f"{last}, {name.get('given', '')}".rstrip()


def _authors(reference: bibliography.Reference) -> list[str]:
    return [_author(name) for name in reference.csl.get("author", [])]


def coins(reference: bibliography.Reference) -> str:
    """OpenURL ContextObject of a source, for reference managers that pick from a page."""
    # Zotero takes a plus sign for a space, even where it is escaped as it should be.
    path, mark, query = reference.url.partition("?")
    address = path.replace("+", "%2B") + mark + query.replace("+", "%20")
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "document" if reference.kind == "primary" else "webpage"),
        ("rft.title", reference.title),
        *(("rft.creator", author) for author in _authors(reference)),
        ("rft.date", reference.date),
        ("rft.identifier", address),
        ("rft.language", reference.csl.get("language", "")),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


# ---------------------------------------------------------------- files beside the pages


def write_page_files(works: dict[str, Work], site: Path) -> None:
    """``cite.bib``, ``cite.ris`` and ``cite.json`` beside every page (by its address)."""
    rendered = citing.render(works.values())
    for url, work in works.items():
        folder = site / url
        folder.mkdir(parents=True, exist_ok=True)
        for name, extension in EXTENSIONS.items():
            (folder / f"cite.{extension}").write_text(rendered[work.id][name], encoding="utf-8")


_FACT_FORMATS = ("APA", "Wikipedia", "BibLaTeX", "RIS", "CSL-JSON")


def begin_fact_citations(data: Dataset, config: Any) -> None:
    """Start formatting the citations that :func:`write_fact_citations` writes at the end."""
    citing.begin(of_fact(fact, config) for fact in data["facts"].values())


def write_fact_citations(data: Dataset, config: Any, site: Path) -> None:
    """``data/citations.json``: every fact's citation by id, ours and that of its sources."""
    facts = list(data["facts"].values())
    works = [of_fact(fact, config) for fact in facts]
    rendered = citing.render(works)
    references = bibliography.load()
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
    (site / "data" / "citations.json").write_text(text + "\n", encoding="utf-8")


def _plain(html: str) -> str:
    from lxml import html as lxml_html

    return lxml_html.fromstring(f"<span>{html}</span>").text_content().strip()


_RIS_TYPES = {
    "report": "RPRT", "article-journal": "JOUR", "paper-conference": "CONF", "book": "BOOK",
    "dataset": "DATA", "software": "COMP", "legislation": "STAT", "article": "UNPB",
    "thesis": "THES", "chapter": "CHAP", "motion_picture": "VIDEO",
}  # fmt: skip


def _source_ris(reference: bibliography.Reference) -> dict[str, Any]:
    csl = reference.csl
    accessed = csl.get("accessed", {}).get("date-parts", [[]])[0]
    first, _, last = str(csl.get("page", "")).partition("-")
    entry = {
        "type_of_reference": _RIS_TYPES.get(csl.get("type", ""), "ELEC"),
        "id": reference.key,
        "title": reference.title,
        "authors": _authors(reference),
        "secondary_title": csl.get("container-title", ""),
        "publisher": csl.get("publisher", ""),
        "volume": csl.get("volume", ""),
        "number": csl.get("number", ""),
        "start_page": first,
        "end_page": last,
        "year": reference.date[:4],
        "date": reference.date.replace("-", "/"),
        "doi": csl.get("DOI", ""),
        "urls": [url for url in (reference.url, reference.archive) if url],
        "access_date": "/".join(f"{part:02d}" for part in accessed),
        "language": csl.get("language", ""),
        "notes": [csl["note"]] if "note" in csl else [],
        "keywords": [reference.kind],
    }
    return {name: value for name, value in entry.items() if value}


def write_bibliography(site: Path) -> None:
    """The whole bibliography for reference managers, beside the list of sources."""
    folder = site / "reference" / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    references = list(bibliography.load().values())
    bib = bibliography.readable_copy().read_text(encoding="utf-8")
    (folder / "bibliography.bib").write_text(biblatex.convert(bib), encoding="utf-8")
    items = json.dumps([ref.csl for ref in references], ensure_ascii=False, indent=1)
    (folder / "bibliography.json").write_text(items + "\n", encoding="utf-8")
    text = rispy.dumps([_source_ris(ref) for ref in references])
    text = re.sub(r"^\d+\.\n", "", text, flags=re.MULTILINE)
    (folder / "bibliography.ris").write_text(text.strip() + " \n", encoding="utf-8")
