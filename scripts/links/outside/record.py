"""What is kept of the last run for the public page: ``data/links/last-run.json``.

Small and sorted, so that its history in git reads well: counts, and a line for each link that is
not alive with the day since when. The scheduled job commits it; the site is built from it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from scripts.links.outside import report
from scripts.links.outside.model import Finding, Verdict
from scripts.sources.link_record import Record, RecordedLink


def make(findings: Iterable[Finding], previous: Record | None, day: dt.date) -> Record:
    """The record of a run on ``day``; a verdict that lasts keeps its first day.

    Raises ValueError if nothing was asked for: readers would take that for the state of the links.
    """
    findings = list(findings)
    if all(finding.verdict is Verdict.UNCHECKED for finding in findings):
        raise ValueError("no link was checked; the record of the last run stays as it is")
    before = {(link.url, link.verdict): link.since for link in previous.links} if previous else {}
    links = []
    for finding in report.ordered(findings):
        if finding.verdict in {Verdict.ALIVE, Verdict.UNCHECKED}:
            continue  # the counts say how many
        url = finding.link.url
        keys = [place.key for place in finding.link.places if place.key]
        first = min(finding.failing_days, default=day)
        links.append(
            RecordedLink(
                url=url,
                verdict=finding.verdict,
                since=min(first, before.get((url, finding.verdict), day)),
                key=keys[0] if keys else "",
                file="" if keys else next((p.file for p in finding.link.places), ""),
                archive=finding.archive,
            )
        )
    counts = {Verdict(name): number for name, number in report.counts(findings).items()}
    return Record(date=day, counts=counts, links=links)


def dump(record: Record) -> str:
    content = record.model_dump(mode="json", exclude_defaults=True)
    content = {"format_version": record.format_version, **content}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
