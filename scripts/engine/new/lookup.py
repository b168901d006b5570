"""What a source says of itself: asked of arXiv, Crossref, or the page at its address.

Only what stands there is taken over, as a proposal; what does not is asked for. Without a network
nothing is found, and all is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from lxml import etree, html

from scripts.sources.references.addresses import url_problem

MOST = 3_000_000
"""Bytes that are read of one answer."""
SECONDS = 15
_ARXIV = re.compile(
    r"(?:arxiv:|https?://arxiv\.org/(?:abs|pdf)/)?(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?\Z"
)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)
_ATOM = "{http://www.w3.org/2005/Atom}"
_STOP = {"a", "an", "the", "on", "of", "in", "for", "and", "to", "with", "from", "towards", "how"}


class NotFound(Exception):
    """Nothing could be learned; ``args`` say why."""


@dataclass(frozen=True)
class Services:
    """Where is asked; others in tests."""

    arxiv: str = "https://export.arxiv.org/api/query?id_list="
    crossref: str = "https://api.crossref.org/works/"


def _get(client: httpx.Client, address: str) -> bytes:
    try:
        with client.stream("GET", address) as answer:
            if answer.status_code != 200:
                raise NotFound(f"{urlsplit(address).netloc} answers {answer.status_code}")
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > MOST:
                    break
            return body[:MOST]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotFound(f"{urlsplit(address).netloc} cannot be reached ({error})") from None


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def _name(family: str, given: str = "") -> str:
    """A person as 'Family, Given'; without a given name as an organization."""
    family, given = _words(family).replace("{", "").replace("}", ""), _words(given)
    return f"{family}, {given}" if given else f"{{{family}}}"


def _in_order(name: str) -> str:
    """'Family, Given' of a name as it is spoken; one word is an organization."""
    if "," in name:
        return _words(name)
    given, _, family = _words(name).rpartition(" ")
    return _name(family, given)


def _of_arxiv(body: bytes, number: str) -> dict[str, str]:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        entry = etree.fromstring(body, parser).find(f"{_ATOM}entry")
    except etree.XMLSyntaxError:
        entry = None
    if entry is None or entry.find(f"{_ATOM}author") is None:
        raise NotFound(f"arXiv knows no {number}")
    names = [_in_order(name.text or "") for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")]
    return {
        "type": "report",
        "author": " and ".join(names),
        "title": _words(entry.findtext(f"{_ATOM}title")),
        "date": (entry.findtext(f"{_ATOM}published") or "")[:10],
        "url": f"https://arxiv.org/abs/{number}",
    }


_TYPES = {"journal-article": "article", "proceedings-article": "inproceedings", "book": "book",
          "report": "report", "dataset": "dataset"}  # fmt: skip


def _of_crossref(answer: Any, doi: str) -> dict[str, str]:
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict) or not work.get("title"):
        raise NotFound(f"Crossref knows no title of {doi}")
    names = [
        _name(person.get("family") or person.get("name") or "", person.get("given") or "")
        for person in work.get("author") or []
        if person.get("family") or person.get("name")
    ]
    parts = (work.get("issued") or {}).get("date-parts") or [[]]
    date = "-".join(f"{part:02d}" for part in parts[0] if isinstance(part, int))
    return {
        "type": _TYPES.get(str(work.get("type")), "misc"),
        "author": " and ".join(names),
        "title": _words(str(work["title"][0])),
        "date": date,
        "url": f"https://doi.org/{doi}",
    }


def _metas(tree: Any, *names: str) -> Iterator[str]:
    """Contents of the first of these tags of the head that there is."""
    for name in names:
        found = tree.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
        if values := [_words(value) for value in found if _words(value)]:
            yield from values
            return


def _of_page(body: bytes, address: str) -> dict[str, str]:
    try:
        tree = html.document_fromstring(body)
    except (etree.LxmlError, ValueError, AssertionError):
        raise NotFound("no page of HTML stands there") from None
    people = list(_metas(tree, "citation_author", "author", "article:author"))
    sites = list(_metas(tree, "og:site_name"))
    names = [_in_order(name) for name in people if not name.startswith("http")]
    title = next(_metas(tree, "citation_title", "og:title"), "") or _words(
        tree.findtext(".//title")
    )
    given = next(_metas(tree, "citation_publication_date", "citation_date",
                        "article:published_time", "date"), "")  # fmt: skip
    date = re.match(r"\d{4}(?:[-/]\d\d){0,2}(?![\d])", given)
    return {
        "type": "online",
        "author": " and ".join(names) or (_name(sites[0]) if sites else ""),
        "title": title,
        "date": date[0].replace("/", "-") if date else "",
        "url": address,
    }


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def key(found: dict[str, str]) -> str:
    """Author or organization, year and a word of the title, as keys are made here."""
    first = found.get("author", "").split(" and ")[0]
    whole = first.strip("{}") if first.startswith("{") else first.partition(",")[0]
    year = found.get("date", "")[:4]
    words = (_plain(word) for word in found.get("title", "").split())
    word = next((word for word in words if word and word not in _STOP), "")
    return f"{_plain(whole)}{year}{word}" if whole and year and word else ""


def about(text: str, services: Services | None = None) -> dict[str, str]:
    """Answers by the names of the questions for a source. Raises NotFound."""
    services, text = services or Services(), text.strip()
    headers = {"User-Agent": "deepseek-v4-explained (new source)"}
    with httpx.Client(timeout=SECONDS, follow_redirects=True, headers=headers) as client:
        if arxiv := _ARXIV.match(text):
            found = _of_arxiv(_get(client, f"{services.arxiv}{arxiv[1]}"), arxiv[1])
        elif doi := _DOI.match(text):
            body = _get(client, f"{services.crossref}{quote(doi[1], safe='')}")
            try:
                found = _of_crossref(json.loads(body), doi[1])
            except ValueError:
                raise NotFound("Crossref answers no JSON") from None
        elif text.startswith(("http://", "https://")):
            found = _of_page(_get(client, text), text)
        else:
            raise NotFound(f"'{text}' is no address, DOI or arXiv id")
    found = {name: value for name, value in found.items() if value}
    if url_problem(found.get("url", "")):
        found.pop("url", None)
    if known := key(found):
        found["key"] = known
    return found
