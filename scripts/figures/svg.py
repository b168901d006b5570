"""A few words for drawing SVG by hand: shapes and text as strings, colors as CSS variables."""

from __future__ import annotations

from html import escape

from scripts.figures.base import finish


def var(name: str) -> str:
    return f"var(--{name})"


def rect(
    x: float, y: float, width: float, height: float, fill: str | None, stroke: str | None = None,
    radius: float = 1.5, dash: str = "", opacity: float = 1,
) -> str:  # fmt: skip
    """A rectangle; ``fill`` and ``stroke`` name variables, None is no fill or no line."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" '
        f'fill="{var(fill) if fill else "none"}"'
        + (f' stroke="{var(stroke)}" stroke-width="1.5"' if stroke else "")
        + (f' stroke-dasharray="{dash}"' if dash else "")
        + (f' opacity="{opacity:g}"' if opacity != 1 else "")
        + "/>"
    )


def line(
    x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1.25, dash: str = ""
) -> str:
    return (
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" fill="none" stroke="{var(stroke)}" '
        f'stroke-width="{width:g}"' + (f' stroke-dasharray="{dash}"' if dash else "") + "/>"
    )


def path(d: str, stroke: str | None, fill: str | None = None, width: float = 1.25) -> str:
    return (
        f'<path d="{d}" fill="{var(fill) if fill else "none"}"'
        + (f' stroke="{var(stroke)}" stroke-width="{width:g}"' if stroke else "")
        + "/>"
    )


def circle(x: float, y: float, radius: float, fill: str | None, stroke: str | None = None) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{var(fill) if fill else "none"}"'
        + (f' stroke="{var(stroke)}" stroke-width="2"' if stroke else "")
        + "/>"
    )


def text(
    x: float, y: float, words: str, size: float = 13, fill: str = "ink", anchor: str = "start",
    bold: bool = False,
) -> str:  # fmt: skip
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{var(fill)}" '
        f'text-anchor="{anchor}"'
        + (' font-weight="600"' if bold else "")
        + f">{escape(words)}</text>"
    )


def wrap(words: str, width: float, size: float) -> list[str]:
    """Lines of at most ``width`` pixels, by the average width of a letter (no font at hand)."""
    limit = max(8, int(width / (size * 0.5)))
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def paragraph(
    x: float, y: float, words: str, width: float, size: float = 13, fill: str = "ink-soft",
    bold: bool = False,
) -> tuple[list[str], float]:  # fmt: skip
    """Wrapped text from ``y`` (its first base line) on; returns the elements and the next ``y``."""
    out = []
    for words_of_line in wrap(words, width, size):
        out.append(text(x, y, words_of_line, size, fill, bold=bold))
        y += size * 1.35
    return out, y


def variant(narrow: bool) -> str:
    """Which of the two drawings of a figure it is, as its ids name it."""
    return "narrow" if narrow else "wide"


def drawing(
    parts: list[str],
    width: float,
    height: float,
    figure_id: str,
    variant: str,
    title: str,
    alt: str,
) -> str:
    """The elements as a finished, accessible SVG."""
    svg = f'<svg viewBox="0 0 {width:g} {height:g}">{"".join(parts)}</svg>'
    return finish(svg, figure_id, variant, title, alt)
