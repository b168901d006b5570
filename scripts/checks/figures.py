"""Every label of a figure can be read, in both widths: none overlaps, is cut or struck through.

Why: a desk would not print it, and a picture travels without anybody who could explain it.

Good: two labels of neighbors on lines of their own, in the wide and in the narrow drawing.
Bad: "5.3" and "8" printed over each other, a name cut at the edge, a line through a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from scripts.checks import kept
from scripts.figures import FIGURES
from scripts.figures import kept as figures
from scripts.figures.base import Figure
from scripts.figures.labels import faults
from scripts.problems import Problem
from scripts.sources.site import Site

_CALL = re.compile(r"\bfigure\(\s*[\"']([a-z0-9-]+)[\"']")
WIDTHS = ("wide", "narrow")


def module_of(figure_id: str) -> str:
    """The file that draws a figure."""
    return FIGURES[figure_id].__module__.replace(".", "/") + ".py"


def _faults(name: str, figure: Figure) -> Iterator[Problem]:
    for width in WIDTHS:
        for fault in faults(getattr(figure, width)):
            message = f"figure '{name}', {width}: {fault}; move or shorten the label"
            yield Problem(module_of(name), 1, message, rule="figures")


def check(site: Site) -> Iterator[Problem]:
    """The figures that the pages show; what cannot be drawn is said where it is called."""
    shown = {name for page in site.pages for name in _CALL.findall(page.text)} & FIGURES.keys()
    for name in sorted(shown):
        try:
            figure = figures.drawn(name, site)
        except (LookupError, ValueError):
            continue
        except (AttributeError, TypeError, ArithmeticError) as error:
            words = f"figure '{name}' cannot be drawn from the records as they are: {error}"
            yield Problem(
                module_of(name), 1, f"{words}; let it cope, or complete them", rule="figures"
            )
            continue
        drawings = (figure.wide, figure.narrow)
        yield from kept.problems(site, "figures", name, drawings, partial(_faults, name, figure))
