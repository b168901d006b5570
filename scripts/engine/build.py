"""Build the site aside, check it, and only then put it in place of the last good one.

Usage: python -m scripts build
"""

from __future__ import annotations

import errno
import logging
import math
import os
import re
import shutil
import traceback
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from scripts.checks import run as checks
from scripts.engine import commit, spare, swap
from scripts.engine import site as sites
from scripts.engine.assemble import assemble
from scripts.engine.assembly import NAME, Assembly
from scripts.engine.render import Warnings
from scripts.links.inside import check as check_links
from scripts.problems import ROOT, Problem
from scripts.publish import editions as laid
from scripts.publish.citing import Printer
from scripts.publish.done import Done
from scripts.publish.hosting import finish
from scripts.sources.editions import EditionError
from scripts.sources.forge import forge
from scripts.sources.processes import Crew, WorkerError
from scripts.sources.site import DEFAULT_URL, Site

_DOC_FILE = re.compile(r"Doc file '(?P<page>[^']+)'.*?'(?P<link>[^']+)'")


def placed(message: str, root: Path) -> Problem:
    """A warning of MkDocs with the file, and the line if the link can be found there."""
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


def build_into(
    target: Path, root: Path, edition: str = "", again: bool = False
) -> tuple[Site, list[Problem], spare.Made]:
    """Build the pages into ``target``; what they were made from, what is wrong with it, and what
    stood in ``target`` before or now stands there.

    ``again``: ``target`` may become the folder that an earlier build left. With ``edition`` the
    pages are those of a dated edition: they have its addresses, and say so.
    Raises Abort, MkDocsException or SystemExit if there can be no site at all.
    """
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(target))
    site = sites.of_project(
        root,
        config.site_url or DEFAULT_URL,
        str(config.extra.get("edition", "")),
        edition,
        forge=forge(config.repo_url, config.edit_uri),
    )
    outline = spare.outline(site) if again else ""
    made = spare.take(root / ".cache", target, outline) if again else spare.Made()
    done = Done(dict(made.keys))
    # Apart from here on: the rules and the pages look at the same sources, not at each other.
    checking = Crew(checks.run, [site], apart=True)
    collector = Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    with Printer(site.shelf) as printer:
        # mkdocs-bibtex would read the file again, and stop at the first entry that it cannot
        # read; the check names each, and the plugin gets our registry.
        config.plugins["bibtex"].last_configured = math.inf
        config.plugins[NAME] = assembly = Assembly(site, printer, done)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            assemble(config, assembly.done, site.cache / "templates", site.shelf)
        finally:
            config.plugins.on_shutdown()
            logger.removeHandler(collector)
    (problems,) = checking.results()
    seen = {(p.file, p.line) for p in problems}
    told = {(p.file, p.rule) for p in problems}
    problems += [p for p in assembly.problems if (p.file, p.rule) not in told]
    for message in dict.fromkeys([*collector.messages, *assembly.warnings]):
        problem = placed(message, root)
        if (problem.file, problem.line) not in seen:
            problems.append(problem)
    made.keys = done.keys
    return site, problems, made


def _with_editions(site: Path, root: Path) -> tuple[int, list[Problem]]:
    """Lay the dated editions beside the pages, whose links are checked with them; how many."""
    try:
        return laid.lay_into(site, root), []
    except EditionError as error:
        message = f"editions could not be laid in: {error}"
        return 0, [Problem("mkdocs.yml", 1, message, rule="mkdocs")]


_REFUSALS = {
    errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG, errno.ENOTDIR,
}  # fmt: skip
_TOLD = re.compile(r"^\w*Error: \[Errno (\d+)\] [^\n]*", re.MULTILINE)
"""How an error of the system stands in what a process of a crew tells."""


def _refusal(error: BaseException) -> OSError | None:
    """The error, if it is the disk that refuses and not the sources that lack something."""
    if isinstance(error, WorkerError) and (told := _TOLD.search(str(error))):
        error = OSError(int(told[1]), os.strerror(int(told[1])))
    return error if isinstance(error, OSError) and error.errno in _REFUSALS else None


def _cannot_write(error: OSError, root: Path) -> Problem:
    """A disk that is full, a folder that is not ours: nothing that a rule could find."""
    name = str(error.filename or "").removeprefix(f"{root}{os.sep}")
    at = f" at '{name}'" if name else ""
    why = error.strerror or str(error)
    message = f"the disk refuses{at}: {why} (make room or give leave to write, then build again)"
    return Problem(".cache", 1, message, rule="disk")


def _not_built(error: BaseException, said: list[str], root: Path) -> list[Problem]:
    """Why there is no site: what the checks find, else what MkDocs or Python said."""
    if refused := _refusal(error):
        return [_cannot_write(refused, root)]
    found = checks.run(sites.for_checks(root))
    if not any(p.level == "error" for p in found):
        expected = isinstance(error, Abort | MkDocsException | SystemExit)
        words = "; ".join(dict.fromkeys([*said, str(error)])) if expected else repr(error)
        message = f"the site could not be built: {' '.join(words.split())}"
        if not expected:  # a fault of ours: whoever mends it needs to see where
            trace = "".join(traceback.format_exception(error))
            (root / ".cache" / "traceback.txt").write_text(trace, encoding="utf-8")
            message += "; this is a fault of ours, told in .cache/traceback.txt"
        found.append(Problem("mkdocs.yml", 1, message, rule="mkdocs"))
    return sorted(set(found))


def build(into: Path | None = None, root: Path = ROOT, edition: str = "") -> list[Problem]:
    """All problems of sources and built pages; ``into`` is replaced only if none is an error.

    With ``edition`` the pages are those of a dated edition.
    """
    commit.fix_date(root)
    into = into or root / "site"
    try:
        with swap.for_everybody():
            swap.clear_up(root / ".cache", into)
            return _build(swap.aside(root / ".cache"), into, root, edition)
    except OSError as error:
        return [_cannot_write(error, root)]


def _build(aside: Path, into: Path, root: Path, edition: str) -> list[Problem]:
    again = into == root / "site" and not edition
    try:
        said = Warnings()
        logging.getLogger("mkdocs").addHandler(said)
        try:
            site, problems, made = build_into(aside, root, edition, again)
        except Exception as error:  # whatever it is: what is wrong with the sources comes first
            return _not_built(error, said.messages, root)
        except SystemExit as error:
            return _not_built(error, said.messages, root)
        finally:
            logging.getLogger("mkdocs").removeHandler(said)
        known = spare.unchanged(aside, made)
        finish.pages(aside, edition, known.keys())
        editions, keys = 0, {}
        if (aside / "index.html").is_file():
            seen = {(p.file, p.line) for p in problems}
            if not edition:
                editions, found = _with_editions(aside, root)
                problems += found
            finish.whole(aside)
            found, keys = check_links.check_again(
                aside, root / "docs", root, site.url, site.shelf, known
            )
            problems += [p for p in found if (p.file, p.line) not in seen]
        elif not any(p.level == "error" for p in problems):
            problems.append(Problem("docs/index.md", 1, "the build made no home page"))
        if not any(p.level == "error" for p in problems):
            if again and not editions:
                spare.change_places(aside, into, made, keys)
            else:
                swap.swap(aside, into)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return sorted(set(problems))
