"""What to say, and which code to paste, where a figure is shown elsewhere."""

from __future__ import annotations

from html import escape
from urllib.parse import urljoin

from scripts.figures.base import Figure
from scripts.sources.identity import AUTHOR, FIGURES, SITE_TITLE

FRAME = 740, 680
"""Width and height, in CSS pixels, of the frame in which a figure stands elsewhere."""


def attribution(figure: Figure, address: str) -> str:
    """What to print under a copy of the figure."""
    said = figure.finding or figure.title
    return f"{said}. {AUTHOR}, {SITE_TITLE}, as of {figure.as_of}, CC BY 4.0, {address}"


def embed_code(figure: Figure, base: str) -> str:
    source = urljoin(base, f"{FIGURES}/{figure.id}/")
    return (
        f'<iframe src="{source}" title="{escape(figure.title, quote=True)}" width="{FRAME[0]}" '
        f'height="{FRAME[1]}" style="border:0" loading="lazy"></iframe>'
    )
