"""The same site by another engine: proof that it can outlive the one that it is built with.

Usage: python -m scripts twin

Writes the expanded pages and a configuration without plugins into a folder of their own, has
Zensical render them, and prints page by page whether ids, headings and text are those of
``site/``. Zensical is installed into ``.cache/twin/`` when it is not there (this needs the
network); nothing of the site depends on it. Exit status: 0 the same, 1 something differs,
2 it could not be tried.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html as lxml_html

from scripts.engine import site as sites
from scripts.pages.expand import expand
from scripts.sources.pages import LINK, Page, built_path, without_code
from scripts.sources.site import Site

VERSION = "0.0.73"
NEEDS = ("deepmerge", "tomli")
"""What Zensical wants beside what is installed for us."""
_SECTIONS = ("plugins", "hooks", "watch")
"""Parts of mkdocs.yml that only MkDocs understands."""


def _relative_links(text: str, source: str) -> str:
    """``text`` with ``/a/b.md`` as a path from the page: the other engine knows no other."""
    out, done = [], 0
    here = posixpath.dirname(source)
    for match in LINK.finditer(without_code(text)):
        parts = urlsplit(match["url"])
        if not parts.path.startswith("/"):
            continue
        path = posixpath.relpath(parts.path.strip("/") or ".", here or ".")
        out += [text[done : match.start("url")], parts._replace(path=path).geturl()]
        done = match.end("url")
    return "".join([*out, text[done:]])


def write_expanded(site: Site, folder: Path) -> None:
    """Every page with its macros run, as a folder ``docs`` that any engine can render."""
    for page in site.pages:
        source = page.path.relative_to(site.docs).as_posix()
        target = folder / source
        target.parent.mkdir(parents=True, exist_ok=True)
        text = _relative_links(expand(site, page, built_path(source)).text, source)
        target.write_text(_head(page) + text, encoding="utf-8")


def _head(page: Page) -> str:
    return page.text[: len(page.text) - len(page.typed)].rstrip("\n") + "\n\n"


def configuration(text: str, root: Path) -> str:
    """mkdocs.yml without what only MkDocs understands; our extensions find the site by themselves.

    Read as text, since its tags (``!ENV``) belong to MkDocs.
    """
    kept, skipping = [], False
    for line in text.splitlines():
        if re.match(r"\S", line) and not line.startswith("#"):
            skipping = line.partition(":")[0] in _SECTIONS
        if not skipping and "custom_dir:" not in line:
            kept.append(line)
    out = "\n".join(kept) + "\n"
    out = out.replace("  - scripts.pages.terms", f"  - scripts.pages.terms: {{root: {root}}}")
    return out.replace("scripts.pages.citations: {", f"scripts.pages.citations: {{root: {root}, ")


@dataclass(frozen=True)
class Seen:
    """What a reader gets of a page, whatever made it."""

    ids: frozenset[str]
    headings: tuple[str, ...]
    text: str


def _words(element: lxml_html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def seen(file: Path) -> Seen:
    """The article of a built page, without what the theme puts into it."""
    article = lxml_html.parse(str(file)).getroot().find(".//article")
    if article is None:
        return Seen(frozenset(), (), "")
    for extra in article.xpath(
        ".//*[contains(@class, 'headerlink') or contains(@class, 'md-source-file')"
        " or contains(@class, 'cite-page') or contains(@class, 'md-button')]"
    ):
        extra.drop_tree()
    headings = article.xpath(".//h1 | .//h2 | .//h3 | .//h4")
    return Seen(
        frozenset(article.xpath(".//@id")),
        tuple(_words(heading) for heading in headings),
        re.sub(r"\W+", " ", _words(article)).strip(),
    )


def differences(ours: Path, theirs: Path) -> Iterator[tuple[str, str]]:
    """``(page, what differs)``: of pages that are not the same, and of those that one lacks."""
    pages = {
        folder: {path.relative_to(folder).as_posix() for path in folder.rglob("index.html")}
        for folder in (ours, theirs)
    }
    made = {name for name in pages[ours] if not name.startswith(("f/", "figures/", "data/"))}
    for name in sorted(made | pages[theirs]):
        if name not in pages[theirs]:
            yield name, "missing"
        elif name not in made:
            yield name, "not among ours"
        else:
            a, b = seen(ours / name), seen(theirs / name)
            parts = []
            if lost := a.ids - b.ids:
                parts.append(f"{len(lost)} ids missing, such as {sorted(lost)[0]}")
            if a.headings != b.headings:
                parts.append("headings differ")
            if a.text != b.text:
                at = next(
                    (i for i, (x, y) in enumerate(zip(a.text, b.text, strict=False)) if x != y),
                    min(len(a.text), len(b.text)),
                )
                parts.append(f"text differs at: {a.text[max(0, at - 30) : at + 30]!r}")
            if parts:
                yield name, "; ".join(parts)


def _install(library: Path) -> None:
    if not (library / "zensical").is_dir():
        wanted = [f"zensical=={VERSION}", *NEEDS]
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*command, "--target", str(library), *wanted], check=True)


def twin(root: Path) -> int:
    """Render the expanded pages with the other engine and compare; the exit status."""
    ours = root / "site"
    if not (ours / "index.html").is_file():
        print("site/ is not there; run 'make build' first", file=sys.stderr)
        return 2
    folder = root / ".cache" / "twin"
    library, project = folder / "library", folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    (project / "docs").mkdir(parents=True)
    try:
        _install(library)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Zensical could not be installed: {error}", file=sys.stderr)
        return 2
    site = sites.of_project(root, "http://127.0.0.1:8000/")
    write_expanded(site, project / "docs")
    shutil.copytree(root / "docs" / "assets", project / "docs" / "assets")
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(configuration(text, root), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(library), str(root)])},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=600,
    )
    if done.returncode or not (project / "site" / "index.html").is_file():
        print(done.stdout[-2000:] + done.stderr[-2000:], file=sys.stderr)
        return 2
    found = dict(differences(ours, project / "site"))
    for name, what in found.items():
        print(f"{name}: {what}")
    total = len(site.pages)
    print(f"{total - len(found)} of {total} pages are the same with Zensical {VERSION}")
    return 1 if found else 0
