"""What a forge and an editor read of the repository: forms, settings, the container."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.problems import ROOT, Problem
from scripts.sources import yaml12
from scripts.sources.records.schema import COLLECTIONS

FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
KINDS = {"markdown", "textarea", "input", "dropdown", "checkboxes"}
"""Of GitHub's syntax for issue forms."""


def commented_json(name: str) -> Any:
    """JSON in which whole lines may be comments, as editors read it."""
    text = (ROOT / name).read_text("utf-8")
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", text))


def test_there_is_a_form_for_each_kind_of_report() -> None:
    names = {path.stem for path in FORMS}
    assert names >= {"wrong-fact", "new-source", "idea", "accessibility"}


@pytest.mark.parametrize("form", [path for path in FORMS if path.stem != "config"], ids=str)
def test_a_form_is_one_that_github_shows(form: Path) -> None:
    document = yaml12.read(form.read_text("utf-8"))
    content = document.content
    assert not document.twice
    assert set(content) <= {"name", "description", "title", "labels", "body", "assignees"}
    assert content["name"] and content["description"] and content["body"]
    ids = [item["id"] for item in content["body"] if item["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
    labels = [item["attributes"]["label"] for item in content["body"]]
    assert len(set(labels)) == len(labels)
    for item in content["body"]:
        assert set(item) <= {"type", "id", "attributes", "validations"}
        assert item["type"] in KINDS
        assert re.fullmatch(r"[A-Za-z0-9_-]+", item["id"])
        options = item["attributes"].get("options", [])
        assert bool(options) == (item["type"] in {"dropdown", "checkboxes"})


def test_editors_find_the_schema_of_every_collection() -> None:
    schemas = commented_json(".vscode/settings.json")["yaml.schemas"]
    assert schemas == {
        f".cache/schema/{name}.json": [f"data/{name}.yml", f"data/{name}/*.yml"]
        for name in COLLECTIONS
    }


def test_editors_understand_what_the_check_says() -> None:
    tasks = {task["label"]: task for task in commented_json(".vscode/tasks.json")["tasks"]}
    pattern = tasks["Check"]["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], str(Problem("docs/a.md", 12, "wrong: so", 3)))
    assert match
    assert match.group(pattern["file"], pattern["line"], pattern["column"]) == (
        "docs/a.md", "12", "3",
    )  # fmt: skip
    assert match[pattern["message"]] == "wrong: so"
    warned = re.match(pattern["regexp"], str(Problem("a.yml", 1, "old", level="warning")))
    assert warned and warned[pattern["severity"]] == "warning"


def test_the_container_makes_what_the_makefile_makes() -> None:
    container = commented_json(".devcontainer/devcontainer.json")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in container["postCreateCommand"].removeprefix("make ").split():
        assert re.search(rf"(?m)^{target}:", makefile)
    installed = set(container["onCreateCommand"].partition("--no-install-recommends ")[2].split())
    wanted = re.search(r"for program in ([\w ]+);", (ROOT / ".ci/run").read_text("utf-8"))
    # The browser it takes by other means: one without windows, where there is one.
    assert wanted and installed == {*wanted[1].split(), "chromium", "make"}


def test_what_is_kept_is_files_and_no_way_out_of_the_tree() -> None:
    """A symbolic link holds a path of one machine, and is a text file on Windows."""
    listed = subprocess.run(
        ["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not [line for line in listed.stdout.splitlines() if not line.startswith("100")]
