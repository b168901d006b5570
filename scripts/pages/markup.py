"""What HTML a contribution may bring: words and their form, and nothing that acts.

Pages and records are written by many and end up on one origin. So scripts, handlers, frames,
forms, styles, addresses that run and pictures of other hosts are refused where they are typed
(:func:`in_text`, :func:`in_value`), and looked for once more in what became of a page
(:func:`in_built`), whatever way they came there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import defs

TAGS = {
    "a", "abbr", "b", "bdi", "br", "cite", "code", "dd", "del", "details", "dfn", "div", "dl",
    "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    "var", "wbr", "h1",
}  # fmt: skip
"""Tags that a page may hold as HTML."""
ATTRIBUTES = {
    "alt", "class", "colspan", "datetime", "dir", "height", "href", "id", "lang", "markdown",
    "open", "role", "rowspan", "scope", "src", "start", "title", "width", "download", "hreflang",
}  # fmt: skip
"""Attributes of HTML and of attribute lists; those that begin with 'aria-', too."""
SCHEMES = {"http", "https", "mailto"}

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+)(?P<end>>?)"
)
_ODD = re.compile(r"<!(?!--)|<\?|<!-->|<!--->|--!>")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)\s*(?:=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+))?"""
)
_LIST = re.compile(r"(?<!\{)\{(?!\{):?[ \t]*(?P<body>[^{}\n%#=][^{}\n]*|#[^#{}\n][^{}\n]*)\}")
_LINK = re.compile(r"\]\(\s*<?(?P<url>[^)\s]*(?:[ \t]+(?![\"'(])[^)\s]*)*)")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:\s*<?(?P<url>\S+)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*<?(?P<url>[^)\s>]+)")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|(?i:\blorem ipsum\b)")
"""A text that says of itself that it is not finished."""
_ANGLE = re.compile(r"<(?=[a-zA-Z/!?])/?(?P<name>[a-zA-Z!?][^\s/>]*)?(?P<rest>[^>]*)")
_SUSPECT = re.compile(
    r"[<{\[【［&\n\x00-\x1f\x7f\u00ad\u200b-\u206f\ufeff]|TODO|FIXME|XXX|TBD|lorem|script|data\s*:",
    re.IGNORECASE,
)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
REMEDY = "write it in Markdown, or put it in `code` if it is meant as an example"


def scheme_of(address: str) -> str:
    """What a browser takes for the scheme of an address; empty if it has none."""
    plain = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\ufeff\\]", "", html.unescape(address))
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    return match[1].lower() if match else ""


def _address(url: str) -> str:
    scheme = scheme_of(url)
    if scheme and scheme not in SCHEMES:
        return f"an address that begins with '{scheme}:' is not published; link with https"
    return ""


def _attributes(text: str) -> Iterator[str]:
    for match in _ATTRIBUTE.finditer(text):
        name, value = match["name"].lower(), (match["value"] or "").strip("\"'")
        if name.startswith((".", "#")):
            continue
        if name.startswith("on"):
            yield f"the event handler '{name}' is not published; take it out"
        elif name not in ATTRIBUTES and not name.startswith("aria-"):
            yield f"the attribute '{name}' is not published; take it out"
        elif name in {"href", "src"} and (said := _address(value)):
            yield said
        elif name == "src" and _remote(value):
            yield "a picture of another host; put it below docs/assets/"
        elif name == "class" and re.search(r"(?:^|\s)md-", value):
            yield "a class of the theme ('md-...'); use one of docs/assets/stylesheets"


def _remote(url: str) -> bool:
    return bool(scheme_of(url)) or html.unescape(url).strip().replace("\\", "/").startswith("//")


def odd_comments(text: str) -> Iterator[tuple[int, str]]:
    """Offset and words for what browsers end a comment at, and Markdown does not."""
    for match in _ODD.finditer(text):
        yield match.start(), f"'{match[0]}' is no HTML of a page; take it out"


def in_text(text: str) -> Iterator[tuple[int, str]]:
    """Offset and words for all that a page must not bring; ``text`` has its code blanked."""
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if re.match(r"[a-z][a-z0-9+.-]*:|[^\s@<>]+@", name):  # <https://...>, <me@example.org>
            if said := _address(match["name"] + match["rest"]):
                yield match.start(), said
        elif name not in TAGS:
            yield match.start(), f"the tag <{name[:40]}> is not published; {REMEDY}"
        elif not match["end"]:
            yield match.start(), f"the tag <{name}> is not closed by '>'"
        elif not match["close"]:
            for said in _attributes(match["rest"]):
                yield match.start(), said
            if re.search(r"=\s*[^\s\"'>]", re.sub(r"\"[^\"]*\"|'[^']*'", "''", match["rest"])):
                yield match.start(), "a value without quotes in an HTML tag; put it in quotes"
    for match in _LIST.finditer(text):
        for said in _attributes(match["body"]):
            if "=" in match["body"]:
                yield match.start(), said
    for pattern in (_LINK, _DEFINITION):
        for match in pattern.finditer(text):
            if said := _address(match["url"]):
                yield match.start("url"), said
    for match in _IMAGE.finditer(text):
        if _remote(match["url"]):
            yield match.start("url"), "a picture of another host; put it below docs/assets/"
    for match in INVISIBLE.finditer(text):
        yield match.start(), f"an invisible character (U+{ord(match[0]):04X}); take it out"
    for match in UNFINISHED.finditer(text):
        yield match.start(), f"'{match[0]}': not finished; write it, or leave it out"


def html_in(text: str) -> str:
    """Which HTML stands in a text that is words only; empty if there is none.

    A word in angle brackets that is no tag of HTML, such as the name of a token, is a word.
    """
    for match in _ANGLE.finditer(text):
        name = (match["name"] or "").lower()
        if match["rest"] or not re.fullmatch(r"[a-z_]+", name) or name in defs.tags:
            return f"HTML ('{match[0][:40]}'); write it in words"
    return ""


def in_value(text: str, lines: bool = False) -> str:
    """Why a value of a record, or of front matter, cannot be published; empty if it can.

    It is put into sentences, cells and attributes: it is words in one line, with no markup but
    emphasis and code.
    """
    if not _SUSPECT.search(text):  # nearly all of some thousand values
        return ""
    if match := INVISIBLE.search(text):
        return f"an invisible character (U+{ord(match[0]):04X}); take it out"
    if "\n" in text.strip() and not lines:
        return "more than one line; write it in one"
    if said := html_in(text):
        return said
    outside = _CODE.sub("", text)
    if re.search(r"\{\{|\{%|\{##", text):
        return "a macro; records are not expanded"
    if re.search(r"\{\s*[:.#]|\{[^{}]*=[^{}]*\}", outside):
        return "an attribute list ('{ ... }'); take it out"
    if re.search(r"!\[", outside):
        return "a picture; put it in a page"
    if re.search(r"[\[【［]\s*[@＠]", outside):
        return "a citation; name the source under 'sources'"
    for match in _LINK.finditer(outside):
        if said := _address(match["url"]):
            return said
    if scheme_of(text) in {"javascript", "data", "vbscript"} and " " not in text.strip():
        return f"an address that begins with '{scheme_of(text)}:'; write it in words"
    if match := re.search(r"&#?\w+;", outside):
        return f"a code of HTML ('{match[0][:40]}'); write the sign itself"
    if match := UNFINISHED.search(text):
        return f"'{match[0]}': not finished; write it, or leave the field out"
    return ""


_ACTS = {
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "base", "meta",
    "link", "portal", "foreignobject", "animate", "set", "animatetransform", "animatemotion",
    "handler", "noscript", "template", "marquee", "dialog", "plaintext", "xmp", "noembed",
}  # fmt: skip
_LEADS = {"href", "src", "action", "formaction", "data", "poster", "background", "{x}href", "cite"}


def in_built(content: str) -> list[str]:
    """What acts in the HTML that a page has become; words for each kind, once."""
    if not content.strip():
        return []
    try:
        root = etree.fromstring(content, etree.HTMLParser(huge_tree=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        return [f"what the page becomes cannot be read as HTML: {error}"]
    found: dict[str, None] = {}
    for element in root.iter(etree.Element) if root is not None else ():
        tag = str(element.tag).lower()
        if tag in _ACTS:
            found[f"the page would hold <{tag}>, which acts"] = None
        for name, value in element.items():
            name = name.lower().rpartition("}")[2].rpartition(":")[2]
            if name.startswith("on") or name == "srcdoc":
                found[f"the page would hold the attribute '{name}', which acts"] = None
            elif name in _LEADS and (said := _address(value)):
                found[said] = None
            elif name == "src" and _remote(value):
                found["the page would hold a picture or file of another host"] = None
    return list(found)
