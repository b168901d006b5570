"""Labels can be read, colors mean one thing, and no text names a color that a scheme changes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scripts import figures
from scripts.checks import figures as check
from scripts.checks.figures import module_of
from scripts.figures.architecture.story.stills import note, stills
from scripts.figures.base import DEVELOPER_COLORS, MODEL_COLORS
from scripts.figures.findings import FINDINGS
from scripts.figures.labels import faults, labels, width_of
from scripts.problems import ROOT
from scripts.publish.figure_files import TOKENS, scheme
from scripts.publish.figure_sheet import composed, source_line
from tests import real

COLOR_WORDS = re.compile(
    r"\b(black|white|gr[ae]y|blue|orange|green|red|purple|pink|yellow|brown|dark)\b", re.IGNORECASE
)
FRAME = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}</svg>'


@pytest.fixture(scope="module", params=sorted(figures.FIGURES))
def figure(request: pytest.FixtureRequest) -> figures.Figure:
    return figures.render(request.param, real.records())


def test_no_label_of_a_figure_is_hard_to_read(figure: figures.Figure) -> None:
    assert faults(figure.wide) == [] and faults(figure.narrow) == []
    assert (ROOT / module_of(figure.id)).is_file()


def test_no_label_of_the_story_is_hard_to_read() -> None:
    for still in stills(real.records())[0]:
        assert faults(still.wide) == [] and faults(still.narrow) == [], still.step


def test_a_figure_that_travels_takes_all_with_it(figure: figures.Figure) -> None:
    sheet = composed(figure, ["One source", "Two"], "https://example.org/f/fig-x/")
    assert faults(sheet) == []
    said = " ".join(label.words for label in labels(sheet))
    for part in (figure.finding, figure.subtitle, figure.as_of, "Sources: One source; Two",
                 "CC BY 4.0", "https://example.org/f/fig-x/"):  # fmt: skip
        assert part in said


def test_more_sources_than_fit_are_counted() -> None:
    assert source_line(["a", "b", "c", "d", "e"]) == "Sources: a; b; c; and 2 more"


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ('<text x="10" y="50">Community</text><text x="40" y="52">Datacurve</text>', "runs into"),
        ('<text x="180" y="50">Datacurve</text>', "leaves the drawing"),
        ('<text x="20" y="50">peak hours</text>'
         '<line x1="40" x2="40" y1="0" y2="90" stroke="red" stroke-width="1.5"/>', "strikes"),
        ('<g transform="translate(20,40)"><path d="M0 6H90" fill="none" stroke="red" '
         'stroke-width="2"/></g><text x="20" y="50">peak hours</text>', "strikes"),
        ('<text transform="rotate(-90 5 95)" x="5" y="95">much too long for here</text>', "leaves"),
    ],
)  # fmt: skip
def test_faults_are_found(inside: str, fault: str) -> None:
    assert any(fault in found for found in faults(FRAME.format(inside)))


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="10" y="30">one</text><text x="10" y="50">two</text>',
        '<text x="10" y="30"><tspan>one</tspan><tspan x="10" dy="14">two</tspan></text>',
        '<path d="M0 30H90" fill="none" stroke="red" stroke-width="2"/>'
        '<rect x="5" y="15" width="80" height="22" fill="white"/><text x="10" y="34">mix</text>',
        '<path d="M0 90L190 10" fill="none" stroke="red" stroke-width="2"/>'
        '<text x="10" y="30">one</text>',
    ],
)
def test_what_can_be_read_is_let_through(inside: str) -> None:
    assert faults(FRAME.format(inside)) == []


def test_widths_are_those_of_arial() -> None:
    assert width_of("Mill", 10) == pytest.approx(8.33 + 3 * 2.22)
    assert width_of("M", 10, bold=True) > width_of("M", 10)


def test_every_figure_has_a_finding_in_words(figure: figures.Figure) -> None:
    assert set(FINDINGS) == set(figures.FIGURES)
    assert 20 <= len(figure.finding) <= 80 and not figure.finding.endswith(".")
    assert figure.finding != figure.title


def test_no_text_names_a_color(figure: figures.Figure) -> None:
    words = " ".join([figure.finding, figure.subtitle, figure.caption, figure.alt])
    drawn = " ".join(label.words for label in labels(figure.wide) + labels(figure.narrow))
    assert not COLOR_WORDS.findall(f"{words} {drawn}")


def test_the_story_names_no_color() -> None:
    words = " ".join(f"{still.title} {still.words} {still.counted}" for still in
                     stills(real.records())[0])  # fmt: skip
    # Two boxes of its sentence have a color; the rule names them among the words that count.
    words = re.sub(r"“[^”]*”|, box \([^)]*\)", "", words)
    assert not COLOR_WORDS.findall(f"{words} {note(real.records())}")


@pytest.mark.parametrize("name", ["default", "slate"])
def test_a_color_means_one_thing(name: str) -> None:
    """Models and developers have colors of their own; parts of a bill have others."""
    tokens = (ROOT / "docs" / TOKENS).read_text(encoding="utf-8")
    colors = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", scheme(tokens, name)))
    models = {colors[variable] for variable in MODEL_COLORS.values()}
    assert len(models) == len(set(MODEL_COLORS.values()))
    taken = models | {colors[variable] for variable in DEVELOPER_COLORS.values()}
    parts = [colors[f"c-part-{number}"] for number in (1, 2, 3, 4)]
    assert len(set(parts)) == 4 and not taken & set(parts)
    lanes = [value for variable, value in colors.items() if variable.startswith("c-lane-")]
    assert len(set(lanes)) == 8 and not (taken | set(parts)) & set(lanes)


def test_parts_of_a_bill_are_not_drawn_in_a_models_color() -> None:
    tools = ROOT / "docs/assets/javascripts/tools"
    for name in ("cost/bars.js", "run/view.js"):
        code = (tools / name).read_text(encoding="utf-8")
        assert not re.search(r"--c-(v4|v3|openai|anthropic|google|kimi)", code), name


def test_v41_is_never_drawn_in_v4_flashs_color() -> None:
    assert MODEL_COLORS["v4-1-flash"] != MODEL_COLORS["v4-flash"]
    history = figures.render("price-history", real.records())
    for drawing in (history.wide, history.narrow):
        ends = [part for part in re.findall(r"<text[^>]*>V4\.1[^<]*", drawing)]
        assert len(ends) == 4 and all("var(--c-v4-1)" in part for part in ends)


def test_the_check_names_file_width_and_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "faults", lambda svg: ["“5.3” runs into “8”"])
    found = [str(problem) for problem in check.check(replace(real.site(), shelf=None))]
    place = "scripts/figures/benchmarks/scores_by_reporter.py:1: figure 'scores-by-reporter', wide"
    assert f"{place}: “5.3” runs into “8”; move or shorten the label" in found


def test_chinese_titles_stay_within_an_exported_sheet(figure: figures.Figure) -> None:
    """Their characters are twice as wide, have no spaces between them, and a font of their own."""
    title = "模型与价格，以及缓存：" * 12
    sheet = composed(figure, [title, "A title in English"], "https://a.test/f/x/")
    right = float(re.findall(r'viewBox="0 0 ([\d.]+)', sheet)[0]) - 16
    runs = re.findall(r'<text ([^>]*)x="([\d.]+)" y="([\d.]+)" font-size="12"[^>]*>([^<]+)', sheet)
    chinese = [run for run in runs if "模" in run[3] or "缓" in run[3]]
    assert len({y for _, _, y, _ in chinese}) >= 2, "it is broken over lines"
    for kind, x, _, words in chinese:
        assert "Noto Sans" in kind
        assert float(x) + 12 * len(words) <= right
        assert words[0] not in "，："
    assert not any("Noto Sans" in kind for kind, _, _, words in runs if words.isascii())
