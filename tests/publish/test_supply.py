"""What the site is made with: pinned, listed, and its licenses told."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.engine import bom
from scripts.problems import ROOT
from scripts.publish.hosting import offline
from scripts.sources.shipped import NOT_LOADED, SHIPPED

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def jobs(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs(path).values():
        yield from job.get("steps", [])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_and_say_their_version(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert used
    for action, comment in used:
        if not action.startswith("./"):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_allowed_that_no_job_asks_for(path: Path) -> None:
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {}
    for name, job in jobs(path).items():
        assert job.get("permissions"), name
        for step in job.get("steps", []):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "a value goes in by the environment"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_that_writes_runs_no_code_of_ours(path: Path) -> None:
    for name, job in jobs(path).items():
        if "contents" in job["permissions"] and job["permissions"]["contents"] == "write":
            for step in job["steps"]:
                words = step.get("run", "")
                assert not re.search(r"\bmake\b|-m scripts|\.ci/run|pip install", words), name


def test_the_same_action_has_one_version() -> None:
    found: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for step in steps(path):
            if "uses" in step:
                name, _, commit = step["uses"].partition("@")
                found.setdefault(name, set()).add(commit)
    assert not {name: commits for name, commits in found.items() if len(commits) > 1}


def test_every_package_of_the_lock_is_in_the_bill() -> None:
    bill = bom.bill(ROOT)
    urls = {item["purl"] for item in bill["components"] if "purl" in item}
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 30
    for name, version in pins:
        assert f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}" in urls, name
    for item in bill["components"]:
        if item["scope"] == "excluded":
            assert item["hashes"], f"{item['name']} has no hash"
            assert all(re.fullmatch("[0-9a-f]{64}", one["content"]) for one in item["hashes"])


def test_the_bill_has_what_cyclonedx_asks_for() -> None:
    bill = json.loads(bom.text(ROOT))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    names = [item["bom-ref"] for item in bill["components"]]
    assert len(names) == len(set(names)), "a bom-ref stands for one thing"
    assert bom.text(ROOT) == bom.text(ROOT)


def test_the_versions_of_what_goes_out_are_those_that_are_here() -> None:
    items = {item["name"]: item for item in bom.bill(ROOT)["components"]}
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert f"\nmkdocs-material=={items['Material for MkDocs']['version']} " in text
    from importlib import resources

    lunr = resources.files("mkdocs") / "contrib/search/templates/search/lunr.js"
    assert f"- {items['lunr.js']['version']}\n" in lunr.read_text(encoding="utf-8")[:400]


def test_every_script_and_style_is_ours_or_has_its_license_told(site: Path) -> None:
    ours = {
        path.relative_to(ROOT / "docs").as_posix()
        for path in (ROOT / "docs/assets").rglob("*")
        if path.is_file()
    }
    told = [pattern for item in SHIPPED for pattern in item.files]
    ends = {".js", ".css", ".map", ".woff2", ".woff", ".ttf", ".wasm"}
    strangers = []
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        # By the build; an edition's own.
        made = name == offline.WORKER or re.match(r"20\d\d\.\d\d", name)
        if path.suffix not in ends or name in ours or made:
            continue
        if not any(fnmatch.fnmatch(name, pattern) for pattern in told):
            strangers.append(name)
    assert not strangers
    assert not [path for name in NOT_LOADED for path in site.glob(f"{name}*")]


def test_the_sums_beside_the_downloads_hold(site: Path) -> None:
    import hashlib

    lines = (site / "data/SHA256SUMS").read_text("utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {path.relative_to(site / "data").as_posix()
             for path in (site / "data").rglob("*") if path.is_file()}  # fmt: skip
    assert set(listed) == there - {"SHA256SUMS"}
    for name, said in listed.items():
        assert hashlib.sha256((site / "data" / name).read_bytes()).hexdigest() == said, name
