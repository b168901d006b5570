"""Macros that print one value: text, machine value, citation; and what they refuse."""

from __future__ import annotations

import pytest

from scripts.pages.cells import RecordError
from scripts.pages.here import Here
from scripts.pages.macros import inline
from scripts.sources.records.loading import load
from scripts.sources.site import Site
from tests.conftest import FIXTURES


@pytest.fixture
def here() -> Here:
    data, problems = load(FIXTURES / "project" / "data", FIXTURES / "project")
    assert not problems
    return Here(Site(FIXTURES, records=data))


def test_fact_prints_value_machine_value_and_citation(here: Here) -> None:
    text = inline.fact(here, "total-parameters")
    assert '<data value="1600000000000">1.6 trillion</data>' in text
    assert text.endswith("[@org2026report, Table 1]{=facts/total-parameters}")


def test_unknown_fact_names_the_nearest(here: Here) -> None:
    with pytest.raises(RecordError, match="did you mean 'total-parameters'"):
        inline.fact(here, "total-parameter")


def test_share_and_ratio(here: Here) -> None:
    assert ">100%</data>" in inline.share(here, "fact:cache-share", "fact:cache-share")
    assert ">1.0 times</data>" in inline.ratio(here, "fact:cache-share", "fact:cache-share")


def test_only_like_is_compared_with_like(here: Here) -> None:
    with pytest.raises(RecordError, match="cannot compare"):
        inline.ratio(here, "fact:cache-share", "fact:total-parameters")


@pytest.mark.parametrize("name", ["fact:nope", "spec:v4", "price:a:b:c:d", "nonsense", ""])
def test_bad_operands(here: Here, name: str) -> None:
    with pytest.raises(RecordError):
        inline.ratio(here, name, name)
