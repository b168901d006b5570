"""From page, fact, source and term to the line that is edited; nothing where no forge is known."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scripts.problems import ROOT
from scripts.publish import mending
from scripts.publish.finished import Finished
from scripts.sources.forge import Forge
from tests import real
from tests.conftest import Project

KEPT = Forge("https://git.example/who/what", "edit/main/")
KEY = "deepseek2026v4report"
MARKS = {
    f"@{KEY}": f"@report{{{KEY},",
    "rumors/rumor-r2": "id: rumor-r2",
    "glossary/agentic": "id: agentic",
}


def filled(mark: str, forge: Forge | None) -> str:
    site = replace(real.site(), forge=forge, edition="2026.11")
    page = Finished("a/b.md", "a/b/", "B", content=f"<p>x<!--mend:{mark}--></p>")
    return mending.fill_in(page, site)


@pytest.mark.parametrize("mark", MARKS)
def test_edit_leads_to_the_line_on_which_the_thing_begins(mark: str) -> None:
    edit, report = (unescape(found) for found in re.findall(r'href="([^"]+)"', filled(mark, KEPT)))
    file, _, line = edit.removeprefix("https://git.example/who/what/edit/main/").partition("#L")
    assert MARKS[mark] in (ROOT / file).read_text("utf-8").splitlines()[int(line) - 1]
    query = parse_qs(urlsplit(report).query)
    assert query["record"] == [mark.removeprefix("@")]
    assert query["page"] == ["http://127.0.0.1:8000/a/b/"]
    assert query["edition"] == ["2026.11"]
    assert query["value"][0]


@pytest.mark.parametrize("mark", [*MARKS, "rumors/no-such", "@nosuch2026key"])
def test_nothing_is_left_of_a_mark_where_no_forge_is_known(mark: str) -> None:
    assert filled(mark, None) == "<p>x</p>"


@pytest.mark.parametrize("mark", ["rumors/no-such", "@nosuch2026key", "nosuch/x"])
def test_what_does_not_exist_is_not_linked(mark: str) -> None:
    assert filled(mark, KEPT) == "<p>x</p>"


@pytest.fixture
def themed(project: Project) -> Project:
    """The small project with our own templates, as the site has them."""
    shutil.copytree(ROOT / "overrides", project.root / "overrides")
    for name in (
        "404.html",
        "partials/footer.html",
        "partials/search.html",
    ):  # they lead to pages of the real site
        (project.root / "overrides" / name).unlink()
    sheet = "docs/assets/stylesheets/print.css"
    (project.root / sheet).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / sheet, project.root / sheet)
    settings = (project.root / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(
        r"(?m)^theme: .*$",
        "theme: {name: material, custom_dir: overrides, font: false}\n"
        'repo_url: !ENV [REPO_URL, ""]\nedit_uri: !ENV [EDIT_URI, ""]',
        settings,
    )
    (project.root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return project


def built(project: Project, page: str) -> str:
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    return unescape((project.root / "site" / page / "index.html").read_text("utf-8"))


def test_a_built_page_leads_to_its_file_and_asks_no_other_host(
    themed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_URL", "https://github.com/who/what")
    monkeypatch.setenv("EDIT_URI", "edit/main/docs/")
    page = built(themed, "sub/other")
    assert 'href="https://github.com/who/what/edit/main/docs/sub/other.md"' in page
    assert "issues/new?template=wrong-fact.yml&page=http" in page
    assert 'class="md-source"' in page
    assert 'data-md-component="source"' not in page  # Material's script would ask GitHub
    site = themed.root / "site"
    fact = next(iter(sorted((site / "f").glob("*/index.html")))).read_text("utf-8")
    assert re.search(r'github\.com/who/what/edit/main/data/facts\.yml#L\d+"', fact)
    assert "who/what/edit/main/references.bib" in (site / "sources/index.html").read_text("utf-8")


def test_a_built_page_leads_nowhere_without_a_forge(
    themed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPO_URL", raising=False)
    monkeypatch.delenv("EDIT_URI", raising=False)
    built(themed, "sub/other")
    pages: list[Path] = sorted((themed.root / "site").rglob("*.html"))
    assert len(pages) > 4
    for path in pages:
        text = path.read_text("utf-8")
        assert "Report an error" not in text and "<!--mend" not in text, path
