"""Checks of the sources' links that need no build: README, unused assets, fragile anchors."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks import assets, links, top_level
from scripts.links.inside.collect import markdown_ids
from scripts.problems import Problem
from scripts.sources import pages as markdown


def put(root: Path, name: str, text: str = "x\n") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_readme_links_hold_on_github(tmp_path: Path) -> None:
    put(tmp_path, "docs/guide.md", "# Guide\n\n## Ask, then pay: `cost`\n\n## Twice\n\n## Twice\n")
    put(tmp_path, "docs/picture.png")
    put(
        tmp_path,
        "README.md",
        "# Here & there\n\n[a](docs/guide.md#ask-then-pay-cost) [b](docs/guide.md#twice-1)\n"
        "[c](#here--there) [d](docs/) [e](https://x.example/gone) [f](/docs/guide.md)\n"
        "`[code](gone.md)` ![p](docs/picture.png)\n"
        "[g](docs/gide.md)\n"
        "x [h](docs/guide.md#twise) [i](#gone)\n"
        "[j](DOCS/guide.md) ![k](docs/Picture.png)\n",
    )
    put(tmp_path, ".github/PULL_REQUEST_TEMPLATE.md", "[x](../README.md) [y](README.md)\n")
    found = [str(problem) for problem in top_level.check(tmp_path)]
    assert found == [
        ".github/PULL_REQUEST_TEMPLATE.md:1:23: link to 'README.md', which does not exist"
        " (did you mean '../README.md'?)",
        "README.md:6:5: link to 'docs/gide.md', which does not exist"
        " (did you mean 'docs/guide.md'?)",
        "README.md:7:7: no anchor '#twise' in 'docs/guide.md' (did you mean 'twice'?)",
        "README.md:7:32: no anchor '#gone' in 'README.md'",
        "README.md:8:5: link to 'DOCS/guide.md', which does not exist"
        " (did you mean 'docs/guide.md'?)",
        "README.md:8:25: link to 'docs/Picture.png', which does not exist"
        " (did you mean 'docs/picture.png'?)",
    ]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## What it *is*, in short", "what-it-is-in-short"),
        ("## `make test` & co.", "make-test--co"),
        ("## [A link](x.md) and 梁文锋", "a-link-and-梁文锋"),
        ("## snake_case stays", "snake_case-stays"),
        ("##   spaces and a tail   ##", "spaces-and-a-tail"),
        ('<a name="old"></a>', "old"),
    ],
)
def test_githubs_anchors(heading: str, anchor: str) -> None:
    assert anchor in markdown_ids(heading)


def test_no_anchor_from_a_comment_in_a_code_block() -> None:
    assert markdown_ids("```sh\n# not a heading\n```\n") == frozenset()


def unused(root: Path) -> list[str]:
    found = list(assets.check(root))
    assert all(problem.level == "warning" for problem in found)
    return [problem.file for problem in found]


def test_an_asset_that_nothing_uses_is_named(tmp_path: Path) -> None:
    put(tmp_path, "docs/assets/used.png")
    put(tmp_path, "docs/assets/unused.png")
    put(tmp_path, "docs/index.md", "![x](assets/used.png)\n")
    assert unused(tmp_path) == ["docs/assets/unused.png"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("docs/a/b.md", '<img srcset="../assets/x.png 2x">'),
        ("docs/assets/site.css", "a { background: url(x.png) }"),
        ("docs/assets/site.js", 'import("./x.png")'),
        ("docs/assets/site.js", "new URL(`../assets/${name}.png`, import.meta.url)"),
        ("mkdocs.yml", "theme: {logo: assets/x.png}"),
        ("overrides/main.html", "<img src=\"{{ 'assets/x.png' | url }}\">"),
        ("data/facts.yml", "image: /assets/x.png"),
        ("README.md", "![x](docs/assets/x.png)"),
        ("scripts/cards.py", '"assets/x.png"'),
    ],
)
def test_every_kind_of_source_can_use_an_asset(tmp_path: Path, source: str, text: str) -> None:
    put(tmp_path, "docs/assets/x.png")
    assert unused(tmp_path) == ["docs/assets/x.png"]
    put(tmp_path, source, text)
    assert "docs/assets/x.png" not in unused(tmp_path)


def test_the_same_name_elsewhere_is_another_asset(tmp_path: Path) -> None:
    put(tmp_path, "docs/a/x.png")
    put(tmp_path, "docs/b/x.png")
    put(tmp_path, "docs/a/index.md", "![x](x.png)\n")
    assert unused(tmp_path) == ["docs/b/x.png"]


def test_a_script_that_names_only_itself_is_unused(tmp_path: Path) -> None:
    put(tmp_path, "docs/x.js", "// x.js: draws\n")
    put(tmp_path, "docs/y.js", "import(`${name}.js`)\n")
    assert unused(tmp_path) == ["docs/x.js", "docs/y.js"]


def page_problems(root: Path) -> list[Problem]:
    docs = root / "docs"
    return list(links.check(markdown.pages(docs, root), docs))


def test_an_anchor_made_from_a_heading_is_fragile(tmp_path: Path) -> None:
    put(tmp_path, "docs/a.md", "# A\n\n## Made of words\n\n## Named {#kept}\n")
    put(
        tmp_path,
        "docs/b.md",
        "# B\n\n## Here\n\n[x](a.md#kept) [y](a.md#made-of-words) [z](#here)\n",
    )
    found = page_problems(tmp_path)
    assert [(p.line, p.column, p.level) for p in found] == [(5, 20, "warning"), (5, 44, "warning")]
    assert "{#made-of-words} after the heading (docs/a.md:3)" in found[0].message
