"""Every relative link of a page leads to a file that exists.

Why: this needs no build, so a contributor sees it at once; anchors and everything that
the build makes are checked on the built site by ``scripts/links/inside/check.py``.

Good: [the rivals](rivals.md#today), [a page](../pricing/index.md)
Bad: [the rivals](/pricing/rivals/), [a page](../pricing/)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from markdown.extensions.toc import slugify

from scripts.problems import Problem, nearest
from scripts.sources.pages import Page, targets

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


def _generated(page: Page) -> dict[str, int]:
    """Anchors that are made from the text of a heading, and the headings' lines."""
    out = {}
    for match in _HEADING.finditer(page.body):
        if "{" not in match[1]:
            plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", match[1])
            out[slugify(plain, "-")] = page.place(match.start())[0]
    return {name: line for name, line in out.items() if name}


def check(pages: Iterable[Page], docs: Path) -> Iterator[Problem]:
    pages = list(pages)
    generated = {page.path.relative_to(docs).as_posix(): _generated(page) for page in pages}
    known = [path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()]
    names = set(known)  # compared as text: file systems that ignore case would hide mistakes
    for page in pages:
        here = page.path.relative_to(docs).parent
        for url, offset in targets(page):
            if "{{" in url:
                continue
            try:
                parts = urlsplit(url)
            except ValueError:  # such as brackets that hold no IPv6 address
                line, column = page.place(offset)
                message = f"'{url[:80]}' is no address; correct it"
                yield Problem(page.file, line, message, column, "links")
                continue
            if parts.scheme or parts.netloc:
                continue
            if not parts.path:
                yield from _fragile(page, offset, page.path.relative_to(docs), parts, generated)
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
            else:
                yield from _fragile(page, offset, Path(target), parts, generated)


def _fragile(
    page: Page, offset: int, target: Path, parts: SplitResult, generated: dict[str, dict[str, int]]
) -> Iterator[Problem]:
    """A link to an anchor that goes when somebody rewords the heading."""
    anchor = unquote(parts.fragment)
    heading = generated.get(target.as_posix(), {}).get(anchor)
    if heading is not None:
        line, column = page.place(offset)
        message = (
            f"'#{anchor}' is made from the words of a heading and goes when they change; "
            f"write {{#{anchor}}} after the heading (docs/{target.as_posix()}:{heading})"
        )
        yield Problem(page.file, line, message, column, "links", "warning")
