"""The inside link check on a site with planted faults: each found at its source, nothing else."""

from __future__ import annotations

import pytest

from scripts import check_links
from tests.links import inside_site
from tests.links.inside_site import InsideSite

BASE = "https://our.example/v4/"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> InsideSite:
    return inside_site.write(tmp_path_factory.mktemp("inside"), BASE)


@pytest.fixture(scope="module")
def found(planted: InsideSite) -> list[str]:
    problems = check_links.check(planted.site, planted.root / "docs", planted.root)
    return [f"{p.file}:{p.line}: {p.message}" for p in problems]


def test_enough_faults_and_good_links(planted: InsideSite) -> None:
    assert len(planted.planted) >= 60
    assert len(set(planted.good)) >= 200


def test_every_fault_is_found_at_its_source(planted: InsideSite, found: list[str]) -> None:
    missed = [
        fault
        for fault in planted.planted
        if not any(line.startswith(fault.place) and fault.message in line for line in found)
    ]
    assert missed == [], "\n".join(found)


def test_nothing_else_is_found(planted: InsideSite, found: list[str]) -> None:
    known = [(fault.place, fault.message) for fault in planted.planted]
    more = [line for line in found if not any(line.startswith(p) and m in line for p, m in known)]
    assert more == []
    assert len(found) == len(set(known))
