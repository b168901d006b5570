"""What a fetched page says: title, visible text, anchors, whether scripts may add to it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree, html

from scripts.links.outside import walls

LONGEST_TEXT = 20_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head"})
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "ascii": "cp1252"}
"""Encodings that browsers read as larger ones, for pages that claim the smaller."""


@dataclass(frozen=True)
class Content:
    """What is of use of an HTML page or a plain text."""

    title: str = ""
    text: str = ""
    """At most LONGEST_TEXT characters, white space collapsed."""
    anchors: frozenset[str] = frozenset()
    scripts: bool = False
    wall: str = ""
    """Whose wall against robots it is."""
    parked: bool = False
    sends_on: str = ""
    """Where a refresh or a script leads its visitors, as written."""


def _collapse(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def decode(body: bytes, content_type: str) -> str:
    """The text of a page: encoding of the header, else of the page, else UTF-8."""
    header = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    inside = _CHARSET.search(body[:4096])
    names = [header[1] if header else "", inside[1].decode("ascii") if inside else ""]
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names.insert(0, "utf-16")
    for name in filter(None, names):
        try:
            known = codecs.lookup(name).name
            return body.decode(_WIDER.get(known, known), errors="replace")
        except (LookupError, UnicodeError):  # not an encoding, or not one of text
            continue
    return body.decode("utf-8", errors="replace")


def _visible(tree: html.HtmlElement) -> str:
    parts: list[str] = []
    length = 0
    skip: html.HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        hidden = not isinstance(element.tag, str) or element.tag in _UNSEEN
        said = None
        if event == "start" and skip is None:
            if hidden:
                skip = element
            else:
                said = element.text
        elif event == "end" and skip in {None, element}:
            skip, said = None, element.tail
        if said and said.strip():
            parts.append(said)
            length += len(said)
        if length > 4 * LONGEST_TEXT:
            break
    return _collapse(" ".join(parts))[:LONGEST_TEXT]


def read(body: bytes, content_type: str) -> Content:
    """Content of an HTML page or plain text; whatever cannot be read comes empty."""
    text = decode(body, content_type)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return Content(text=_collapse(text[: 4 * LONGEST_TEXT])[:LONGEST_TEXT])
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Content()
    title = tree.find(".//title")
    anchors = {value for value in tree.xpath("//@id") if value}
    anchors |= {value for value in tree.xpath("//a/@name") if value}
    named = _collapse(title.text_content())[:500] if title is not None else ""
    seen = _visible(tree)
    return Content(
        title=named,
        text=seen,
        anchors=frozenset(map(str, anchors)),
        scripts=tree.find(".//script") is not None,
        wall=walls.of_page(text, seen),
        parked=walls.parked(text, named, seen),
        sends_on=_refresh(tree) or walls.script_target(text, seen),
    )


def _refresh(tree: html.HtmlElement) -> str:
    for element in tree.iterfind(".//meta"):
        if (element.get("http-equiv") or "").strip().lower() == "refresh":
            return walls.refresh_target(element.get("content") or "")
    return ""
