"""JSON Schemas for editors: they accept our files and refuse what the models refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.problems import ROOT
from scripts.sources.records import json_schema as schemas
from scripts.sources.records.loading import collection_files
from scripts.sources.records.schema import COLLECTIONS


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_the_schema_knows_every_field_and_no_other(name: str) -> None:
    record = schemas.file_schema(name)["properties"]["records"]["items"]
    fields = {field.alias or key for key, field in COLLECTIONS[name].model_fields.items()}
    assert set(record["properties"]) == fields
    assert record["additionalProperties"] is False
    assert record["required"] == ["id"], "the rest may come from defaults"


def test_every_file_names_its_schema() -> None:
    for name, path in collection_files(ROOT / "data"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == schemas.modeline(path, name, ROOT / schemas.FOLDER), (
            f"{path}: run `make schema`"
        )


def test_writing_adds_the_line_once(tmp_path: Path) -> None:
    data = tmp_path / "data" / "facts"
    data.mkdir(parents=True)
    file = data / "new.yml"
    file.write_text("# Facts.\nrecords: []\n", encoding="utf-8")
    folder = tmp_path / ".cache" / "schema"
    assert schemas.write(folder, tmp_path / "data") == [file]
    expected = (
        "# yaml-language-server: $schema=../../.cache/schema/facts.json\n# Facts.\nrecords: []\n"
    )
    assert file.read_text(encoding="utf-8") == expected
    assert schemas.write(folder, tmp_path / "data") == []
    assert (folder / "facts.json").is_file()
