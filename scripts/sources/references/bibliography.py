"""``references.bib``, read once: checked, formatted, and ready to be cited.

pandoc and CSL do the formatting, in one run over the whole file (a run for each
page, as mkdocs-bibtex does it, costs seconds). pybtex does the parsing for the
checks, because it knows lines. The result is cached below ``.cache/`` by content.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypandoc
from lxml import html as lxml_html
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.exceptions import PybtexError

from scripts.problems import Problem, nearest, relative
from scripts.sources.shelf import Shelf, digest

CSL = Path(__file__).with_name("reference.csl")

KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
KINDS = ("primary", "official", "press", "evaluation", "analysis", "community")
TYPES = (
    "article", "book", "dataset", "incollection", "inproceedings", "legislation", "misc",
    "online", "report", "software", "techreport", "thesis", "unpublished", "video",
)  # fmt: skip
FIELDS = (
    "author", "editor", "title", "subtitle", "titleaddon", "date", "url", "urldate", "doi",
    "eprint", "eprinttype", "eprintclass", "organization", "institution", "publisher",
    "journaltitle", "booktitle", "number", "volume", "issue", "pages", "version", "type",
    "langid", "note", "keywords", "archiveurl", "archivedate", "location", "series", "translator",
)  # fmt: skip
REQUIRED = ("title", "keywords")
_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?(/(\d{4}(-\d{2}(-\d{2})?)?)?)?$")
_ADDRESSES = {"url", "archiveurl", "doi", "eprint"}
"""Fields that BibLaTeX takes as they are."""
_VERBATIM = re.compile(r"\\url\{[^}]*\}")
_BARE = re.compile(r"(?<!\\)[%&#_]")
ENTRY = re.compile(r"^\ufeff?\s*@(?P<type>[A-Za-z]+)\s*\{\s*(?P<key>[^,\s}]*)\s*,?", re.MULTILINE)
_TITLE = re.compile(r"\b(?:sub)?title\s*=\s*(?=\{)")


@dataclass(frozen=True)
class Reference:
    """One source, formatted."""

    key: str
    html: str
    """The entry as HTML, without enclosing element."""
    title: str
    kind: str
    url: str
    date: str
    csl: dict[str, Any]
    line: int = 0
    archive: str = ""
    """Address of an archived copy."""
    archive_date: str = ""
    """Day of that copy."""

    @property
    def archived_html(self) -> str:
        """Link to the archived copy, to stand behind the entry; empty if there is none."""
        if not self.archive:
            return ""
        words = escape(f"archived {self.archive_date}".strip())
        label = f"{words}: {escape(self.title, quote=True)}"
        address = escape(self.archive, quote=True)
        return (
            f'<a class="ref-archived" href="{address}" rel="noopener" '
            f'aria-label="{label}">{words}</a>'
        )


def _entries(text: str) -> Iterator[tuple[str, str, int, str]]:
    """``(type, key, line, text of the entry)`` for every entry, by brace matching."""
    starts = [m for m in ENTRY.finditer(text) if m["type"].lower() not in {"comment", "string"}]
    ends = [m.start() for m in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        line = text.count("\n", 0, match.start("type")) + 1
        yield match["type"].lower(), match["key"], line, text[match.start("type") - 1 : end]


def _fields(entry: str, first_line: int) -> Iterator[tuple[str, str, int]]:
    """``(name, value, line)`` of the fields of one entry."""
    try:
        parsed = next(iter(LowLevelParser(entry)))
    except (PybtexError, StopIteration):
        return
    for name, parts in parsed[1][1]:
        found = re.search(rf"(?<![\w-]){re.escape(name)}\s*=", entry)
        offset = entry.count("\n", 0, found.start()) if found else 0
        yield name.lower(), "".join(str(part) for part in parts).strip(), first_line + offset


def url_problem(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or "." not in parts.netloc:
        return f"'{url}' is not a web address"
    if re.search(r"\s", url):
        return f"'{url}' has a space in it; write it as %20"
    if re.search(r"[?&](utm_\w+|fbclid|gclid)=", url):
        return f"'{url}' carries tracking parameters; cite the plain address"
    return None


def _field_problems(name: str, value: str) -> Iterator[str]:
    if name not in FIELDS:
        hint = {"year": " (use 'date')", "journal": " (use 'journaltitle')"}.get(name)
        yield f"unknown field '{name}'{hint or nearest(name, FIELDS)}"
    bare = _BARE.search(_VERBATIM.sub("", value)) if name not in _ADDRESSES else None
    if bare:  # a comment to LaTeX and pandoc: the rest of the line would be gone
        yield f"{name}: write '\\{bare[0]}' for '{bare[0]}'"
    if not value:
        yield f"field '{name}' is empty; leave it out if it is not known"
    elif name in {"date", "urldate", "archivedate"}:
        if not _DATE.match(value):
            yield f"{name} '{value}' is not a date; write YYYY-MM-DD, YYYY-MM or YYYY"
        elif len(value) == 10:
            try:
                dt.date.fromisoformat(value)
            except ValueError:
                yield f"{name} '{value}' is not a day of the calendar"
    elif name in {"url", "archiveurl"}:
        if problem := url_problem(value):
            yield problem
    elif name == "keywords" and value not in KINDS:
        yield f"keywords must be exactly one of {', '.join(KINDS)}, not '{value}'"
    elif name == "eprint" and not re.match(r"^\d{4}\.\d{4,5}(v\d+)?$", value):
        yield f"eprint '{value}' is not an arXiv number like 2606.19348"


def check(path: Path, root: Path) -> Iterator[Problem]:
    """Everything wrong with the bibliography; an unreadable entry does not hide the others."""
    file = relative(path, root)
    if not path.exists():
        yield Problem(file, 1, "the bibliography is missing", rule="bib")
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield Problem(file, 1, "not UTF-8 text; save it as UTF-8", rule="bib")
        return
    seen: dict[str, int] = {}
    for kind, key, line, entry in _entries(text):

        def at(message: str, where: int = line, label: str = key) -> Problem:
            return Problem(file, where, f"{label}: {message}" if label else message, rule="bib")

        if not KEY.match(key):
            yield at(f"key '{key}' may have only lower-case letters, digits and single hyphens")
        if key in seen:
            yield at(f"duplicate key, first on line {seen[key]}; one source has one entry")
        seen.setdefault(key, line)
        if kind not in TYPES:
            yield at(f"unknown entry type '@{kind}'{nearest(kind, TYPES)}")
        try:
            parser = LowLevelParser(entry)
            list(parser)
            body = entry.strip()
            if body.count("{") != body.count("}"):
                raise PybtexError("braces do not match")
        except PybtexError as error:
            ended = "end of file" in str(error)  # then the line says where, not why
            offset = 1 if ended else getattr(error, "lineno", None) or 1
            reason = re.sub(r"\s+", " ", str(error).split(":", 1)[-1]).strip()
            yield at(
                f"malformed entry ({reason}); look for a missing comma, quote or brace",
                line + offset - 1,
            )
            continue
        fields: dict[str, str] = {}
        for name, value, where in _fields(entry, line):
            if name in fields:
                yield at(f"field '{name}' is given twice", where)
            fields[name] = value
            for message in _field_problems(name, value):
                yield at(message, where)
        for name in REQUIRED:
            if name not in fields:
                yield at(f"field '{name}' is missing")
        if not fields.keys() & {"url", "doi", "eprint"} and "note" not in fields:
            yield at("field 'url' is missing; if no address is known, say so in 'note'")
        if "url" in fields and "urldate" not in fields:
            yield at("field 'urldate' is missing: the day on which you read it")
        if "author" not in fields and "editor" not in fields:
            yield at("field 'author' is missing; put an organization in double braces")
    if not seen:
        yield Problem(file, 1, "no entries found", rule="bib")


def _prepare(text: str) -> str:
    """Protect titles: pandoc would otherwise set English titles in sentence case."""
    out, done = [], 0
    for match in _TITLE.finditer(text):
        depth, end = 0, match.end()
        for end in range(match.end(), len(text)):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            if depth == 0:
                break
        out += [text[done : match.end()], "{", text[match.end() : end + 1], "}"]
        done = end + 1
    return "".join([*out, text[done:]])


def _clean_html(entry: Any) -> str:
    """Inner HTML of a formatted entry, without the spans that only protected its capitals."""
    for span in list(entry.iter("span")):
        span.drop_tag()
    inner = escape(entry.text or "") + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in entry
    )
    inner = re.sub(r"\s+", " ", inner).strip()
    return re.sub(
        r'<a href="([^"]+)">(https?://)([^<]+)</a>',
        lambda m: f'<a href="{m[1]}" rel="noopener">{m[3].rstrip("/")}</a>',
        inner,
    )


def _year_first(csl: dict[str, Any]) -> str:
    parts = csl.get("issued", {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" if i else str(part) for i, part in enumerate(parts))


def _format(text: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.bib"
        prepared.write_text(_prepare(_readable(text)), encoding="utf-8")
        return _formatted(prepared)


def _formatted(prepared: Path) -> dict[str, Any]:
    page = pypandoc.convert_text(
        "---\nnocite: '@*'\n---\n",
        to="html",
        format="markdown",
        extra_args=[
            "--citeproc",
            f"--bibliography={prepared}",
            f"--csl={CSL}",
            "--wrap=none",
        ],
    )
    items = json.loads(pypandoc.convert_file(str(prepared), "csljson", format="biblatex"))
    plain = json.dumps(items, ensure_ascii=False)
    plain = re.sub(r"<span class=\\\"nocase\\\">|</span>", "", plain)
    csl = {item["id"]: item for item in json.loads(plain)}
    tree = lxml_html.fromstring(page)
    entries = {
        entry.get("id").removeprefix("ref-"): _clean_html(entry)
        for entry in tree.iter("div")
        if "csl-entry" in (entry.get("class") or "")
    }
    return {"entries": entries, "csl": csl}


def load(text: str, shelf: Shelf | None = None) -> dict[str, Reference]:
    """All readable references of a bibliography by key. Raises RuntimeError if pandoc fails."""
    formatted = _kept_format(text, shelf)
    lines, copies = {}, {}
    for _, key, line, entry in _entries(text):
        lines[key] = line
        if "archiveurl" in entry.lower():
            copies.setdefault(key, {name: value for name, value, _ in _fields(entry, line)})
    references = {}
    for key, html in formatted["entries"].items():
        csl = formatted["csl"][key]
        copy = copies.get(key, {}).get("archiveurl", "")
        if copy:  # pandoc has no field for it, CSL has
            csl = {**csl, "archive": urlsplit(copy).hostname or "", "archive_location": copy}
        references[key] = Reference(
            key=key,
            html=html,
            title=csl.get("title", key),
            kind=csl.get("keyword", ""),
            url=csl.get("URL", ""),
            date=_year_first(csl),
            csl=csl,
            line=lines.get(key, 0),
            archive=copy,
            archive_date=copies.get(key, {}).get("archivedate", "") if copy else "",
        )
    return references


def _kept_format(text: str, shelf: Shelf | None) -> dict[str, Any]:
    """What pandoc makes of a bibliography; only the text, this file and the style decide it."""
    if shelf is None:
        return _format(text)
    own = shelf.of(Path(__file__), CSL)
    found = own.read("bibliography", digest(text))
    if found is None:
        found = _format(text)
        own.write("bibliography", digest(text), found)
    return found


def _readable(text: str) -> str:
    """The entries that can be read, each key once; what is left out, ``check`` has reported."""
    kept: dict[str, str] = {}
    for _, key, _, entry in _entries(text):
        try:
            list(LowLevelParser(entry))
        except PybtexError:
            continue
        if KEY.match(key) and entry.count("{") == entry.count("}"):
            kept.setdefault(key, entry.strip())
    return "\n\n".join(kept.values()) + "\n"


def text_of(path: Path) -> str:
    """The text of a bibliography; what is not UTF-8 is replaced, a missing file is empty."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def readable(text: str) -> str:
    """The entries of ``text`` that can be read, as text again."""
    return _readable(text)


def keys(text: str) -> set[str]:
    """The citation keys, without formatting anything: enough to check pages against."""
    return {key for _, key, _, _ in _entries(text)}
