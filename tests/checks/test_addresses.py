"""A published address may move, but not disappear."""

from __future__ import annotations

from pathlib import Path

from scripts.checks import addresses
from scripts.checks import run as check
from scripts.engine.site import for_checks
from scripts.sources import pages as markdown
from scripts.sources.records.loading import load
from tests.conftest import Project


def publish(project: Project) -> Path:
    data, _ = load(project.root / "data", project.root)
    found = list(markdown.pages(project.root / "docs", project.root))
    assert addresses.add_new(found, data, project.root) > 0
    return project.root / "scripts/checks/published.txt"


def lost(project: Project) -> list[str]:
    return [str(p) for p in check.run(for_checks(project.root)) if p.rule == "addresses"]


def test_nothing_is_lost_while_nothing_changes(project: Project) -> None:
    listed = publish(project)
    assert "/sub/other/#part" in listed.read_text(encoding="utf-8")
    assert lost(project) == []


def test_a_renamed_anchor_is_named_with_its_remedy(project: Project) -> None:
    listed = publish(project)
    page = project.root / "docs/sub/other.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("#part", "#piece"), encoding="utf-8")
    line = listed.read_text(encoding="utf-8").splitlines().index("/sub/other/#part") + 1
    (problem,) = lost(project)
    assert problem.startswith(f"scripts/checks/published.txt:{line}: ")
    assert "/sub/other/#part would disappear" in problem and "<span id" in problem
    page.write_text(
        page.read_text(encoding="utf-8") + '\n<span id="part"></span>\n', encoding="utf-8"
    )
    assert lost(project) == []


def test_a_removed_page_needs_a_redirect(project: Project) -> None:
    publish(project)
    (project.root / "docs/sub/other.md").unlink()
    problems = lost(project)
    assert any("/sub/other/ would disappear" in p and "redirects" in p for p in problems)
    config = project.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "\nplugins:\n" in text
    plugin = "\nplugins:\n  - redirects:\n      redirect_maps:\n        sub/other.md: index.md\n"
    config.write_text(text.replace("\nplugins:\n", plugin), encoding="utf-8")
    assert lost(project) == []


def test_a_list_only_grows(project: Project) -> None:
    listed = publish(project)
    before = set(listed.read_text(encoding="utf-8").splitlines())
    (project.root / "docs/sub/other.md").unlink()
    data, _ = load(project.root / "data", project.root)
    found = list(markdown.pages(project.root / "docs", project.root))
    assert addresses.add_new(found, data, project.root) == 0
    assert set(listed.read_text(encoding="utf-8").splitlines()) == before
