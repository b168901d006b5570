"""Each figure as files of its own: SVG, PNG, CSV, and a bare page to frame elsewhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from scripts import figures
from scripts.figures import kept
from scripts.figures.base import Figure
from scripts.publish import figure_sheet
from scripts.sources.identity import FIGURES, LICENSE, SHORT, SITE_TITLE
from scripts.sources.site import Site

TOKENS = "assets/stylesheets/tokens.css"
"""Below ``docs/``: the variables that every drawing takes its colors from."""


def scheme(text: str, name: str) -> str:
    """The variables of a color scheme, ``default`` or ``slate``; empty where it is not there."""
    _, _, rest = text.partition(f'[data-md-color-scheme="{name}"]')
    return rest.split("}", 1)[0].lstrip(" {").strip()


def _light(text: str) -> dict[str, str]:
    """Color variables of the light scheme."""
    block = scheme(text, "default")
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def standalone(svg: str, tokens: str) -> str:
    """A drawing in the colors of the light scheme, on paper, with its own size.

    ``tokens``: the style sheet with the variables.
    """
    colors = _light(tokens)
    svg = re.sub(r"var\(--([\w-]+)\)", lambda m: colors[m[1]], svg)
    box = re.search(r'viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"', svg)
    assert box is not None, "every drawing has a viewBox"
    x, y, width, height = box.groups()
    paper = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colors["paper"]}"/>'
    svg = svg.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    return re.sub(r"(<desc\b.*?</desc>)", lambda m: m[1] + paper, svg, count=1, flags=re.DOTALL)


def as_csv(figure: Figure) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, figure.columns, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({k: figure_sheet.plain(str(v)) for k, v in row.items()} for row in figure.rows)
    return stream.getvalue()


def _origin(site: Site, figure: Figure) -> tuple[list[str], str]:
    """The titles of the sources, and the short address of the figure."""
    titles = [
        site.references[ref.key].title for ref in figure.sources if ref.key in site.references
    ]
    return titles, urljoin(site.url, f"{SHORT}/fig-{figure.id}/")


def _page(figure: Figure, home: str, style: str, sources: list[str], short: str) -> str:
    light, dark = scheme(style, "default"), scheme(style, "slate")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(figure.title)} - {escape(SITE_TITLE)}</title>
<meta name="description" content="{escape(figure_sheet.plain(figure.alt), quote=True)}">
<link rel="canonical" href="{escape(home, quote=True)}">
<link rel="license" href="{LICENSE}">
<style>
:root {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
body {{ background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }}
body {{ margin: 0 auto; max-width: 740px; padding: 8px; }}
svg {{ display: block; height: auto; width: 100%; }}
h1 {{ font-size: 18px; margin: 0; }}
p {{ color: var(--ink-soft); margin: 8px 0 0; }}
.sub {{ margin: 0 0 10px; }}
a {{ color: var(--accent); }}
.narrow {{ display: none; }}
@media (max-width: 520px) {{ .wide {{ display: none; }} .narrow {{ display: block; }} }}
</style>
</head>
<body>
<main>
<h1>{escape(figure.finding)}</h1>
<p class="sub">{escape(figure.subtitle)}. As of {figure.as_of}.</p>
<div class="wide">{figure.wide}</div>
<div class="narrow">{figure.narrow}</div>
<p>{escape(figure_sheet.plain(figure.caption))}</p>
<p>{escape(figure_sheet.source_line(sources))}</p>
<p><a href="{escape(home, quote=True)}">{escape(SITE_TITLE)}</a>,
<a href="{LICENSE}" rel="license">CC BY 4.0</a>, {escape(short)}</p>
</main>
</body>
</html>
"""


def tokens_of(site: Site) -> str:
    """The style sheet with the variables; empty in a project without figures."""
    path = site.docs / TOKENS
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def write(site: Site, homes: Mapping[str, str], into: Path) -> None:
    """``figures/<id>/``: page, SVG, PNG and CSV. ``homes``: figure id to the page it stands on."""
    shown = [figure_id for figure_id in figures.FIGURES if figure_id in homes]
    tokens = tokens_of(site)
    for figure_id in shown:
        figure = kept.drawn(figure_id, site)
        folder = into / FIGURES / figure_id
        folder.mkdir(parents=True, exist_ok=True)
        home = urljoin(site.url, f"{homes[figure_id]}#fig-{figure_id}")
        sheet = figure_sheet.composed(figure, *_origin(site, figure))
        svg = standalone(sheet, tokens)
        (folder / f"{figure_id}.svg").write_text(svg + "\n", encoding="utf-8")
        (folder / f"{figure_id}.png").write_bytes(kept.picture(site, figure_id, svg, 2))
        (folder / f"{figure_id}.csv").write_bytes(as_csv(figure).encode())
        (folder / "index.html").write_text(
            _page(figure, home, tokens, *_origin(site, figure)), encoding="utf-8"
        )
