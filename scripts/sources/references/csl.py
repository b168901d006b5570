"""CSL-JSON as importers know it: what pandoc makes of BibLaTeX, mended.

pandoc knows fewer conventions than BibLaTeX has, and importers fewer types than CSL: one type that
Zotero's list lacks, and it refuses the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]

LANGUAGES = {
    "chinese": "zh-CN", "korean": "ko-KR", "japanese": "ja-JP", "english": "en-US",
    "spanish": "es-ES", "german": "de-DE", "french": "fr-FR", "russian": "ru-RU",
}  # fmt: skip
"""babel's names, of which pandoc knows some."""

OTHERS = {"literal": "et al."}
"""CSL has no mark for authors who are not named; as a name it is printed where it belongs."""

LISTS = {"publisher", "institution", "organization", "location"}
"""Fields that BibLaTeX splits at the word "and"."""

TITLES = {"title", "subtitle", "titleaddon", "booktitle"}
"""Fields that styles set in small letters, whatever was typed."""

SOFTWARE = "Computer software"
_LOWER_NAME = re.compile(r"(?<![\w/.-])[a-z][\w.+-]*[/\d_][\w./+-]*|\A[a-z][\w.+-]*")


def whole(name: str, value: str) -> str:
    """The value of a field in braces where it would be split though it is one name."""
    split = name in LISTS and re.search(r"\sand\s", value)
    return f"{{{value}}}" if split else value


def _author(name: Mapping[str, Any]) -> Mapping[str, Any]:
    if "others" in (name.get("literal"), name.get("family")):
        return OTHERS
    if "dropping-particle" in name:  # 'de Jong' is sorted and cited with its 'de'
        rest = {key: value for key, value in name.items() if key != "dropping-particle"}
        return {"non-dropping-particle": name["dropping-particle"], **rest}
    return name


def _typed(item: Item, kind: str) -> Item:
    """With a type that importers know and that says the same."""
    if kind == "software":
        return {**item, "type": "webpage", "genre": SOFTWARE}
    if kind == "legislation":  # as a law, styles leave out who made it
        agency = item.get("publisher", "").rpartition("; ")[2]  # two fields name the same gazette
        rest = {"publisher": agency} if agency else {}
        return {**item, **rest, "type": "report", "genre": "Rule"}
    site = item.get("container-title")
    if item["type"] == "article-journal" and site in {None, "arXiv"}:  # a preprint
        rest = {key: value for key, value in item.items() if key != "container-title"}
        return {**rest, "type": "article"} | ({"publisher": site} if site else {})
    return item


def mended(item: Item, kind: str) -> Item:
    """``kind``: type of its entry in ``references.bib``."""
    item = _typed(item, kind)
    if "author" in item:
        item["author"] = [dict(_author(name)) for name in item["author"]]
    if "issued" in item:  # a range without end ends in no year; programs print it as 0
        parts = [part for part in item["issued"]["date-parts"] if part != [0]]
        item["issued"] = {**item["issued"], "date-parts": parts}
    if "language" in item:
        item["language"] = LANGUAGES.get(item["language"], item["language"])
    if "DOI" in item and "URL" not in item:
        item["URL"] = f"https://doi.org/{item['DOI']}"
    return item


def with_case_kept(item: Item) -> Item:
    """With names that begin with a small letter marked, or styles would give them a capital."""
    marked = _LOWER_NAME.sub(r'<span class="nocase">\g<0></span>', item["title"])
    return {**item, "title": marked}
