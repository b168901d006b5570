"""The two levels of V4.1-Flash's indexer: every number is a record's, and the layers add up."""

from __future__ import annotations

import pytest

from scripts.figures.architecture.indexer_two_levels import draw
from scripts.sources.records.loading import Dataset
from tests import real


def test_each_level_is_a_part_of_the_one_before_it() -> None:
    data = real.records()
    sheet, facts = data["models"]["v4-1-flash"].specs, data["facts"]
    figure = draw(data)
    entries = [int(row["Entries"].replace(",", "")) for row in figure.rows]
    assert entries == [
        sheet["context-length"].value,
        facts["v41-search-pool"].value,
        sheet["index-top-k"].value,
        facts["v41-entries-per-query"].value,
    ]
    assert facts["v41-search-pool"].value % facts["v41-search-blocks"].value == 0
    assert "uses that of an earlier layer: 34" in figure.wide
    assert "window only: 2" in figure.narrow
    kinds = ("window-only-layers", "full-layers", "reindex-layers", "reuse-layers")
    assert sum(int(sheet[kind].value) for kind in kinds) == sheet["layers"].value


def test_a_note_that_no_longer_names_the_layers_is_an_error() -> None:
    data = real.records()
    sheet = data["models"]["v4-1-flash"]
    lines = {**sheet.specs, "full-layers": sheet.specs["full-layers"].model_copy(
        update={"note": "Layers 2 and 8 make the cache."})}  # fmt: skip
    models = {**data["models"], "v4-1-flash": sheet.model_copy(update={"specs": lines})}
    with pytest.raises(LookupError, match="does not name its layers"):
        draw(Dataset({**data.collections, "models": models}))
