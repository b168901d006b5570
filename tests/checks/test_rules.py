"""Each rule says why it is there and shows both sides, and can be run alone."""

from __future__ import annotations

import json

import pytest

from scripts import __main__ as verbs
from scripts.checks import run
from scripts.problems import ROOT


@pytest.mark.parametrize("rule", run.RULES)
def test_a_rule_explains_itself(rule: str) -> None:
    said = run.explanation(rule)
    for word in ("Why:", "\nGood: ", "\nBad: "):
        assert word in said, f"{rule} has no '{word.strip()}'"


def test_every_module_that_checks_is_a_rule() -> None:
    modules = {path.stem for path in (ROOT / "scripts/checks").glob("*.py")}
    beside = {"__init__", "run", "reading", "stubs", "stale", "kept", "fix"}
    names = {"bib": "bibliography"}
    assert {names.get(rule, rule.replace("-", "_")) for rule in run.RULES} == modules - beside


def test_one_rule_alone_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.main(["check", "--only", "habits", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert verbs.main(["check", "--only", "habist"]) == 2
    assert "did you mean 'habits'?" in capsys.readouterr().err
    assert verbs.main(["explain", "prose"]) == 0
    assert "Good: It needs {{ fact(" in capsys.readouterr().out
