"""The collections as files for machines: JSON, CSV and one SQLite database, and what is in them.

The same commit gives the same bytes: nothing here depends on the day or the machine. ``as_of``
of a file is the newest day that a record of it speaks of, ``date`` the day of the commit.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scripts.publish import database, packages
from scripts.publish.columns import columns_of
from scripts.publish.done import Done
from scripts.sources.identity import DATA, LICENSE, SQLITE
from scripts.sources.records import json_schema as schemas
from scripts.sources.records import plain
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.shelf import digest, write_texts
from scripts.sources.site import Site

FORMAT_VERSION = "1.1"
"""Raised (second number) when a field is added, (first number) when one goes or changes meaning."""


FILES = (
    SQLITE,
    "datapackage.json",
    "croissant.json",
    *(f"{name}.{kind}" for name in COLLECTIONS for kind in ("json", "csv")),
)
"""Below ``data/``."""


def head(site: Site) -> dict[str, str]:
    """What every file says of itself: edition, commit and the day of that commit."""
    day = dt.datetime.fromtimestamp(site.moment, dt.UTC).date().isoformat()
    return {
        "format_version": FORMAT_VERSION,
        "edition": site.edition,
        "commit": site.commit,
        "version": "+".join(part for part in (site.edition, site.commit) if part),
        "date": day if site.moment else site.reviewed,
        "license": LICENSE,
    }


def as_json(data: Dataset, name: str, said: Mapping[str, str]) -> str:
    """``said``: what :func:`head` has."""
    rows = plain.records(data, name)
    content = {
        "format_version": said["format_version"],
        "collection": name,
        "as_of": plain.newest(rows),
        **{key: said[key] for key in ("edition", "commit", "date", "license")},
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


BYTE_ORDER_MARK = "\ufeff"
"""Begins each file of CSV: without it spreadsheets take UTF-8 for the letters of another time."""


def as_csv(data: Dataset, name: str) -> str:
    """RFC 4180 with a header line, UTF-8 behind a byte order mark, lines that end in CRLF; true and
    false as in JSON."""
    stream = io.StringIO()
    names = [column.name for column in columns_of(name)]
    writer = csv.DictWriter(stream, names, lineterminator="\r\n")
    writer.writeheader()
    for row in flat(plain.records(data, name)):
        writer.writerow(
            {key: str(v).lower() if isinstance(v, bool) else v for key, v in row.items()}
        )
    return BYTE_ORDER_MARK + stream.getvalue()


def _texts(data: Dataset, name: str, said: Mapping[str, str], base: str) -> dict[str, str]:
    schema = schemas.collection_schema(name, urljoin(base, f"{DATA}/schema/{name}.json"))
    return {
        f"{name}.json": as_json(data, name, said),
        f"{name}.csv": as_csv(data, name),
        f"schema/{name}.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
    }


def write(site: Site, into: Path, done: Done) -> None:
    """Everything a machine may want of ``data/``, below ``site/data/``.

    ``done``: what stands there already.
    """
    folder = into / DATA
    said = head(site)
    about = digest(repr(said), site.url)
    for name in COLLECTIONS:
        texts = site.kept(
            "downloads",
            name,
            about,
            lambda seen, name=name: _texts(seen.records, name, said, site.url),
        )
        if done.again(f"downloads of {name}", *texts.values()):
            write_texts(texts, folder)
    database.write(site, said, flat, folder / SQLITE)
    texts = {
        "datapackage.json": packages.datapackage(site, said, folder),
        "croissant.json": packages.croissant(site, said, folder),
    }
    write_texts(texts, folder)
