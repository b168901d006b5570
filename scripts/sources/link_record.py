"""What is kept of the last run over the outside links: ``data/links/last-run.json``."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError, field_validator


class Verdict(StrEnum):
    """What a contributor needs to know about a link."""

    ALIVE = "alive"
    MOVED = "moved for good"
    SOFT_404 = "says not found"
    UNVERIFIABLE = "refuses robots"
    """403, 429, a captcha or robots.txt: a person has to look; not broken."""
    FAILING = "failing"
    """Failed, but not yet on three different days."""
    DEAD = "dead"
    INSECURE = "insecure"
    """Plain http, or a certificate that does not hold."""
    RETITLED = "changed title"
    """Alive, but the page's title is no longer that of the bibliography entry."""
    NO_ANCHOR = "anchor missing"
    REFUSED = "not asked for"
    """Leads to a private address or another scheme: never requested."""
    UNCHECKED = "not checked"
    """The run's time was up before its turn came."""


WORST_FIRST = (
    Verdict.DEAD,
    Verdict.SOFT_404,
    Verdict.REFUSED,
    Verdict.FAILING,
    Verdict.NO_ANCHOR,
    Verdict.INSECURE,
    Verdict.MOVED,
    Verdict.RETITLED,
    Verdict.UNVERIFIABLE,
    Verdict.UNCHECKED,
    Verdict.ALIVE,
)


FILE = "data/links/last-run.json"
"""Below the top of the project."""


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


def load(file: Path) -> Record | None:
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
