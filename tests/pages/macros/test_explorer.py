"""The place of a tool on a page: names that pages keep, folders that the code has."""

from __future__ import annotations

import re

from scripts.pages.macros.figures import OLDER_NAMES, TOOLS
from scripts.problems import ROOT

JAVASCRIPTS = (ROOT / "docs" / TOOLS).parent


def test_browser_and_macro_agree_on_tools_with_an_older_name() -> None:
    loader = (JAVASCRIPTS / "page" / "tools.js").read_text(encoding="utf-8")
    table = re.search(r"const FOLDERS = \{(.*?)\}", loader, re.DOTALL)
    assert table
    assert dict(re.findall(r'"?([\w-]+)"?: "([\w-]+)"', table[1])) == OLDER_NAMES
    for folder in OLDER_NAMES.values():
        assert (JAVASCRIPTS / "tools" / folder / "index.js").is_file()


def test_every_tool_has_its_three_modules() -> None:
    folders = [path for path in (JAVASCRIPTS / "tools").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert {"model.js", "view.js", "index.js"} <= {path.name for path in folder.iterdir()}
