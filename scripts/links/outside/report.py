"""The findings of a run for people and for machines: one function for each form, same findings.

Titles, reasons and addresses come from pages that others wrote. None of it reaches a terminal,
an annotation or an issue as anything but one line of printable text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from scripts.links.outside.model import BROKEN, Finding, Place, Verdict
from scripts.problems import in_message, in_property
from scripts.sources.link_record import WORST_FIRST

FORMAT_VERSION = "1.0"


REMEDIES = {
    Verdict.DEAD: "name the archived copy (the patch does, if there is one) or another source",
    Verdict.SOFT_404: "the page says that it is gone: look for its new address or name a copy",
    Verdict.REFUSED: "take the link out, or name the public address",
    Verdict.FAILING: "nothing yet: it is called dead after failing on three different days",
    Verdict.NO_ANCHOR: "link to a part that exists, or to the page as a whole",
    Verdict.INSECURE: "name the https address, or tell the site's owner about the certificate",
    Verdict.MOVED: "take over the new address: the patch does; read the page once before",
    Verdict.RETITLED: "read the page again: it may say something else now; mend title and urldate",
    Verdict.UNVERIFIABLE: "open it in a browser; it is not counted as broken",
    Verdict.UNCHECKED: "nothing: the next run begins with it",
    Verdict.ALIVE: "",
}
"""What a contributor does about each verdict."""

NOTHING_TO_DO = frozenset({Verdict.ALIVE, Verdict.UNVERIFIABLE, Verdict.UNCHECKED})
"""Verdicts for which nobody opens an issue: some sites refuse programs for years."""
_ONLY_COUNTED = frozenset({Verdict.ALIVE, Verdict.UNCHECKED})
"""For people; the files for machines have each link. A run cut short would list hundreds."""
_LEVELS = {
    **dict.fromkeys(BROKEN, "error"),
    Verdict.UNVERIFIABLE: "notice",
}
_SKIPPED = frozenset({Verdict.FAILING, Verdict.UNVERIFIABLE, Verdict.UNCHECKED})
"""Neither passed nor failed, for tools that know only these."""


def one_line(text: str, longest: int = 300) -> str:
    """``text`` without line ends, control characters and marks that turn its direction."""
    text = re.sub(r"\s+", " ", text).strip()
    text = "".join(c if unicodedata.category(c)[0] != "C" else "�" for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Worst verdict first, then by the first place."""
    return sorted(
        findings, key=lambda f: (WORST_FIRST.index(f.verdict), f.link.places[:1], f.link.url)
    )


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many links have each verdict; verdicts that none has are left out."""
    counted = Counter(finding.verdict for finding in findings)
    return {verdict.value: counted[verdict] for verdict in WORST_FIRST if counted[verdict]}


def _groups(findings: Iterable[Finding]) -> Iterator[tuple[Verdict, list[Finding]]]:
    """Everything that there is something to say about, by verdict."""
    found = ordered(findings)
    for verdict in WORST_FIRST:
        group = [finding for finding in found if finding.verdict is verdict]
        if group and verdict not in _ONLY_COUNTED:
            yield verdict, group


def _places(places: tuple[Place, ...], shown: int) -> list[str]:
    out = [one_line(f"{p} ({p.key})" if p.key else str(p)) for p in places[:shown]]
    if len(places) > shown:
        out.append(f"and {len(places) - shown} more")
    return out


def _what(finding: Finding) -> str:
    """The finding in one line: verdict, reason, and what is known instead."""
    out = finding.verdict.value
    if finding.reason:
        out += f": {one_line(finding.reason)}"
    if finding.moved_to:
        out += f"; now at {one_line(finding.moved_to, 2000)}"
    if finding.archive:
        out += f"; archived at {one_line(finding.archive, 2000)}"
    return out


# ---------------------------------------------------------------- for people


def terminal(findings: Iterable[Finding], stream: TextIO) -> None:
    """A table by verdict, worst first: each link with its first places, and what to do."""
    findings = list(findings)
    for verdict, group in _groups(findings):
        print(f"{verdict.value} ({len(group)}): {REMEDIES[verdict]}", file=stream)
        for finding in group:
            print(f"  {one_line(finding.link.url, 2000)}", file=stream)
            rows = [("why", one_line(finding.reason)), ("now at", one_line(finding.moved_to, 2000))]
            rows += [("copy", one_line(finding.archive, 2000))]
            rows += [
                ("in" if i == 0 else "", p) for i, p in enumerate(_places(finding.link.places, 3))
            ]
            for label, text in rows:
                if text:
                    print(f"    {label:<7}{text}", file=stream)
        print(file=stream)
    counted = counts(findings)
    width = max(map(len, counted), default=0)
    print(f"{len(findings)} outside link(s)", file=stream)
    for verdict, number in reversed(counted.items()):
        print(f"  {verdict:<{width}}  {number:>5}", file=stream)


def progress(total: int, stream: TextIO) -> Callable[[Finding], None]:
    """To be called with each finding: keeps one line up to date, on a terminal only."""
    done: Counter[Verdict] = Counter()
    on_terminal = stream.isatty()

    def tell(finding: Finding) -> None:
        done[finding.verdict] += 1
        if not on_terminal:
            return
        number = sum(done.values())
        bad = ", ".join(f"{done[v]} {v.value}" for v in WORST_FIRST[:-1] if done[v])
        line = f"{number}/{total} links" + (f": {bad}" if bad else "")
        # Back to the line's start, and clear what the last one left there.
        stream.write(f"\r\x1b[K{line[:100]}" if number < total else "\r\x1b[K")
        stream.flush()

    return tell


def _code(text: str, longest: int = 300) -> str:
    """A code span: an issue's reader sees the text, GitHub sees no mention, link or HTML in it.

    A plain link to an issue elsewhere would also leave a trace there each week.
    """
    return "`" + one_line(text, longest).replace("`", "'") + "`"


def markdown_summary(findings: Iterable[Finding], day: str, longest: int = 60_000) -> str:
    """Body of the scheduled issue, at most ``longest`` characters (GitHub takes 65,536)."""
    findings = list(findings)
    head = [f"## Outside links on {day}", "", "| Verdict | Links |", "|---|---:|"]
    head += [f"| {verdict} | {number} |" for verdict, number in counts(findings).items()]
    head += [f"| **all** | **{len(findings)}** |", ""]
    out = "\n".join(head) + "\n"
    if findings and all(finding.verdict is Verdict.ALIVE for finding in findings):
        return out + "Every link is alive.\n"
    left = sum(len(group) for _, group in _groups(findings))
    for verdict, group in _groups(findings):
        remedy = REMEDIES[verdict]
        title = f"### {verdict.value.capitalize()} ({len(group)})\n\n"
        title += f"{remedy[0].upper()}{remedy[1:]}.\n\n"
        for i, finding in enumerate(group):
            lines = [f"- {_code(finding.link.url, 1000)}"]
            for label, text in (
                ("why", finding.reason),
                ("now at", finding.moved_to),
                ("copy", finding.archive),
            ):
                if text:
                    lines.append(f"  - {label}: {_code(text, 1000)}")
            places = [_code(place) for place in _places(finding.link.places[:5], 5)]
            more = len(finding.link.places) - 5
            places += [f"and {more} more"] if more > 0 else []
            lines.append(f"  - in: {', '.join(places)}")
            item = (title if i == 0 else "") + "\n".join(lines) + "\n"
            if len(out) + len(item) > longest - 200:
                return f"{out}\n{left} more: see the JSON report of the run.\n"
            out += item
            left -= 1
        out += "\n"
    return out


# ---------------------------------------------------------------- for machines


def as_json(findings: Iterable[Finding]) -> str:
    """Everything about every link, worst first."""
    found = ordered(findings)
    content = {
        "format_version": FORMAT_VERSION,
        "checked": max((f.checked.isoformat() for f in found if f.checked), default=None),
        "counts": counts(found),
        "to_do": sum(finding.verdict not in NOTHING_TO_DO for finding in found),
        "links": [_link(finding) for finding in found],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _link(finding: Finding) -> dict[str, Any]:
    answer = finding.answer
    return {
        "url": finding.link.url,
        "verdict": finding.verdict.value,
        "broken": finding.verdict in BROKEN,
        "reason": one_line(finding.reason),
        "places": [
            {"file": p.file, "line": p.line, "column": p.column} | ({"key": p.key} if p.key else {})
            for p in finding.link.places
        ],
        "checked": finding.checked.isoformat() if finding.checked else None,
        "status": answer.status if answer else None,
        "final_url": answer.final_url if answer else None,
        "title": one_line(answer.title) if answer else None,
        "moved_to": finding.moved_to or None,
        "archive": finding.archive or None,
        "failing_days": [day.isoformat() for day in finding.failing_days],
    }


def as_junit(findings: Iterable[Finding]) -> str:
    """JUnit XML: a test case for each link, in a suite for each file that names it first."""
    report = JUnitXml("outside links")
    suites: dict[str, TestSuite] = {}
    for finding in ordered(findings):
        place = finding.link.places[0] if finding.link.places else Place("", 1)
        file = one_line(place.file)
        suite = suites.setdefault(file, TestSuite(file))
        case = TestCase(one_line(finding.link.url, 2000), file)
        case.time = finding.answer.seconds if finding.answer else 0.0
        words = _what(finding)
        if finding.verdict in BROKEN:
            case.result = [Failure(words, finding.verdict.name)]
            case.result[0].text = f"{REMEDIES[finding.verdict]}\n" + "\n".join(
                _places(finding.link.places, 100)
            )
        elif finding.verdict in _SKIPPED:
            case.result = [Skipped(words, finding.verdict.name)]
        elif finding.verdict is not Verdict.ALIVE:
            case.system_out = f"{words}\n{REMEDIES[finding.verdict]}"
        suite.add_testcase(case)
    for suite in suites.values():
        report.add_testsuite(suite)
    report.update_statistics()
    return report.tostring().decode("utf-8")


def github_annotations(findings: Iterable[Finding]) -> str:
    """Workflow commands with which GitHub marks the first place of each link that is not alive."""
    out = []
    for verdict, group in _groups(findings):
        for finding in group:
            place = finding.link.places[0] if finding.link.places else Place("", 1)
            words = f"{one_line(finding.link.url, 2000)}\n{_what(finding)}\n{REMEDIES[verdict]}"
            out.append(
                f"::{_LEVELS.get(verdict, 'warning')} file={in_property(place.file)},"
                f"line={place.line},col={place.column},title={in_property('Link ' + verdict.value)}"
                f"::{in_message(words)}\n"
            )
    return "".join(out)
