"""The scheduled workflow: who may write what, and what becomes of the issue (with a gh of ours)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from scripts.engine import outside_options
from scripts.problems import ROOT

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "links.yml").read_text("utf-8"))
JOBS = WORKFLOW["jobs"]


def step(job: str, name: str) -> dict:
    return next(step for step in JOBS[job]["steps"] if step.get("name") == name)


def test_only_the_job_that_asks_nobody_may_write() -> None:
    assert WORKFLOW["permissions"] == {}
    assert JOBS["added"]["permissions"] == JOBS["all"]["permissions"] == {"contents": "read"}
    for step in JOBS["tell"]["steps"]:
        assert "scripts" not in step.get("run", ""), "the job that may write runs no code of ours"
    for job in ("added", "all"):
        checkout = JOBS[job]["steps"][0]
        assert checkout["with"]["persist-credentials"] is False


def test_nothing_foreign_is_pasted_into_a_script() -> None:
    for job in JOBS.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
        assert job["timeout-minutes"] <= 90


def test_pull_requests_are_checked_without_private_addresses_and_state() -> None:
    command = next(s["run"] for s in JOBS["added"]["steps"] if "external" in s.get("run", ""))
    assert '--since "origin/$GITHUB_BASE_REF"' in command
    for option in ("--allow", "--state", "--record", "--fix", "--archive"):
        assert option not in command


def test_its_options_for_the_output_exist() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    outside_options.add_arguments(parser)
    for option in ("--external", "--since", "--state", "--max-minutes"):  # of the checker itself
        parser.add_argument(option, nargs="?")
    for job, name in (("added", ""), ("all", "Ask for every address")):
        script = next(
            s["run"]
            for s in JOBS[job]["steps"]
            if s.get("name", "") == name and "-m scripts" in s.get("run", "")
        )
        line = re.search(r"-m scripts links ((?:[^\n]|(?<=\\)\n)*)", script)
        words = line[1].replace("\\\n", " ").partition("||")[0]
        parser.parse_args(shlex.split(words))


def run_issue_step(tmp_path: Path, existing: str, to_do: str) -> list[str]:
    """The commands that the step gives to gh."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "links.md").write_text("## Outside links\n")
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(
        "#!/bin/sh\n"
        'echo "$1 $2 $3" >> "$LOG"\n'
        '[ "$1 $2" = "issue list" ] && [ -n "$EXISTING" ] && echo "$EXISTING"\nexit 0\n'
    )
    gh.chmod(0o755)
    log = tmp_path / "log"
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step("tell", "Open or update the issue")["run"]],
        cwd=tmp_path,
        env={
            "PATH": f"{gh.parent}{os.pathsep}{os.environ['PATH']}",
            "LOG": str(log), "EXISTING": existing, "TO_DO": to_do, "RUN": "https://run.example/1",
        },
        check=True,
    )  # fmt: skip
    assert "https://run.example/1" in (tmp_path / "out" / "links.md").read_text()
    return log.read_text().splitlines()[2:]


@pytest.mark.parametrize(
    ("existing", "to_do", "expected"),
    [
        ("", "3", ["issue create --title"]),
        ("7", "3", ["issue edit 7"]),
        ("7", "0", ["issue edit 7", "issue close 7"]),
        ("", "0", []),
    ],
)
def test_there_is_one_issue(tmp_path: Path, existing: str, to_do: str, expected: list[str]) -> None:
    assert run_issue_step(tmp_path, existing, to_do) == expected
