"""The two workflows: what runs a contribution may write nothing, what writes runs none of it."""

from __future__ import annotations

import re

import pytest
import yaml

from scripts.problems import ROOT

FOLDER = ROOT / ".github/workflows"
PREVIEW = yaml.safe_load((FOLDER / "preview.yml").read_text("utf-8"))
COMMENT = yaml.safe_load((FOLDER / "comment.yml").read_text("utf-8"))


def test_what_runs_a_contribution_has_no_secret_and_writes_nothing() -> None:
    assert set(PREVIEW[True]) == {"pull_request"}
    assert PREVIEW["permissions"] == {}
    text = (FOLDER / "preview.yml").read_text("utf-8")
    assert "secrets." not in text and "github.token" not in text
    (job,) = PREVIEW["jobs"].values()
    assert job["permissions"] == {"contents": "read"}
    assert job["steps"][0]["with"]["persist-credentials"] is False


def test_what_may_write_runs_nothing_of_the_contribution() -> None:
    assert set(COMMENT[True]) == {"workflow_run"}
    assert COMMENT["permissions"] == {}
    writers = [job for job in COMMENT["jobs"].values() if "write" in job["permissions"].values()]
    assert [job["permissions"] for job in writers] == [{"pull-requests": "write"}]
    for job in COMMENT["jobs"].values():
        for step in job["steps"]:
            assert "ref" not in step.get("with", {}), "the code of the main branch, no other"
    for step in writers[0]["steps"]:
        assert "checkout" not in step.get("uses", "") and "scripts" not in step.get("run", "")


@pytest.mark.parametrize("workflow", [PREVIEW, COMMENT], ids=["preview", "comment"])
def test_nothing_foreign_is_pasted_into_a_script(workflow: dict) -> None:
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 20
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "uses" in step:
                assert re.search(r"@[0-9a-f]{40}$", step["uses"])
