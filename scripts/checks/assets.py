"""Every image, script and style below docs/ is used by something: a warning names what is not.

Why: unused files are published all the same, and nobody dares to delete them later. A file counts
as used when its path, or as much of its end as names it, stands in a source: pages, data,
bibliography, settings, templates, other assets, scripts of the build, the README.

Good: ![The claim](assets/claim.svg), and the file docs/assets/claim.svg
Bad: docs/assets/old-logo.svg, which no page, style or script names
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scripts.problems import Problem, relative

_TEXT = {
    ".md", ".yml", ".yaml", ".bib", ".html", ".xml", ".css", ".js", ".mjs", ".svg", ".json", ".py",
    ".webmanifest",
}  # fmt: skip
_HOLE = r"\$?\{[\w.]+\}"
"""``tools/${name}/index.js``: a name that a script completes."""
_MENTION = re.compile(rf"(?:[\w./@%+-]|{_HOLE})*(?:[\w%-]|{_HOLE})\.[A-Za-z0-9]{{2,11}}\b")
_BY_NAME = {"CNAME", "robots.txt", "favicon.ico", ".nojekyll"}
"""Files that are asked for by their name alone; nothing has to refer to them."""


def _sources(root: Path) -> Iterator[Path]:
    """Text files in which a reference to an asset can stand."""
    yield from sorted(root.glob("*.md"))
    yield from (root / name for name in ("mkdocs.yml", "references.bib"))
    for folder in ("docs", "data", "overrides", "scripts"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _TEXT and "__pycache__" not in path.parts and path.is_file():
                yield path


def _assets(docs: Path) -> dict[str, Path]:
    """Files below ``docs`` that are no pages, by their path there."""
    out = {}
    for path in sorted(docs.rglob("*")):
        inside = path.relative_to(docs)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and path.suffix != ".md" and not hidden and path.name not in _BY_NAME:
            out[inside.as_posix()] = path
    return out


def check(root: Path) -> Iterator[Problem]:
    docs = root / "docs"
    assets = _assets(docs)
    by_name: dict[str, set[str]] = {}
    for name in assets:
        by_name.setdefault(PurePosixPath(name).name, set()).add(name)
    unused = set(assets)
    for source in _sources(root):
        if not unused:
            return
        if not source.is_file():
            continue
        text = source.read_text(encoding="utf-8", errors="replace")
        for mention in set(_MENTION.findall(text)):
            if "{" in mention:
                # A folder or the start of a name has to be fixed: '${name}.js' says too little.
                first, *rest = re.split(_HOLE, _tail(mention))
                if first.strip("/"):
                    fixed = [re.escape(part) for part in (first, *rest)]
                    pattern = re.compile(r"[\w-]+".join(fixed) + "$")
                    unused -= {name for name in unused if pattern.search(f"/{name}")}
                continue
            alike = by_name.get(mention.rpartition("/")[2])
            if not alike:
                continue
            beside = os.path.normpath(source.parent / mention)
            exact = relative(Path(beside), docs)
            own = {exact} & alike or {n for n in alike if f"/{n}".endswith(_tail(mention))}
            # A file that names itself in a comment is not used by that.
            unused -= {name for name in own if assets[name] != source}
    for name in sorted(unused):
        message = f"nothing refers to docs/{name}; use it or take it out"
        yield Problem(relative(assets[name], root), 1, message, rule="assets", level="warning")


def _tail(mention: str) -> str:
    """``../assets/x.png`` -> ``/assets/x.png``: what the file's path has to end in."""
    steps = [step for step in mention.split("/") if step not in {"", ".", ".."}]
    return "/" + "/".join(steps)
