"""Where a faulty address of the built site was written: Markdown, YAML, BibTeX or a template."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.links.inside.site import Fault
from scripts.problems import relative
from scripts.sources.pages import Page, built_path, pages, targets
from scripts.sources.records.loading import collection_files
from scripts.sources.references import bibtex


@dataclass(frozen=True, order=True)
class Place:
    """A place in a source; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int = 1


def _token(text: str) -> str:
    """Pattern for ``text`` standing for itself, not inside a longer address."""
    return rf"(?<![\w/.%-]){re.escape(text)}(?![\w%-]|[/.]\w)"


@dataclass(frozen=True)
class _Text:
    file: str
    text: str

    def find(self, pattern: str) -> Place | None:
        match = re.search(pattern, self.text, re.MULTILINE)
        if not match:
            return None
        return self.place(match.start("at") if "at" in match.groupdict() else match.start())

    def place(self, start: int) -> Place:
        line = self.text.count("\n", 0, start) + 1
        return Place(self.file, line, start - self.text.rfind("\n", 0, start))


class Sources:
    """All sources of a project, read when first asked for."""

    def __init__(self, docs: Path, root: Path) -> None:
        self._docs, self._root = docs, root

    def _texts(self, *files: Path) -> list[_Text]:
        return [
            _Text(relative(file, self._root), file.read_text(encoding="utf-8", errors="replace"))
            for file in files
            if file.is_file()
        ]

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {
            built_path(page.path.relative_to(self._docs).as_posix()): page
            for page in pages(self._docs, self._root)
        }

    @cached_property
    def _data(self) -> list[_Text]:
        # Imports the schema of all records, which takes longer than a site without a fault.
        return self._texts(*(file for _, file in collection_files(self._root / "data")))

    @cached_property
    def _bibliography(self) -> list[_Text]:
        return self._texts(self._root / "references.bib")

    @cached_property
    def _settings(self) -> list[_Text]:
        return self._texts(self._root / "mkdocs.yml")

    @cached_property
    def _templates(self) -> list[_Text]:
        return self._texts(*sorted((self._root / "overrides").rglob("*.*")))

    def page(self, file: str) -> Page | None:
        """The Markdown page behind a built page or its Markdown version."""
        return self._pages.get(re.sub(r"index\.(html|md)$", "", file))

    def places(self, fault: Fault) -> list[Place]:
        """Every place where the faulty address was written; empty if only code made it."""
        asset = self._docs / fault.file
        if asset.is_file() and asset.suffix != ".md":
            return [Place(relative(asset, self._root), *fault.address.place)]
        page = self.page(fault.file)
        if page is not None and (found := sorted(set(self._on_page(page, fault)))):
            return found
        for place in self._elsewhere(page, fault):
            return [place]
        return []

    def _on_page(self, page: Page, fault: Fault) -> Iterator[Place]:
        raw = fault.address.raw.strip()
        wanted = str(fault.target) if fault.target is not None else None
        found = False
        for url, offset in targets(page):
            typed = html.unescape(url)
            if typed == raw or (wanted is not None and wanted in self._leads_to(page, typed)):
                found = True
                yield Place(page.file, *page.place(offset))
        if found:
            return
        # What is no link in Markdown's sense: srcset, poster, styles, text, front matter.
        if len(raw) > 1:
            for written in {raw, html.escape(raw)}:
                # '#x' alone is an address only between quotes or in 'url(#x)'.
                quoted = rf"(?<=[\"'(]){re.escape(written)}(?=[\"')])"
                pattern = quoted if raw.startswith("#") else _token(written)
                for match in re.finditer(pattern, page.text):
                    found = True
                    yield Place(page.file, *page.place(match.start()))
        if found:
            return
        for name in self._names(fault):
            macro = rf"\{{\{{[^{{}}]*?[\"'](?P<at>{re.escape(name)})[\"'.@:]"
            cited = rf"\[[^\]]*?@(?P<at>{re.escape(name)})(?![\w-])"
            for pattern in (macro, cited):
                for match in re.finditer(pattern, page.body):
                    found = True
                    yield Place(page.file, *page.place(match.start("at")))
            if found:
                return

    def _leads_to(self, page: Page, url: str) -> set[str]:
        """Paths below the site, with the anchor, that an address typed in a page can mean."""
        parts = urlsplit(url) if "[" not in url else None
        if parts is None or parts.scheme or parts.netloc:
            return set()
        here = page.path.relative_to(self._docs).as_posix()
        path, anchor = unquote(parts.path), unquote(parts.fragment)
        anchor = f"#{anchor}" if anchor else ""
        if not path:
            return {built_path(here).rstrip("/") + anchor}
        out = set()
        # Markdown links start from the source's folder, HTML ones from the built page's.
        for folder in (Path(here).parent, Path(built_path(here) or ".")):
            start = Path("/") / (path.lstrip("/") if path.startswith("/") else folder / path)
            target = built_path(os.path.normpath(start).lstrip("/")).rstrip("/")
            out.add(re.sub(r"(^|/)index\.html$", "", target) + anchor)
        return out

    @staticmethod
    def _names(fault: Fault) -> list[str]:
        """Ids by which a macro or a citation may have asked for the address."""
        target = fault.target
        if target is None:
            return []
        name = target.fragment or target.path.rpartition("/")[2]
        names = [name, re.sub(r"^[a-z]+-", "", name), name.rpartition(".")[0]]
        return [name for name in dict.fromkeys(names) if len(name) > 2]

    def _elsewhere(self, page: Page | None, fault: Fault) -> Iterator[Place]:
        raw, target = fault.address.raw.strip(), fault.target
        if target is not None and target.fragment:
            name = target.fragment
            for text in self._data:
                pattern = rf"^[ \t]*(?:-[ \t]*)?\{{?[ \t]*(?P<at>id:[ \t]*[\"']?{re.escape(name)})"
                if place := text.find(pattern + r"[\"']?[ \t]*(?:[,}#]|$)"):
                    yield place
            for text in self._data:
                if place := text.find(rf"former_ids:[^\]]*?{_token(name)}"):
                    yield place
        if target is not None:
            yield from self._in_data(target.path, target.fragment)
        if len(raw) > 3 and not raw.startswith("#"):
            for text in [*self._data, *self._bibliography]:
                if place := text.find(_token(raw)):
                    yield place
        for name in self._names(fault):
            for text in self._bibliography:
                if entry := bibtex.read(text.text).first.get(name):
                    yield text.place(entry.key_start)
        yield from self._in_settings(page, fault)
        yield from self._in_templates(fault)

    def _in_data(self, path: str, fragment: str) -> Iterator[Place]:
        """Lines of data files that name a page by its source (``page: pricing/index.md#x``)."""
        for text in self._data:
            for match in re.finditer(r"([\w./-]+\.md)(?:#([\w-]+))?", text.text):
                same = built_path(match[1].lstrip("/")).rstrip("/") == path
                if same and (match[2] or "") == fragment:
                    start = match.start()
                    line = text.text.count("\n", 0, start) + 1
                    yield Place(text.file, line, start - text.text.rfind("\n", 0, start))

    def _in_settings(self, page: Page | None, fault: Fault) -> Iterator[Place]:
        for text in self._settings:
            if page is None and fault.file.endswith("/index.html"):
                # A page that the redirects plugin made: the line with its old name.
                old = re.escape(fault.file.removesuffix("/index.html"))
                if place := text.find(rf"^[ \t]*[\"']?(?P<at>{old}(?:/index)?\.md)[\"']?:"):
                    yield place
            path = fault.target.path if fault.target and not fault.target.fragment else ""
            if path:
                names = [f"{path}.md", f"{path}/index.md"]
                for name in [path, *names] if re.search(r"[./]", path) else names:
                    if place := text.find(_token(name)):
                        yield place

    def _in_templates(self, fault: Fault) -> Iterator[Place]:
        names = [fault.address.raw.strip()]
        if fault.target is not None and not fault.target.fragment:
            names += [fault.target.path, fault.target.path.rpartition("/")[2]]
        for name in names:
            if len(name) > 3:
                for text in self._templates:
                    if place := text.find(rf"(?<=[\"'/(]){re.escape(name)}(?=[\"')/#?])"):
                        yield place
