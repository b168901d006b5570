"""A figure as it travels: headline, what is measured, picture, key, sources, license, address."""

from __future__ import annotations

import re
from html import escape

from scripts.figures import svg
from scripts.figures.base import Figure
from scripts.figures.labels import width_of
from scripts.sources.identity import LICENSE_NAME, SITE_TITLE

MARGIN = 16
NAMED = 3
"""Sources that the line below the picture names; the address leads to all."""


def plain(text: str) -> str:
    text = re.sub(r"\[@[^\]]*\](\{=[^}]*\})?", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", text)
    return re.sub(r"[*`]|<[^>]+>", "", text).strip()


def source_line(titles: list[str]) -> str:
    """The first sources by title, and how many more there are."""
    named = "; ".join(titles[:NAMED])
    more = len(titles) - NAMED
    return f"Sources: {named}" + (f"; and {more} more" if more > 0 else "")


def _wrapped(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def composed(figure: Figure, sources: list[str], short: str) -> str:
    """The wide drawing with everything that a reader needs to judge it, as one SVG."""
    box = re.search(r'viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"', figure.wide)
    assert box is not None, "every drawing has a viewBox"
    left, top, wide, high = (float(part) for part in box.groups())
    parts: list[str] = []
    y = 8.0

    def write(words: str, size: float, fill: str = "ink-soft", bold: bool = False) -> None:
        nonlocal y
        for line in _wrapped(words, wide, size, bold):
            y += size * 1.35
            parts.append(svg.text(MARGIN, y, line, size, fill, bold=bold))

    write(figure.finding or figure.title, 20, "ink", True)
    y += 2
    write(f"{figure.subtitle}. As of {figure.as_of}.", 14)
    y += 14
    inner = re.sub(r"^<svg\b[^>]*>(<title.*?</title>)?(<desc.*?</desc>)?", "", figure.wide,
                   flags=re.DOTALL)  # fmt: skip
    parts.append(f'<g transform="translate({MARGIN - left:g} {y - top:g})">')
    parts.append(inner.removesuffix("</svg>") + "</g>")
    y += high + 6
    write(plain(figure.caption), 12)
    y += 4
    write(source_line(sources), 12)
    write(f"{SITE_TITLE} · {LICENSE_NAME} · {short}", 12)
    title, desc = escape(figure.finding or figure.title), escape(figure.alt)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide + 2 * MARGIN:g} {y + 14:g}" '
        f'role="img" font-family="Arial, Liberation Sans, Helvetica, sans-serif">'
        f"<title>{title}</title><desc>{desc}</desc>{''.join(parts)}</svg>"
    )
