"""What all figures share: their shape, their colors, and Vega-Lite turned into themable SVG.

Colors are CSS variables of ``docs/assets/stylesheets/tokens.css``, so that one drawing serves
the light and the dark scheme. vl-convert wants real colors, so each variable has a stand-in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import vl_convert

from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import SourceRef

WIDE, NARROW = 704, 328
"""Width in CSS pixels of the two versions of each figure."""

VARIABLES = (
    "ink", "ink-soft", "paper", "paper-2", "rule", "accent", "accent-soft", "c-v4-pro",
    "c-v4-flash", "c-v3-2", "c-v4-1", "c-openai", "c-anthropic", "c-google", "c-kimi", "c-other",
    "c-huawei", "c-nvidia", "c-window", "c-csa", "c-hca", "c-indexer", "c-sink",
)  # fmt: skip
STAND_IN = {name: f"#0a00{index:02x}" for index, name in enumerate(VARIABLES, start=1)}

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
"""Of every drawing: without a name, a renderer such as resvg leaves the text out."""

MODEL_COLORS = {
    "deepseek-v3-2": "c-v3-2",
    "v4-pro": "c-v4-pro",
    "v4-pro-0813": "c-v4-pro",
    "v4-flash": "c-v4-flash",
    "v4-flash-0731": "c-v4-flash",
    "v4-1-flash": "c-v4-1",
    "v4-1-flash-1017": "c-v4-1",
}
DEVELOPER_COLORS = {
    "OpenAI": "c-openai",
    "Anthropic": "c-anthropic",
    "Google": "c-google",
    "Moonshot AI": "c-kimi",
}


@dataclass(frozen=True)
class Figure:
    """One figure in two widths, with everything a reader or a machine needs beside it."""

    id: str
    title: str
    caption: str
    """What to see, in Markdown; may hold citations."""
    alt: str
    """The message with its main numbers, for those who do not see the drawing."""
    wide: str
    narrow: str
    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    sources: list[SourceRef]
    as_of: str
    notes: tuple[str, ...] = field(default=())
    finding: str = ""
    """The headline: what one sees, in words; from ``findings.py``."""
    unit: str = ""
    """What the drawing counts in, for the line below the headline."""

    @property
    def subtitle(self) -> str:
        """What is measured, in which unit; the day stands beside it."""
        return f"{self.title}, {self.unit}" if self.unit else self.title


def model_color(data: Dataset, model_id: str) -> str:
    """The variable of a model's fixed color."""
    if model_id in MODEL_COLORS:
        return MODEL_COLORS[model_id]
    model = data["models"].get(model_id)
    return DEVELOPER_COLORS.get(model.developer if model else "", "c-other")


def color(name: str) -> str:
    """Stand-in for a CSS variable in a Vega-Lite specification."""
    return STAND_IN[name]


def panel_title(text: str, narrow: bool) -> dict[str, Any]:
    """Title of one panel of several, above its left edge."""
    return {
        "text": text,
        "anchor": "start",
        "color": color("ink"),
        "fontSize": 12 if narrow else 14,
    }


def score_axis(name: str) -> dict[str, Any]:
    """The axis of a field with scores in percent, from zero to all."""
    return {
        "field": name,
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "title": "Score, %",
        "axis": {"grid": True, "tickCount": 5},
    }


def need(data: Dataset, collection: str, record_id: str) -> Any:
    """A record, or LookupError: a figure never leaves out what it promises to show."""
    try:
        return data[collection][record_id]
    except KeyError:
        raise LookupError(f"data/{collection} has no record '{record_id}'") from None


def distinct(refs: Sequence[SourceRef]) -> list[SourceRef]:
    """Each source once, in order, without locators: a figure cites sources as a whole."""
    return [SourceRef(key=key, at=None) for key in dict.fromkeys(ref.key for ref in refs)]


def _themed(svg: str) -> str:
    for name, stand_in in STAND_IN.items():
        svg = svg.replace(stand_in, f"var(--{name})")
    return svg


def finish(svg: str, figure_id: str, variant: str, title: str, alt: str) -> str:
    """Accessible, scalable and self-contained: title and description, ids of its own, no size."""
    prefix = f"{figure_id}-{variant}"
    svg = re.sub(r"\bid=\"([^\"]+)\"", lambda m: f'id="{prefix}-{m[1]}"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{prefix}-{m[1]})", svg)
    svg = re.sub(r'(?:xlink:)?href="#([^"]+)"', lambda m: f'href="#{prefix}-{m[1]}"', svg)
    svg = re.sub(r'\s(?:aria-[a-z]+|role|tabindex)="[^"]*"', "", svg)
    opening = re.search(r"<svg\b[^>]*>", svg)
    assert opening is not None
    size = re.search(r'viewBox="([^"]+)"', opening[0])
    assert size is not None, "every drawing has a viewBox"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size[1]}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" font-family="{FONT}">'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-desc">{escape(alt)}</desc>'
    )
    return _themed(head + svg[opening.end() :]).strip()


def _config(narrow: bool) -> dict[str, Any]:
    size = 11 if narrow else 13
    axis = {
        "labelColor": color("ink-soft"),
        "titleColor": color("ink-soft"),
        "labelFontSize": size,
        "titleFontSize": size,
        "titleFontWeight": "normal",
        "gridColor": color("rule"),
        "gridOpacity": 0.7,
        "domainColor": color("ink-soft"),
        "tickColor": color("ink-soft"),
        "labelLimit": 260,
    }
    return {
        "background": None,
        # vl-convert ships this font, so it measures the same everywhere; Arial is as wide.
        "font": "Liberation Sans",
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"ticks": False, "domain": False, "labelPadding": 6},
        "legend": {
            "labelColor": color("ink"),
            "titleColor": color("ink-soft"),
            "labelFontSize": size,
            "titleFontSize": size,
            "orient": "top",
        },
        "text": {"fontSize": size, "color": color("ink")},
        "header": {"labelColor": color("ink"), "labelFontSize": size + 1, "titleFontSize": size},
        "line": {"strokeWidth": 2.5},
        "padding": {"left": 4, "right": 10, "top": 4, "bottom": 4},
    }


def chart(specification: dict[str, Any], figure_id: str, variant: str, title: str, alt: str) -> str:
    """A Vega-Lite specification (data inline, colors from :func:`color`) as finished SVG."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": _config(variant == "narrow"),
        **specification,
    }
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20")
    return finish(svg, figure_id, variant, title, alt)


def both(build: Any, figure_id: str, title: str, alt: str) -> dict[str, str]:
    """``wide`` and ``narrow`` charts from ``build(width, narrow) -> specification``."""
    return {
        "wide": chart(build(WIDE, False), figure_id, "wide", title, alt),
        "narrow": chart(build(NARROW, True), figure_id, "narrow", title, alt),
    }
