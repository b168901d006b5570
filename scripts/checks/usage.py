"""Sources nobody cites, facts nobody uses, superseded facts without their date, heads too old.

Why: a source or fact that no page shows is not reviewed by readers either; and "V4-Pro costs
$3.48" was true once: a superseded value needs its date beside it. A page whose head says
"As of October 9" above a figure of November makes readers doubt one of the two.

Good: {{ fact("old-price") }} until May 31, 2026
Bad: {{ fact("old-price") }} for everybody, though the price is superseded
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from scripts.pages.citation_syntax import PATTERN, citations_in
from scripts.pages.language import parsed
from scripts.problems import Problem
from scripts.sources.pages import Page
from scripts.sources.records.loading import Dataset
from scripts.sources.references.bibliography import line_of
from scripts.sources.shelf import digest
from scripts.sources.site import Site

_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|event_date\("
)
_LITERAL = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")
VALUE_MACROS = {"fact", "price", "score", "spec"}


def _read(page: Page) -> Iterator[tuple[str, str, int]]:
    """``(macro, constant string, line)`` for every string in a macro call of the page."""
    try:
        tree = parsed(page.text)
    except jinja2.TemplateSyntaxError:
        return  # reported by scripts.checks.macros
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        for constant in call.find_all(nodes.Const):
            if isinstance(constant.value, str):
                yield name, constant.value, constant.lineno


def _strings(page: Page, site: Site) -> list[tuple[str, str, int]]:
    """As :func:`_read`, which takes apart only a page that is not what it was."""
    found = site.kept("strings", page.file, digest(page.text), lambda _: list(_read(page)))
    return [(name, value, line) for name, value, line in found]


def _record_ids(text: str) -> Iterator[str]:
    """``fact:some-id`` and ``price:some-id:output`` as well as a plain ``some-id``."""
    yield from text.split(":")[:2]


def _unused_sources(site: Site) -> Iterator[Problem]:
    cited: set[str] = set()
    for page in site.pages:
        for match in re.finditer(PATTERN, page.body):
            cited |= {citation.key for citation in citations_in(match["body"])}
    for _, record in site.records.records():
        refs = list(getattr(record, "sources", []))
        for spec in getattr(record, "specs", {}).values():
            refs += spec.sources
        cited |= {ref.key for ref in refs}
    for key in sorted(site.keys - cited):
        yield Problem(
            "references.bib",
            line_of(key, site.bib),
            f"source '{key}' is cited by no page and no record; cite it, or take it out",
            rule="usage",
            level="warning",
        )


def _unused(used: set[str], data: Dataset, root: Path) -> Iterator[Problem]:
    for path in sorted((root / "scripts").rglob("*.py")):
        used |= set(_LITERAL.findall(path.read_text(encoding="utf-8")))
    for _, record in data.records():
        for item in getattr(record, "computed_from", []):
            used |= set(_record_ids(item))
        used |= set(getattr(record, "disputes", []))
    for fact in data["facts"].values():
        if fact.id not in used:
            message = (
                f"no page uses this fact; show it with {{{{ fact('{fact.id}') }}}}, or take it out"
            )
            yield data.problem("facts", fact.id, message, rule="usage", level="warning")


def _superseded(
    page: Page, strings: Iterable[tuple[str, str, int]], data: Dataset
) -> Iterator[Problem]:
    lines = page.text.splitlines()
    for name, value, line in strings:
        if name not in VALUE_MACROS:
            continue
        for collection in ("facts", "results"):
            record = data[collection].get(value)
            if record is None or record.status != "superseded":
                continue
            first = last = line - 1
            while first > 0 and lines[first - 1].strip():
                first -= 1
            while last + 1 < len(lines) and lines[last + 1].strip():
                last += 1
            if not _DATE.search("\n".join(lines[first : last + 1])):
                yield Problem(
                    page.file,
                    line,
                    f"'{value}' is superseded, and its paragraph or table gives no date; say when "
                    f"it was true (as of {record.as_of}), or use the fact that replaced it",
                    max(lines[line - 1].find(value), 0) + 1,
                    "usage",
                )


def _newest(
    page: Page, strings: Iterable[tuple[str, str, int]], data: Dataset
) -> Iterator[Problem]:
    """A head that is older than a fact or score on its page; our own arithmetic has no say."""
    head = page.meta.get("as_of")
    if not isinstance(head, dt.date):
        return  # reported by scripts.checks.page_order
    shown = [
        (record.as_of, value)
        for name, value, _ in strings
        if name in {"fact", "score"}
        for record in [data["facts"].get(value) or data["results"].get(value)]
        if record is not None and record.reported_by != "us"
    ]
    newest, value = max(shown, default=("", ""))
    if newest > head.isoformat():
        yield Problem(
            page.file,
            page.line_of("as_of"),
            f"front matter: as_of {head} is older than '{value}' on the page (as of {newest}); "
            "move it to the day of the newest fact",
            rule="usage",
        )


def check(site: Site) -> Iterator[Problem]:
    pages, data = list(site.pages), site.records
    used: set[str] = set()
    for page in pages:
        strings = _strings(page, site)
        for _, value, _ in strings:
            used |= set(_record_ids(value))
        yield from _superseded(page, strings, data)
        yield from _newest(page, strings, data)
    yield from _unused(used, data, site.root)
    yield from _unused_sources(site)
