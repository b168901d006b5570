"""A small project and its built site with planted faults of all kinds, and good links beside them.

The site is written by hand as the build would write it, so that a test says exactly which line of
which source each fault comes from. Every fault is one line of a source and what was made of it.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

GOOD_PAGES = 20


@dataclass(frozen=True)
class Fault:
    """One planted fault. ``{base}`` in its texts is the site's address."""

    name: str
    source: str
    """What stands in the Markdown page."""
    html: str
    """What the build made of it; empty: the same."""
    message: str
    leads: str = ""
    """The address, below the site, that the fault asks for; for the other checker."""
    other: bool = True
    """LinkChecker sees it, too."""


def _same(name: str, text: str, message: str, leads: str = "", other: bool = True) -> Fault:
    return Fault(name, text, "", message, leads, other)


# In docs/guide/start.md, built as guide/start/index.html.
PAGE = [
    Fault("page", "[x](gone.md)", '<a href="gone.md">x</a>',
          "broken link to 'guide/start/gone.md'", "guide/start/gone.md"),
    Fault("anchor", "[x](../index.md#gone)", '<a href="../../#gone">x</a>',
          "no anchor '#gone' on 'index'", "#gone"),
    Fault("anchor, misspelled", "[x](index.md#tarfet)", '<a href="../#tarfet">x</a>',
          "no anchor '#tarfet' on 'guide' (did you mean 'target'?)", "guide/#tarfet"),
    Fault("anchor, same page", "[x](#gone-here)", '<a href="#gone-here">x</a>',
          "no anchor '#gone-here' on 'guide/start'", "guide/start/#gone-here", other=False),
    Fault("anchor, other case", "[x](index.md#Target)", '<a href="../#Target">x</a>',
          "no anchor '#Target' on 'guide' (did you mean 'target'?)", "guide/#Target"),
    _same("page, other case", '<a href="../../Guide/">x</a>',
          "broken link to 'Guide' (did you mean 'guide'?)", "Guide/"),
    Fault("image, other case", "![x](../assets/Photo.png)", '<img src="../../assets/Photo.png">',
          "'assets/Photo.png' (did you mean 'assets/photo.png'?)", "assets/Photo.png"),
    Fault("image", "![x](gone-image.png)", '<img src="../gone-image.png" alt="x">',
          "broken link to 'guide/gone-image.png'", "guide/gone-image.png"),
    _same("srcset", '<img src="../../assets/photo.png" srcset="../../assets/photo.png 1x, '
          '../../assets/gone-2x.png 2x">',
          "broken link to 'assets/gone-2x.png'", "assets/gone-2x.png"),
    _same("picture", '<picture><source srcset="../../assets/gone.webp"></picture>',
          "broken link to 'assets/gone.webp'", "assets/gone.webp", other=False),
    _same("poster", '<video poster="../../assets/gone-poster.png"></video>',
          "broken link to 'assets/gone-poster.png'", "assets/gone-poster.png", other=False),
    _same("video", '<video src="../../assets/gone.mp4"></video>',
          "broken link to 'assets/gone.mp4'", "assets/gone.mp4"),
    _same("track", '<video><track src="../../assets/gone.vtt"></video>',
          "broken link to 'assets/gone.vtt'", "assets/gone.vtt"),
    _same("script", '<script src="../../assets/gone.js"></script>',
          "broken link to 'assets/gone.js'", "assets/gone.js"),
    _same("style sheet", '<link rel="stylesheet" href="../../assets/gone.css">',
          "broken link to 'assets/gone.css'", "assets/gone.css"),
    _same("preload", '<link rel="preload" as="image" imagesrcset="../../assets/gone-pre.png 1x">',
          "broken link to 'assets/gone-pre.png'", "assets/gone-pre.png", other=False),
    _same("style attribute", '<p style="background: url(../../assets/gone-bg.png)">x</p>',
          "broken link to 'assets/gone-bg.png'", "assets/gone-bg.png"),
    _same("style element", "<style>p { background: url('../../assets/gone-el.png') }</style>",
          "broken link to 'assets/gone-el.png'", "assets/gone-el.png", other=False),
    _same("module", '<script type="module">import "../../assets/gone-module.js";</script>',
          "broken link to 'assets/gone-module.js'", "assets/gone-module.js", other=False),
    _same("frame", '<iframe src="../../gone-frame/"></iframe>',
          "broken link to 'gone-frame'", "gone-frame/"),
    _same("object", '<object data="../../assets/gone-object.svg"></object>',
          "broken link to 'assets/gone-object.svg'", "assets/gone-object.svg"),
    _same("embed", '<embed src="../../assets/gone-embed.svg">',
          "broken link to 'assets/gone-embed.svg'", "assets/gone-embed.svg"),
    _same("download", '<a download href="../../data/gone.csv">x</a>',
          "broken link to 'data/gone.csv'", "data/gone.csv"),
    Fault("absolute", "[x]({base}gone-absolute/)", '<a href="{base}gone-absolute/">x</a>',
          "broken link to 'gone-absolute'", "gone-absolute/"),
    Fault("absolute with anchor", "[x]({base}guide/#gone-absolute)",
          '<a href="{base}guide/#gone-absolute">x</a>',
          "no anchor '#gone-absolute' on 'guide'", "guide/#gone-absolute"),
    _same("from the root", '<a href="/v4/gone-root/">x</a>',
          "broken link to 'gone-root'", "gone-root/"),
    _same("out of the sub-path", '<a href="/guide/">x</a>',
          "'/guide/' leads out of the site, which is below '/v4/'", "/guide/", other=False),
    _same("above the top", '<a href="../../../above/">x</a>',
          "'../../../above/' climbs above the top of the site", "/above/", other=False),
    _same("folder without a page", '<a href="../../assets/">x</a>',
          "broken link to 'assets': the folder has no page", "assets/"),
    _same("percent-encoded", '<a href="../../%C3%BCber/gr%C3%B6sse/">x</a>',
          "broken link to 'über/grösse' (did you mean 'über/größe'?)", "%C3%BCber/gr%C3%B6sse/"),
    _same("slash after a file", '<a href="../../data/good.csv/">x</a>',
          "broken link to 'data/good.csv/' (did you mean 'data/good.csv'?)", "data/good.csv/"),
    _same("symbol in the page", '<svg><use href="#gone-symbol"/></svg>',
          "no anchor '#gone-symbol' on 'guide/start'", "guide/start/#gone-symbol", other=False),
    _same("symbol of a sprite", '<svg><use xlink:href="../../assets/sprite.svg#gone-icon"/></svg>',
          "no anchor '#gone-icon' on 'assets/sprite.svg'", "assets/sprite.svg#gone-icon",
          other=False),
    _same("paint", '<svg><rect fill="url(#gone-paint)"/></svg>',
          "no anchor '#gone-paint' on 'guide/start'", "guide/start/#gone-paint", other=False),
    _same("map", '<map name="m"><area href="../../gone-area/"></map>',
          "broken link to 'gone-area'", "gone-area/"),
    _same("form", '<form action="../../gone-form/"></form>',
          "broken link to 'gone-form'", "gone-form/"),
    _same("quotation", '<blockquote cite="../../gone-cite/">x</blockquote>',
          "broken link to 'gone-cite'", "gone-cite/"),
    _same("file of one machine", '<a href="file:///home/me/x.html">x</a>',
          "'file:///home/me/x.html' leads to a file of one machine", other=False),
    _same("not an address", '<a href="http://[bad/">x</a>',
          "'http://[bad/' is not a valid address", "http://[bad/"),
    _same("image of a card", '<meta property="og:image" content="{base}assets/gone-card.png">',
          "broken link to 'assets/gone-card.png'", "assets/gone-card.png", other=False),
    _same("PDF of a citation", '<meta name="citation_pdf_url" content="{base}gone.pdf">',
          "broken link to 'gone.pdf'", "gone.pdf", other=False),
    _same("JSON-LD", '<script type="application/ld+json">{"url": "{base}gone-ld/"}</script>',
          "broken link to 'gone-ld'", "gone-ld/", other=False),
    _same("JSON-LD, relative", '<script type="application/ld+json">'
          '{"image": ["../../assets/gone-ld.png"]}</script>',
          "broken link to 'assets/gone-ld.png'", "assets/gone-ld.png", other=False),
    _same("JSON-LD, anchor", '<script type="application/ld+json">'
          '{"@id": "{base}#site", "url": "{base}guide/#gone-ld"}</script>',
          "no anchor '#gone-ld' on 'guide'", "guide/#gone-ld", other=False),
    _same("running text", "See {base}gone-in-text/ for more.",
          "broken link to 'gone-in-text'", "gone-in-text/", other=False),
    Fault("macro", '{{ fact("gone-fact") }}', '<a href="../../guide/#gone-fact">27</a>',
          "no anchor '#gone-fact' on 'guide'", "guide/#gone-fact"),
    Fault("citation", "As said [@gone2026key].", '<a href="#ref-gone2026key">1</a>',
          "no anchor '#ref-gone2026key' on 'guide/start'", "guide/start/#ref-gone2026key",
          other=False),
]  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """Where a fault has to be reported, and with which words."""

    name: str
    place: str
    """``docs/guide/start.md:7:``"""
    message: str
    leads: str = ""
    other: bool = True


@dataclass
class InsideSite:
    """The project in ``root`` with its site in ``root/site``, as :func:`write` made it."""

    root: Path
    base: str
    planted: list[Planted] = field(default_factory=list)
    good: list[str] = field(default_factory=list)
    """Good addresses, as they stand in the built pages."""

    @property
    def site(self) -> Path:
        return self.root / "site"


class _Writer:
    def __init__(self, out: InsideSite) -> None:
        self.out = out

    def file(self, name: str, lines: list[str | tuple[str, Planted]]) -> None:
        """A file of lines; a line with a fault records its place (``{place}`` in Planted)."""
        path = self.out.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = []
        for number, line in enumerate(lines, start=1):
            if isinstance(line, tuple):
                line, plant = line
                place = plant.place or f"{name}:{number}:"
                place = place.replace("{line}", str(number))
                self.out.planted.append(
                    Planted(plant.name, place, plant.message, plant.leads, plant.other)
                )
            texts.append(line)
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")

    def page(self, url: str, body: list[str], folder: str = "site") -> None:
        """A built page; ``head`` has what the template gives to all."""
        up = "../" * url.count("/")
        lines = [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8"><title>x</title>',
            f'<link rel="canonical" href="{self.out.base}{url}">',
            f'<link rel="alternate" type="application/rss+xml" href="{up}feed.xml">',
            f'<link rel="help" href="{up}gone-template/">',
            f'<link rel="search" href="{up}opensearch.xml">',
            f'<link rel="manifest" href="{up}site.webmanifest">',
            f'<link rel="stylesheet" href="{up}assets/site.css">',
            f'<script type="module" src="{up}assets/site.js"></script>',
            "</head><body>",
            *body,
            "</body></html>",
        ]
        path = self.out.root / folder / url / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _good_links(base: str, number: int) -> list[str]:
    """Addresses that hold, as written in the page ``good/<number>/``."""
    other = (number + 1) % GOOD_PAGES
    return [
        f"../{other}/",
        f"../{other}/index.html",
        f"../{other}/#part-{number % 5}",
        f"../{other}/?from={number}#part-{number % 5}",
        f"../{other}/#:~:text=Number%20{number}",
        f"{base}good/{other}/#gr%C3%B6%C3%9Fe",
        f"/v4/good/{other}/#größe",
        f"../../good/./{number}/../{other}/#top",
        f"../../guide/?n={number}#target",
        f"../../%C3%BCber/größe/?n={number}",
        f"../../data/good.csv?v={number}",
        f"../../assets/sprite.svg?v={number}#icon",
    ]


def write(root: Path, base: str) -> InsideSite:
    """Write the project to ``root``, as published below ``base``, whose path has to be ``/v4/``."""
    out = InsideSite(root, base)
    to = _Writer(out)
    plain = "---\ntitle: x\n---\n"

    def put(name: str, text: str) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    # Pages with good links only.
    for number in range(GOOD_PAGES):
        links = _good_links(base, number)
        out.good += links
        ids = [f'<h2 id="part-{part}">x</h2>' for part in range(5)] + ['<a name="größe"></a>']
        body = ids + [f'<a href="{link}">x</a>' for link in links]
        body += ['<a href="mailto:a@b.example">x</a>', '<a href="tel:+1">x</a>']
        body += ['<a href="javascript:void(0)">x</a>', '<img src="data:image/png;base64,AAAA">']
        body += ['<a href="#">x</a>', '<a href="">x</a>', '<a href="../../2026.11/">x</a>']
        to.page(f"good/{number}/", body)
        put(f"docs/good/{number}.md", plain + "\n".join(f"[x]({link})" for link in links))
    to.page("über/größe/", ["x"])
    put("docs/über/größe.md", plain)

    # The page with a fault on each line.
    lines: list[str | tuple[str, Planted]] = ["---", "title: x", "---", ""]
    body = []
    for fault in PAGE:
        source, html = (text.replace("{base}", base) for text in (fault.source, fault.html))
        plant = Planted(fault.name, "", fault.message, fault.leads, fault.other)
        lines += [(source, plant), ""]
        body.append(html or source)
    to.file("docs/guide/start.md", lines)
    to.page("guide/start/", body)
    to.page("guide/", ['<h2 id="target">x</h2>'])
    put("docs/guide/index.md", plain)

    # What data, bibliography and settings put on the home page, and what the template makes.
    to.file("data/facts.yml", [
        "records:",
        "  - id: gone-record",
        ("    page: guide/index.md#gone-in-data", Planted(
            "link of a record", "", "no anchor '#gone-in-data' on 'guide'",
            "guide/#gone-in-data")),
    ])  # fmt: skip
    to.file("references.bib", [
        "@online{x2026,",
        ("  url = {" + base + "gone-in-bib/},", Planted(
            "link of the bibliography", "", "broken link to 'gone-in-bib'", "gone-in-bib/")),
        "}",
    ])  # fmt: skip
    to.file("mkdocs.yml", [
        "plugins:",
        "  - redirects:",
        "      redirect_maps:",
        ("        old/page.md: gone-new.md", Planted(
            "redirect", "", "broken link to 'gone-new'", "gone-new/")),
        ("        old/other.md: guide/index.md#gone-moved", Planted(
            "redirect to an anchor", "", "no anchor '#gone-moved' on 'guide'",
            "guide/#gone-moved")),
    ])  # fmt: skip
    for name, target in (("page", "../../gone-new/"), ("other", "../../guide/#gone-moved")):
        put(f"site/old/{name}/index.html",
            f'<!doctype html><html lang="en"><head><title>x</title><meta http-equiv="refresh" '
            f'content="0; url={target}"></head><body></body></html>\n')  # fmt: skip
    to.file("overrides/main.html", [
        "{% block extrahead %}",
        ("<link rel=\"help\" href=\"{{ 'gone-template/' | url }}\">", Planted(
            "template", "", "broken link to 'gone-template' (on 24 pages)", "gone-template/")),
        "{% endblock %}",
    ])  # fmt: skip
    to.page("", [
        '<a href="guide/#gone-in-data">x</a>',
        f'<a href="{base}gone-in-bib/">x</a>',
        '<a href="guide/start/">x</a>',
        '<a href="old/page/">x</a> <a href="old/other/">x</a>',
        '<a href="llms.txt">x</a> <a href="assets/drawing.svg">x</a>',
        '<a href="%C3%BCber/gr%C3%B6%C3%9Fe/">x</a>',
        *(f'<a href="good/{number}/">x</a>' for number in range(GOOD_PAGES)),
    ])  # fmt: skip
    put("docs/index.md", plain)
    put(
        "site/404.html",
        '<!doctype html><title>x</title><a href="/v4/guide/">x</a>'
        '<a href="/v4/">x</a> <a href="/v4">x</a> <a href="/v4/#top">x</a>'
        ' <a href="/v4?q=1">x</a>\n',
    )

    # Assets: copied as they are, so the fault's line is the source's.
    to.file("docs/assets/site.css", [
        ('@import "gone-import.css";', Planted(
            "import of a style", "", "broken link to 'assets/gone-import.css'",
            "assets/gone-import.css", other=False)),
        "body { background: url(photo.png) url(data:image/png;base64,AAAA) }",
        ("p { background: url('gone-css.png') }", Planted(
            "url() of a style", "", "broken link to 'assets/gone-css.png'",
            "assets/gone-css.png")),
        ("q { background: url(PHOTO.png) }", Planted(
            "url(), other case", "",
            "broken link to 'assets/PHOTO.png' (did you mean 'assets/photo.png'?)",
            "assets/PHOTO.png")),
    ])  # fmt: skip
    to.file("docs/assets/site.js", [
        'import { x } from "./lib.js";',
        ('import { y } from "./gone-lib.js";', Planted(
            "import of a script", "", "broken link to 'assets/gone-lib.js'",
            "assets/gone-lib.js", other=False)),
    ])  # fmt: skip
    to.file("docs/assets/drawing.svg", [
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">',
        '<a href="../guide/#target"><g id="g"/></a><use xlink:href="#g"/>',
        ('<a xlink:href="../gone-svg/"><g/></a>', Planted(
            "link in SVG", "", "broken link to 'gone-svg'", "gone-svg/", other=False)),
        ('<rect fill="url(#gone-gradient)"/>', Planted(
            "paint in SVG", "", "no anchor '#gone-gradient' on 'assets/drawing.svg'",
            "assets/drawing.svg#gone-gradient", other=False)),
        "</svg>",
    ])  # fmt: skip
    to.file("docs/site.webmanifest", [
        '{"start_url": "./", "icons": [',
        ('{"src": "assets/gone-icon.png"}]}', Planted(
            "web manifest", "", "broken link to 'assets/gone-icon.png'",
            "assets/gone-icon.png", other=False)),
    ])  # fmt: skip
    put("docs/assets/lib.js", "export const x = 1;\n")
    put("docs/assets/photo.png", "not really\n")
    put("docs/assets/sprite.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="icon"/></svg>\n')  # fmt: skip
    put("docs/data/good.csv", "a,b\n")
    for path in [*(root / "docs/assets").iterdir(), root / "docs/data/good.csv",
                 root / "docs/site.webmanifest"]:  # fmt: skip
        put(f"site/{path.relative_to(root / 'docs')}", path.read_text(encoding="utf-8"))

    # Files for machines, which the build writes.
    to.file("site/feed.xml", [
        '<?xml version="1.0"?><rss version="2.0"><channel>',
        f"<title>x</title><link>{base}guide/</link><description>x</description>",
        f"<item><title>x</title><link>{base}guide/#target</link>",
        '<guid isPermaLink="false">1</guid></item>',
        (f"<item><title>x</title><link>{base}guide/#gone-record</link></item>", Planted(
            "feed item", "data/facts.yml:2:", "no anchor '#gone-record' on 'guide'",
            "guide/#gone-record", other=False)),
        (f"<item><title>x</title><description>&lt;a href=\"{base}gone-rss/\"&gt;x&lt;/a&gt;"
         "</description></item>", Planted(
            "text of a feed item", "", "broken link to 'gone-rss'", "gone-rss/", other=False)),
        "</channel></rss>",
    ])  # fmt: skip
    to.file("site/feed.json", [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [',
        json.dumps({"id": "1", "url": f"{base}guide/#target"}) + ",",
        (json.dumps({"id": "2", "url": f"{base}gone-json/"}) + "]}", Planted(
            "JSON feed item", "", "broken link to 'gone-json'", "gone-json/", other=False)),
    ])  # fmt: skip
    to.file("site/sitemap.xml", [
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        f"<url><loc>{base}guide/</loc></url>",
        (f"<url><loc>{base}gone-sitemap/</loc></url>", Planted(
            "sitemap", "", "broken link to 'gone-sitemap'", "gone-sitemap/")),
        "</urlset>",
    ])  # fmt: skip
    packed = root / "site/sitemap.xml.gz"
    packed.write_bytes(gzip.compress((root / "site/sitemap.xml").read_bytes(), mtime=0))
    to.file("site/robots.txt", [
        "User-agent: *",
        (f"Sitemap: {base}gone-sitemap.xml", Planted(
            "robots.txt", "", "broken link to 'gone-sitemap.xml'", "gone-sitemap.xml",
            other=False)),
    ])  # fmt: skip
    to.file("site/llms.txt", [
        f"- [Guide]({base}guide/index.md): x",
        (f"- [Gone]({base}gone-llms/index.md): x", Planted(
            "llms.txt", "", "broken link to 'gone-llms/index.md'", "gone-llms/index.md",
            other=False)),
        "- [Start](guide/start/)",
    ])  # fmt: skip
    to.file("site/guide/index.md", [
        "# Guide V4",
        f"Read {base}guide/.",
        ("[x](gone-version.md)", Planted(
            "Markdown version", "docs/guide/index.md:1:",
            "broken link to 'guide/gone-version.md'", "guide/gone-version.md", other=False)),
        "[x](#guide-v4)",
    ])  # fmt: skip
    template = "{searchTerms}"
    to.file("site/opensearch.xml", [
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f'<Url type="text/html" template="{base}?q={template}"/>',
        (f"<Image>{base}gone-search.png</Image>", Planted(
            "OpenSearch", "", "broken link to 'gone-search.png'", "gone-search.png",
            other=False)),
        "</OpenSearchDescription>",
    ])  # fmt: skip
    to.file("site/search/search_index.json", [
        ('{"docs": [{"location": ""}, {"location": "guide/#target"}, '
         '{"location": "guide/#gone-found"}]}', Planted(
            "search result", "", "no anchor '#gone-found' on 'guide'", "guide/#gone-found",
            other=False)),
    ])  # fmt: skip
    to.file("site/cite.json", [
        ('[{"URL": "' + base + 'gone-csl/"}]', Planted(
            "citation file", "", "broken link to 'gone-csl'", "gone-csl/", other=False)),
    ])  # fmt: skip

    # Editions: one that is here, with its own pages, and one that is not.
    to.file("site/versions.json", [
        "[",
        '{"version": "2026.11", "title": "November", "aliases": []},',
        ('{"version": "2026.12", "title": "December", "aliases": []}', Planted(
            "edition", "", "broken link to '2026.12'", "2026.12/", other=False)),
        "]",
    ])  # fmt: skip
    to.file("site/2026.11/index.html", [
        '<!doctype html><html lang="en"><head><title>x</title></head><body>',
        '<a href="part/#here">x</a> <a href="../guide/#target">x</a>',
        ('<a href="gone-then/">x</a>', Planted(
            "page of an edition", "", "broken link to '2026.11/gone-then'",
            "2026.11/gone-then/")),
        ('<a href="part/#gone-then">x</a>', Planted(
            "anchor of an edition", "", "no anchor '#gone-then' on '2026.11/part'",
            "2026.11/part/#gone-then")),
        "</body></html>",
    ])  # fmt: skip
    put("site/2026.11/part/index.html",
        '<!doctype html><title>x</title><h1 id="here">x</h1><a href="../">x</a>\n')  # fmt: skip
    return out


def address(out: InsideSite, planted: Planted) -> str:
    """The full address that a fault asks for."""
    return planted.leads if "://" in planted.leads else urljoin(out.base, planted.leads)
