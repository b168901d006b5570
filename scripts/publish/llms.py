"""``llms.txt`` and ``llms-full.txt``: what the site is, for programs that read text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

from scripts.publish.finished import Finished
from scripts.sources.identity import DATA, SITE_TITLE, SQLITE
from scripts.sources.records.schema import COLLECTIONS

FULL = "llms-full.txt"
_START = "Start"
_LISTS = "reference/facts/"
"""Lists of records: more than all that is told, and better had as data."""

_TO_COPY = re.compile(r"^.*<pre data-copy.*\n", re.MULTILINE)
_HREF = re.compile(r'((?:href|src)=)"(?![a-z]+:|[#/])([^"]+)"')


def _chapters(pages: Sequence[Finished]) -> dict[str, list[Finished]]:
    """Pages by the title of their part of the site, each title once."""
    out: dict[str, list[Finished]] = {}
    for page in pages:
        alone = _START if not page.url else page.heading
        out.setdefault(page.parts[-1] if page.parts else alone, []).append(page)
    return out


def _size(text: str) -> str:
    return f"{max(1, round(len(text.encode()) / 1024))} KB"


def _text(page: Finished, base: str, into: Path) -> str:
    """One text as it can stand anywhere: no code to copy, and addresses in full."""
    text = (into / page.url / "index.md").read_text(encoding="utf-8").strip()
    here = urljoin(base, page.url)
    text = _TO_COPY.sub("", text)
    return _HREF.sub(lambda match: f'{match[1]}"{urljoin(here, match[2])}"', text)


def _full(pages: Sequence[Finished], base: str, into: Path) -> str:
    """The texts of pages, one behind the other; each begins with its address."""
    told = [page for page in pages if not page.url.startswith(_LISTS)]
    return "\n\n".join(_text(page, base, into) for page in told) + "\n"


def write_llms(pages: Sequence[Finished], base: str, into: Path, description: str) -> None:
    """``llms.txt``, which names the text of each page, and those texts as one file, and as one
    for each chapter. ``into`` holds the texts already."""
    lines = [f"# {SITE_TITLE}", "", f"> {description}"]
    whole = []
    chapters = _chapters(pages)
    for title, inside in chapters.items():
        lines += ["", f"## {title}", ""]
        for page in inside:
            about = str(page.meta.get("description") or "")
            address = urljoin(base, f"{page.url}index.md")
            lines.append(f"- [{page.heading}]({address}): {about}")
        folder = inside[0].url.split("/")[0]
        if len(inside) > 1:
            text = _full(inside, base, into)
            (into / folder / FULL).write_text(text, encoding="utf-8")
            whole.append((title, urljoin(base, f"{folder}/{FULL}"), _size(text)))
    text = _full(pages, base, into)
    (into / FULL).write_text(text, encoding="utf-8")
    lines += ["", "## Whole texts", ""]
    note = "without the lists of records, which are data"
    lines.append(f"- [All chapters]({urljoin(base, FULL)}): {_size(text)}, {note}")
    lines += [f"- [{title}, whole]({address}): {size}" for title, address, size in whole]
    lines += ["", "## Data", ""]
    files = [(SQLITE, "everything in one database")]
    files.append(("datapackage.json", "what the files hold: columns, types, keys"))
    files += [
        (f"{name}.json", (model.__doc__ or "").strip().partition("\n")[0].replace("``", ""))
        for name, model in COLLECTIONS.items()
    ]
    lines += [f"- [{name}]({urljoin(base, f'{DATA}/{name}')}): {note}" for name, note in files]
    (into / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
