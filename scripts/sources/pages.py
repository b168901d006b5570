"""The pages as typed: front matter, text without code, links; lines and columns are kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.problems import relative
from scripts.sources import yaml12
from scripts.sources.text import NotText, text_of

_FENCE = re.compile(r"^[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HOLDER = re.compile(r"[ \t]{0,3}(?:[-*+][ \t]|\d+[.)][ \t]|[!?]{3}|===|:[ \t]|\[\^|<)")
"""Begins what goes on in indented lines: an item, a note, a tab, a definition, HTML."""
_HTML_CODE = re.compile(
    r"<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def without_fences(text: str) -> str:
    """``text`` with fenced code blanked; every other character keeps its place."""
    out, closing = [], None
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line.rstrip("\n"))
        if closing is None and match:
            closing = match["fence"]
            out.append(_blank(line))
        elif closing is not None:
            out.append(_blank(line))
            if match and match["fence"].startswith(closing) and not match["info"].strip():
                closing = None
        else:
            out.append(line)
    return "".join(out)


def unclosed_fence(text: str) -> int:
    """Line of a block of code that nothing closes; 0 if all are closed."""
    closing, opened = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        match = _FENCE.match(line)
        if match and not closing:
            closing, opened = match["fence"], number
        elif match and match["fence"].startswith(closing) and not match["info"].strip():
            closing = ""
    return opened if closing else 0


_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}", re.DOTALL)


def blanked(body: str) -> str:
    """A page's body without its macros; every other character keeps its place."""
    return _JINJA.sub(lambda match: _blank(match[0]), body)


def without_indented(text: str) -> str:
    """``text`` with code blanked that is code for its indentation alone.

    What stands below an item, a note or a tab is indented as well, and is no code.
    """
    out, holds, before = [], False, True
    code = False
    for line in text.splitlines(keepends=True):
        empty = not line.strip()
        indented = line.startswith(("    ", "\t"))
        if not empty and not indented:
            holds, code = bool(_HOLDER.match(line)) or (holds and not before), False
        elif not empty:
            code = not holds and (before or code)
        out.append(_blank(line) if code and not empty else line)
        before = empty
    return "".join(out)


def without_code(text: str, comments: bool = False) -> str:
    """``text`` with code of all kinds blanked; every character keeps its place.

    Comments are blanked as well, unless they are asked for.
    """
    text = without_indented(without_fences(text))
    if not comments:
        text = _COMMENT.sub(lambda m: _blank(m[0]), text)
    return without_spans(text)


def without_spans(text: str) -> str:
    """``text`` with code spans blanked; one never crosses a blank line."""
    parts = re.split(r"(\n[ \t]*\n)", text)
    return "".join(_INLINE_CODE.sub(lambda m: _blank(m[0]), part) for part in parts)


def _no_front_matter(text: str) -> str:
    """Why a page has none."""
    if re.match(r"\s*---[ \t]*(?:\n|\Z)", text):
        if not text.startswith("---"):
            return "front matter begins on the first line of the file; take out what is above it"
        return "front matter is not closed; put a line '---' below its last field"
    return "front matter is missing; start the page with '---', title, description"


def _date(value: Any) -> Any:
    """A day of the calendar as such; anything else stays as it was typed."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path
    text: str
    root: Path
    unreadable: NotText | None = None
    """Why its text stands here with replacements, or not at all."""

    @property
    def file(self) -> str:
        return relative(self.path, self.root)

    @cached_property
    def _front_matter(self) -> dict[str, Any] | tuple[int, str]:
        match = _FRONT_MATTER.match(self.text)
        if not match:
            return (1, _no_front_matter(self.text))
        try:
            document = yaml12.read(match[1])
        except yaml12.YamlError as error:
            return (error.line + 1, f"front matter is not valid YAML: {error.message}")
        if document.twice:
            line, _, words = document.twice[0]
            return (line + 1, f"front matter: {words}")
        content = document.content
        if not isinstance(content, dict):
            return (1, "front matter must be a mapping such as 'title: ...'")
        return {name: _date(value) for name, value in content.items()}

    @property
    def front_matter_error(self) -> tuple[int, str] | None:
        """Line and reason if the front matter is not a mapping of valid YAML."""
        found = self._front_matter
        return found if isinstance(found, tuple) else None

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter; empty if it cannot be read."""
        found = self._front_matter
        return {} if isinstance(found, tuple) else found

    @property
    def typed(self) -> str:
        """Text behind the front matter, as typed."""
        match = _FRONT_MATTER.match(self.text)
        return self.text[match.end() :].lstrip("\n") if match else self.text

    @cached_property
    def body(self) -> str:
        """Text without front matter and code, every character in its place."""
        return _blank(self.text[: self._front]) + without_code(self.text[self._front :])

    @property
    def commented(self) -> str:
        """As ``body``, with comments."""
        return _blank(self.text[: self._front]) + without_code(self.text[self._front :], True)

    @property
    def _front(self) -> int:
        """Where the front matter ends."""
        match = _FRONT_MATTER.match(self.text)
        return match.end() if match else 0

    def line_of(self, name: str) -> int:
        """Line of a field of the front matter; 1 if it is not there."""
        front = self.text[: len(self.text) - len(self.typed)]
        match = re.search(rf"^{re.escape(name)}[ \t]*:", front, re.MULTILINE)
        return front.count("\n", 0, match.start()) + 1 if match else 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of a character."""
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def pages(docs: Path, root: Path) -> Iterator[Page]:
    """Every page below ``docs``, sorted. A file that is not UTF-8 comes with its text replaced."""
    for path in sorted(docs.rglob("*.md")):
        try:
            yield Page(path, text_of(path), root)
        except NotText as error:
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            yield Page(path, text, root, error)


def in_html_code(text: str) -> list[tuple[int, int]]:
    """Where code stands that is written as HTML."""
    return [match.span() for match in _HTML_CODE.finditer(text)]


LINK_TEXT = re.compile(r"(?<!\\)!?\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]*\])*+)\](?:\(|\[[^@\]]*\])")
LINK = re.compile(r"(?<!\\)\]\(\s*<?(?P<url>[^)\s>]+)>?(?:\s+[\"'(][^)]*)?\)")
DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]^@]+\]:\s*<?(?P<url>[^\s>]+)", re.MULTILINE)
HTML = re.compile(
    r"""<(?:a|img|source|link|script)\b[^>]*?\b(?:href|src)=["'](?P<url>[^"']+)["']"""
)


def targets(page: Page) -> Iterator[tuple[str, int]]:
    """Every link target of a page with its offset in the text."""
    for pattern in (LINK, DEFINITION, HTML):
        for match in pattern.finditer(page.body):
            yield match["url"], match.start("url")


def built_path(source: str) -> str:
    """Address below the site: ``a/b.md`` -> ``a/b/``, ``a/index.md`` -> ``a/``."""
    if not source.endswith(".md"):
        return source
    stem = source.removesuffix(".md")
    if stem in {"index", "README"}:
        return ""
    return re.sub(r"/(index|README)$", "", stem) + "/"
