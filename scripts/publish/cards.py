"""Social cards: one picture for each part of the site, drawn here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from scripts.figures import kept
from scripts.publish.finished import Finished
from scripts.sources.identity import SITE_TITLE
from scripts.sources.site import Site

PAPER, INK, SOFT, ACCENT = "#fcfbf8", "#1d1b18", "#57534b", "#98301d"


def card_name(page: Finished) -> str:
    """File of a page's social card: one for each part of the site."""
    part = page.url.split("/")[0] if page.url else "home"
    return f"assets/cards/{part}.png"


def _card(title: str) -> str:
    lines, line = [], ""
    for word in title.split():
        if len(line) + len(word) > 22:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    bars = "".join(
        f'<rect x="{80 + i * 26}" y="96" width="16" height="14" fill="{ACCENT}"/>' for i in range(8)
    )
    text = "".join(
        f'<text x="80" y="{300 + i * 92}" font-size="80" font-weight="700" fill="{INK}" '
        f'font-family="Liberation Sans">{escape(item)}</text>'
        for i, item in enumerate(lines[:3])
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">'
        f'<rect width="1200" height="630" fill="{PAPER}"/>{bars}'
        f'<rect x="80" y="124" width="206" height="14" fill="{INK}"/>{text}'
        f'<text x="80" y="560" font-size="34" fill="{SOFT}" font-family="Liberation Sans">'
        f"{escape(SITE_TITLE)}: every number with source, place and date</text></svg>"
    )


def of_picture(svg: str) -> str:
    """A card that shows a drawing, as large as it can be. ``svg``: with a viewBox of its own."""
    box = re.search(r'viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"', svg)
    assert box is not None, "every drawing has a viewBox"
    inner = re.sub(r'(<svg\b[^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    inner = inner.replace("<svg ", '<svg x="40" y="30" width="1120" height="520" ', 1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">'
        f'<rect width="1200" height="630" fill="{PAPER}"/>{inner}'
        f'<text x="1160" y="600" font-size="28" text-anchor="end" fill="{SOFT}" '
        f'font-family="Liberation Sans">{escape(SITE_TITLE)}</text></svg>'
    )


def write_cards(site: Site, pages: Iterable[Finished], into: Path) -> None:
    """Social cards, drawn here: one picture for each part of the site."""
    titles: dict[str, str] = {}
    for page in pages:
        titles.setdefault(card_name(page), page.parts[-1] if page.parts else SITE_TITLE)
    for name, title in titles.items():
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(kept.picture(site, name, _card(title)))
