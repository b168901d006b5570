"""A figure as it travels: headline, what is measured, picture, key, sources, license, address."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from scripts.figures import svg
from scripts.figures.base import Figure
from scripts.figures.labels import is_wide, width_of
from scripts.sources.identity import LICENSE_NAME, SITE_TITLE

MARGIN = 16
WIDE_FONTS = (
    "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
)
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
    """Lines of at most ``width``; Chinese may break behind each character."""
    lines = [""]
    pieces = re.findall(r"\s*(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef][，。；：、）》！？]*)", words)
    for piece in pieces:
        if lines[-1] and width_of(lines[-1] + piece, size, bold) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _line(y: float, words: str, size: float, fill: str, bold: bool) -> str:
    """A line of text, its Chinese runs apart in a font that has them: who draws it would take
    that font for all of the line otherwise."""
    x, out = float(MARGIN), []
    for wide, letters in groupby(words, is_wide):
        run = "".join(letters)
        drawn = svg.text(x, y, run, size, fill, bold=bold)
        if wide:
            drawn = drawn.replace("<text ", f'<text font-family="{WIDE_FONTS}" ', 1)
        elif run != run.strip():
            drawn = drawn.replace("<text ", '<text xml:space="preserve" ', 1)
        out.append(drawn)
        x += width_of(run, size, bold)
    return "".join(out)


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
            parts.append(_line(y, line, size, fill, bold))

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
