"""The table of the quality gate: what counts as missed, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality import __main__ as gate
from tests.quality.pages import of_site
from tests.quality.report import Line, details, table, write_page


def test_a_line_knows_which_pages_miss_it() -> None:
    most = Line("weight", 100, " KB")
    for page, value in (("a/", 99.9), ("b/", 100), ("c/", 101.5), ("d/", 300)):
        most.add(page, value)
    assert most.missed == ["d/", "c/"]
    assert most.worst == ("d/", 300)
    least = Line("performance", 98, least=True)
    for page, value in (("a/", 97), ("b/", 98), ("c/", 60)):
        least.add(page, value, ["too slow"] if value < 98 else [])
    assert least.missed == ["c/", "a/"]
    said = table([most, least])
    assert "MISSED on 2 of 4" in said and "MISSED on 2 of 3" in said
    assert "performance: c/: 60\n    too slow" in details([least])


def test_what_keeps_its_budget_is_said_to() -> None:
    line = Line("layout shift", 0.01)
    line.add("a/", 0.0)
    assert "kept" in table([line]) and details([line]) == ""


def test_the_page_names_what_is_not_here(tmp_path: Path) -> None:
    line = Line("axe violations", 0)
    line.add("a/", 1, ["label (1): <input>"])
    write_page(tmp_path / "report.html", [line], {"Nu HTML checker": "apt install <something>"})
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "class=bad" in text and "label (1): &lt;input&gt;" in text
    assert "apt install &lt;something&gt;" in text


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for path, body in (
        ("", "<h1>Home</h1>"),
        ("pricing/", '<section data-explorer="cost"></section>'),
        ("reference/sources/", ""),
        ("old/", '<meta http-equiv="refresh" content="0; url=../">'),
        *((f"f/{i}/", "") for i in range(5)),
    ):
        file = tmp_path / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")
    return tmp_path


def test_pages_have_their_kind(small: Path) -> None:
    found = {page.path: page.kind for page in of_site(small)}
    assert found["pricing/"] == "tool" and found["reference/sources/"] == "list"
    assert found[""] == "text" and "old/" not in found
    assert sum(path.startswith("f/") for path in found) == 3
    assert [page.path for page in of_site(small, ["f/4"])] == ["f/4/"]
    few = {page.path for page in gate.one_of_each(of_site(small))}
    assert few == {"", "f/0/", "pricing/", "reference/sources/"}


def test_no_site_and_no_page_are_said(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main(["--site", str(small / "nowhere")]) == 2
    assert "make build" in capsys.readouterr().err
    assert gate.main(["--site", str(small), "--only", "nothing-like-it"]) == 2


def test_what_is_missing_fails_the_run_and_is_named(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate.html, "JAR", small / "no.jar")
    report = small / "report.html"
    others = ["--without", "axe", "--without", "visit", "--without", "lighthouse"]
    others += ["--without", "firefox"]
    assert gate.main(["--site", str(small), "--report", str(report), *others]) == 1
    assert "not here: Nu HTML checker" in capsys.readouterr().err
    assert "Nu HTML checker" in report.read_text(encoding="utf-8")
