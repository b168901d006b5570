"""The files for machines: complete, equal to the records, and the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from scripts.problems import ROOT
from scripts.publish import downloads
from scripts.publish.done import Done
from scripts.sources.identity import SQLITE
from scripts.sources.records.loading import Dataset, load
from scripts.sources.records.schema import COLLECTIONS
from tests import real


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
    text = (written / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["id"] for row in rows} <= set(data[name])
    assert None not in {key for row in rows for key in row}, "no row is longer than the header"
    if name not in {"models", "chips"}:
        assert len(rows) == len(data[name])


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
