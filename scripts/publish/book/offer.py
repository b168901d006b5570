"""Where pages offer the book: only once it is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

FOLDER = "book"
"""Below the site."""
NAME = "deepseek-v4-explained"
KINDS: Mapping[str, str] = {
    "pdf": "PDF, tagged, with bookmarks",
    "epub": "EPUB 3, for readers of books",
    "zip": "ZIP of the site, opens from disk",
}
PLACE = re.compile(r'<p class="take-along"[^>]*>.*?</p>', re.DOTALL)
NOT_YET = (
    '<p class="take-along">A PDF, an EPUB and a ZIP of the whole text are made for each dated '
    "edition; this state of the site has none.</p>"
)


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def offered(folder: Path, top: str) -> str:
    """Links to the files in ``folder``, from a page from which ``top`` leads to the top."""
    links = [
        f'<a href="{top}{FOLDER}/{NAME}.{kind}" download>{words}</a> ({size(file)})'
        for kind, words in KINDS.items()
        if (file := folder / f"{NAME}.{kind}").is_file()
    ]
    if not links:
        return NOT_YET
    return f'<p class="take-along">To take along: {" · ".join(links)}</p>'


def offer(site: Path) -> list[str]:
    """Fill every place of the site with what its folder ``book`` holds; the pages that have one."""
    found = []
    for page in sorted(site.glob("*/**/index.html")):
        if page.relative_to(site).parts[0] in {"f", "figures"}:
            continue
        text = page.read_text(encoding="utf-8")
        if not PLACE.search(text):
            continue
        top = posixpath.relpath(".", page.parent.relative_to(site).as_posix()) + "/"
        words = offered(site / FOLDER, top)
        page.write_text(PLACE.sub(lambda _, words=words: words, text), encoding="utf-8")
        found.append(page.relative_to(site).as_posix())
    return found
