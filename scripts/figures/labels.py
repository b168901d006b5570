"""Where the labels of a drawing stand, and which of them cannot be read.

Boxes are computed from the widths of Arial (Helvetica's, which Liberation Sans and Arial share),
so no browser is needed. A label must not overlap another, leave the drawing, or be struck through
by a line that carries data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 "
    "556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 "
    "722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 "
    "556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 "
    "260 334 584"
)
WIDTHS = {chr(32 + i): int(width) / 1000 for i, width in enumerate(_WIDTHS.split())}
"""Of printable ASCII, in units of the size of the font."""
OTHER = 0.556
"""Of all else: dashes, signs, accented letters."""
BOLD = 1.06
ASCENT, DESCENT = 0.7, 0.2
"""Above and below the base line; capitals and descenders, not the whole line."""
SLACK = 1.0
"""Pixels by which boxes may touch: the widths of browsers' fonts differ by less."""
DEEP = 3.0
"""Pixels that a line may reach into a label's box, as a leader does that ends at it."""
DATA_LINE = 1.5
"""Lines at least as thick carry data or a date; thinner ones are grids and leaders."""


@dataclass(frozen=True)
class Label:
    """A text and the box that it fills, in the units of the drawing."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    order: int = 0
    """Its place from back to front."""

    def meets(self, other: Label) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > SLACK
        )

    def struck(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether a level or upright line runs through the middle of the text."""
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        beside = min(self.right, right) - max(self.left, left)
        along = min(self.bottom, bottom) - max(self.top, top)
        if right - left < SLACK:
            return self.left + SLACK < left < self.right - SLACK and along > DEEP
        if bottom - top < SLACK:
            return self.top + SLACK < top < self.bottom - SLACK and beside > DEEP
        return False


def is_wide(letter: str) -> bool:
    """Whether it fills a square, as Chinese characters do; Arial has none of them."""
    return unicodedata.east_asian_width(letter) in {"W", "F"}


def width_of(words: str, size: float, bold: bool = False) -> float:
    """Width of a line of text in Arial."""
    total = sum(1.0 if is_wide(letter) else WIDTHS.get(letter, OTHER) for letter in words)
    return size * total * (BOLD if bold else 1)


Matrix = tuple[float, float, float, float, float, float]


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[2] * b[1], a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3], a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4], a[1] * b[4] + a[3] * b[5] + a[5],
    )  # fmt: skip


def _matrix(text: str) -> Matrix:
    """Of a ``transform``: translations, quarter turns and scales, the ones that drawings use."""
    out: Matrix = (1, 0, 0, 1, 0, 0)
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", text):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", inside)]
        if name == "translate":
            out = _times(out, (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0))
        elif name == "scale":
            out = _times(out, (numbers[0], 0, 0, numbers[-1], 0, 0))
        elif name == "rotate":
            turn = {90: (0, 1, -1, 0), -90: (0, -1, 1, 0), 270: (0, -1, 1, 0), 0: (1, 0, 0, 1)}
            a, b, c, d = turn.get(round(numbers[0]), (1, 0, 0, 1))
            x, y = (numbers[1], numbers[2]) if len(numbers) > 2 else (0, 0)
            out = _times(out, (1, 0, 0, 1, x, y))
            out = _times(out, (a, b, c, d, 0, 0))
            out = _times(out, (1, 0, 0, 1, -x, -y))
    return out


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _walk(
    element: ElementTree.Element, matrix: Matrix, inherited: dict[str, str]
) -> Iterator[tuple[ElementTree.Element, Matrix, dict[str, str]]]:
    matrix = _times(matrix, _matrix(element.get("transform", "")))
    passed = ("font-size", "font-weight", "text-anchor", "opacity", "stroke-width", "stroke")
    inherited = {**inherited, **{k: v for k in passed if (v := element.get(k)) is not None}}
    yield element, matrix, inherited
    for child in element:
        yield from _walk(child, matrix, inherited)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _lines(element: ElementTree.Element) -> Iterator[tuple[str, float, float]]:
    """The lines of a text with their places: its own words, then those of each ``tspan``."""
    x, y = float(element.get("x") or 0), float(element.get("y") or 0)
    if element.text and element.text.strip():
        yield element.text.strip(), x, y
    for child in element:
        x = float(child.get("x") or x)
        y = float(child.get("y") or y) + float(child.get("dy") or 0)
        if child.text and child.text.strip():
            yield child.text.strip(), x, y


def _label(
    words: str, x: float, y: float, matrix: Matrix, style: dict[str, str], order: int
) -> Label:
    size = float(re.sub("px", "", style.get("font-size", "13")))
    bold = style.get("font-weight", "") in {"600", "700", "bold"}
    wide = width_of(words, size, bold)
    start = {"middle": -wide / 2, "end": -wide}.get(style.get("text-anchor", "start"), 0.0)
    corners = [
        _at(matrix, x + start, y - ASCENT * size),
        _at(matrix, x + start + wide, y + DESCENT * size),
    ]
    (x1, y1), (x2, y2) = corners
    return Label(words, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), order)


Part = tuple[ElementTree.Element, Matrix, dict[str, str]]


def _parts(svg: str) -> list[Part]:
    """All elements from back to front."""
    return list(_walk(ElementTree.fromstring(svg), (1, 0, 0, 1, 0, 0), {}))


def labels(svg: str) -> list[Label]:
    """Every text of a drawing with its box."""
    return [
        _label(*line, matrix, style, order)
        for order, (element, matrix, style) in enumerate(_parts(svg))
        if _name(element) == "text" and style.get("opacity") != "0"
        for line in _lines(element)
    ]


_STEP = re.compile(r"([MLHVhvlm])\s*(-?[\d.]+(?:e-?\d+)?)(?:[\s,]*(-?[\d.]+(?:e-?\d+)?))?")


def _segments(d: str, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    x = y = 0.0
    for name, first, second in _STEP.findall(d):
        a, b = float(first), float(second or 0)
        old = x, y
        if name in "hv":
            x, y = (x + a, y) if name == "h" else (x, y + a)
        elif name in "HV":
            x, y = (a, y) if name == "H" else (x, a)
        else:
            x, y = (x + a, y + b) if name in "lm" else (a, b)
        if name not in "Mm":
            yield (*_at(matrix, *old), *_at(matrix, x, y))


Segment = tuple[float, float, float, float]


def data_lines(svg: str) -> list[tuple[int, Segment]]:
    """Pieces of the lines that carry data, thick ones without a filling, and their order."""
    out = []
    for order, (element, matrix, style) in enumerate(_parts(svg)):
        if not style.get("stroke") or float(style.get("stroke-width", "1")) < DATA_LINE:
            continue
        d = element.get("d", "")
        if _name(element) == "line":
            d = "M{} {}L{} {}".format(*(element.get(n) or 0 for n in ("x1", "y1", "x2", "y2")))
        elif element.get("fill", "none") not in {"none", "transparent"} or "z" in d.lower():
            continue
        out += [(order, segment) for segment in _segments(d, matrix)]
    return out


def _grounds(svg: str) -> list[Label]:
    """Filled boxes and discs, which hide what lies below them; without words."""
    out = []
    for order, (element, matrix, _) in enumerate(_parts(svg)):
        if element.get("fill", "none") == "none" or _name(element) not in {"rect", "circle"}:
            continue
        number = {key: float(value) for key in ("x", "y", "width", "height", "cx", "cy", "r")
                  if (value := element.get(key)) and not value.endswith("%")}  # fmt: skip
        if "r" in number:
            x, y, r = number.get("cx", 0), number.get("cy", 0), number["r"]
            near, far = (x - r, y - r), (x + r, y + r)
        else:
            near = number.get("x", 0), number.get("y", 0)
            far = near[0] + number.get("width", 0), near[1] + number.get("height", 0)
        (x1, y1), (x2, y2) = _at(matrix, *near), _at(matrix, *far)
        out.append(Label("", min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), order))
    return out


def faults(svg: str) -> list[str]:
    """What cannot be read in a drawing, in words; empty where all is well."""
    box = re.search(r'viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"', svg)
    assert box is not None, "every drawing has a viewBox"
    left, top, wide, high = (float(part) for part in box.groups())
    found = labels(svg)
    out = []
    for index, label in enumerate(found):
        out += [
            f"“{label.words}” runs into “{o.words}”" for o in found[index + 1 :] if label.meets(o)
        ]
        if (
            label.left < left - SLACK or label.right > left + wide + SLACK
            or label.top < top - SLACK or label.bottom > top + high + SLACK
        ):  # fmt: skip
            out.append(f"“{label.words}” leaves the drawing")
    grounds = _grounds(svg)
    for order, segment in data_lines(svg):
        for label in found:
            hidden = any(
                order < ground.order < label.order and ground.meets(label) for ground in grounds
            )
            if label.struck(*segment) and not hidden:
                out.append(f"a line strikes through “{label.words}”")
    return list(dict.fromkeys(out))
