"""All records in one SQLite database: typed tables with keys, references and indexes."""

from __future__ import annotations

import base64
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.publish.columns import columns_of, key_of, references_of
from scripts.sources.records import plain
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.shelf import digest
from scripts.sources.site import Site

_TYPES = {
    "string": " TEXT", "date": " TEXT", "datetime": " TEXT", "integer": " INTEGER",
    "boolean": " INTEGER", "number": " NUMERIC", "any": "",
}  # fmt: skip
"""``any`` has no type: SQLite would make a number of the checkpoint 0731."""

_FIXED = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE bibliography (
  key TEXT PRIMARY KEY, kind TEXT, title TEXT, date TEXT, url TEXT, csl_json TEXT
);
CREATE TABLE sources (
  collection TEXT NOT NULL, record TEXT NOT NULL, spec TEXT, position INTEGER NOT NULL,
  key TEXT NOT NULL REFERENCES bibliography (key), locator TEXT,
  PRIMARY KEY (collection, record, spec, position)
);
CREATE INDEX sources_by_key ON sources (key);
"""

_INDEXES = {
    "facts": ("topic",),
    "prices": ("model", "api_name"),
    "results": ("model", "benchmark"),
    "events": ("date",),
}
"""What is asked for most."""

Rows = list[dict[str, Any]]


def _quoted(names: Iterator[str] | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _table(name: str) -> str:
    lines = [
        f'"{column.name}"{_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
        for column in columns_of(name)
    ]
    lines.append(f"PRIMARY KEY ({_quoted(key_of(name))})")
    for column, other in references_of(name).items():
        lines.append(f'FOREIGN KEY ("{column}") REFERENCES "{other}" (id)')
    indexes = [
        f'CREATE INDEX "{name}_by_{column}" ON "{name}" ("{column}");'
        for column in _INDEXES.get(name, ())
    ]
    return f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n);" + "".join(indexes)


def _scalar(value: Any) -> Any:
    """SQLite's integers have 64 bits; a count of FLOPs does not fit."""
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


def _sources(name: str, rows: Rows) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        sheets = {None: row, **row.get("specs", {})}
        for spec, sheet in sheets.items():
            for position, ref in enumerate(sheet.get("sources", []), start=1):
                yield name, row["id"], spec, position, ref["key"], ref.get("at")


def _fill(database: sqlite3.Connection, site: Site, head: Mapping[str, str], tables: Any) -> None:
    database.executemany("INSERT INTO meta VALUES (?, ?)", list(head.items()))
    database.executemany(
        "INSERT INTO bibliography VALUES (?, ?, ?, ?, ?, ?)",
        [
            (r.key, r.kind, r.title, r.date, r.url, json.dumps(r.csl, ensure_ascii=False))
            for _, r in sorted(site.references.items())
        ],
    )
    for name in COLLECTIONS:
        database.execute("PRAGMA foreign_keys = OFF")
        database.executescript(_table(name))
        rows = plain.records(site.records, name)
        names = tuple(column.name for column in columns_of(name))
        marks = ", ".join("?" for _ in names)
        database.executemany(
            f'INSERT INTO "{name}" VALUES ({marks})',
            [tuple(_scalar(row.get(column)) for column in names) for row in tables(rows)],
        )
        database.executemany(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", list(_sources(name, rows))
        )


def write(site: Site, head: Mapping[str, str], tables: Any, path: Path) -> None:
    """A table a collection with the columns of its CSV, and ``sources`` in long form.

    ``head``: what ``meta`` says of the file; ``tables``: from records to rows of columns."""
    key = digest(repr(head))
    made = site.kept("database", path.name, key, lambda seen: _made(seen, head, tables))
    path.write_bytes(base64.b64decode(made))


def _made(site: Site, head: Mapping[str, str], tables: Any) -> str:
    """The bytes of the file, in base64."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        database = sqlite3.connect(path)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            database.executescript(_FIXED)
            _fill(database, site, head, tables)
            database.commit()
            database.execute("VACUUM")
        finally:
            database.close()
        return base64.b64encode(path.read_bytes()).decode()
