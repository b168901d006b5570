"""What is asked for is written in its place, passes the check, or is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks import run
from scripts.engine.new import write
from scripts.problems import Problem
from scripts.sources import yaml12
from scripts.sources.references import bibtex
from scripts.sources.site import Site
from tests.contributions import base

SAID = {
    "as-of": "2026-11-01",
    "reported-by": "deepseek",
    "source": "org2026report",
    "at": "Table 1",
}
FACT = {"id": "new", "label": "Costs: $5", "topic": "pricing", "value": "5", "unit": "usd", **SAID}
EVENT = {"id": "cut", "date": "2026-03-01", "lane": "prices", "title": "A cut", **SAID}
PRICE = {
    "id": "v4-cny", "seller": "deepseek", "model": "v4", "api-name": "chat", "currency": "CNY",
    "from": "2026-05-01T00:00:00Z", "cache-miss": "1", "output": "2", **SAID,
}  # fmt: skip
PEAK = {
    **PRICE, "from": "2026-09-01T00:00:00Z", "peak-cache-miss": "2", "peak-output": "4",
    "peak-scheme": "day",
}  # fmt: skip
SOURCE = {
    "key": "db2026note", "type": "online", "author": "{Org}", "title": "A Note", "date": "2026",
    "url": "https://example.org/n", "urldate": "2026-11-01", "keywords": "press",
}  # fmt: skip
PAGE = {
    "path": "sub/new.md", "title": "What: it is", "description": "It is.", "answer": "It is new.",
    "as-of": "2026-11-01", "reviewed": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return base.make(tmp_path / "project")


@pytest.mark.parametrize(
    ("kind", "given", "file", "words"),
    [
        ("fact", FACT, "data/facts.yml", "{{ fact('new') }}"),
        ("event", EVENT, "data/events.yml", "timeline"),
        ("price", PRICE, "data/prices.yml", "{{ price('v4-cny', 'output') }}"),
        ("price", PEAK, "data/prices.yml", "{{ price('v4-cny', 'output') }}"),
        (
            "source",
            SOURCE,
            "references.bib",
            "/reference/sources/#db2026note; cite it with [@db2026note]",
        ),
        ("page", PAGE, "docs/sub/new.md", "/sub/new/"),
    ],
)
def test_it_passes_the_check_at_once(
    root: Path, kind: str, given: dict, file: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write.write(kind, given, root) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert said.startswith(file) and words in said
    assert not [p for p in base.checked(root, root / ".cache") if p.level == "error"]


def test_a_price_with_peak_hours_has_both(root: Path) -> None:
    write.write("price", PEAK, root)
    text = (root / "data/prices.yml").read_text(encoding="utf-8")
    new = yaml12.read(text).content["records"][-1]
    assert (new["off_peak"], new["peak"], new["peak_scheme"]) == (
        {"cache_miss": 1, "output": 2}, {"cache_miss": 2, "output": 4}, "day",
    )  # fmt: skip
    assert "rates" not in new


def test_events_and_sources_have_their_order(root: Path) -> None:
    write.write("event", EVENT, root)
    text = (root / "data/events.yml").read_text(encoding="utf-8")
    assert [item["id"] for item in yaml12.read(text).content["records"]] == ["cut", "launch"]
    write.write("source", SOURCE, root)
    keys = [
        entry.key for entry in bibtex.read((root / "references.bib").read_text("utf-8")).entries
    ]
    assert keys.index("db2026note") < keys.index("liang2026zh")


def test_a_page_has_its_line_in_the_menu_of_its_chapter(root: Path) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(
            "nav:\n  - Home: index.md\n  - Sub:\n      - Other: sub/other.md\n  - S: sources.md\n"
        )
    text = write.changes("page", PAGE, root)[root / "mkdocs.yml"]
    assert '      - Other: sub/other.md\n      - "What: it is": sub/new.md\n  - S:' in text


@pytest.mark.parametrize(
    ("kind", "given"),
    [("fact", {**FACT, "id": "total-parameters"}), ("price", {**PRICE, "model": "v9"}),
     ("source", {**SOURCE, "keywords": "gossip"}), ("fact", {**FACT, "source": "nobody2026"})],
)  # fmt: skip
def test_what_the_check_refuses_is_taken_back(
    root: Path, kind: str, given: dict, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }
    assert write.write(kind, given, root) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in before}


def test_what_ends_the_check_is_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = run.run

    def only_once(site: Site) -> list[Problem]:
        if "db2026note" in site.keys:
            raise KeyboardInterrupt
        return checked(site)

    monkeypatch.setattr(run, "run", only_once)
    before = (root / "references.bib").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write.write("source", SOURCE, root)
    assert (root / "references.bib").read_bytes() == before


def test_a_page_has_the_sections_of_every_page_in_their_order(root: Path) -> None:
    assert write.write("page", PAGE, root) == 0
    text = (root / "docs/sub/new.md").read_text(encoding="utf-8")
    places = [
        text.index(part)
        for part in ("# What: it is", "{ .answer }", "as_of_line()", "{ #short }", "{ #unknown }")
    ]
    assert places == sorted(places)
    asked = {
        **PAGE,
        "path": "sub/two.md",
        "title": "Two",
        "short": "One. | Two.",
        "unknown": "Who pays.",
    }
    assert write.write("page", asked, root) == 0
    text = (root / "docs/sub/two.md").read_text(encoding="utf-8")
    assert "{ #short }\n\n- One.\n- Two.\n\n" in text
    assert text.endswith("{ #unknown }\n\nWho pays.\n")


def test_what_was_wrong_before_does_not_stop_what_is_right(root: Path) -> None:
    (root / "docs/bad.md").write_text("No front matter.\n", encoding="utf-8")
    assert write.write("source", SOURCE, root) == 0
    assert "db2026note" in (root / "references.bib").read_text("utf-8")


def test_flags_that_are_missing_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert write.main(["event", "--id", "x"]) == 2
    assert "--date, --lane, --title, --reported-by, --source" in capsys.readouterr().err
