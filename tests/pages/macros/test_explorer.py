"""The place of a tool on a page: names that pages keep, folders that the code has."""

from __future__ import annotations

from scripts.pages.here import Here
from scripts.pages.macros.figures import TOOLS, explorer
from scripts.problems import ROOT
from tests import real

JAVASCRIPTS = (ROOT / "docs" / TOOLS).parent


def test_the_place_of_a_tool_names_its_folder() -> None:
    here = Here(real.site(), "pricing/calculator/")
    old, seen = (explorer(here, name, "A tool", "Words.") for name in ("calculator", "story"))
    assert 'data-explorer="calculator" data-tool="efficiency" aria' in old
    assert 'data-explorer="story" data-tool="story" data-when="seen" aria' in seen


def test_every_tool_has_its_three_modules() -> None:
    folders = [path for path in (JAVASCRIPTS / "tools").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert {"model.js", "view.js", "index.js"} <= {path.name for path in folder.iterdir()}
