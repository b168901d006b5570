"""Options of the outside link check for what is done with its findings, and the doing of it."""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scripts import problems
from scripts.links.outside import archives, proposals, record, report
from scripts.links.outside.model import Finding, Verdict
from scripts.problems import ROOT
from scripts.sources import link_record
from scripts.sources.references import writing as bibwriter

NO_ARCHIVE = "none"
_LOST = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.MOVED})
"""A source like this needs its archived copy named."""
_THERE = frozenset(
    {Verdict.ALIVE, Verdict.RETITLED, Verdict.NO_ANCHOR, Verdict.INSECURE, Verdict.UNVERIFIABLE}
)
"""A source like this can still be captured."""

EXAMPLES = """\
  ... --external | git apply                  take over new addresses and archived copies
  ... --external --fix --archive              the same, and capture sources that have no copy
  ... --external --json links.json --junit links.xml --markdown issue.md
"""
"""For the epilog of the command; ``...`` is ``python -m scripts links``."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that :func:`finish` reads."""
    group = parser.add_argument_group(
        "what becomes of the findings",
        "The table goes to stderr; the patch goes to stdout, unless --fix or --patch is given.",
    )
    path = {"type": Path, "metavar": "FILE"}
    group.add_argument("--json", **path, help="write all findings as JSON")
    group.add_argument("--junit", **path, help="write a JUnit report for CI systems")
    group.add_argument("--markdown", **path, help="write the summary for the scheduled issue")
    group.add_argument("--patch", **path, help="write the proposed changes to a file")
    group.add_argument("--fix", action="store_true", help="make the proposed changes")
    group.add_argument(
        "--record",
        **path,
        nargs="?",
        const=ROOT / link_record.FILE,
        help="keep the result for the public page (data/links/last-run.json); only for a run "
        "over all links",
    )
    group.add_argument(
        "--archive",
        action="store_true",
        help="ask for a capture of sources that are alive and have no archived copy yet",
    )
    group.add_argument(
        "--wayback",
        metavar="URL",
        default=os.environ.get("WAYBACK_URL") or archives.AVAILABILITY,
        help=f"availability API of the archive, or '{NO_ARCHIVE}' (default: $WAYBACK_URL, else "
        f"{archives.AVAILABILITY})",
    )
    group.add_argument(
        "--save-page-now",
        metavar="URL",
        default=os.environ.get("SAVE_PAGE_NOW_URL") or archives.SAVE,
        help=f"service that makes captures (default: $SAVE_PAGE_NOW_URL, else {archives.SAVE})",
    )
    group.add_argument(
        "--archive-minutes",
        type=float,
        default=30.0,
        metavar="N",
        help="the longest time for the archive; the rest is for the next run (default: 30)",
    )


def wishes(findings: Iterable[Finding], root: Path, capture: bool) -> list[archives.Wish]:
    """The sources whose archived copy is wanted: the lost first, then those to be captured."""
    lost, there = [], []
    texts: dict[str, str] = {}
    for finding in findings:
        if finding.verdict not in (_LOST | _THERE if capture else _LOST):
            continue
        for place in finding.link.places:
            if not place.key:
                continue
            try:
                if place.file not in texts:
                    texts[place.file] = (root / place.file).read_bytes().decode("utf-8")
                known = bibwriter.fields(texts[place.file], place.key)
            except (OSError, ValueError):
                continue  # the check of the bibliography tells
            if "archiveurl" in known or "url" not in known:
                continue
            if known["url"].value == finding.link.url:
                date = known["urldate"].value if "urldate" in known else ""
                is_lost = finding.verdict in _LOST
                wish = archives.Wish(finding.link.url, date, capture=not is_lost)
                (lost if is_lost else there).append(wish)
                break
    return lost + there


def with_copies(
    findings: Sequence[Finding], replies: Mapping[str, archives.Reply]
) -> list[Finding]:
    """The findings with the archived copies that were found."""
    out = []
    for finding in findings:
        reply = replies.get(finding.link.url)
        out.append(replace(finding, archive=reply.copy) if reply and reply.copy else finding)
    return out


def _ask_archive(
    findings: Sequence[Finding], options: argparse.Namespace, root: Path
) -> list[Finding]:
    wanted = [] if options.wayback == NO_ARCHIVE else wishes(findings, root, options.archive)
    if not wanted:
        return list(findings)
    replies = archives.find(
        wanted, options.wayback, options.save_page_now, options.archive_minutes * 60
    )
    for wish in wanted:
        if problem := replies[wish.url].problem:
            print(f"no copy of {report.one_line(wish.url, 2000)}: {problem}", file=sys.stderr)
    return with_copies(findings, replies)


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise OSError(f"{path}: cannot be written ({error.strerror})") from error


def _write_made(file: Path, make: Callable[[], str]) -> None:
    _write(file, make())


def _recorded(findings: Sequence[Finding], file: Path, day: dt.date) -> str:
    return record.dump(record.make(findings, link_record.load(file), day))


def _propose(findings: Sequence[Finding], options: argparse.Namespace, root: Path) -> None:
    plan = proposals.plan(findings, root)
    if options.fix:
        for name in plan.apply(root):
            print(f"{name}: changed", file=sys.stderr)
    problems.report(plan.problems)
    if options.patch or not options.fix:
        _write(options.patch or Path("-"), plan.patch())


def finish(
    findings: Sequence[Finding], options: argparse.Namespace, root: Path = ROOT
) -> list[Finding]:
    """Ask for archived copies, propose or make changes, write the reports, print the table.

    Returns the findings with the archived copies. Exits with status 2 and the reason if a file
    cannot be written or the patch cannot be made, after everything else was done.
    """
    findings = _ask_archive(findings, options, root)
    day = dt.datetime.now(dt.UTC).date()
    steps: list[Callable[[], None]] = [lambda: _propose(findings, options, root)]
    for file, text in (
        (options.json, lambda: report.as_json(findings)),
        (options.junit, lambda: report.as_junit(findings)),
        (options.markdown, lambda: report.markdown_summary(findings, day.isoformat())),
        (options.record, lambda: _recorded(findings, options.record, day)),
    ):
        if file:
            steps.append(functools.partial(_write_made, file, text))
    failures = []
    for step in steps:
        try:
            step()
        except (OSError, ValueError, proposals.PatchError) as error:
            failures.append(str(error))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        sys.stdout.write(report.github_annotations(findings))
    report.terminal(findings, sys.stderr)
    if failures:
        print("\n".join(failures), file=sys.stderr)
        raise SystemExit(2)
    return findings
