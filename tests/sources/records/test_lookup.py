"""What a note says of a record."""

from __future__ import annotations

from pathlib import Path

from scripts.sources.records.loading import load
from scripts.sources.records.lookup import provenance

SHEET = """
records:
  - {id: v4, name: V4, developer: DeepSeek, as_of: 2026-04-24, reported_by: deepseek,
     sources: [{key: org2026report}], specs: {
       layers: {value: 61, unit: count},
       files: {value: 284, unit: count, reported_by: caisi}}}
"""
PARTIES = """
records:
  - {id: deepseek, name: DeepSeek, kind: vendor}
  - {id: caisi, name: CAISI, kind: government}
"""


def test_a_line_of_a_sheet_may_have_a_reporter_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models.yml").write_text(SHEET, encoding="utf-8")
    (folder / "parties.yml").write_text(PARTIES, encoding="utf-8")
    data, problems = load(folder, tmp_path)
    assert problems == []
    assert "reported by DeepSeek" in provenance(data, "models", "v4.layers").html
    assert "reported by CAISI" in provenance(data, "models", "v4.files").html
