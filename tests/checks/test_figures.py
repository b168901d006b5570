"""A figure that the records do not suit is named; it does not end the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks import figures
from scripts.figures import kept
from scripts.sources import site as sites
from scripts.sources.site import Site
from tests.contributions import base
from tests.contributions.case import HEAD


def test_a_figure_that_cannot_cope_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = base.make(tmp_path / "project")
    (root / "docs/a.md").write_text(HEAD + '{{ figure("price-history") }}\n', encoding="utf-8")

    def drawn(name: str, site: Site) -> None:
        raise AttributeError("'NoneType' object has no attribute 'output'")

    monkeypatch.setattr(kept, "drawn", drawn)
    (found,) = figures.check(sites.read(root))
    assert found.file == "scripts/figures/pricing/price_history.py"
    assert "figure 'price-history' cannot be drawn from the records" in found.message
