"""What earlier runs found: one line of JSON an address, so that git shows what changed.

A file that is damaged (half written by another tool, or with the marks of a merge conflict in it)
is kept beside the new one, and every line of it that can still be read counts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.links.outside.model import Finding, Verdict

VERSION = 1
_SLACK = dt.timedelta(hours=12)
"""So that a weekly run that starts a little earlier than the last one does not skip a week."""
AGES: dict[Verdict, dt.timedelta] = {
    Verdict.ALIVE: dt.timedelta(days=14) - _SLACK,
    Verdict.MOVED: dt.timedelta(days=14) - _SLACK,
    Verdict.RETITLED: dt.timedelta(days=14) - _SLACK,
    Verdict.INSECURE: dt.timedelta(days=14) - _SLACK,
    Verdict.NO_ANCHOR: dt.timedelta(days=14) - _SLACK,
    Verdict.UNVERIFIABLE: dt.timedelta(days=7) - _SLACK,
    Verdict.SOFT_404: dt.timedelta(days=3),
    Verdict.FAILING: dt.timedelta(hours=20),
    Verdict.DEAD: dt.timedelta(days=7) - _SLACK,
}
"""How long a verdict holds before the address is asked again; those not here do not hold."""
_LINE = re.compile(r"^(\"(?:[^\"\\]|\\.)+\"): (\{.*\}),?$")


@dataclass(frozen=True)
class Remembered:
    """What is known of an address from earlier runs."""

    verdict: Verdict
    checked: dt.datetime
    """When it was last asked for (UTC)."""
    reason: str = ""
    status: int = 0
    title: str = ""
    """Title of the page."""
    final: str = ""
    """Where redirects led, if they did."""
    moved_to: str = ""
    failing_days: tuple[dt.date, ...] = field(default=())
    """Different days on which it failed since it last worked, in order."""

    def is_fresh(self, now: dt.datetime) -> bool:
        """Whether the address need not be asked for again yet."""
        age = now - self.checked
        return dt.timedelta(0) <= age < AGES.get(self.verdict, dt.timedelta(0))


def remember(finding: Finding, now: dt.datetime) -> Remembered:
    """What to keep of a finding whose address was asked for."""
    answer = finding.answer
    final = answer.final_url if answer and answer.hops else ""
    return Remembered(
        verdict=finding.verdict,
        checked=finding.checked or now,
        reason=finding.reason,
        status=answer.status if answer else 0,
        title=answer.title[:200] if answer else "",
        final=final,
        moved_to=finding.moved_to,
        failing_days=finding.failing_days,
    )


def _to_json(entry: Remembered) -> dict[str, Any]:
    out = {
        "verdict": entry.verdict.name.lower(),
        "checked": entry.checked.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reason": entry.reason,
        "status": entry.status,
        "title": entry.title,
        "final": entry.final,
        "moved_to": entry.moved_to,
        "failing_days": [day.isoformat() for day in entry.failing_days],
    }
    return {name: value for name, value in out.items() if value}


def _from_json(fields: Any) -> Remembered:
    """Raises ValueError, KeyError, TypeError or AttributeError if it is not one of ours."""
    checked = dt.datetime.fromisoformat(fields["checked"])
    if checked.tzinfo is None:
        raise ValueError("a time without its zone")
    days = {dt.date.fromisoformat(day) for day in fields.get("failing_days", [])}
    return Remembered(
        verdict=Verdict[fields["verdict"].upper()],
        checked=checked,
        reason=str(fields.get("reason", "")),
        status=int(fields.get("status", 0)),
        title=str(fields.get("title", "")),
        final=str(fields.get("final", "")),
        moved_to=str(fields.get("moved_to", "")),
        failing_days=tuple(sorted(days)),
    )


def _lines(text: str) -> tuple[dict[str, Any], bool]:
    """Entries of the lines that can be read, and whether all of the file could be."""
    try:
        links = json.loads(text)["links"]
        return dict(links), True
    except (ValueError, KeyError, TypeError):
        pass
    out: dict[str, Any] = {}
    for line in text.splitlines():
        if match := _LINE.match(line.strip()):
            with contextlib.suppress(ValueError):
                out[json.loads(match[1])] = json.loads(match[2])
    return out, False


class State:
    """The file with what earlier runs found; ``path`` None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.entries: dict[str, Remembered] = {}
        self.warning = ""
        """One line for the reader if the file was not as it should be."""
        if path is not None and path.exists():
            self._read(path)

    def _read(self, path: Path) -> None:
        text = path.read_bytes().decode("utf-8", errors="replace")
        found, whole = _lines(text)
        for url, fields in found.items():
            try:
                self.entries[url] = _from_json(fields)
            except (ValueError, KeyError, TypeError, AttributeError):
                whole = False
        if not whole:
            aside = path.with_name(path.name + ".damaged")
            aside.write_bytes(path.read_bytes())
            self.warning = (
                f"{path}: damaged; {len(self.entries)} entries could be read, "
                f"the file as it was is kept as {aside.name}"
            )
            print(self.warning, file=sys.stderr)

    def keep_only(self, urls: Iterable[str]) -> None:
        """Forget addresses that the project no longer names."""
        known = set(urls)
        self.entries = {url: entry for url, entry in self.entries.items() if url in known}

    def save(self) -> None:
        """Write the file so that nobody, and no interruption, ever leaves half of it."""
        if self.path is None:
            return
        lines = (
            f"{json.dumps(url, ensure_ascii=False)}: "
            f"{json.dumps(_to_json(entry), ensure_ascii=False)}"
            for url, entry in sorted(self.entries.items())
        )
        text = f'{{"version": {VERSION}, "links": {{\n' + ",\n".join(lines) + "\n}}\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:
            with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)
            os.chmod(name, 0o644)  # mkstemp's file is readable for nobody else
            os.replace(name, self.path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
            raise
