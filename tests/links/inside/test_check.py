"""The link check of a built site: every fault found with its Markdown line, no false alarm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.links.inside import check as check_links
from scripts.sources.pages import built_path
from tests.conftest import Project, make_project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("links") / "project")
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    return project


def check(project: Project, site: Path | None = None, **options: str) -> list[str]:
    site = site or project.root / "site"
    found = check_links.check(site, project.root / "docs", project.root, **options)
    return [str(problem) for problem in found]


def copy_of(built: Project, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built.root / "site", tmp_path / "site"))


def test_a_good_site_has_no_findings(built: Project) -> None:
    assert check(built) == []


def test_a_missing_page_is_named_where_it_is_linked(built: Project, tmp_path: Path) -> None:
    site = copy_of(built, tmp_path)
    (site / "sub/other/index.html").unlink()
    found = check(built, site)
    assert any(p.startswith("docs/index.md:15:") and "'sub/other'" in p for p in found), found


def test_a_renamed_anchor_gets_the_nearest(built: Project, tmp_path: Path) -> None:
    site = copy_of(built, tmp_path)
    page = site / "sub/other/index.html"
    html = page.read_text(encoding="utf-8").replace('id="part"', 'id="parts"')
    page.write_text(html, encoding="utf-8")
    found = check(built, site)
    assert any(
        p.startswith("docs/index.md:15:")
        and "no anchor '#part' on 'sub/other' (did you mean 'parts'?)" in p
        for p in found
    ), found


@pytest.mark.parametrize(
    "html",
    [
        '<img src="gone.png" alt="">',
        '<script src="gone.js"></script>',
        '<link rel="stylesheet" href="gone.css">',
        '<a href="#gone">x</a>',
        '<a href="/gone/">x</a>',
        '<a href="SUB/other/">x</a>',
    ],
)
def test_every_kind_of_link(built: Project, tmp_path: Path, html: str) -> None:
    site = copy_of(built, tmp_path)
    page = site / "index.html"
    text = page.read_text(encoding="utf-8").replace("</body>", html + "</body>")
    page.write_text(text, encoding="utf-8")
    assert len(check(built, site)) == 1


def test_a_link_of_every_page_is_one_finding(built: Project, tmp_path: Path) -> None:
    site = copy_of(built, tmp_path)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace("</body>", '<a href="/no/">x</a></body>')
        page.write_text(text, encoding="utf-8")
    found = check(built, site)
    assert len(found) == 1
    assert "more pages" in found[0]


def test_links_to_our_own_address_are_checked_as_local(built: Project, tmp_path: Path) -> None:
    site = copy_of(built, tmp_path)
    page = site / "index.html"
    text = page.read_text(encoding="utf-8")
    text = text.replace(
        "</body>",
        '<a href="https://our.example/sub/other/">good</a>'
        '<a href="https://our.example/nope/">bad</a></body>',
    )
    page.write_text(text, encoding="utf-8")
    found = check(built, site, site_url="https://our.example/")
    assert len(found) == 1
    assert "nope" in found[0]


def test_outside_links_are_not_asked(built: Project, tmp_path: Path) -> None:
    site = copy_of(built, tmp_path)
    page = site / "index.html"
    text = page.read_text(encoding="utf-8").replace(
        "</body>", '<a href="http://127.0.0.1:9/x">x</a></body>'
    )
    page.write_text(text, encoding="utf-8")
    assert check(built, site) == []


def test_built_path() -> None:
    assert built_path("a/b.md") == "a/b/"
    assert built_path("a/index.md") == "a/"
    assert built_path("index.md") == ""
    assert built_path("assets/x.png") == "assets/x.png"


def test_command_line(built: Project, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scripts", "links", *arguments],
            capture_output=True,
            text=True,
            cwd=built.root,
            timeout=60,
        )

    assert run().returncode == 0
    assert run("--help").stdout.count("Examples") == 0
    nothing = run("--site", str(tmp_path))
    assert nothing.returncode == 2
    assert "make build" in nothing.stderr
