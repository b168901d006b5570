"""What is asked for each kind of new thing, and what it becomes as text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.sources.records.schema import Fact

RATES = ("cache_hit", "cache_miss", "output")
"""What is priced per million tokens."""
TODAY = "today"
"""Default that stands for the day on which the question is asked."""


@dataclass(frozen=True)
class Question:
    """One thing to know; ``default`` None if it must be answered, empty if it may be left out."""

    name: str
    words: str
    default: str | None = None


_SAID = (
    Question("as-of", "Day for which it was true (YYYY-MM-DD)", TODAY),
    Question("reported-by", "Who says so: an id of data/parties"),
    Question("source", "Key of the source in references.bib"),
    Question("at", "Place in the source: section, table, page", ""),
)
KINDS: dict[str, tuple[Question, ...]] = {
    "fact": (
        Question("id", "Id, which stays for ever, such as v4-pro-total-parameters"),
        Question("label", "What the value is of"),
        Question("topic", f"Topic: {', '.join(Fact.model_fields['topic'].annotation.__args__)}"),
        Question("value", "Value: digits without commas, or words"),
        Question("unit", "Unit, of scripts/sources/records/units.py; 'text' for words"),
        Question("display", "How to print it, if not as number and unit", ""),
        *_SAID,
        Question("file", "File below data/", ""),
    ),
    "event": (
        Question("id", "Id, such as v4-launch"),
        Question("date", "Day, month or year (YYYY-MM-DD)"),
        Question(
            "lane", "Lane: models, prices, chips, rules, markets, politics, research, company"
        ),
        Question("title", "What happened, in a line"),
        Question("text", "One sentence more", ""),
        *_SAID,
        Question("file", "File below data/", ""),
    ),
    "price": (
        Question("id", "Id, such as deepseek-chat-usd-2026-12-01"),
        Question("seller", "Seller: an id of data/parties"),
        Question("model", "Model: an id of data/models"),
        Question("api-name", "Name in the API", ""),
        Question("currency", "USD, CNY or EUR", "USD"),
        Question("from", "First instant, UTC, such as 2026-12-01T00:00:00Z", ""),
        Question("cache-hit", "Cached input, per million tokens", ""),
        Question("cache-miss", "Uncached input, per million tokens", ""),
        Question("output", "Output, per million tokens"),
        Question("peak-cache-hit", "Cached input at peak hours, if they cost more", ""),
        Question("peak-cache-miss", "Uncached input at peak hours", ""),
        Question("peak-output", "Output at peak hours", ""),
        Question("peak-scheme", "Which hours are peak: an id of data/peak_schemes", ""),
        *_SAID,
        Question("file", "File below data/", ""),
    ),
    "source": (
        Question("key", "Key: organization or author, year, a word, such as deepseek2026v4report"),
        Question("type", "Kind of entry: online, report, article, video ...", "online"),
        Question("author", "Author 'Family, Given'; an organization as '{Name}'"),
        Question("title", "Title"),
        Question("date", "Day on which it was published (YYYY-MM-DD)", ""),
        Question("url", "Address"),
        Question("urldate", "Day on which you read it", TODAY),
        Question("keywords", "primary, official, press, evaluation, analysis or community"),
    ),
    "page": (
        Question("path", "File below docs/, such as pricing/discounts.md"),
        Question("title", "Title"),
        Question("description", "What it says, in 160 characters at most"),
        Question("answer", "The sentence that answers, with which the page begins"),
        Question("short", "The short version: three to five sentences with ' | ' between them", ""),
        Question("unknown", "What we do not know about it, in a sentence or two", ""),
        Question("as-of", "Day of its newest fact", TODAY),
        Question("reviewed", "Day on which you looked at all of it", TODAY),
    ),
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")


def defaults(question: Question) -> str | None:
    """What an answer is if nobody gives one; None if somebody must."""
    return dt.date.today().isoformat() if question.default == TODAY else question.default


def scalar(value: str) -> str:
    """A value as YAML: numbers and dates as they are, words in quotes where they need them."""
    if _NUMBER.match(value) or re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:T[\d:]+Z)?", value):
        return value
    plain = re.fullmatch(r"[A-Za-z][\w .,()/%$+-]*", value) and not value.endswith(" ")
    words = {"true", "false", "null", "yes", "no", "on", "off"}
    return value if plain and value.lower() not in words else json.dumps(value, ensure_ascii=False)


def _rates(given: Mapping[str, str]) -> list[str]:
    """One price at all hours, or one for those that are peak and one for the others."""

    def said(prefix: str) -> str:
        amounts = {name: given.get(f"{prefix}{name.replace('_', '-')}", "") for name in RATES}
        return ", ".join(f"{name}: {value}" for name, value in amounts.items() if value)

    peak = said("peak-")
    if not peak:
        return [f"rates: {{{said('')}}}"]
    return [f"off_peak: {{{said('')}}}", f"peak: {{{peak}}}"]


def record(kind: str, given: Mapping[str, str], indent: int) -> str:
    """A record of data/ as an item of a list."""
    lines: list[str] = []
    for question in KINDS[kind]:
        name = question.name.replace("-", "_")
        value = given.get(question.name, "")
        if not value or name in {"source", "at", "file"} or name.removeprefix("peak_") in RATES:
            continue
        if kind == "fact" and name == "value" and given.get("unit") == "text":
            lines.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
        elif name != "unit" or value != "text":
            lines.append(f"{name}: {scalar(value)}")
    if kind == "price":
        lines += _rates(given)
    at = f", at: {json.dumps(given['at'], ensure_ascii=False)}" if given.get("at") else ""
    lines.append(f"sources: [{{key: {given['source']}{at}}}]")
    pad = " " * indent
    return f"{pad}- " + f"\n{pad}  ".join(lines) + "\n"


_PRINTED = {"author", "title"}


def _for_bib(text: str) -> str:
    """Words in which the signs that mean something to BibTeX are written as signs."""
    return re.sub(r"(?<!\\)([&%#$_])", r"\\\1", text)


def entry(given: Mapping[str, str]) -> str:
    """An entry of references.bib."""
    names = [q.name for q in KINDS["source"] if q.name not in {"key", "type"} and given.get(q.name)]
    values = {name: _for_bib(given[name]) if name in _PRINTED else given[name] for name in names}
    lines = [f"  {name:<12} = {{{value}}}," for name, value in values.items()]
    return f"@{given['type']}{{{given['key']},\n" + "\n".join(lines) + "\n}\n"


def page(given: Mapping[str, str]) -> str:
    """A page with the sections that every page has, in their order; what was not answered yet is
    true as it stands, and says in a comment what belongs there."""
    points = [point.strip() for point in given.get("short", "").split(" | ") if point.strip()]
    short = "\n".join(f"- {point}" for point in points or [given["answer"]])
    if not points:
        short += "\n\n{## Three to five points, each a sentence with its number and source. ##}"
    unknown = given.get("unknown") or (
        "What is not said above has not been looked into yet.\n\n"
        "{## What was looked for and not found, and what nobody has published. ##}"
    )
    return (
        f"---\ntitle: {scalar(given['title'])}\ndescription: {scalar(given['description'])}\n"
        f"as_of: {given['as-of']}\nreviewed: {given['reviewed']}\n---\n\n# {given['title']}\n\n"
        f"{given['answer']}\n{{ .answer }}\n\n{{{{ as_of_line() }}}}\n\n"
        f"## The short version {{ #short }}\n\n{short}\n\n"
        "{## Here goes the body: a heading for each question that readers have. ##}\n\n"
        f"## What we do not know {{ #unknown }}\n\n{unknown}\n"
    )


COLLECTION = {"fact": "facts", "event": "events", "price": "prices"}
"""Where records of a kind stand."""
