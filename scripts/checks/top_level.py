"""Links of README.md and the other Markdown files beside it hold, with GitHub's anchors.

Why: these files are read on GitHub and never built, so no check of the site sees them.

Good: [the guide](CONTRIBUTING.md#add-a-source) in README.md
Bad: [the guide](CONTRIBUTING.md#sources), a heading that is not there
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.links.inside.collect import markdown_ids
from scripts.problems import Problem, nearest
from scripts.sources.pages import Page, targets

_SKIPPED = {".git", ".venv", ".cache", "site", "node_modules", "__pycache__"}


def _tree(root: Path) -> set[str]:
    """Files and folders below ``root``, compared as text: case matters on GitHub."""
    out: set[str] = set()
    for here, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _SKIPPED]
        inside = Path(here).relative_to(root)
        out.update((inside / name).as_posix() for name in (*folders, *files))
    return out


def check(root: Path) -> Iterator[Problem]:
    files = sorted([*root.glob("*.md"), *(root / ".github").rglob("*.md")])
    known = _tree(root) if files else set()
    anchors: dict[Path, frozenset[str]] = {}
    for file in files:
        if not file.is_file():
            continue
        page = Page(file, file.read_text(encoding="utf-8", errors="replace"), root)
        here = file.parent.relative_to(root)
        for url, offset in targets(page):
            try:
                parts = urlsplit(url)
            except ValueError:
                message = f"'{url[:80]}' is no address; correct it"
                yield Problem(page.file, page.place(offset)[0], message, rule="top-level")
                continue
            if parts.scheme or parts.netloc:
                continue
            line, column = page.place(offset)
            path = unquote(parts.path)
            start = Path() if path.startswith("/") else here
            target = Path(os.path.normpath(start / path.lstrip("/"))).as_posix()
            if path and target not in known | {"."}:
                # As it would be written in this file.
                beside = {os.path.relpath(name, here).replace(os.sep, "/") for name in known}
                hint = nearest(os.path.relpath(target, here).replace(os.sep, "/"), beside)
                message = f"link to '{url}', which does not exist{hint}"
                yield Problem(page.file, line, message, column, "top-level")
                continue
            where = root / target if path else file
            if not parts.fragment or where.suffix != ".md" or not where.is_file():
                continue
            if where not in anchors:
                text = where.read_text(encoding="utf-8", errors="replace")
                anchors[where] = markdown_ids(text)
            fragment = unquote(parts.fragment)
            if fragment not in anchors[where]:
                hint = nearest(fragment, anchors[where])
                message = f"no anchor '#{fragment}' in '{target if path else page.file}'{hint}"
                yield Problem(page.file, line, message, column, "top-level")
