"""The files for machines: complete, equal to the records, and the same bytes each time."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from pydantic import TypeAdapter

from scripts.problems import ROOT
from scripts.publish import downloads
from scripts.publish.columns import key_of
from scripts.publish.done import Done
from scripts.sources.identity import SQLITE
from scripts.sources.records.loading import Dataset, load
from scripts.sources.records.schema import COLLECTIONS
from tests import real
from tests.programs import lacking, program


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load(ROOT / "data", ROOT)[0]


@pytest.fixture(scope="module")
def written(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("downloads")
    downloads.write(real.site(), site, Done())
    return site / "data"


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_json_holds_every_record(data: Dataset, written: Path, name: str) -> None:
    content = json.loads((written / f"{name}.json").read_text(encoding="utf-8"))
    assert content["format_version"] == downloads.FORMAT_VERSION
    assert content["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert [record["id"] for record in content["records"]] == sorted(data[name])
    assert content["count"] == len(data[name])
    again = TypeAdapter(list[COLLECTIONS[name]]).validate_python(content["records"])
    assert {record.id for record in again} == set(data[name]), "the schema reads what was written"


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_csv_has_the_same_ids_and_a_full_header(data: Dataset, written: Path, name: str) -> None:
    text = (written / f"{name}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["id"] for row in rows} <= set(data[name])
    assert None not in {key for row in rows for key in row}, "no row is longer than the header"
    if name not in {"models", "chips"}:
        assert len(rows) == len(data[name])


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_each_file_keeps_to_the_schema_that_it_names(written: Path, name: str) -> None:
    """By a plain validator, which knows nothing of ours."""
    content = json.loads((written / f"{name}.json").read_text(encoding="utf-8"))
    schema = json.loads((written / content["schema"]).read_text(encoding="utf-8"))
    assert schema["$schema"] and schema["$id"].endswith(f"/data/schema/{name}.json")
    errors = [error.message for error in Draft7Validator(schema).iter_errors(content)]
    assert errors == []
    content["records"][0]["surprise"] = 1
    assert not Draft7Validator(schema).is_valid(content), "a plain validator can tell"


def test_every_file_says_of_which_state_it_is(tmp_path: Path) -> None:
    site = replace(real.site(), edition="2026.11", commit="abc1234", moment=1_795_996_800)
    downloads.write(site, tmp_path, Done())
    head = {"edition": "2026.11", "commit": "abc1234", "date": "2026-11-30"}
    for name in COLLECTIONS:
        content = json.loads((tmp_path / "data" / f"{name}.json").read_text(encoding="utf-8"))
        assert head.items() <= content.items(), name
    database = sqlite3.connect(tmp_path / "data" / SQLITE)
    assert head.items() <= dict(database.execute("SELECT name, value FROM meta")).items()
    database.close()
    package = json.loads((tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == "2026.11+abc1234" and package["created"].startswith("2026-11-30")


def rows_of(written: Path, name: str) -> list[dict[str, str]]:
    text = (written / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


READS = {
    "integer": int,
    "number": float,
    "boolean": ("true", "false").index,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "string": str,
    "any": str,
}


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_every_cell_is_of_the_type_that_is_documented(written: Path, name: str) -> None:
    """The rules of Table Schema, by the types that the Data Package names."""
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    (table,) = [item["schema"] for item in package["resources"] if item["name"] == name]
    rows = rows_of(written, name)
    assert [field["name"] for field in table["fields"]] == list(rows[0])
    for field in table["fields"]:
        needed = field.get("constraints", {}).get("required", False)
        for row in rows:
            cell = row[field["name"]]
            assert cell or not needed, (row["id"], field["name"])
            if cell:
                READS[field["type"]](cell)
    if "primaryKey" in table:
        keys = [tuple(row[part] for part in table["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
    for key in table["foreignKeys"]:
        there = {row["id"] for row in rows_of(written, key["reference"]["resource"])}
        (column,) = key["fields"]
        assert {row[column] for row in rows} - {""} <= there, column


def test_the_columns_are_those_of_the_schema_whatever_is_filled_in(tmp_path: Path) -> None:
    """An empty collection has the header of a full one."""
    site = real.site()
    empty = Dataset({**site.records.collections, "rumors": {}})
    full = downloads.as_csv(site.records, "rumors").splitlines()[0]
    assert downloads.as_csv(empty, "rumors").splitlines() == [full]


def test_the_packages_name_every_file_with_its_hash(written: Path) -> None:
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    assert {item["path"] for item in package["resources"]} == {SQLITE} | {
        f"{name}.{kind}" for name in COLLECTIONS for kind in ("csv", "json")
    }
    croissant = json.loads((written / "croissant.json").read_text(encoding="utf-8"))
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", croissant["version"])
    hashes = {item["path"]: item["hash"] for item in package["resources"] if "hash" in item}
    for item in croissant["distribution"]:
        found = hashlib.sha256((written / item["name"]).read_bytes()).hexdigest()
        assert item["sha256"] == found and hashes[item["name"]] == f"sha256:{found}"
    for table in croissant["recordSet"]:
        columns = [field["source"]["extract"]["column"] for field in table["field"]]
        assert columns == list(rows_of(written, table["name"])[0])


def test_the_database_has_types_keys_references_and_indexes(written: Path) -> None:
    database = sqlite3.connect(written / SQLITE)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in COLLECTIONS:
        columns = database.execute(f"PRAGMA table_info({name})").fetchall()
        assert [c[1] for c in columns if c[5]] == list(key_of(name)), name
        assert any(c[2] for c in columns), name
    kinds = dict(database.execute("SELECT typeof(score), count(*) FROM results GROUP BY 1"))
    assert set(kinds) <= {"integer", "real", "null"}
    plan = "EXPLAIN QUERY PLAN SELECT * FROM prices WHERE model = 'v4-pro'"
    assert "prices_by_model" in database.execute(plan).fetchone()[3]
    database.close()


def test_a_price_is_the_same_everywhere(written: Path) -> None:
    wanted = "deepseek-v4-pro-usd-2026-04-24"
    content = json.loads((written / "prices.json").read_text(encoding="utf-8"))
    record = next(item for item in content["records"] if item["id"] == wanted)
    assert record["rates"] == {"cache_hit": 0.145, "cache_miss": 1.74, "output": 3.48}
    assert record["from"].endswith("Z")
    database = sqlite3.connect(written / SQLITE)
    row = database.execute('SELECT "rates.output" FROM prices WHERE id = ?', [wanted]).fetchone()
    assert row == (3.48,)
    database.close()


def test_sqlite_has_sources_in_long_form(data: Dataset, written: Path) -> None:
    database = sqlite3.connect(written / SQLITE)
    count = sum(len(fact.sources) for fact in data["facts"].values())
    query = "SELECT count(*) FROM sources WHERE collection = 'facts'"
    assert database.execute(query).fetchone() == (count,)
    orphans = "SELECT key FROM sources WHERE key NOT IN (SELECT key FROM bibliography)"
    assert database.execute(orphans).fetchall() == []
    database.close()


def test_the_same_records_give_the_same_bytes(data: Dataset, written: Path, tmp_path: Path) -> None:
    downloads.write(real.site(), tmp_path, Done())

    def digest(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    assert digest(tmp_path / "data") == digest(written)


def test_frictionless_finds_nothing_wrong(written: Path) -> None:
    """The reference program for data packages, where it is: it weighs more than all of our lock."""
    tool = program("frictionless") or lacking(["frictionless"])
    done = subprocess.run(
        [tool, "validate", "--json", "datapackage.json"],
        cwd=written, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert report["valid"], report["tasks"]
    assert report["stats"]["tasks"] == len(
        json.loads((written / "datapackage.json").read_text("utf-8"))["resources"]
    )
