"""Every relative link of a page leads to a file that exists.

Why: this needs no build, so a contributor sees it at once; anchors and everything that
the build makes are checked on the built site by ``scripts/check_links.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.checks.markdown import DOCS, Page
from scripts.problems import Problem, nearest

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


def check(pages: Iterable[Page], docs: Path = DOCS) -> Iterator[Problem]:
    known = [path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()]
    names = set(known)  # compared as text: file systems that ignore case would hide mistakes
    for page in pages:
        here = page.path.relative_to(docs).parent
        for url, offset in targets(page):
            if "{{" in url:
                continue
            parts = urlsplit(url)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            path = unquote(parts.path)
            base = Path() if path.startswith("/") else here
            steps: list[str] = []
            for step in (base / path.lstrip("/")).as_posix().split("/"):
                if step == ".." and steps:
                    steps.pop()
                elif step not in {".", ""}:
                    steps.append(step)
            target = "/".join(steps)
            line, column = page.place(offset)
            if path.endswith("/") or (target not in names and (docs / target).is_dir()):
                yield Problem(
                    page.file, line, f"link to the folder '{url}'; link to its .md file", column
                )
            elif target not in names:
                yield Problem(
                    page.file,
                    line,
                    f"link to '{url}', which does not exist{nearest(target, known)}",
                    column,
                )
