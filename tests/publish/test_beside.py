"""The files beside the collections keep to the schemas that are published with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from scripts.publish import history, works
from scripts.publish.citing import Printer
from tests import real


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = real.site()
    into = tmp_path_factory.mktemp("beside")
    history.write(site.records, "https://our.example/", into)
    works.write_fact_citations(site, Printer(site.shelf), into)
    return into / "data"


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["history", "citations"])
def test_each_keeps_to_its_schema(written: Path, name: str) -> None:
    schema, content = read(written / f"schema/{name}.json"), read(written / f"{name}.json")
    assert schema["$id"].endswith(f"/data/schema/{name}.json")
    validator = Draft7Validator(schema)
    assert [error.message for error in validator.iter_errors(content)] == []
    content["surprise"] = 1
    assert not validator.is_valid(content), "a plain validator can tell"


def test_history_names_its_schema(written: Path) -> None:
    assert (written / read(written / "history.json")["$schema"]).is_file()


def test_every_fact_has_its_citation(written: Path) -> None:
    assert read(written / "citations.json").keys() == real.records()["facts"].keys()
