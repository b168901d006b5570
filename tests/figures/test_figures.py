"""Every figure of the site: readable without seeing it, in both schemes, and the same each time."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import figures
from scripts.figures.base import Figure
from scripts.problems import ROOT
from scripts.sources.records.loading import load

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def data():
    dataset, problems = load(ROOT / "data", ROOT)
    assert not [p for p in problems if p.level == "error"]
    return dataset


@pytest.fixture(scope="module", params=sorted(figures.FIGURES))
def figure(request: pytest.FixtureRequest, data) -> Figure:
    return figures.render(request.param, data)


def drawings(figure: Figure) -> dict[str, ElementTree.Element]:
    return {name: ElementTree.fromstring(getattr(figure, name)) for name in ("wide", "narrow")}


def test_the_drawing_is_named_and_described(figure: Figure) -> None:
    for name, root in drawings(figure).items():
        assert root.tag == f"{SVG}svg" and root.get("role") == "img"
        labels = root.get("aria-labelledby").split()
        texts = [root.find(f".//*[@id='{label}']").text for label in labels]
        assert texts == [figure.title, figure.alt], name


def test_it_names_a_font(figure: Figure) -> None:
    """Without one, the PNG beside the figure has no text."""
    for root in drawings(figure).values():
        assert root.get("font-family")


def test_the_description_tells_numbers(figure: Figure) -> None:
    assert re.search(r"\d", figure.alt) and len(figure.alt) > 60


def test_colors_follow_the_scheme(figure: Figure) -> None:
    for name in drawings(figure):
        svg = getattr(figure, name)
        assert not re.findall(r"#[0-9a-f]{6}\b|rgb\(", svg, re.IGNORECASE)
        assert "var(--" in svg


def test_nothing_comes_from_elsewhere(figure: Figure) -> None:
    for root in drawings(figure).values():
        for element in root.iter():
            for key, value in element.attrib.items():
                if key.endswith("href"):
                    assert value.startswith("#"), value
                assert "url(http" not in value
            assert element.tag not in (f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject")


def test_ids_of_both_drawings_may_stand_on_one_page(figure: Figure) -> None:
    ids = [element.get("id") for root in drawings(figure).values() for element in root.iter()]
    ids = [name for name in ids if name]
    assert len(ids) == len(set(ids))


def test_the_data_are_beside_it(figure: Figure) -> None:
    assert figure.rows and figure.sources
    for row in figure.rows:
        assert set(row) <= set(figure.columns)
    used = {column for row in figure.rows for column, cell in row.items() if str(cell)}
    assert used == set(figure.columns)


def test_it_is_the_same_each_time(figure: Figure, data) -> None:
    assert figures.render(figure.id, data) == figure


def test_the_narrow_drawing_is_for_phones(figure: Figure) -> None:
    width = {name: float(root.get("viewBox").split()[2]) for name, root in drawings(figure).items()}
    assert width["narrow"] <= 360 < width["wide"]


def test_each_figure_is_the_one_function_of_a_module_named_after_it() -> None:
    folder = Path(figures.__file__).parent
    modules = {
        path.stem.replace("_", "-"): f"scripts.figures.{path.parent.name}.{path.stem}"
        for path in folder.glob("*/[!_]*.py")
    }
    assert set(modules) == set(figures.FIGURES)
    for figure_id, name in modules.items():
        module = importlib.import_module(name)
        public = [
            function
            for title, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == name and not title.startswith("_")
        ]
        assert public == [figures.FIGURES[figure_id]], name


def test_an_unknown_figure_is_an_error(data) -> None:
    with pytest.raises(KeyError):
        figures.render("no-such-figure", data)


def test_every_major_event_has_a_name_for_its_mark(data) -> None:
    major = [event for event in data["events"].values() if event.major]
    assert len(major) > 30
    assert [event.id for event in major if not event.name] == []


@pytest.mark.parametrize("name", ["timeline", "timeline-chips"])
def test_a_row_of_events_is_as_of_its_newest(name: str, data) -> None:
    """Not of the day on which somebody looked: the head of its page is older than that."""
    drawn = figures.render(name, data)
    assert drawn.as_of == max(row["Date"] for row in drawn.rows)


def test_a_name_that_should_be_off_is_off_by_plan(data) -> None:
    """Reports differ on when deepseek-chat stopped answering; the date is DeepSeek's."""
    drawn = figures.render("checkpoints", data)
    assert "by plan off since 2026-07-24" in drawn.alt
    assert ">off by plan<" in drawn.wide and ">off by plan<" in drawn.narrow
