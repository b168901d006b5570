"""The lists of what can be kept without a network, and the worker that is written with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts.problems import ROOT
from scripts.publish.hosting import finish, offline
from scripts.publish.hosting.fingerprint import fingerprint
from scripts.publish.hosting.headers import headers_of, kind_of

PAGE = '<!doctype html><head><meta charset="utf-8"><title>A</title></head><p>Words'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {
        "index.html": PAGE,
        "404.html": PAGE,
        "pricing/index.html": PAGE + ' <link rel="stylesheet" href="../assets/stylesheets/a.css">',
        "pricing/index.md": "# Words",
        "moved/index.html": '<meta http-equiv="refresh" content="0; url=../pricing/">',
        "f/one/index.html": PAGE + " of a fact",
        "2026.10/index.html": PAGE + " of an edition",
        "assets/stylesheets/a.css": "p { color: red }",
        "assets/javascripts/page/index.js": "export {};",
        "assets/cards/home.png": "",
        "data/facts.json": "{}",
        "data/facts.csv": "id",
        "data/citations.json": "{}",
        "search/pages.json": "{}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def listed(site: Path, name: str) -> dict[str, Any]:
    return json.loads((site / "offline" / f"{name}.json").read_text(encoding="utf-8"))


def paths(site: Path, name: str) -> set[str]:
    return {path for path, _, _ in listed(site, name)["files"]}


def test_what_pages_need_is_listed_and_nothing_else(site: Path) -> None:
    offline.write(site)
    assert paths(site, "site") == {
        "", "pricing/", "assets/stylesheets/a.css", "assets/javascripts/page/index.js",
        "data/facts.json", "search/pages.json",
    }  # fmt: skip
    assert paths(site, "facts") == {"f/one/"}


def test_sizes_are_told_of_both_parts(site: Path) -> None:
    offline.write(site)
    main, facts = listed(site, "site"), listed(site, "facts")
    assert (main["pages"], main["facts"]["pages"]) == (2, 1)
    assert main["facts"] == {name: facts[name] for name in ("pages", "size", "small")}
    assert facts["size"] == len(PAGE + " of a fact")


def test_another_state_is_another_worker_and_the_same_is_the_same(site: Path) -> None:
    offline.write(site)
    first = (site / offline.WORKER).read_text(encoding="utf-8")
    offline.write(site)
    assert (site / offline.WORKER).read_text(encoding="utf-8") == first
    (site / "pricing/index.html").write_text(PAGE + " anew", encoding="utf-8")
    offline.write(site)
    second = (site / offline.WORKER).read_text(encoding="utf-8")
    assert second != first and listed(site, "site")["build"] in second
    assert "@BUILD@" not in second


def test_pages_are_listed_as_they_are_served(site: Path) -> None:
    """A policy that is put in afterwards would make every hash a wrong one."""
    finish.pages(site)
    before = listed(site, "site")
    offline.write(site)
    assert listed(site, "site") == before
    assert "Content-Security-Policy" in (site / "index.html").read_text(encoding="utf-8")


def test_a_dated_edition_has_no_worker(site: Path) -> None:
    finish.pages(site, "2026.11")
    assert not (site / offline.WORKER).exists() and not (site / "offline").exists()


def test_packed_pages_lead_to_names_by_content_and_so_does_the_list(site: Path) -> None:
    names = fingerprint(site)
    offline.write(site)
    assert f"assets/{names['stylesheets']}/a.css" in paths(site, "site")
    assert not any(path.startswith("assets/stylesheets/") for path in paths(site, "site"))


def test_the_worker_is_asked_for_again_and_allowed_by_every_page() -> None:
    assert kind_of("/below/offline.js").name == "asset"
    assert headers_of("/offline.js")["Cache-Control"] == "no-cache"
    assert kind_of("/offline/site.json").name == "data"


def test_worker_and_pages_mean_the_same_caches() -> None:
    scripts = ROOT / "docs" / "assets" / "javascripts"
    worker = Path(offline.__file__).with_name(offline.WORKER).read_text(encoding="utf-8")
    store = (scripts / "tools" / "offline" / "store.js").read_text(encoding="utf-8")
    form = re.compile(r"const FORM = (\d+);")
    assert form.findall(worker) == form.findall(store) != []
    assert "`explained ${SCOPE.pathname} `" in worker and "`explained ${ROOT.pathname} `" in store
    assert "${PREFIX}${FORM} ${BUILD}" in worker and "${PREFIX}${FORM} ${build}" in store
    assert '"offline/wish"' in worker and '"offline/wish"' in store
