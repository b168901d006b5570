"""The book of the built site: one PDF, one EPUB and a ZIP, below ``site/book/``.

Usage: python -m scripts book

It takes a minute, so the build leaves it out; an edition has one. The pages that offer the files
get their links here, when the files are there.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

from scripts.engine import commit
from scripts.problems import ROOT, Problem
from scripts.publish.book import disk, epub, gather, offer, pdf
from scripts.publish.book.gather import Place
from scripts.publish.book.whole import Imprint
from scripts.sources.site import DEFAULT_URL

LEFT_OUT = (
    "reference/facts/", "reference/contents.md", "reference/links.md", "reference/downloads.md",
    "reference/editions.md", "reference/sources.md", "reference/sources/", "reference/changes.md",
    "contributing/",
)  # fmt: skip
"""Lists of all records and of the site's own files: data, whose place the book names."""


OVERVIEW = "Overview"
"""The part of pages that stand in none, such as the first."""


class BookError(RuntimeError):
    """There can be no book, and why."""


def places(root: Path) -> tuple[list[Place], str, str]:
    """The pages of the book in the order of the menu; address and edition of the site."""
    config = load_config(str(root / "mkdocs.yml"))
    nav = get_navigation(get_files(config), config)
    found = [
        Place(page.url, page.ancestors[-1].title if page.ancestors else OVERVIEW)
        for page in nav.pages
        if not page.file.src_uri.startswith(LEFT_OUT)
    ]
    return found, config.site_url or DEFAULT_URL, str(config.extra.get("edition", ""))


def make(site: Path, root: Path = ROOT, edition: str = "") -> list[Path]:
    """Write the files below ``site/book/`` and offer them on the pages; what was written.

    ``edition``: the site is that of a dated edition, which has an address of its own.
    Raises BookError.
    """
    if not (site / "index.html").is_file():
        raise BookError(f"there is no built site in {site.name}/; run make build first")
    if pdf.browser() is None:
        raise BookError("the PDF needs Chromium; install Debian's 'chromium' or set CHROMIUM")
    if pdf.lacks_chinese():
        raise BookError(
            "no font here has Chinese characters, and the PDF would show boxes; install one, such "
            "as Debian's 'fonts-noto-cjk'"
        )
    commit.fix_date(root)
    pages, address, name = places(root)
    if edition:
        address = urljoin(address, f"{edition}/")
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or 0)
    day = dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()
    said = Imprint(edition or name, commit.short(root), day, address)
    there = [place for place in pages if (site / place.url / "index.html").is_file()]
    chapters = gather.chapters(site, there, said.url)
    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        made = {kind: Path(folder) / f"{offer.NAME}.{kind}" for kind in offer.KINDS}
        epub.write(chapters, said, root / "docs", made["epub"])
        pdf.write(chapters, said, site, made["pdf"])
        pdf.pack(made["pdf"])
        disk.write(site, said, made["zip"], offer.FOLDER)
        target = site / offer.FOLDER
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        written = [Path(shutil.move(file, target / file.name)) for file in made.values()]
    offer.offer(site)
    return written


def problems_of(error: BookError) -> list[Problem]:
    """The same for commands that report problems."""
    return [Problem("mkdocs.yml", 1, f"the book could not be made: {error}", rule="book")]
