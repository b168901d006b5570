"""Read ``data/`` into typed records, with file and line for everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError

from scripts.problems import Problem, nearest, relative
from scripts.sources import yaml12
from scripts.sources.records import schema
from scripts.sources.shelf import Shelf, digest
from scripts.sources.text import NotText, text_of
from scripts.sources.yaml12 import YamlError


@dataclass(frozen=True)
class Place:
    """Where a record is written down; lines and columns count from 1."""

    file: str
    line: int
    column: int = 1
    fields: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def at(self, *names: str) -> tuple[int, int]:
        """Line and column of the first of these fields that the record has, else its start."""
        for name in names:
            if name in self.fields:
                return self.fields[name]
        return self.line, self.column


@dataclass
class Dataset:
    """All collections: ``data["facts"]["v4-pro-total-parameters"]``."""

    collections: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def __getitem__(self, name: str) -> dict[str, Any]:
        return self.collections.get(name, {})

    def place(self, collection: str, record_id: str) -> Place:
        return self.places[(collection, record_id)]

    def problem(
        self,
        collection: str,
        record_id: str,
        message: str,
        *fields: str,
        rule: str = "",
        level: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem of a record, placed at the first of ``fields`` that it has."""
        place = self.place(collection, record_id)
        line, column = place.at(*fields)
        return Problem(place.file, line, f"{record_id}: {message}", column, rule, level)

    def records(self) -> Iterator[tuple[str, Any]]:
        """Every record with the name of its collection, in file order."""
        for name, records in self.collections.items():
            for record in records.values():
                yield name, record


KEPT = "loaded"
"""Kind of what is kept: the records of a file in which all is well, with their places."""
APART = {"checks"}
"""Folders of ``data/`` that hold no collection; ``scripts.sources.audit`` reads them."""


def collection_files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    """``(collection, file)`` for every YAML file below ``data_dir``, sorted."""
    for path in sorted(data_dir.rglob("*.y*ml")):
        inside = path.relative_to(data_dir)
        if path.suffix in {".yml", ".yaml"} and inside.parts[0] not in APART:
            yield (inside.parts[0] if len(inside.parts) > 1 else path.stem), path


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _place_of(node: yaml.Node | None, loc: tuple[Any, ...]) -> tuple[int, int]:
    """Line and column of the innermost node that ``loc`` (a pydantic location) reaches."""
    place = _mark(node) if node is not None else (1, 1)
    for step in loc:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    place, found = _mark(key), value
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            found = node.value[step]
            place = _mark(found)
        if found is None:
            continue  # a step that names a union member, not a place in the file
        node = found
    return place


def _explain(error: dict[str, Any], model: type[BaseModel]) -> str:
    """A pydantic error in words that tell a contributor what to do."""
    loc = [str(step) for step in error["loc"]]
    where = ".".join(loc) or "record"
    if error["type"] == "extra_forbidden":
        if loc[-1].isdecimal() and error["input"] is None:
            return f"field '{loc[-1]}' is the end of a number; its decimal mark is a point: 5.5"
        if ":" in loc[-1]:
            return f"field '{where}': a space is missing behind ':'"
        names = [f.alias or n for n, f in model.model_fields.items()]
        return f"unknown field '{where}'{nearest(loc[-1], names)}"
    if error["type"] == "missing":
        return f"field '{where}' is missing"
    if error["type"] == "string_type":
        given = str(error["input"])[:40]
        return f"field '{where}' must be words; put it in quotes: '{given}'"
    if error["type"] == "string_too_short":
        return f"field '{where}' is empty; leave it out, or say it"
    if error["type"] == "list_type":
        return f"field '{where}' must be a list; each item in a line with '- ', or all in [ ]"
    if error["type"] == "string_pattern_mismatch" and loc[-1] == "key":
        return f"field '{where}': a key as it stands in references.bib, without '@' and brackets"
    message = re.sub(r"^Value error, ", "", error["msg"])
    return f"field '{where}': {message}" if loc else message


def load_file(
    name: str,
    path: Path,
    data: Dataset,
    problems: list[Problem],
    root: Path,
    models: Mapping[str, type[BaseModel]] = schema.COLLECTIONS,
    shelf: Shelf | None = None,
) -> None:
    """Add the records of one file to ``data`` and what is wrong with it to ``problems``.

    A file in which all is well is taken apart once: ``shelf`` keeps what stands in it, and where.
    """
    file = relative(path, root)
    model = models.get(name)
    if model is None:
        hint = nearest(name, schema.COLLECTIONS)
        problems.append(
            Problem(
                file,
                1,
                f"'{name}' is not a collection{hint}; see scripts/sources/records/schema.py",
            )
        )
        return
    try:
        text = text_of(path)
    except NotText as error:
        problems.append(Problem(file, error.line, error.message, rule="data"))
        return
    whole, before = digest(name, text), len(problems)
    found = shelf.read(KEPT, file) if shelf is not None else None
    if isinstance(found, dict) and found.get("text") == whole:
        for values, line, column, places in found["records"]:
            fields = {field: (at, below) for field, (at, below) in places.items()}
            place = Place(file, line, column, fields)
            _add(name, model.model_validate(_typed(values)), place, data, problems)
        return
    try:
        document = yaml12.read(text)
    except YamlError as error:
        message = f"not valid YAML: {error.message}"
        problems.append(Problem(file, error.line, message, error.column, "data"))
        return
    root_node, content = document.node, document.content
    problems.extend(Problem(file, line, words, at, "data") for line, at, words in document.twice)
    if not isinstance(content, dict) or not isinstance(content.get("records"), list):
        problems.append(Problem(file, 1, "expected a mapping with a list under 'records:'"))
        return
    top = {key.value: value for key, value in root_node.value}
    for key in content:
        if key not in {"defaults", "records"}:
            line = top[key].start_mark.line + 1
            problems.append(Problem(file, line, f"unknown top-level field '{key}'"))
    defaults = content.get("defaults") or {}
    if not isinstance(defaults, dict):
        problems.append(Problem(file, _mark(top["defaults"])[0], "'defaults' must be a mapping"))
        return
    good: list[tuple[Any, ...]] = []
    for item, node in zip(content["records"], top["records"].value, strict=True):
        line = node.start_mark.line + 1
        if not isinstance(item, dict):
            problems.append(
                Problem(file, line, "a record must be a mapping that starts with 'id:'")
            )
            continue
        try:
            record = model.model_validate({**defaults, **item})
        except ValidationError as invalid:
            for error in invalid.errors():
                label = item.get("id")
                message = _explain(error, model)
                of_defaults = (
                    bool(error["loc"]) and error["loc"][0] in defaults.keys() - item.keys()
                )
                if of_defaults:
                    label = "defaults"
                message = f"{label}: {message}" if label else message
                at, column = _place_of(top["defaults"] if of_defaults else node, error["loc"])
                problems.append(Problem(file, at, message, column))
            continue
        fields = {
            key.value: (key.start_mark.line + 1, key.start_mark.column + 1) for key, _ in node.value
        }
        at = (line, node.start_mark.column + 1, fields)
        good.append((_plain({**defaults, **item}), *at))
        _add(name, record, Place(file, *at), data, problems)
    if shelf is not None and len(problems) == before:
        shelf.write(KEPT, file, {"text": whole, "records": good})


_EXACT = "exact"
"""The only key of what stands for a decimal number in JSON, which knows only rounded ones."""


def _plain(value: Any) -> Any:
    """A value of a file as JSON; :func:`_typed` is the reverse."""
    if isinstance(value, Decimal):
        return {_EXACT: str(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_EXACT}:
            return Decimal(value[_EXACT])
        return {key: _typed(item) for key, item in value.items()}
    return [_typed(item) for item in value] if isinstance(value, list) else value


def _add(name: str, record: Any, place: Place, data: Dataset, problems: list[Problem]) -> None:
    """One record to its collection, unless its id is taken."""
    known = data.collections.setdefault(name, {})
    if record.id in known:
        first = data.places[(name, record.id)]
        message = f"id '{record.id}' is taken by {first.file}:{first.line}"
        problems.append(Problem(place.file, place.line, message, rule="data"))
        return
    known[record.id] = record
    data.places[(name, record.id)] = place


def touched(paths: Iterable[Path]) -> str:
    """A hash of names, sizes and times of files; without reading them."""
    return digest(*(f"{path} {(s := path.lstat()).st_mtime_ns} {s.st_size}" for path in paths))


def load(data_dir: Path, root: Path, shelf: Shelf | None = None) -> tuple[Dataset, list[Problem]]:
    """Read all of ``data_dir``; never raises for a contributor's mistake."""
    data, problems = Dataset(), []
    for name, path in collection_files(data_dir):
        load_file(name, path, data, problems, root, shelf=shelf)
    return data, problems
