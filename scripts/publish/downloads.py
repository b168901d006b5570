"""The collections as files for machines: JSON, CSV and one SQLite database, and what is in them.

The same records give the same bytes: nothing here depends on the day or the machine. ``as_of``
of a file is the newest day that a record of it speaks of.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.publish.done import Done
from scripts.sources.identity import DATA, LICENSE, SQLITE
from scripts.sources.records import json_schema as schemas
from scripts.sources.records import plain
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.references.bibliography import Reference
from scripts.sources.shelf import write_texts
from scripts.sources.site import Site

FORMAT_VERSION = "1.0"
"""Raised (second number) when a field is added, (first number) when one goes or changes meaning."""


FILES = (SQLITE, *(f"{name}.{kind}" for name in COLLECTIONS for kind in ("json", "csv")))
"""Below ``data/``."""


def as_json(data: Dataset, name: str) -> str:
    rows = plain.records(data, name)
    content = {
        "format_version": FORMAT_VERSION,
        "collection": name,
        "as_of": plain.newest(rows),
        "license": LICENSE,
        "schema": f"schema/{name}.json",
        "count": len(rows),
        "records": rows,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "key" in value[0]:
            return "; ".join(f"{s['key']} ({s['at']})" if "at" in s else s["key"] for s in value)
        return "; ".join("–".join(map(str, v)) if isinstance(v, list) else str(v) for v in value)
    return value


def flat(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One level of columns: ``rates.output``; a spec sheet becomes one row a spec."""
    out = []
    for row in rows:
        specs = row.get("specs")
        base: dict[str, Any] = {}
        _flatten({k: v for k, v in row.items() if k != "specs"}, "", base)
        if specs is None:
            out.append(base)
        for line, spec in (specs or {}).items():
            cells: dict[str, Any] = {}
            _flatten(spec, "spec.", cells)
            out.append({**base, "spec": line, **cells})
    return out


def _flatten(row: dict[str, Any], prefix: str, into: dict[str, Any]) -> None:
    for key, value in row.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", into)
        else:
            into[prefix + key] = _cell(value)


def columns(rows: list[dict[str, Any]]) -> list[str]:
    """Every column that occurs, ``id`` first, the rest in order of first appearance."""
    return list(dict.fromkeys(["id", *(key for row in rows for key in row)]))


def as_csv(data: Dataset, name: str) -> str:
    """RFC 4180 with a header line, UTF-8, lines that end in CRLF."""
    rows = flat(plain.records(data, name))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns(rows), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def write_sqlite(data: Dataset, references: Mapping[str, Reference], path: Path) -> None:
    """A table a collection with the columns of its CSV, and ``sources`` in long form."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)")
        database.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("format_version", FORMAT_VERSION), ("license", LICENSE)],
        )
        database.execute(
            "CREATE TABLE sources (collection TEXT, record TEXT, spec TEXT, position INTEGER, "
            "key TEXT, locator TEXT)"
        )
        database.execute(
            "CREATE TABLE bibliography (key TEXT PRIMARY KEY, kind TEXT, title TEXT, date TEXT, "
            "url TEXT, csl_json TEXT)"
        )
        database.executemany(
            "INSERT INTO bibliography VALUES (?, ?, ?, ?, ?, ?)",
            [
                (r.key, r.kind, r.title, r.date, r.url, json.dumps(r.csl, ensure_ascii=False))
                for _, r in sorted(references.items())
            ],
        )
        for name in COLLECTIONS:
            rows = plain.records(data, name)
            table = flat(rows)
            names = columns(table)
            listed = ", ".join(f'"{column}"' for column in names)
            database.execute(f'CREATE TABLE "{name}" ({listed})')
            marks = ", ".join("?" for _ in names)
            database.executemany(
                f'INSERT INTO "{name}" VALUES ({marks})',
                [tuple(_scalar(row.get(column)) for column in names) for row in table],
            )
            database.executemany(
                "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", list(_sources(name, rows))
            )
        database.commit()
        database.execute("VACUUM")
    finally:
        database.close()


def _scalar(value: Any) -> Any:
    """SQLite's integers have 64 bits; a count of FLOPs does not fit."""
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


def _sources(name: str, rows: list[dict[str, Any]]):
    for row in rows:
        sheets = {None: row, **row.get("specs", {})}
        for spec, sheet in sheets.items():
            for position, ref in enumerate(sheet.get("sources", []), start=1):
                yield name, row["id"], spec, position, ref["key"], ref.get("at")


def _texts(data: Dataset, name: str) -> dict[str, str]:
    schema = json.dumps(schemas.record_schema(COLLECTIONS[name]), indent=1, ensure_ascii=False)
    return {
        f"{name}.json": as_json(data, name),
        f"{name}.csv": as_csv(data, name),
        f"schema/{name}.json": schema + "\n",
    }


def write(site: Site, into: Path, done: Done) -> None:
    """Everything a machine may want of ``data/``, below ``site/data/``.

    ``done``: what stands there already.
    """
    folder = into / DATA
    for name in COLLECTIONS:
        texts = site.kept("downloads", name, "", lambda seen, name=name: _texts(seen.records, name))
        if done.again(f"downloads of {name}", *texts.values()):
            write_texts(texts, folder)
    write_sqlite(site.records, site.references, folder / SQLITE)
