"""What is kept of the last run for the public page: ``data/links/last-run.json``.

Small and sorted, so that its history in git reads well: counts, and a line for each link that is
not alive with the day since when. The scheduled job commits it; the site is built from it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError, field_validator

from scripts.links.outside import report
from scripts.links.outside.model import Finding, Verdict
from scripts.problems import ROOT

FILE = ROOT / "data" / "links" / "last-run.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RecordedLink(_Strict):
    """A link that was not alive when it was last asked for."""

    url: str
    verdict: Verdict
    since: dt.date
    """First day on which it had this verdict, or failed."""
    key: str = ""
    """Key of the source with this address."""
    file: str = ""
    """A file that names it, if no source has it."""
    archive: str = ""
    """Archived copy that the run found."""

    @field_validator("url", "archive")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("not a web address")
        return value


class Record(_Strict):
    """A run over all outside links."""

    format_version: Literal["1.0"] = "1.0"
    date: dt.date
    counts: dict[Verdict, NonNegativeInt]
    links: list[RecordedLink]


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


def load(file: Path = FILE) -> Record | None:
    """The last run, or None if there was none yet. Raises ValueError with file and remedy."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name} cannot be read: {error}") from error
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise ValueError(
            f"data/links/{file.name} is not a record of a run ({where}: {first['msg']}); restore "
            "it from git, or take it out until the next scheduled run"
        ) from None
