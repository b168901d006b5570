"""The pages of a built site as the chapters of one text, in the order of the menu.

What only works on a screen goes: tools (their static version stays), files of figures, ways back
and forth. What was folded is opened; a link to another chapter stays within the book, any other
leads to the site.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

_OUT = (
    "headerlink", "fig-line", "fig-narrow", "explorer-live", "page-terms", "cite-page",
    "md-content__button", "asof-form", "copy-link", "ways-in", "ways", "ref-beside",
    "records-filter", "take-along",
)  # fmt: skip
_ATTRIBUTES = ("tabindex", "role", "name", "data-search-exclude", "data-explorer", "data-facts")
_NAMED = ("aria-labelledby", "aria-describedby", "headers", "for")


@dataclass(frozen=True)
class Place:
    """A page and where it belongs: its address from the top of the site, and its part."""

    url: str
    part: str


@dataclass(frozen=True)
class Chapter:
    part: str
    title: str
    id: str
    body: lxml_html.HtmlElement


def slug(url: str) -> str:
    """The id of a chapter: an address as one word."""
    return "p-" + (re.sub(r"[^a-z0-9]+", "-", url.lower()).strip("-") or "home")


def _classes(element: lxml_html.HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _clean(body: lxml_html.HtmlElement) -> None:
    for element in [*body.iter(etree.Comment), *body.iter("script", "form", "input", "button")]:
        element.drop_tree()
    for element in [one for one in body.iter(etree.Element) if _classes(one) & set(_OUT)]:
        if element.getparent() is not None:
            element.drop_tree()
    for notes in body.xpath('//details[contains(@class, "ref-notes")]'):
        notes.drop_tree()
    for uses in body.xpath('//span[@class="ref-uses"]'):
        _places(uses)
    for section in body.xpath('//section[contains(@class, "explorer")]'):
        if not section.text_content().strip() and not section.xpath(".//svg"):
            section.drop_tree()
    for details in body.xpath("//details"):
        details.tag = "div"
        details.attrib.clear()
        details.set("class", "unfolded")
        for summary in details.xpath("./summary"):
            summary.tag = "p"
            summary.set("class", "unfolded-title")
    for element in body.iter(etree.Element):
        for name in _ATTRIBUTES:
            if element.tag != "svg" or name != "role":
                element.attrib.pop(name, None)
    for frame in body.xpath('//div[contains(@class, "table-wrap")]'):
        frame.attrib.pop("aria-label", None)


def _places(uses: lxml_html.HtmlElement) -> None:
    """Of "cited at ↩, Table 7, all uses" the places in the source."""
    named = [link.text_content().strip() for link in uses.xpath(".//a")]
    places = list(dict.fromkeys(name for name in named if name not in {"↩", "all uses", ""}))
    for child in list(uses):
        uses.remove(child)
    uses.text = f"At: {'; '.join(places)}." if places else ""


def _shift(body: lxml_html.HtmlElement) -> None:
    """A page's title is a chapter's below that of its part."""
    for level in (5, 4, 3, 2, 1):
        for heading in body.iter(f"h{level}"):
            heading.tag = f"h{level + 1}"


def _own_ids(body: lxml_html.HtmlElement, prefix: str) -> None:
    """Ids get the chapter's name: several pages have a heading "short"."""
    for element in body.iter(etree.Element):
        if name := element.get("id"):
            element.set("id", f"{prefix}--{name}")
        for attribute in _NAMED:
            if names := element.get(attribute):
                element.set(attribute, " ".join(f"{prefix}--{one}" for one in names.split()))
        for attribute, value in element.attrib.items():
            if "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{prefix}--"))


def _links(
    body: lxml_html.HtmlElement, url: str, base: str, inside: dict[str, str], there: set[str]
) -> None:
    own = urljoin(base, url)
    for link in body.iter("a"):
        target = link.get("href")
        if target is None:
            continue
        whole = urljoin(own, target)
        page, _, anchor = whole.partition("#")
        path = page.removeprefix(base)
        if page.startswith(base) and path in inside and not urlsplit(page).query:
            name = f"{inside[path]}--{anchor}" if anchor else inside[path]
            if name not in there:  # a note on a source is told at the source itself
                shorter = re.sub(r"\.\d+$", "", name)
                name = shorter if shorter in there else inside[path]
            link.set("href", f"#{name}")
        else:
            link.set("href", whole)


def chapters(site: Path, places: Sequence[Place], base: str) -> list[Chapter]:
    """``site``: the built site; ``base``: its address, which links out of the book lead to."""
    inside = {place.url: slug(place.url) for place in places}
    found: list[tuple[Place, Chapter]] = []
    for place in places:
        tree = lxml_html.fromstring((site / place.url / "index.html").read_bytes())
        body = copy.deepcopy(tree.xpath("//article")[0])
        body.tag, name = "section", inside[place.url]
        body.attrib.clear()
        _clean(body)
        _own_ids(body, name)
        _shift(body)
        body.set("id", name)
        titles = body.xpath(".//h2")
        title = titles[0].text_content().strip() if titles else place.part
        found.append((place, Chapter(place.part, title, name, body)))
    there = {
        element.get("id")
        for _, chapter in found
        for element in chapter.body.iter(etree.Element)
        if element.get("id")
    }
    for place, chapter in found:
        _links(chapter.body, place.url, base, inside, there)
        for dead in chapter.body.xpath(".//a[not(@href) and not(normalize-space())]"):
            dead.drop_tag()
    return [chapter for _, chapter in found]
