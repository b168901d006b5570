"""What to do about links, as changes of files: shown as a patch that ``git apply`` takes, or made.

A link that moved for good gets its new address at every place that names it; a source that is
gone or moved gets the address of its archived copy. Whoever applies the patch reads it first: the
checker has seen that the new address answers, not that it says the same.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote, urldefrag

from scripts.links.outside.model import Finding, Place, Verdict
from scripts.problems import Problem
from scripts.sources.references import writing as bibwriter
from scripts.sources.references.addresses import url_problem

_STAMP = re.compile(r"/(\d{4})(\d\d)(\d\d)\d{6}[a-z_]*/")
_MOVES = frozenset({Verdict.MOVED, Verdict.INSECURE})
"""Verdicts with a new address: for plain http, the same place over https."""
_GOES_ON = re.compile(r"[\w/%=?#~+-]")
"""A character with which the address in the text would be longer than the one that was checked."""


class PatchError(RuntimeError):
    """git, which writes the patch, is not there or failed."""


@dataclass
class Plan:
    """Files as they are and as they should be, and what could not be proposed."""

    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """Files that would change, sorted."""
        return sorted(name for name in self.after if self.after[name] != self.before[name])

    def patch(self) -> str:
        """Unified diff of all changes; empty if there are none. Raises PatchError."""
        git = shutil.which("git")
        if not self.files:
            return ""
        if not git:
            raise PatchError("git is not installed; it writes the patch")
        with tempfile.TemporaryDirectory(prefix="links-") as folder:
            for side, contents in (("a", self.before), ("b", self.after)):
                for name in self.files:
                    path = Path(folder, side, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(contents[name])
            done = subprocess.run(
                [git, "-c", "core.quotePath=false", "diff", "--no-index", "--no-prefix",
                 "--no-color", "--no-ext-diff", "--no-textconv", "--text", "a", "b"],
                cwd=folder, capture_output=True, timeout=60,
                # A contributor's own settings could change the form of the patch.
                env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
            )  # fmt: skip
        if done.returncode != 1:
            raise PatchError(f"git diff failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode("utf-8")

    def apply(self, root: Path) -> list[str]:
        """Write the files that change; returns their names. One that changed meanwhile stays."""
        written = []
        for name in self.files:
            path = root / name
            if not path.is_file() or path.read_bytes() != self.before[name]:
                message = "changed while the links were checked; run the check again"
                self.problems.append(_problem(Place(name, 1), message))
                continue
            path.write_bytes(self.after[name])
            written.append(name)
        return written


def _problem(place: Place, message: str) -> Problem:
    return Problem(place.file, place.line, message, place.column, "links", "warning")


@dataclass(frozen=True)
class _Edit:
    """One address in a text other than the bibliography."""

    place: Place
    old: str
    new: str


def new_address(finding: Finding) -> str:
    """Where a moved link leads now, fit to be written into any of our files.

    The fragment is kept if the new address names none. Raises ValueError if it is of no use.
    """
    new = finding.moved_to
    fragment = urldefrag(finding.link.url).fragment
    if fragment and "#" not in new:
        new = f"{new}#{fragment}"
    # Quotes, braces and the like would end a field, a YAML string or a Markdown link.
    new = re.sub(r"[\s\"'<>\\^`{|}\x00-\x1f\x7f]", lambda match: quote(match[0], safe=""), new)
    depth = 0
    for character in new:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
    if depth:
        new = new.replace("(", "%28").replace(")", "%29")
    if problem := url_problem(new):
        raise ValueError(problem)
    return new


def copy_date(archive: str) -> str:
    """Day of an archived copy from its address, YYYY-MM-DD; empty if it does not say."""
    match = _STAMP.search(archive)
    return "-".join(match.groups()) if match else ""


def _at(text: str, place: Place, old: str) -> tuple[int, str] | str:
    """Offset of ``old`` and how it is written there, or why it cannot be found."""
    lines = text.split("\n")
    if not 1 <= place.line <= len(lines):
        return "the file has no such line"
    start = sum(len(line) + 1 for line in lines[: place.line - 1])
    line = lines[place.line - 1]
    forms = sorted({old, escape(old, quote=False), escape(old)}, key=len, reverse=True)

    def whole(at: int, form: str) -> bool:
        return line.startswith(form, at) and not _GOES_ON.match(line, at + len(form))

    for form in forms:
        if whole(place.column - 1, form):
            return start + place.column - 1, form
    found = {
        match.start(): form
        for form in reversed(forms)
        for match in re.finditer(re.escape(form), line)
        if whole(match.start(), form)
    }
    if len(found) != 1:
        return f"'{old}' stands there {len(found) or 'no'} times" if found else f"no '{old}' there"
    ((at, form),) = found.items()
    return start + at, form


def _edited(text: str, edits: Iterable[_Edit], problems: list[Problem]) -> str:
    changes: dict[int, tuple[str, str]] = {}
    for edit in edits:
        found = _at(text, edit.place, edit.old)
        if isinstance(found, str):
            problems.append(_problem(edit.place, f"not changed to {edit.new}: {found}"))
            continue
        offset, form = found
        # In HTML an ampersand was written as an entity, and has to be again.
        new = escape(edit.new, quote=False) if form != edit.old else edit.new
        changes[offset] = (form, new)
    for offset in sorted(changes, reverse=True):
        form, new = changes[offset]
        text = text[:offset] + new + text[offset + len(form) :]
    return text


@dataclass(frozen=True)
class _Job:
    """What one finding calls for at one place."""

    place: Place
    finding: Finding
    moved: str
    """The new address, or nothing."""


def _fields_with(text: str, job: _Job) -> list[str]:
    """Fields of the entry that are this address; a note may only contain it. Raises BibError."""
    known = bibwriter.fields(text, job.place.key)
    url = job.finding.link.url
    return [name for name in ("url", "archiveurl") if name in known and known[name].value == url]


def _entry_values(text: str, job: _Job, names: list[str]) -> dict[str, str]:
    values = dict.fromkeys(names, job.moved) if job.moved else {}
    known = bibwriter.fields(text, job.place.key)
    if job.finding.archive and "url" in names and "archiveurl" not in known:
        values["archiveurl"] = job.finding.archive
        if day := copy_date(job.finding.archive):
            values["archivedate"] = day
    return values


def _changed(text: str, jobs: Iterable[_Job], problems: list[Problem]) -> str:
    """``text`` of one file after all of its jobs."""
    edits: list[_Edit] = []
    entries: list[tuple[_Job, list[str]]] = []
    for job in jobs:
        place = job.place
        try:
            names = _fields_with(text, job) if place.key else []
        except bibwriter.BibError as error:
            problems.append(_problem(place, f"not changed: {error}"))
            continue
        if names:
            entries.append((job, names))
        elif job.moved:
            edits.append(_Edit(place, job.finding.link.url, job.moved))
    # Places are those of the file as it is: plain edits go first, for fields add lines.
    text = _edited(text, edits, problems)
    for job, names in entries:
        try:
            values = _entry_values(text, job, names)
            text = bibwriter.set_fields(text, job.place.key, values)
        except bibwriter.BibError as error:
            problems.append(_problem(job.place, f"not changed: {error}"))
    return text


def _moved(finding: Finding, problems: list[Problem]) -> str:
    if finding.verdict not in _MOVES or not finding.moved_to:
        return ""
    try:
        return new_address(finding)
    except ValueError as error:
        message = f"no new address proposed for {finding.link.url}: {error}"
        problems.append(_problem(finding.link.places[0], message))
        return ""


def plan(findings: Iterable[Finding], root: Path) -> Plan:
    """Every change that the findings call for, in files below ``root``; nothing is written."""
    result = Plan()
    jobs: dict[str, list[_Job]] = {}
    for finding in findings:
        moved = _moved(finding, result.problems)
        for place in finding.link.places:
            if moved or (place.key and finding.archive):
                jobs.setdefault(place.file, []).append(_Job(place, finding, moved))
    for name in sorted(jobs):
        try:
            before = (root / name).read_bytes()
            text = before.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            result.problems.append(_problem(Place(name, 1), f"cannot be changed: {error}"))
            continue
        result.before[name] = before
        result.after[name] = _changed(text, jobs[name], result.problems).encode("utf-8")
    return result
