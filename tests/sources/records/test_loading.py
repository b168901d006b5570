"""Reading data/: every mistake has file, line and remedy; nothing raises."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from pathlib import Path

import pytest

from scripts.problems import ROOT
from scripts.sources.records.loading import Dataset, load

BASE = "sources: [{key: org2026report}], reported_by: deepseek, as_of: 2026-04-24"


def read(tmp_path: Path, text: str, name: str = "facts.yml") -> tuple[Dataset, list[str]]:
    path = tmp_path / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    data, problems = load(tmp_path / "data", tmp_path)
    return data, [str(problem) for problem in problems]


def test_defaults_are_merged_and_a_records_own_value_wins(tmp_path: Path) -> None:
    data, problems = read(
        tmp_path,
        """
        defaults: {topic: pricing, sources: [{key: k}], reported_by: deepseek, as_of: 2026-04}
        records:
          - {id: a, label: A, value: 0.140, unit: usd}
          - {id: b, label: B, value: 1, unit: usd, as_of: 2026}
        """,
    )
    assert problems == []
    assert data["facts"]["a"].as_of == "2026-04"
    assert data["facts"]["b"].as_of == "2026"
    assert data["facts"]["a"].value == Decimal("0.140")
    assert str(data["facts"]["a"].value) == "0.140", "the digits of the source are kept"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("id: a, label: A, value: 1", "field 'topic' is missing"),
        ("id: a, label: A, value: 1, topic: prices", "topic"),
        ("id: a, label: A, topic: pricing", "a known fact needs a value"),
        ("id: a, label: A, topic: pricing, value: 1, unit: dollars", "unknown unit 'dollars'"),
        ("id: A B, label: A, topic: pricing, value: 1", "field 'id'"),
        ("id: a, lable: A, label: A, topic: pricing, value: 1", "did you mean 'label'?"),
        ("id: a, label: A, topic: pricing, low: 1", "a range needs both"),
    ],
)
def test_record_mistakes(tmp_path: Path, record: str, expected: str) -> None:
    _, problems = read(tmp_path, f"records:\n  - {{{record}, {BASE}}}\n")
    assert len(problems) == 1
    assert problems[0].startswith("data/facts.yml:2:")
    assert expected in problems[0]


@pytest.mark.parametrize("date", ["2026-13-01", "2026-02-30", "April 2026", "26-04-24"])
def test_bad_dates(tmp_path: Path, date: str) -> None:
    text = f"""
    records:
      - id: a
        label: A
        topic: pricing
        value: 1
        as_of: {date}
        sources: [{{key: k}}]
        reported_by: deepseek
    """
    _, problems = read(tmp_path, text)
    assert len(problems) == 1
    assert "data/facts.yml:" in problems[0]


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path,
        """
        records:
          - id: a
            label: A
            topic: pricing
            value: 1
            as_of: 2026
            reported_by: deepseek
            status: sure
            sources: [{key: k}]
        """,
    )
    assert [p.split(": ")[0] for p in problems] == ["data/facts.yml:8:5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("records:\n  - {id: a\n", "not valid YAML"),
        ("records:\n\t- id: a\n", "not valid YAML"),
        ("- id: a\n", "expected a mapping with a list under 'records:'"),
        ("", "expected a mapping with a list under 'records:'"),
        ("records: [1]\n", "a record must be a mapping"),
        ("records: []\nrecrods: []\n", "unknown top-level field 'recrods'"),
        ("records:\n  - {id: a, id: b}\n", "'id' is given twice"),
        ("records:\n  - {id: a, as_of: 2026-99-99}\n", "field"),
    ],
)
def test_files_that_are_not_collections(tmp_path: Path, text: str, expected: str) -> None:
    _, problems = read(tmp_path, text)
    assert any(expected in problem for problem in problems), problems


def test_an_unknown_collection_gets_a_hint(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "records: []\n", "fact.yml")
    assert "did you mean 'facts'?" in problems[0]


def test_an_id_can_be_used_once(tmp_path: Path) -> None:
    record = f"{{id: a, label: A, topic: pricing, value: 1, {BASE}}}"
    read(tmp_path, f"records:\n  - {record}\n", "facts/one.yml")
    _, problems = read(tmp_path, f"records:\n  - {record}\n", "facts/two.yml")
    assert problems == ["data/facts/two.yml:2: id 'a' is taken by data/facts/one.yml:2"]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "data" / "facts.yml"
    path.parent.mkdir()
    path.write_bytes("records: []  # é".encode("latin-1"))
    _, problems = load(tmp_path / "data", tmp_path)
    assert "UTF-8" in str(problems[0])


PRICE = "id: p, seller: s, model: m, currency: USD, " + BASE


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("rates: {output: -1}", "greater than or equal to 0"),
        ("peak: {output: 1}, off_peak: {output: 1}", "needs 'peak_scheme'"),
        ("rates: {output: 1}, peak: {output: 1}, off_peak: {output: 1}", "either 'rates'"),
        (
            "rates: {output: 1}, from: 2026-05-01T00:00:00Z, to: 2026-05-01T00:00:00Z",
            "'from' must be earlier",
        ),
        ("rates: {output: 1}, from: 2026-05-01T00:00:00", "timezone"),
    ],
)
def test_price_mistakes(tmp_path: Path, fields: str, expected: str) -> None:
    _, problems = read(tmp_path, f"records:\n  - {{{PRICE}, {fields}}}\n", "prices.yml")
    assert len(problems) == 1
    assert expected in problems[0]


def test_the_projects_own_data_is_clean() -> None:
    data, problems = load(ROOT / "data", ROOT)
    assert [str(problem) for problem in problems] == []
    assert len(data["claims"]) == 31
