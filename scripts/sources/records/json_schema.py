"""JSON Schemas of the collections, generated from the pydantic models.

``make schema`` writes them where the first line of each YAML file points, so that an editor
completes fields and underlines mistakes; the build publishes them beside the downloads.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scripts.sources.records.loading import collection_files
from scripts.sources.records.schema import COLLECTIONS

FOLDER = ".cache/schema"
"""Below the top of the project."""
MODELINE = "# yaml-language-server: $schema="


def record_schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one record as the downloads hold it."""
    return model.model_json_schema(by_alias=True)


DRAFT = "https://json-schema.org/draft/2020-12/schema"


def collection_schema(name: str, address: str) -> dict[str, Any]:
    """Schema of one published file: what it says of itself, and its records.

    ``address`` is where the schema stands."""
    record = record_schema(COLLECTIONS[name])
    definitions = record.pop("$defs", {})
    text = {"type": "string"}
    return {
        "$schema": DRAFT,
        "$id": address,
        "title": f"data/{name}.json",
        "description": (COLLECTIONS[name].__doc__ or "").strip().partition("\n")[0],
        "type": "object",
        "required": ["format_version", "collection", "license", "schema", "count", "records"],
        "properties": {
            "format_version": {"type": "string", "pattern": "^[0-9]+[.][0-9]+$"},
            "collection": {"const": name},
            "as_of": {"type": ["string", "null"], "description": "Newest day of a record."},
            "edition": {**text, "description": "Edition of the site."},
            "commit": {**text, "description": "State of the sources it was built from."},
            "date": {**text, "format": "date", "description": "Day of that commit."},
            "license": {**text, "format": "uri"},
            "schema": {"const": f"schema/{name}.json"},
            "count": {"type": "integer", "minimum": 0},
            "records": {"type": "array", "items": {"$ref": f"#/$defs/{record['title']}"}},
        },
        "$defs": {**definitions, record["title"]: record},
    }


def file_schema(name: str) -> dict[str, Any]:
    """Schema of one YAML file: ``defaults`` and ``records``.

    A field may come from ``defaults``, so a record on its own has to have no more than its id.
    """
    record = record_schema(COLLECTIONS[name])
    definitions = record.pop("$defs", {})
    defaults = {**record, "required": [], "title": "Values for every record of this file"}
    return {
        "$schema": DRAFT,
        "title": f"data/{name}",
        "type": "object",
        "additionalProperties": False,
        "required": ["records"],
        "properties": {
            "defaults": {
                **defaults,
                "properties": {k: v for k, v in record["properties"].items() if k != "id"},
            },
            "records": {"type": "array", "items": {**record, "required": ["id"]}},
        },
        "$defs": definitions,
    }


def modeline(path: Path, name: str, folder: Path) -> str:
    """The first line of a YAML file that tells editors where its schema is."""
    target = Path(os.path.relpath(folder / f"{name}.json", path.parent)).as_posix()
    return MODELINE + target


def write(folder: Path, data_dir: Path) -> list[Path]:
    """Write the schemas; give files that lack it the line that names theirs. Returns those."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COLLECTIONS:
        text = json.dumps(file_schema(name), indent=1, ensure_ascii=False) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    changed = []
    for name, path in collection_files(data_dir):
        if name not in COLLECTIONS:
            continue
        text = path.read_text(encoding="utf-8")
        wanted = modeline(path, name, folder)
        first, _, rest = text.partition("\n")
        if first == wanted:
            continue
        body = rest if first.startswith(MODELINE) else text
        path.write_text(f"{wanted}\n{body}", encoding="utf-8")
        changed.append(path)
    return changed
