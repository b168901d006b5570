"""Build the site aside, check it, and only then put it in place of the last good one.

Usage: python -m scripts build
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from scripts.checks import run as check
from scripts.engine.hooks import CHECKED, EDITION
from scripts.links.inside import check as check_links
from scripts.problems import ROOT, Problem
from scripts.sources import editions
from scripts.sources.references import bibliography

SITE = ROOT / "site"
_MACRO_ERROR = re.compile(r"_File_: `(?P<page>[^`]+)`\s+_\w+_: (?P<error>.*?)\s*```", re.DOTALL)
_DOC_FILE = re.compile(r"Doc file '(?P<page>[^']+)'.*?'(?P<link>[^']+)'")


class _Collector(logging.Handler):
    """MkDocs' warnings, which its strict mode would count but not place."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _placed(message: str, root: Path) -> Problem:
    """A warning of MkDocs with the file, and the line if the link can be found there."""
    if match := _MACRO_ERROR.search(message):
        return Problem(f"docs/{match['page']}", 1, f"macro failed: {match['error']}", rule="macros")
    match = _DOC_FILE.search(message)
    if not match:
        text = re.sub(r"\s+", " ", message).strip()
        named = re.search(r"'([^']+\.md)'", text)
        config = (root / "mkdocs.yml").read_text(encoding="utf-8")
        offset = config.find(named[1]) if named else -1
        line = config.count("\n", 0, offset) + 1 if offset >= 0 else 1
        return Problem("mkdocs.yml", line, text, rule="mkdocs")
    file = root / "docs" / match["page"]
    text = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    offset = text.find(match["link"])
    line = text.count("\n", 0, offset) + 1 if offset >= 0 else 1
    return Problem(f"docs/{match['page']}", line, message, rule="mkdocs")


def build_into(target: Path, root: Path = ROOT) -> list[Problem]:
    """Build the pages into ``target`` and return what MkDocs complained about."""
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    before = os.environ.get(CHECKED)
    os.environ[CHECKED] = "1"
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(target))
        # A malformed entry has been reported; the others are still worth building with.
        config.plugins["bibtex"].config.bib_file = str(bibliography.readable_copy())
        # A failing macro has been reported with its line; it shows on the page and ends nothing.
        config.plugins["macros"].config["on_error_fail"] = False
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, MkDocsException, SystemExit) as error:
        return [Problem("mkdocs.yml", 1, f"the site could not be built: {error}", rule="mkdocs")]
    finally:
        logger.removeHandler(collector)
        if before is None:
            del os.environ[CHECKED]
        else:
            os.environ[CHECKED] = before
    return [_placed(message, root) for message in collector.messages]


def _swap(new: Path, site: Path) -> None:
    """Put ``new`` where ``site`` is; the last good site is gone only when the new one stands."""
    old = new.with_name(new.name + "-old")
    if site.exists():
        os.replace(site, old)
    os.replace(new, site)
    shutil.rmtree(old, ignore_errors=True)


def _with_editions(site: Path, root: Path) -> list[Problem]:
    """Lay the dated editions beside the pages; their links are checked with them."""
    try:
        editions.lay_into(site, root)
    except editions.EditionError as error:
        return [Problem("mkdocs.yml", 1, f"editions could not be laid in: {error}", rule="mkdocs")]
    return []


def build(site: Path = SITE, root: Path = ROOT, edition: str = "") -> list[Problem]:
    """All problems of sources and built pages; ``site`` is replaced only if none is an error.

    With ``edition`` the pages are those of a dated edition: they have its addresses, and say so.
    """
    problems = check.run(root)
    os.environ[EDITION] = edition
    bibliography.CACHE.mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="site-", dir=bibliography.CACHE))
    aside.chmod(0o755)
    try:
        seen = {(p.file, p.line) for p in problems}
        explained = {p.file for p in problems if p.rule == "macros"}
        for problem in build_into(aside, root):
            told = problem.rule == "macros" and problem.file in explained
            if not told and (problem.file, problem.line) not in seen:
                problems.append(problem)
        if (aside / "index.html").is_file():
            seen = {(p.file, p.line) for p in problems}
            if not edition:
                problems += _with_editions(aside, root)
            base = os.environ.get("SITE_URL") or "http://127.0.0.1:8000/"
            url = f"{base.rstrip('/')}/{edition}/" if edition else None
            found = check_links.check(aside, root / "docs", root, url)
            problems += [p for p in found if (p.file, p.line) not in seen]
        elif not any(p.level == "error" for p in problems):
            problems.append(Problem("docs/index.md", 1, "the build made no home page"))
        if not any(p.level == "error" for p in problems):
            _swap(aside, site)
    finally:
        os.environ.pop(EDITION, None)
        shutil.rmtree(aside, ignore_errors=True)
    return sorted(set(problems))
