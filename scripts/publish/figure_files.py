"""Each figure as files of its own: SVG, PNG, CSV, and a bare page to frame elsewhere."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import vl_convert

from scripts import figures
from scripts.figures.base import Figure
from scripts.problems import ROOT
from scripts.publish.citing import AUTHOR, LICENSE, SITE_TITLE
from scripts.sources.records.loading import Dataset

TOKENS = ROOT / "docs" / "assets" / "stylesheets" / "tokens.css"
FOLDER = "figures"


@lru_cache(maxsize=2)
def _light(text: str) -> dict[str, str]:
    """Color variables of the light scheme."""
    block = text.split('[data-md-color-scheme="default"]', 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def standalone(svg: str) -> str:
    """A drawing in the colors of the light scheme, on paper, with its own size."""
    colors = _light(TOKENS.read_text(encoding="utf-8"))
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
    writer.writerows({k: _plain(str(v)) for k, v in row.items()} for row in figure.rows)
    return stream.getvalue()


def _plain(text: str) -> str:
    text = re.sub(r"\[@[^\]]*\](\{=[^}]*\})?", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", text)
    return re.sub(r"[*`]|<[^>]+>", "", text).strip()


def attribution(figure: Figure, address: str) -> str:
    """What to print under a copy of the figure."""
    return f"{figure.title}. {AUTHOR}, {SITE_TITLE}, as of {figure.as_of}, CC BY 4.0, {address}"


def embed_code(figure: Figure, base: str) -> str:
    source = urljoin(base, f"{FOLDER}/{figure.id}/")
    return (
        f'<iframe src="{source}" title="{escape(figure.title, quote=True)}" width="740" '
        'height="520" style="border:0" loading="lazy"></iframe>'
    )


def _page(figure: Figure, base: str, home: str) -> str:
    style = TOKENS.read_text(encoding="utf-8")
    light = style.split('[data-md-color-scheme="default"]', 1)[1].split("}", 1)[0].lstrip(" {")
    dark = style.split('[data-md-color-scheme="slate"]', 1)[1].split("}", 1)[0].lstrip(" {")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(figure.title)} - {escape(SITE_TITLE)}</title>
<meta name="description" content="{escape(_plain(figure.alt), quote=True)}">
<link rel="canonical" href="{escape(home, quote=True)}">
<link rel="license" href="{LICENSE}">
<style>
:root {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
body {{ background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }}
body {{ margin: 0 auto; max-width: 740px; padding: 8px; }}
svg {{ display: block; height: auto; width: 100%; }}
h1 {{ font-size: 16px; margin: 0 0 8px; }}
p {{ color: var(--ink-soft); margin: 8px 0 0; }}
a {{ color: var(--accent); }}
.narrow {{ display: none; }}
@media (max-width: 520px) {{ .wide {{ display: none; }} .narrow {{ display: block; }} }}
</style>
</head>
<body>
<main>
<h1>{escape(figure.title)}</h1>
<div class="wide">{figure.wide}</div>
<div class="narrow">{figure.narrow}</div>
<p>As of {figure.as_of}. <a href="{escape(home, quote=True)}">{escape(SITE_TITLE)}</a>,
<a href="{LICENSE}" rel="license">CC BY 4.0</a>.</p>
</main>
</body>
</html>
"""


def write(data: Dataset, base: str, homes: dict[str, str], site: Path) -> None:
    """``figures/<id>/``: page, SVG, PNG and CSV. ``homes``: figure id to the page it stands on."""
    for figure_id in figures.FIGURES:
        if figure_id not in homes:
            continue
        figure = figures.render(figure_id, data)
        folder = site / FOLDER / figure_id
        folder.mkdir(parents=True, exist_ok=True)
        home = urljoin(base, f"{homes[figure_id]}#fig-{figure_id}")
        svg = standalone(figure.wide)
        (folder / f"{figure_id}.svg").write_text(svg + "\n", encoding="utf-8")
        (folder / f"{figure_id}.png").write_bytes(vl_convert.svg_to_png(svg, scale=2))
        (folder / f"{figure_id}.csv").write_bytes(as_csv(figure).encode())
        (folder / "index.html").write_text(_page(figure, base, home), encoding="utf-8")
