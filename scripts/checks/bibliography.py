"""Every source can be found, told apart from the others, and printed as it was typed.

Why: readers follow a claim by its source, and the programs behind ``references.bib`` (pandoc,
pybtex) drop without a word what they do not understand.

Good: @online{org2026note, author = {{Org}}, title = {A Note}, date = {2026-04-24}, ...}
Bad: @online{Note, author = {A, B, C, D}, title = {Costs $5}, date = {2026-13}}
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from scripts.checks import kept
from scripts.pages import markup
from scripts.problems import Problem, nearest, relative
from scripts.sources.references import bibtex
from scripts.sources.references.addresses import private_problem, url_problem
from scripts.sources.references.bibliography import CONTROL, KEY, refusal
from scripts.sources.references.entries import Entry, Field
from scripts.sources.site import Site

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
INSTEAD = {"year": "date", "month": "date", "journal": "journaltitle", "school": "institution"}
REQUIRED = ("title", "keywords")
MAX_FAULTS = 100
"""Faults that are told; a file with more is no bibliography."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
_RANGES = {"date"}
_ADDRESSES = {"url", "archiveurl", "doi", "eprint"}
"""Fields that BibLaTeX takes as they are."""
_NAMES = {"author", "editor", "translator"}
_VERBATIM = re.compile(r"\\url\s*\{([^{}]*)\}")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_GROUP = re.compile(r"\{[^{}]*\}")
_NO_NAME = re.compile(r";|\bet al\b\.?|\\&")
_NO_AUTHOR = re.compile(
    r"^\s*(?:and\b|by\s)|\band\s*$|,\s*and\b|^\s*(?:n\.\s?a\.|unknown|anonymous|none)\s*$|^\s*@",
    re.IGNORECASE,
)
"""What people write around names, or for want of one."""
LANGUAGES = {"chinese", "english", "french", "german", "italian", "japanese", "korean", "russian",
             "spanish"}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BARE = re.compile(r"(?<!\\)[%&#_$]")
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+|\\|.|\Z)", re.DOTALL)
# What pandoc prints. Any other command it drops, with or without what it is about.
_COMMANDS = {
    "aa", "AA", "ae", "AE", "o", "O", "oe", "OE", "l", "L", "ss", "i", "j", "S", "P", "c", "v", "u",
    "H", "k", "r", "b", "d", "emph", "textit", "textbf", "textsc", "texttt", "textsuperscript",
    "textsubscript", "enquote", "mkbibquote", "ldots", "dots",
    "textquotedblleft", "textquotedblright", "textquoteleft", "textquoteright", "textasciitilde",
    "textbackslash", "pounds", "copyright",
    *"&%$#_{}'`\"^~=.-/, ",
}  # fmt: skip


def _date_problem(value: str) -> str | None:
    if not _DATE.match(value):
        return "is not a date; write YYYY-MM-DD, YYYY-MM or YYYY"
    try:
        dt.date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return "is not a day of the calendar"
    return None


def _range_problem(value: str) -> str | None:
    """``value`` is a date or two with a slash between, of which the second may be left out."""
    first, slash, last = value.partition("/")
    for date in [first, *([last] if last else [])]:
        if problem := _date_problem(date):
            return problem
    if slash and last and last < first[: len(last)]:
        return "ends before it begins"
    return None


def _markup_problems(name: str, value: str) -> Iterator[str]:
    """What LaTeX and pandoc would read as something else than the words that stand there."""
    for match in _VERBATIM.finditer(value):
        if problem := _address_problem(match[1].strip()):
            yield f"{name}: {problem}"
    rest = _VERBATIM.sub("", value)
    # '\\' is a line end: what follows it is not escaped.
    if bare := _BARE.search(rest.replace("\\\\", "  ")):
        # A comment, or mathematics: the rest of the value would be gone.
        yield f"{name}: write '\\{bare[0]}' for '{bare[0]}'"
    for command in dict.fromkeys(match["name"] for match in _COMMAND.finditer(rest)):
        if command not in _COMMANDS:
            yield (
                f"{name}: '\\{command}' would not be printed; write the character itself, or "
                "leave the command out"
            )
    if re.search(r"\n[ \t\r]*\n", value):
        yield f"{name}: an empty line in the value; take it out"


def _address_problem(url: str) -> str | None:
    return url_problem(url) or private_problem(url)


def _field_problems(name: str, value: str) -> Iterator[str]:
    if name not in FIELDS:
        hint = f" (use '{INSTEAD[name]}')" if name in INSTEAD else nearest(name[:40], FIELDS)
        yield f"unknown field '{name[:40]}'{hint}"
    if CONTROL.search(value):
        yield f"{name}: a control character in the value; type it again"
    elif odd := markup.INVISIBLE.search(value):
        yield f"{name}: an invisible character (U+{ord(odd[0]):04X}); take it out"
    if name not in _ADDRESSES and (open_ := markup.UNFINISHED.search(value)):
        yield f"{name}: '{open_[0]}': not finished; write it, or leave the field out"
    if name == "title" and len(_CAPITALS.findall(value)) > 2 and value == value.upper():
        yield "title: all in capitals; write it as a sentence, names in braces"
    if name in _NAMES and (odd := _NO_NAME.search(_GROUP.sub("", value))):
        yield f"{name}: '{odd[0].strip()}' is no name; write 'and' between two"
    if name in _NAMES and (odd := _NO_AUTHOR.search(_GROUP.sub("x", value))):
        yield f"{name}: '{odd[0].strip()}' is no part of a name; 'Family, Given and Family, Given'"
    if name not in _ADDRESSES and re.search(r"\[@[a-z0-9]|\{\{\s*\w+\(", value):
        yield f"{name}: citations and macros are not read in a source; take them out"
    if name == "langid" and value not in LANGUAGES:
        yield f"langid '{value}' is no language known here{nearest(value, LANGUAGES)}"
    if name not in _ADDRESSES and (said := markup.html_in(value)):
        yield f"{name}: {said}"
    if name not in _ADDRESSES:
        yield from _markup_problems(name, value)
    if not re.sub(r"[{}\s~]", "", value):
        yield f"field '{name}' is empty; leave it out if it is not known"
    elif name in {"date", "urldate", "archivedate"}:
        problem = _range_problem(value) if name in _RANGES else _date_problem(value)
        first = value.partition("/")[0]
        if problem:
            yield f"{name} '{value}' {problem}"
        elif first > dt.date.today().isoformat()[: len(first)]:
            yield f"{name} '{value}' is in the future"
    elif name in {"url", "archiveurl"}:
        if problem := _address_problem(value):
            yield problem
        elif value.endswith((".", ",", ";")):
            escaped = f"%{ord(value[-1]):02X}"
            yield f"{name} ends in '{value[-1]}'; take it off, or write {escaped} for it"
        elif odd := re.search(r"[{}\\<>\"^`|]", value):
            yield f"{name}: '{odd[0]}' cannot stand in an address; write %{ord(odd[0]):02X} for it"
    elif name == "keywords" and value not in KINDS:
        yield f"keywords must be exactly one of {', '.join(KINDS)}, not '{value}'"
    elif name == "eprint" and not re.match(r"\d{4}\.\d{4,5}(v\d+)?\Z", value):
        yield f"eprint '{value}' is not an arXiv number like 2606.19348"
    elif name == "doi" and not re.match(r"10\.\d{4,9}/[^\s{}\\]+\Z", value):
        yield f"doi '{value}' is not a DOI like 10.1000/182, without an address before it"


def _entry_problems(entry: Entry) -> Iterator[tuple[str, int]]:
    """What is wrong with an entry that can be read, and the line of it."""
    seen: dict[str, Field] = {}
    for field in entry.fields:
        if field.name in seen:
            yield f"field '{field.name}' is given twice", field.line
        seen.setdefault(field.name, field)
        for message in _field_problems(field.name, field.value.strip()):
            yield message, field.line
    for name in REQUIRED:
        if name not in seen:
            yield f"field '{name}' is missing", entry.line
    if not seen.keys() & {"url", "doi", "eprint", "note"}:
        yield "field 'url' is missing; if no address is known, say so in 'note'", entry.line
    if "url" in seen and "urldate" not in seen:
        yield "field 'urldate' is missing: the day on which you read it", entry.line
    if "author" not in seen and "editor" not in seen:
        yield "field 'author' is missing; put an organization in double braces", entry.line


def _refused(entries: list[Entry]) -> Iterator[tuple[Entry, str, int]]:
    """Entries that the citation plugin cannot take, in most cases for the commas of a name."""
    if not refusal(*entries):
        return
    for entry in entries:
        if reason := refusal(entry):
            lines = [field.line for field in entry.fields if field.name in _NAMES]
            if "commas" in reason:
                reason += "; write 'and' between two names, and an organization in double braces"
            yield entry, reason, lines[0] if lines else entry.line


def _alike(entries: list[Entry]) -> Iterator[tuple[Entry, str, int]]:
    """What is in order in itself and looks odd: one source twice, a key of another year."""
    first: dict[tuple[str, ...], str] = {}
    for entry in entries:
        fields = {field.name: field.value for field in entry.fields}
        year, named = _YEAR.match(fields.get("date", "")), _YEAR.search(entry.key)
        if year and named and abs(int(year[0]) - int(named[0])) > 1:
            yield (
                entry,
                f"the key says {named[0]}, the date {year[0]}; is one mistyped?",
                entry.line,
            )
        title = re.sub(r"[{}\s]", "", fields.get("title", "")).casefold()
        if url := fields.get("url"):
            other = first.setdefault((url, title, fields.get("date", "")), entry.key)
            if other != entry.key:
                words = f"address, title and date are those of '{other}'; cite that one"
                yield entry, words, entry.line


def of_site(site: Site) -> list[Problem]:
    """As :func:`check`; a file that was read today and is as it was is not read again."""
    path = site.root / "references.bib"
    data = path.read_bytes() if path.is_file() else b""
    inputs = (data, str(path.is_file()), dt.date.today().isoformat())
    return kept.problems(site, "bib", path.name, inputs, partial(check, path, site.root))


def check(path: Path, root: Path) -> Iterator[Problem]:
    """Everything wrong with the bibliography; an unreadable entry does not hide the others."""
    file = relative(path, root)
    if not path.exists():
        yield Problem(file, 1, "the bibliography is missing", rule="bib")
        return
    try:
        text = path.read_bytes().decode("utf-8")
    except (UnicodeDecodeError, OSError):
        text = "\0"
    if "\0" in text:  # UTF-16 without a mark can be decoded too
        yield Problem(file, 1, "not UTF-8 text; save it as UTF-8", rule="bib")
        return
    found = bibtex.read(text)

    def at(message: str, entry: Entry, line: int, column: int = 1) -> Problem:
        label = f"{entry.key[:80]}: " if entry.key else ""
        return Problem(file, line, label + message, column, rule="bib")

    of_entries = {fault: entry for entry in found.entries for fault in entry.faults}
    for fault in found.faults[:MAX_FAULTS]:
        message = f"malformed entry: {fault.reason}"
        if fault in of_entries:
            yield at(message, of_entries[fault], fault.line, fault.column)
        else:
            yield Problem(file, fault.line, fault.reason, fault.column, rule="bib")
    good = []
    for entry in found.entries:
        if not entry.key:
            continue
        if not KEY.match(entry.key):
            message = "may have only lower-case letters, digits and single hyphens"
            yield at(f"key '{entry.key[:80]}' {message}", entry, entry.line)
        first = found.first[entry.key]
        if first is not entry:
            message = f"duplicate key, first on line {first.line}; one source has one entry"
            yield at(message, entry, entry.line)
        if entry.type not in TYPES:
            message = f"unknown entry type '@{entry.type[:40]}'{nearest(entry.type[:40], TYPES)}"
            yield at(message, entry, entry.line)
        if entry.faults:
            continue
        problems = list(_entry_problems(entry))
        yield from (at(message, entry, line) for message, line in problems)
        if KEY.match(entry.key) and first is entry:
            good.append(entry)
    for entry, message, line in _alike(good):
        yield replace(at(message, entry, line), level="warning")
    for entry, reason, line in _refused(good):
        yield at(reason, entry, line)
    if not found.entries:
        yield Problem(file, 1, "no entries found", rule="bib")
