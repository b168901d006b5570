"""Each figure as files of its own: SVG, PNG, CSV, and a bare page to frame elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urljoin

from scripts import figures
from scripts.figures import kept, sharing
from scripts.figures.base import Figure
from scripts.publish import cards, figure_sheet, json_ld
from scripts.publish.citing import Printer, Work, files
from scripts.publish.downloads import BYTE_ORDER_MARK
from scripts.publish.head import Described, tags
from scripts.publish.offered import Source, offered
from scripts.publish.templates import environment
from scripts.sources.identity import AUTHOR, FIGURES, LICENSE, SHORT, SITE_TITLE
from scripts.sources.processes import Crew
from scripts.sources.references import biblatex
from scripts.sources.shelf import write_texts
from scripts.sources.site import Site

OEMBED = "application/json+oembed"
TOKENS = "assets/stylesheets/tokens.css"
"""Below ``docs/``: the variables that every drawing takes its colors from."""
ICON = "assets/favicon.svg"
"""Below ``docs/``: of pages that no template of the theme makes."""


def scheme(text: str, name: str) -> str:
    """The variables of a color scheme, ``default`` or ``slate``; empty where it is not there."""
    _, _, rest = text.partition(f'[data-md-color-scheme="{name}"]')
    return rest.partition("{")[2].partition("}")[0].strip()


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
    return BYTE_ORDER_MARK + stream.getvalue()


def _origin(site: Site, figure: Figure) -> tuple[list[str], str]:
    """The titles of the sources, and the short address of the figure."""
    titles = [
        site.references[ref.key].title for ref in figure.sources if ref.key in site.references
    ]
    return titles, urljoin(site.url, f"{SHORT}/fig-{figure.id}/")


def tokens_of(site: Site) -> str:
    """The style sheet with the variables; empty in a project without figures."""
    path = site.docs / TOKENS
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def works(site: Site, shown: Iterable[str]) -> dict[str, Work]:
    """Each figure as a work, by its id: its own page stays, whichever pages show it.

    A web page to reference managers, not a picture: of a picture they drop the site's name.
    """
    out = {}
    for figure_id in figures.FIGURES:
        if figure_id in shown:
            figure = kept.drawn(figure_id, site)
            out[figure_id] = Work(
                id=f"deepseek-v4-explained-fig-{figure.id}",
                title=f"{figure.title} (figure, as of {figure.as_of})",
                url=urljoin(site.url, f"{FIGURES}/{figure.id}/"),
                issued=site.reviewed,
                edition=site.edition,
                commit=site.commit,
                abstract=figure_sheet.plain(figure.alt),
            )
    return out


def _described(figure: Figure, work: Work, home: json_ld.Step, site: Site) -> Described:
    sources = [site.references[key] for key in _keys(figure) if key in site.references]
    names = [f"{figure.id}.{kind}" for kind in ("svg", "png", "csv")]
    return Described(
        graph=json_ld.of_figure(work, home, urljoin(work.url, names[1]), sources, site),
        card=urljoin(work.url, "card.png"),
        card_alt=f"{figure.title}: {SITE_TITLE}",
        alternates=[{"type": OEMBED, "href": "oembed.json", "title": figure.title}],
        items=names,
    )


def _keys(figure: Figure) -> list[str]:
    """Sources of a figure, each once."""
    return list(dict.fromkeys(ref.key for ref in figure.sources))


def _oembed(figure: Figure, work: Work, png: bytes, site: Site) -> str:
    """What a program that is given the address of the figure's page embeds."""
    width, height = struct.unpack(">II", png[16:24])  # where PNG's first chunk has them
    content = {
        "version": "1.0",
        "type": "rich",
        "title": work.title,
        "author_name": AUTHOR,
        "author_url": json_ld.author_url(site) or site.newest,
        "provider_name": SITE_TITLE,
        "provider_url": site.newest,
        "cache_age": 86400,
        "thumbnail_url": urljoin(work.url, f"{figure.id}.png"),
        "thumbnail_width": width,
        "thumbnail_height": height,
        "html": sharing.embed_code(figure, site.url),
        "width": sharing.FRAME[0],
        "height": sharing.FRAME[1],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write(
    site: Site, homes: Mapping[str, str], titles: Mapping[str, str], printer: Printer, into: Path
) -> None:
    """``figures/<id>/``: page, SVG, PNG, CSV, citations, oEmbed and a card.

    ``homes``: figure id to the page it stands on; ``titles``: of the pages, by address."""
    tokens = tokens_of(site)
    described = works(site, homes)
    rendered = printer.render(described.values())
    entries = biblatex.entries(site.bib)
    page = environment().get_template("figure.html")

    def one(figure_id: str) -> None:
        figure, work = kept.drawn(figure_id, site), described[figure_id]
        formats = rendered[work.id]
        folder = into / FIGURES / figure_id
        folder.mkdir(parents=True, exist_ok=True)
        address = homes[figure_id]
        home = (titles.get(address, SITE_TITLE), urljoin(site.newest, address))
        titles_of_sources, short = _origin(site, figure)
        svg = standalone(figure_sheet.composed(figure, titles_of_sources, short), tokens)
        png = kept.picture(site, figure_id, svg, 2)
        sources = [
            Source(site.references[ref.key], ref.at, entries.get(ref.key, ""))
            for ref in figure.sources
            if ref.key in site.references
        ]
        text = page.render(
            figure=figure,
            work=work,
            alt=work.abstract,
            caption=figure_sheet.plain(figure.caption),
            source_line=figure_sheet.source_line(titles_of_sources),
            short=short,
            home={"title": home[0], "url": f"{home[1]}#fig-{figure_id}"},
            head=tags(work, _described(figure, work, home, site), site),
            cite=offered(formats, sources),
            canonical=urljoin(site.newest, work.url.removeprefix(site.url)),
            light=scheme(tokens, "default"),
            dark=scheme(tokens, "slate"),
            site_title=SITE_TITLE,
            license=LICENSE,
            top="../../",
            icon=ICON if (site.docs / ICON).is_file() else "",
        )
        texts = {
            "index.html": text,
            "oembed.json": _oembed(figure, work, png, site),
            f"{figure_id}.svg": svg + "\n",
            **files(formats),
        }
        write_texts(texts, folder)
        (folder / f"{figure_id}.png").write_bytes(png)
        (folder / f"{figure_id}.csv").write_bytes(as_csv(figure).encode())
        card = cards.of_picture(svg)
        (folder / "card.png").write_bytes(kept.picture(site, f"card-{figure_id}", card))

    # Pictures take most of the time of a build that has nothing to begin with.
    Crew(one, list(described)).results()
