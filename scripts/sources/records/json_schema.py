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


def file_schema(name: str) -> dict[str, Any]:
    """Schema of one YAML file: ``defaults`` and ``records``.

    A field may come from ``defaults``, so a record on its own has to have no more than its id.
    """
    record = record_schema(COLLECTIONS[name])
    definitions = record.pop("$defs", {})
    defaults = {**record, "required": [], "title": "Values for every record of this file"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
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
