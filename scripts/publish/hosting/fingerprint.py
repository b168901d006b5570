"""Scripts and styles under names that their content gives, so that a browser keeps them for a year.

The files stay where they are, for addresses that somebody keeps, and the pages lead to copies in
folders named by a hash. All scripts share one: they import each other by relative addresses,
which hold there, too. A page keeps its policy, since that speaks of the site as a whole.

Not a part of every build: on GitHub Pages, which sends no such header, and keeps a page for ten
minutes, a page of before would ask for a folder that is gone.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

FOLDERS = ("javascripts", "stylesheets")
_MADE = re.compile(rf"(?:{'|'.join(FOLDERS)})-[0-9a-f]{{8}}")
_LEADS = re.compile(
    rf"(<(?:script|link)\b[^>]*?\b(?:src|href)=[\"']?(?:[^\"'\s>]*?/)?assets/)"
    rf"({'|'.join(FOLDERS)})(?:-[0-9a-f]{{8}})?/"
)
_EDITION = re.compile(r"\d{4}\.\d{2}(?:\.\d+)?")


def _hash(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            total.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return total.hexdigest()[:8]


def fingerprint(site: Path) -> dict[str, str]:
    """New name of each folder of ``site/assets``; editions beside the pages stay as they are."""
    names = {
        name: f"{name}-{_hash(site / 'assets' / name)}"
        for name in FOLDERS
        if (site / "assets" / name).is_dir()
    }
    for path in (site / "assets").glob("*"):
        if _MADE.fullmatch(path.name) and path.name not in names.values():
            shutil.rmtree(path)
    for name, new in names.items():
        ignored = shutil.ignore_patterns("*.gz", "*.br")
        shutil.copytree(
            site / "assets" / name, site / "assets" / new, dirs_exist_ok=True, ignore=ignored
        )
    for top in sorted(site.iterdir()):
        if top.suffix == ".html":
            _rewrite(top, names)
        elif top.is_dir() and not _EDITION.fullmatch(top.name):
            for path in top.rglob("*.html"):
                _rewrite(path, names)
    return names


def _rewrite(path: Path, names: dict[str, str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = _LEADS.sub(lambda found: f"{found[1]}{names.get(found[2], found[2])}/", before)
    if after != before:
        path.write_text(after, encoding="utf-8")
