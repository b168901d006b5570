"""The schema of ``data/``: one pydantic model a collection.

A collection is either ``data/<name>.yml`` or every file below ``data/<name>/``. Each file is a
mapping with ``records`` and, optionally, ``defaults`` that are merged into every record of that
file (a record's own value wins). Every record says when it was true (``as_of``), where that can
be read (``sources``), who said so (``reported_by``), how far to trust it (``status``, ``state``).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    model_validator,
)

from scripts.sources.records.dates import PartialDate
from scripts.sources.records.units import UNITS

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Lower-case letters, digits and single hyphens: it becomes a permanent anchor."""


def _known_unit(value: str) -> str:
    if value not in UNITS:
        raise ValueError(
            f"unknown unit '{value}'; the units are listed in scripts/sources/records/units.py"
        )
    return value


Unit = Annotated[str, AfterValidator(_known_unit)]

Status = Literal["confirmed", "reported", "disputed", "superseded"]
"""confirmed: the primary source says it and we read it there.
reported: a named party says it; not confirmed by the primary source.
disputed: serious sources contradict each other (name them in ``disputes``).
superseded: was true, is not any more."""

State = Literal["known", "absent", "unconfirmed", "not-public", "not-researched"]
"""known: there is a value. absent: known not to exist. unconfirmed: reported, no proof.
not-public: exists, but its owner has not published it. not-researched: nobody looked yet."""

Topic = Literal[
    "release", "architecture", "benchmarks", "pricing", "hardware", "using", "policy", "markets"
]


class Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, str_min_length=1, str_max_length=4000
    )


class SourceRef(Strict):
    """Where a statement stands: a key of references.bib and the place in that source."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    at: str | None = Field(None, description="Locator: section, table, page, footnote.")


class Record(Strict):
    id: Slug
    as_of: PartialDate = Field(description="The date for which this was true.")
    sources: list[SourceRef] = Field(min_length=1)
    reported_by: Slug = Field(description="Who says so: an id of data/parties.")
    status: Status = "confirmed"
    state: State = "known"
    note: str | None = None
    review_days: int | None = Field(
        None, gt=0, description="Warn when 'as_of' is older than so many days."
    )
    former_ids: list[Slug] = Field(
        default_factory=list, description="Ids under which this record was published before."
    )
    supersedes: list[Slug] = Field(default_factory=list)
    disputes: list[Slug] = Field(default_factory=list)


class Party(Strict):
    """Somebody who reports numbers."""

    id: Slug
    name: str
    kind: Literal["vendor", "government", "evaluator", "press", "analyst", "community", "us"]
    vendor_of: list[str] = Field(
        default_factory=list, description="Developers whose own products this party reports on."
    )


class Fact(Record):
    """One statement: a value with its unit."""

    topic: Topic
    label: str = Field(description="What the value is of, e.g. 'Total parameters of V4-Pro'.")
    value: Decimal | str | None = None
    low: Decimal | None = Field(None, description="Lower end where the source gives a range.")
    high: Decimal | None = Field(None, description="Upper end where the source gives a range.")
    unit: Unit = "text"
    display: str | None = Field(None, description="How to print it, if not as number and unit.")
    computed_from: list[str] = Field(
        default_factory=list, description="Records this is our own arithmetic over."
    )

    @model_validator(mode="after")
    def _value_or_state(self) -> Fact:
        has_value = self.value is not None or self.low is not None
        if self.state == "known" and not has_value:
            raise ValueError("a known fact needs a value (or low and high); otherwise set 'state'")
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both 'low' and 'high'")
        return self


class Spec(Strict):
    """One line of a spec sheet."""

    value: Decimal | str | None = None
    unit: Unit = "text"
    display: str | None = None
    state: State = "known"
    status: Status = "confirmed"
    reported_by: Slug | None = Field(None, description="Who says so, if not who says the sheet.")
    sources: list[SourceRef] = Field(
        default_factory=list, description="Empty: the sources of the whole sheet."
    )
    note: str | None = None


class Model(Record):
    """A model checkpoint, ours (DeepSeek's) in depth, others as far as tables need them."""

    name: str
    developer: str
    released: PartialDate | None = None
    weights: Literal["open", "closed", "unknown"] = "unknown"
    license: str | None = None
    successor: Slug | None = None
    specs: dict[Slug, Spec] = Field(default_factory=dict)


class Rates(Strict):
    """Money per million tokens, in the currency of the price."""

    cache_hit: Decimal | None = Field(None, ge=0)
    cache_miss: Decimal | None = Field(None, ge=0, description="Uncached input.")
    output: Decimal | None = Field(None, ge=0)
    cache_write: Decimal | None = Field(None, ge=0)


class LongPrompt(Strict):
    """A surcharge that applies to the whole request above a prompt length."""

    above_tokens: int = Field(gt=0)
    rates: Rates


class Price(Record):
    """What a seller charged for a model in the half-open interval [from, to)."""

    seller: Slug = Field(description="An id of data/parties.")
    model: Slug = Field(description="An id of data/models.")
    api_name: str | None = None
    currency: Literal["USD", "CNY", "EUR"]
    start: AwareDatetime | None = Field(None, alias="from")
    """First instant, UTC. None: not known (the price was seen on ``as_of``)."""
    end: AwareDatetime | None = Field(None, alias="to")
    """First instant at which it no longer held. None: still holding on ``as_of``."""
    succeeds: str | None = Field(
        None, description="API name whose buyers this one serves, on the first price of a name."
    )
    continues_as: str | None = Field(
        None, description="API name as which this one is billed after its own last price."
    )
    gap_before: str | None = Field(
        None, description="Why no price of this API name is known for the time before."
    )
    kind: Literal["list", "promotion", "announced-not-applied", "snapshot"] = "list"
    rates: Rates | None = Field(None, description="One price at all hours.")
    off_peak: Rates | None = None
    peak: Rates | None = None
    peak_scheme: Slug | None = Field(None, description="An id of data/peak_schemes.")
    long_prompt: LongPrompt | None = None

    @model_validator(mode="after")
    def _shape(self) -> Price:
        two_tier = self.peak is not None and self.off_peak is not None
        if two_tier == (self.rates is not None):
            raise ValueError("give either 'rates', or both 'peak' and 'off_peak'")
        if two_tier and self.peak_scheme is None:
            raise ValueError("a price with peak hours needs 'peak_scheme'")
        if self.start and self.end and self.start >= self.end:
            raise ValueError("'from' must be earlier than 'to' (the interval is half-open)")
        return self


class PeakScheme(Record):
    """Which hours are peak in the half-open interval [from, to)."""

    start: AwareDatetime = Field(alias="from")
    end: AwareDatetime | None = Field(None, alias="to")
    windows_utc: list[tuple[str, str]] = Field(description="Half-open, 'HH:MM', UTC.")
    weekdays: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = Field(
        description="Days, in the seller's zone, on which the windows apply."
    )
    zone: str = "Asia/Shanghai"
    holidays: list[dt.date] = Field(
        default_factory=list, description="Public holidays that are off-peak all day."
    )


class Benchmark(Record):
    """A test: what it measures, in which unit, and what is wrong with it."""

    name: str
    version: str | None = None
    category: Literal[
        "coding", "agents", "knowledge", "reasoning", "math", "long-context", "multilingual",
        "safety", "preference", "index", "multimodal", "other",
    ]  # fmt: skip
    measures: str = Field(description="What it measures, in one plain sentence.")
    metric: str = Field(description="E.g. 'accuracy', 'resolved', 'pass@1', 'Elo'.")
    unit: Unit = "percent"
    size: str | None = None
    flaws: str | None = Field(None, description="Known problems, in plain words.")
    higher_is_better: bool = True


class Result(Record):
    """One score of one model under one setting, as one party reports it."""

    benchmark: Slug
    model: Slug = Field(description="An id of data/models.")
    checkpoint: str | None = Field(None, description="E.g. 'preview', '0813', 'base'.")
    mode: str | None = Field(None, description="Effort or thinking mode as the source names it.")
    score: Decimal | None = None
    display: str | None = None
    metric: str | None = Field(None, description="Only if it differs from the benchmark's.")
    harness: str | None = None
    setting: str | None = Field(None, description="Whatever else sets this run apart.")

    @model_validator(mode="after")
    def _score_or_state(self) -> Result:
        if self.state == "known" and self.score is None:
            raise ValueError("a known result needs a 'score'; otherwise set 'state'")
        return self


class Chip(Record):
    """A chip or a machine of chips, with the basis on which its figures are counted."""

    name: str
    maker: str
    kind: Literal["gpu", "npu", "system", "workstation"]
    released: PartialDate | None = None
    accounting: str = Field(
        description="On which basis the figures are counted (die, package, dense, sparse ...)."
    )
    specs: dict[Slug, Spec] = Field(default_factory=dict)


class Event(Record):
    """Something that happened on a day, in one of the lanes of the timeline."""

    date: PartialDate
    end_date: PartialDate | None = None
    lane: Literal[
        "models", "prices", "chips", "rules", "markets", "politics", "research", "company"
    ]
    title: str = Field(max_length=120)
    text: str | None = None
    major: bool = Field(False, description="Belongs on the short timeline.")
    name: str | None = Field(
        None,
        max_length=24,
        description="A few words beside the mark of a major event on the timeline.",
    )


class Term(Record):
    """A word of the field, defined in one sentence."""

    term: str
    zh: str | None = None
    short: str = Field(description="One-sentence definition; becomes the tooltip.")
    long: str | None = None
    aliases: list[str] = Field(default_factory=list)
    see_also: list[Slug] = Field(default_factory=list)


class Claim(Record):
    """A claim of the starting article and what the record shows."""

    number: int = Field(ge=1)
    claim: str
    verdict: Literal["holds", "refine", "correct", "wrong", "opinion", "unproven", "open", "dated"]
    finding: str
    page: str = Field(description="Page (below docs/) that treats it, with an anchor if possible.")


class Rumor(Record):
    """A false or unproven figure that circulates: who said it, when, and what became of it."""

    claim: str
    who: str
    when: PartialDate
    verdict: Literal["false", "unproven", "partly-true", "outdated"]
    evidence: str


class Correction(Record):
    """A mistake of this site, or of the story as first told, and when it was put right."""

    date: PartialDate
    was: str
    now: str
    page: str | None = None


class ErrorCode(Record):
    """An error code of DeepSeek's API, with cause and remedy."""

    code: str
    name: str
    cause: str
    remedy: str


class Limit(Record):
    """An API limit or default."""

    name: str
    applies_to: str
    value: Decimal | str | None = None
    unit: Unit = "text"
    display: str | None = None


class Engine(Record):
    """How an inference engine runs one of the models."""

    engine: str
    version: str | None = None
    model: Slug
    hardware: str | None = None
    works: Literal["yes", "partly", "no", "unknown"]
    summary: str
    command: str | None = None


COLLECTIONS: dict[str, type[BaseModel]] = {
    "parties": Party,
    "facts": Fact,
    "models": Model,
    "prices": Price,
    "peak_schemes": PeakScheme,
    "benchmarks": Benchmark,
    "results": Result,
    "chips": Chip,
    "events": Event,
    "glossary": Term,
    "claims": Claim,
    "rumors": Rumor,
    "corrections": Correction,
    "error_codes": ErrorCode,
    "limits": Limit,
    "engines": Engine,
}
"""Name of the collection (file or folder below data/) to the model of its records."""
