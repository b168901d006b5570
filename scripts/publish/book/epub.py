"""The book as EPUB 3, written by pandoc: it brings the navigation and splits at chapters."""

from __future__ import annotations

import copy
import re
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pypandoc
from lxml import etree
from lxml import html as lxml_html

from scripts.publish.book.gather import Chapter
from scripts.publish.book.whole import Imprint, body, imprint_html
from scripts.publish.figure_files import TOKENS, scheme
from scripts.sources.identity import AUTHOR, LICENSE_NAME, SITE_TITLE

_STYLES = Path(__file__).with_name("epub.css")


def _colored(svg: str, tokens: str) -> str:
    """A drawing for readers that know no variables."""
    colors = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", scheme(tokens, "default")))
    return re.sub(r"var\(--([\w-]+)\)", lambda m: colors.get(m[1], colors["ink"]), svg)


def _drawings(chapter: Chapter, tokens: str, folder: Path) -> Chapter:
    """Drawings as files of their own, with their title in words in their place."""
    whole = copy.deepcopy(chapter.body)
    for number, svg in enumerate(whole.xpath(".//svg"), start=1):
        words = " ".join(svg.xpath("string(./title)").split())
        name = f"{chapter.id}-{number}.svg"
        box = (svg.get("viewbox") or svg.get("viewBox") or "0 0 700 400").split()
        svg.set("width", box[2])
        svg.set("height", box[3])
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        tail, svg.tail = svg.tail, None
        # lxml's reader of HTML writes names small; those of SVG are as they are.
        text = etree.tostring(svg, encoding="unicode").replace("viewbox=", "viewBox=")
        (folder / name).write_text(_colored(text, tokens), encoding="utf-8")
        picture = lxml_html.fromstring(f'<img src="{name}" alt="{escape(words)}">')
        picture.tail = tail
        svg.getparent().replace(svg, picture)
    for element in whole.iter(etree.Element):
        for attribute in [a for a in element.attrib if a.startswith(("data-", "aria-"))]:
            del element.attrib[attribute]
        if element.tag in {"data", "time"}:
            element.tag = "span"
            element.attrib.pop("value", None)
            element.attrib.pop("datetime", None)
    return Chapter(chapter.part, chapter.title, chapter.id, whole)


def _open(chapter: Chapter) -> str:
    """A chapter without the element around it: pandoc divides a book at headings that stand by
    themselves, and a reader on a small device opens one chapter and not a part."""
    heading = next(chapter.body.iter("h2"))
    # Behind the heading: what stands in it would be in the list of contents as well.
    place = lxml_html.Element("div", id=chapter.id)
    place.tail, heading.tail = heading.tail, None
    heading.getparent().insert(heading.getparent().index(heading) + 1, place)
    return (chapter.body.text or "") + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in chapter.body
    )


def write(chapters: Sequence[Chapter], said: Imprint, docs: Path, into: Path) -> None:
    """Raises RuntimeError where pandoc fails."""
    tokens = (docs / TOKENS).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        drawn = [_drawings(chapter, tokens, folder) for chapter in chapters]
        text = (
            f"<html><head><title>{SITE_TITLE}</title></head><body>"
            f'<h1 id="imprint">This edition</h1>{imprint_html(said)}{body(drawn, _open)}'
            "</body></html>"
        )
        (folder / "book.html").write_text(text, encoding="utf-8")
        metadata = {
            "title": SITE_TITLE, "author": AUTHOR, "lang": "en-US", "date": said.day,
            "rights": LICENSE_NAME, "identifier": f"{said.url}#{said.edition}",
            "subtitle": said.version,
        }  # fmt: skip
        pypandoc.convert_file(
            str(folder / "book.html"), "epub3", format="html", outputfile=str(into.resolve()),
            extra_args=[
                "--split-level=2", "--toc", "--toc-depth=2", f"--resource-path={folder}",
                f"--css={_STYLES}",
                *(f"--metadata={key}:{value}" for key, value in metadata.items()),
            ],
        )  # fmt: skip
