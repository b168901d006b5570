"""Addresses and ids of one file of a built site: HTML, SVG, CSS, JavaScript, XML, JSON and text.

Parsers are lxml's and tinycss2; what is ours is the list of places that hold an address.
"""

from __future__ import annotations

import bisect
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import tinycss2
from lxml import etree

from scripts.links.inside.content import Address, Content
from scripts.links.inside.leftovers import leftovers

HTML_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
# Never an entity or a DTD: these files may come from an edition or a pull request.
XML_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

_URL = {
    "href", "src", "poster", "data", "action", "formaction", "cite", "background", "longdesc",
    "manifest", "xlink:href", "data-src", "data-href",
}  # fmt: skip
_SRCSET = {"srcset", "imagesrcset"}
_META = re.compile(r"url|image|logo|player$|audio$|video$|config$", re.IGNORECASE)
_META_TEXT = re.compile(r"alt$|width$|height$|type$|color$", re.IGNORECASE)
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*(["'])((?:\.{1,2})?/[^"'\s]+)\1""")
_LOCATION = re.compile(r"""\blocation(?:\.href\s*=|\.replace\(|\s*=)\s*(["'])([^"']+)\1""")
_JSON_LD_KEYS = {
    "url", "contentUrl", "image", "logo", "thumbnailUrl", "downloadUrl", "item", "embedUrl",
}  # fmt: skip
_MARKDOWN = re.compile(r"(?<!\\)\]\(\s*<?(?P<url>[^)\s>]+)>?(?:\s+[\"'(][^)]*)?\)")
_MARKDOWN_HTML = re.compile(r"""<[a-zA-Z][^>]*?\b(?:href|src)=["'](?P<url>[^"']+)["']""")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_ID_TEXT = re.compile(r"""\b(?:id|name)=["']([^"'\s]+)["']""")
_FENCED = re.compile(r"^[ \t]*(```+|~~~+).*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)


def candidates(srcset: str) -> Iterator[str]:
    """Addresses of a ``srcset``; a comma may be part of an address, as in data: ones."""
    rest = srcset
    while rest := rest.lstrip(" \t\r\n,"):
        url, *after = rest.split(None, 1)
        rest = after[0] if after else ""
        if url.endswith(","):
            yield url.rstrip(",")
        else:
            yield url
            rest = rest.partition(",")[2]


def css(text: str, line: int = 1, inline: bool = False) -> Iterator[Address]:
    """Addresses of ``url()`` and ``@import``; ``line`` is where ``text`` starts in its file."""
    if "url(" not in text and "@import" not in text:
        return

    def walk(nodes: Iterable[Any]) -> Iterator[Address]:
        after_import = False
        for node in nodes:
            where = (node.source_line + line - 1, 1 if inline else node.source_column)
            if node.type == "url":
                yield Address(node.value, *where, "style")
            elif node.type == "function" and node.lower_name in {"url", "src"}:
                for part in node.arguments:
                    if part.type == "string":
                        yield Address(part.value, *where, "style")
            elif node.type == "string" and after_import:
                yield Address(node.value, *where, "style")
            for inner in ("arguments", "content"):
                yield from walk(getattr(node, inner, None) or ())
            if node.type != "whitespace":
                after_import = node.type == "at-keyword" and node.lower_value == "import"

    yield from walk(tinycss2.parse_component_value_list(text))


class _Lines:
    """Line and column of offsets in a text that starts on ``first`` of its file."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._first = first

    def place(self, offset: int) -> tuple[int, int]:
        before = bisect.bisect_left(self._ends, offset)
        start = self._ends[before - 1] + 1 if before else 0
        return before + self._first, offset - start + 1


def javascript(text: str, line: int = 1) -> Iterator[Address]:
    """Modules that a script imports by a relative or absolute path."""
    lines = _Lines(text, line)
    for match in _IMPORT.finditer(text):
        yield Address(match[2], *lines.place(match.start(2)), "script")


def _json_ld(value: Any, own: str, line: int, key: str = "") -> Iterator[Address]:
    """Addresses of our own site anywhere in JSON-LD, and relative ones where one is meant."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _json_ld(item, own, line, name)
    elif isinstance(value, list):
        for item in value:
            yield from _json_ld(item, own, line, key)
    elif isinstance(value, str) and key != "@context":
        absolute = value.startswith(own) and not re.search(r"\s", value)
        if absolute or (key in _JSON_LD_KEYS and ":" not in value.split("/")[0]):
            yield Address(value, line, 1, "JSON-LD", names_only=key == "@id")


_KINDS = {"a": "link", "script": "script", "img": "image"}
_XLINK = "{http://www.w3.org/1999/xlink}"


def _attributes(root: Any, line: int = 0, ids: set[str] | None = None) -> Iterator[Address]:
    """Addresses in the attributes of ``root`` and all below it; adds the ids to ``ids``.

    ``line``: where all of it stands, if ``root`` is not the file itself. One walk in Python: twice
    as fast as XPath with as many names.
    """
    for element in root.iter(etree.Element):
        tag = element.tag
        for name, value in element.items():
            if name == "id" or (name == "name" and tag in {"a", "map"}):
                if ids is not None:
                    ids.add(value)
                continue
            name = name.replace(_XLINK, "xlink:")
            where = line or element.sourceline or 1
            if name in _URL:
                unused = tag == "link" and re.search("preconnect|dns-", element.get("rel") or "")
                if not unused and tag != "base" and (name != "data" or tag == "object"):
                    yield Address(value, where, 1, _KINDS.get(tag, f"<{tag}>"))
            elif name in _SRCSET:
                for url in candidates(value):
                    yield Address(url, where, 1, "image")
            elif "url(" in value and not name.startswith(("data-", "on")):
                yield from css(value, where, inline=True)


def _embedded(element: Any, own: str, content: Content) -> Iterator[Address]:
    """What ``<style>``, ``<script>`` and ``<meta>`` hold."""
    line, text = element.sourceline or 1, element.text or ""
    if element.tag == "style":
        yield from css(text, line)
    elif element.tag == "script":
        kind = (element.get("type") or "").lower()
        if element.get("src") is not None:
            return
        if kind == "application/ld+json":
            try:
                yield from _json_ld(json.loads(text), own, line)
            except ValueError as error:
                content.broken.append((line, f"JSON-LD is not valid JSON: {error}"))
        elif kind == "importmap":
            try:
                for value in (json.loads(text).get("imports") or {}).values():
                    yield Address(value, line, 1, "script")
            except (ValueError, AttributeError) as error:
                content.broken.append((line, f"the import map is not valid: {error}"))
        elif kind in {"", "module", "text/javascript"}:
            yield from javascript(text, line)
            if "location" in text:
                lines = _Lines(text, line)
                for match in _LOCATION.finditer(text):
                    yield Address(match[2], *lines.place(match.start(2)), "redirect")
    else:
        value = (element.get("content") or "").strip()
        if (element.get("http-equiv") or "").lower() == "refresh":
            if match := _REFRESH.match(value):
                yield Address(match[1].strip(), line, 1, "redirect")
            return
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        is_name = _META.search(name) and not _META_TEXT.search(name)
        if value.startswith(own) or (
            is_name and value not in {"", "none"} and not re.search(r"\s", value)
        ):
            yield Address(value, line, 1, f"<meta> {name}".strip())


def html(data: bytes, own: str) -> Content:
    """An HTML page. ``own`` is the site's address, by which addresses in free text are known."""
    content = Content()
    root = etree.fromstring(data, HTML_PARSER) if data.strip() else None
    if root is None:
        content.broken.append((1, "the page is empty"))
        return content
    ids: set[str] = set()
    base = root.find(".//base[@href]")
    content.base = base.get("href") if base is not None else ""
    content.addresses.extend(_attributes(root, ids=ids))
    content.ids = frozenset(ids)
    for element in root.iter("style", "script", "meta"):
        content.addresses.extend(_embedded(element, own, content))
    content.leftovers.extend(leftovers(data, root))
    return content


def _local(element: Any) -> str:
    return etree.QName(element).localname


def xml(data: bytes, own: str) -> Content:
    """SVG, RSS, Atom, sitemap or OpenSearch description."""
    content = Content()
    try:
        root = etree.fromstring(data, XML_PARSER)
    except etree.XMLSyntaxError as error:
        content.broken.append((error.lineno or 1, f"not well-formed XML: {error.msg}"))
        return content
    found = content.addresses
    if _local(root) == "svg":
        ids: set[str] = set()
        found.extend(_attributes(root, ids=ids))
        for element in root.iter("{*}style"):
            found.extend(css(element.text or "", element.sourceline or 1))
        content.ids = frozenset(ids)
        return content
    for element in root.iter(etree.Element):
        line, text, tag = element.sourceline or 1, (element.text or "").strip(), _local(element)
        for name in ("href", "url", "src", "template"):
            if value := element.get(name):
                # OpenSearch: ``https://…/?q={searchTerms}``.
                found.append(Address(re.sub(r"\{[^}]*\}", "", value), line, 1, tag))
        if tag in {"guid", "id"} and element.get("isPermaLink") != "true":
            continue
        if tag in {"loc", "link", "guid", "url", "Image", "SearchForm", "icon", "logo"} and text:
            found.append(Address(text, line, 1, tag))
        elif tag in {"description", "content", "summary", "encoded"} and "<" in text:
            inner = etree.fromstring(text.encode(), HTML_PARSER)
            found.extend(_attributes(inner, line) if inner is not None else ())
        elif own in text:
            found.extend(_own_addresses(text, own, line))
    return content


def _own_addresses(text: str, own: str, line: int = 1) -> Iterator[Address]:
    """Addresses of our own site in running text, without the punctuation after them."""
    if own not in text:
        return
    lines = _Lines(text, line)
    pattern = re.compile(re.escape(own) + r"[^\s\"'<>`\\)\]}{|]*")
    for match in pattern.finditer(text):
        raw = re.split(r"&(?:quot|lt|gt|apos|#\d+);?", match[0])[0].rstrip(".,;:!?*_")
        yield Address(raw, *lines.place(match.start()), "address")


def slug(heading: str) -> str:
    """GitHub's anchor of a heading, without the number that tells equal ones apart."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"<[^>]+>", "", text).replace("`", "")
    text = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text)
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def markdown_ids(text: str) -> frozenset[str]:
    """Anchors that GitHub gives a Markdown file, with those written as HTML."""
    out: set[str] = set()
    seen: dict[str, int] = {}
    text = _FENCED.sub("", text)
    for match in _HEADING.finditer(text):
        name = slug(match[1])
        count = seen.get(name, 0)
        seen[name] = count + 1
        out.add(f"{name}-{count}" if count else name)
    return frozenset(out | set(_ID_TEXT.findall(text)))


def markdown(text: str, own: str) -> Content:
    """A Markdown version of a page: links, images, HTML, and our own address anywhere."""
    content = Content(ids=markdown_ids(text))
    bare = _FENCED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    lines = _Lines(text)
    for pattern in (_MARKDOWN, _MARKDOWN_HTML):
        for match in pattern.finditer(bare):
            place = lines.place(match.start("url"))
            content.addresses.append(Address(match["url"], *place, "link"))
    content.addresses.extend(_own_addresses(text, own))
    return content


def _strings(value: Any, keys: set[str], key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, keys, name)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, keys, key)
    elif isinstance(value, str) and key in keys:
        yield value


def json_file(name: str, text: str, own: str) -> Content:
    """A web manifest, JSON feed, mike's list of editions or MkDocs' search index; else as text."""
    content = Content()
    path = PurePosixPath(name)
    manifest = path.suffix == ".webmanifest" or path.name == "manifest.json"
    known = manifest or path.name in {"feed.json", "versions.json", "search_index.json"}
    if not known:
        content.addresses.extend(_own_addresses(text, own))
        return content
    try:
        value = json.loads(text)
    except ValueError as error:
        content.broken.append((1, f"not valid JSON: {error}"))
        return content

    lines = _Lines(text)

    def at(raw: str, kind: str) -> Address:
        offset = max(text.find(json.dumps(raw, ensure_ascii=False)), 0)
        return Address(raw, *lines.place(offset), kind)

    found = content.addresses
    if manifest:
        for raw in _strings(value, {"src", "start_url", "scope", "url", "action"}):
            found.append(at(raw, "web manifest"))
    elif path.name == "feed.json":
        keys = {"home_page_url", "feed_url", "url", "external_url", "image", "banner_image", "icon"}
        for raw in _strings(value, keys | {"favicon", "next_url"}):
            found.append(at(raw, "feed item"))
        for part in _strings(value, {"content_html"}):
            inner = etree.fromstring(part.encode(), HTML_PARSER)
            if inner is not None:
                found.extend(at(a.raw, "feed item") for a in _attributes(inner, 1))
        for raw in _strings(value, {"content_text", "summary"}):
            found.extend(at(a.raw, "feed item") for a in _own_addresses(raw, own))
    elif path.name == "versions.json":
        for raw in _strings(value, {"version", "aliases"}):
            found.append(Address(quote(raw) + "/", *at(raw, "").place, "edition"))
    else:
        content.base = "../"
        locations = {doc.get("location", "") for doc in value.get("docs", ())}
        found.extend(Address(raw, kind="search result") for raw in sorted(locations) if raw)
    return content


def contents(name: str, data: bytes, own: str) -> Content | None:
    """What the built file ``name`` holds; None if it is of no kind that holds addresses."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in {".html", ".htm"}:
        return html(data, own)
    if name.endswith(".xml.gz"):
        try:
            return xml(gzip.decompress(data), own)
        except (OSError, EOFError) as error:
            return Content(broken=[(1, f"not a gzip file: {error}")])
    if suffix in {".svg", ".xml", ".rss", ".atom"}:
        return xml(data, own)
    known = {".css", ".js", ".mjs", ".md", ".json", ".webmanifest", ".txt", ".bib", ".ris", ".csv"}
    if suffix not in known:
        return None
    text = data.decode("utf-8", errors="replace")
    if suffix == ".css":
        return Content(list(css(text)))
    if suffix in {".js", ".mjs"}:
        return Content(list(javascript(text)))
    if suffix == ".md" or PurePosixPath(name).name in {"llms.txt", "llms-full.txt"}:
        return markdown(text, own)
    if suffix in {".json", ".webmanifest"}:
        return json_file(name, text, own)
    if suffix == ".bib":
        text = re.sub(r"\\([#_%&~])", r"\1", text)  # BibTeX's escapes
    return Content(list(_own_addresses(text, own)))
