"""What the files below ``data/`` are, for programs that fetch them as one dataset.

``datapackage.json`` is a Data Package (datapackage.org), ``croissant.json`` is Croissant
(mlcommons.org/croissant); both from the same columns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scripts.publish.columns import columns_of, key_of, references_of
from scripts.sources.identity import AUTHOR, DATA, LICENSE, SITE_TITLE, SQLITE
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.site import Site

NAME = "deepseek-v4-explained"
TITLE = f"{SITE_TITLE}: all records"
ABOUT = "Every record behind the site, with source, place in the source, day and reporter."
_CROISSANT_TYPES = {
    "string": "sc:Text", "any": "sc:Text", "number": "sc:Float", "integer": "sc:Integer",
    "boolean": "sc:Boolean", "date": "sc:Date", "datetime": "sc:DateTime",
}  # fmt: skip
_MEDIA = {"json": "application/json", "csv": "text/csv", "sqlite": "application/vnd.sqlite3"}
_CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "citeAs": "cr:citeAs", "column": "cr:column", "extract": "cr:extract", "field": "cr:field",
    "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty", "fileSet": "cr:fileSet",
    "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField",
    "path": "cr:path", "recordSet": "cr:recordSet", "references": "cr:references",
    "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "equivalentProperty": "cr:equivalentProperty",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform", "samplingRate": "cr:samplingRate",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}  # fmt: skip
"""As the specification of Croissant 1.0 gives it."""


def _summary(name: str) -> str:
    return (COLLECTIONS[name].__doc__ or "").strip().partition("\n")[0].replace("``", "")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _table(name: str) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": column.type}
        | ({"format": "any"} if column.type == "datetime" else {})
        | ({"description": column.description} if column.description else {})
        | ({"constraints": {"required": True}} if column.required else {})
        for column in columns_of(name)
    ]
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
        for column, other in references_of(name).items()
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""], "foreignKeys": keys}
    if len(key_of(name)) == 1:  # a sheet without lines has no second part of a key
        schema["primaryKey"] = list(key_of(name))
    return schema


def datapackage(site: Site, head: Mapping[str, str], folder: Path) -> str:
    """``folder``: where the files stand that it lists."""
    resources: list[dict[str, Any]] = []
    for name in COLLECTIONS:
        for kind in ("csv", "json"):
            path = folder / f"{name}.{kind}"
            entry = {
                "name": name if kind == "csv" else f"{name}-json",
                "path": path.name,
                "description": _summary(name),
                "format": kind,
                "mediatype": _MEDIA[kind],
                "encoding": "utf-8",
                "bytes": path.stat().st_size,
                "hash": f"sha256:{_hash(path)}",
            }
            if kind == "csv":
                entry |= {"profile": "tabular-data-resource", "schema": _table(name)}
                entry |= {"dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True}}
            resources.append(entry)
    resources.append(
        {
            "name": "all",
            "path": SQLITE,
            "description": "All collections, their sources and the bibliography as one database.",
            "format": "sqlite",
            "mediatype": _MEDIA["sqlite"],
        }
    )
    content = {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "description": ABOUT,
        "homepage": urljoin(site.url, "reference/downloads/"),
        "version": head["version"],
        "created": f"{head['date']}T00:00:00Z",
        "licenses": [{"name": "CC-BY-4.0", "path": LICENSE, "title": "CC BY 4.0"}],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "resources": resources,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _field(name: str, column: Any) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": f"{name}/{column.name}",
        "description": column.description or column.name,
        "dataType": _CROISSANT_TYPES[column.type],
        "source": {
            "fileObject": {"@id": f"{name}.csv"},
            "extract": {"column": column.name},
        },
    }


def croissant(site: Site, head: Mapping[str, str], folder: Path) -> str:
    """``folder``: where the files stand that it lists."""
    base = urljoin(site.url, f"{DATA}/")
    content = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "description": ABOUT,
        "url": urljoin(site.url, "reference/downloads/"),
        "license": LICENSE,
        "creator": {"@type": "sc:Organization", "name": AUTHOR},
        "datePublished": head["date"],
        # Croissant asks for three numbers; a month with a nought in front is none.
        "version": ".".join([*(str(int(n)) for n in head["edition"].split(".")), "0", "0"][:3])
        if head["edition"]
        else "0.0.0",
        "citeAs": f"{AUTHOR}. {TITLE}. Edition {head['version']}. {site.url}",
        "isLiveDataset": True,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{name}.csv",
                "name": f"{name}.csv",
                "description": _summary(name),
                "contentUrl": urljoin(base, f"{name}.csv"),
                "encodingFormat": "text/csv",
                "sha256": _hash(folder / f"{name}.csv"),
            }
            for name in COLLECTIONS
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": name,
                "description": _summary(name),
                "key": [{"@id": f"{name}/{column}"} for column in key_of(name)],
                "field": [_field(name, column) for column in columns_of(name)],
            }
            for name in COLLECTIONS
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
