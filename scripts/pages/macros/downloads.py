"""Macros about the files for machines: the table of all, a link to one, the data dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from scripts.pages.cells import RecordError, table
from scripts.pages.here import Here
from scripts.problems import nearest
from scripts.sources.identity import DATA, SQLITE
from scripts.sources.records import plain
from scripts.sources.records.schema import COLLECTIONS

BESIDE = (
    "datapackage.json", "croissant.json", "citations.json", "history.json",
    "schema/citations.json", "schema/history.json",
)  # fmt: skip
"""Files of no collection."""


def downloads_table(here: Here) -> str:
    """Every file for machines, with what it holds and how current it is."""
    data = here.records
    rows = []
    for name, model in COLLECTIONS.items():
        held = plain.records(data, name)
        links = " · ".join(
            f'<a href="{here.top}{DATA}/{name}.{kind}" download>{kind.upper()}</a>'
            for kind in ("json", "csv")
        )
        links += f' · <a href="{here.top}{DATA}/schema/{name}.json">schema</a>'
        what = (model.__doc__ or "").strip().splitlines()[0].replace("``", "`")
        rows.append((f"`{name}`", what, str(len(held)), plain.newest(held) or "–", links))
    headers = ("Collection", "What it holds", "Records", "As of", "Files")
    return table(headers, rows, "Downloads", numeric=(2,))


def download(here: Here, name: str, text: str | None = None) -> str:
    """A link to a file that the build writes below ``data/``, from a page of a part."""
    known = {f"{c}.{kind}" for c in COLLECTIONS for kind in ("json", "csv")} | {SQLITE, *BESIDE}
    if name not in known:
        raise RecordError(f"no download '{name}'{nearest(name, known)}")
    return f'<a href="{here.top}{DATA}/{name}" download>{escape(text or name)}</a>'


def data_dictionary(here: Here) -> str:
    """Every field of every collection: type and meaning, from the schema."""
    out = []
    for name, model in COLLECTIONS.items():
        rows = []
        for field_name, field in model.model_fields.items():
            kind = re.sub(
                r"\b(?:typing|decimal|datetime|scripts\.data\.schema)\.", "", _kind(field)
            )
            needed = "yes" if field.is_required() else "no"
            rows.append((f"`{field.alias or field_name}`", kind, needed, field.description or ""))
        out.append(f'\n??? note "{name}"\n\n')
        listed = table(("Field", "Type", "Required", "Meaning"), rows, f"Fields of {name}")
        out.append("\n".join(f"    {line}" if line else "" for line in listed.splitlines()) + "\n")
    return "".join(out)


def _kind(field: Any) -> str:
    """The type of a field in words of JSON."""
    text = str(field.annotation)
    words = []
    for pattern, word in (
        (r"Decimal|int\b", "number"),
        (r"bool", "true or false"),
        (r"AwareDatetime|datetime", "instant (UTC)"),
        (r"\bdate\b", "date"),
        (r"SourceRef", "list of sources"),
        (r"Spec\b", "specs by name"),
        (r"Rates", "rates"),
        (r"LongPrompt", "long-prompt surcharge"),
        (r"list\[str|list\[Annotated\[str|list\[tuple", "list"),
        (r"Literal\[", "one of " + ", ".join(re.findall(r"'([^']*)'", text))),
        (r"str", "text"),
    ):
        if re.search(pattern, text) and not (word == "text" and words):
            words.append(word)
            if pattern.startswith("Literal"):
                break
    return " or ".join(dict.fromkeys(words)) or "text"


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        downloads_table,
        download,
        data_dictionary,
    )
}
