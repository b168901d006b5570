"""A page with a tool names in its head what the tool fetches: all of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

from scripts.problems import ROOT
from scripts.publish import preload

DOCS = ROOT / "docs"


def place(tool: str, more: str = "") -> str:
    return f'<section class="explorer" data-tool="{tool}"{more} id="x">'


def test_modules_are_followed_to_the_last(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/one.js").write_text(
        'import "./b/two.js";\nimport {\n  x,\n  y,\n} from "./three.js";\nimport("./late.js");\n'
    )
    (tmp_path / "a/b/two.js").write_text('export { z } from "../three.js";\n')
    (tmp_path / "a/three.js").write_text('const s = "./four.js";\n')
    assert preload.modules(tmp_path, "a/one.js") == ("a/one.js", "a/b/two.js", "a/three.js")


def test_the_calculator() -> None:
    found = preload.of_page(place("cost"), DOCS)
    assert found.modules[0] == preload.PAGE
    assert "assets/javascripts/lib/ui.js" in found.modules
    assert set(found.data) == {f"data/{name}.json" for name in
                               ("prices", "peak_schemes", "models", "parties")}  # fmt: skip
    assert len(set(found.modules)) == len(found.modules)


def test_stories_wait_until_they_are_seen() -> None:
    assert preload.of_page(place("story", ' data-when="seen"'), DOCS) == preload.Preload()
    assert preload.of_page("<p>A page.</p>", DOCS) == preload.Preload()
