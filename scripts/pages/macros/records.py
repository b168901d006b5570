"""Macros that make whole parts of a page: the as-of line, figures, the bibliography, records."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from scripts.pages.cells import RecordError, cite, mark, table
from scripts.pages.here import Here
from scripts.sources.records import history
from scripts.sources.records.formatting import STATES, day, record_value
from scripts.sources.records.lookup import party_name, price_line, result_label, score_text
from scripts.sources.records.price_lines import price_lines
from scripts.sources.records.schema import COLLECTIONS


def _lines(record: Any, skip: set[str]) -> list[str]:
    """What a record holds beyond the common fields, one Markdown line each."""
    out = []
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in skip or value in (None, [], {}):
            continue
        title = name.replace("_", " ")
        if name == "specs":
            cells = "; ".join(
                f"{line.replace('-', ' ')}: {escape(record_value(spec))}"
                for line, spec in value.items()
            )
            out.append(f"**specs:** {cells}")
        elif name == "computed_from":
            out.append(f"**computed from:** {', '.join(f'`{item}`' for item in value)}")
        elif isinstance(value, (str, int)) or type(value).__name__ == "Decimal":
            out.append(f"**{title}:** {value}")
        elif hasattr(value, "isoformat"):
            out.append(f"**{title}:** {value.isoformat()}")
    return out


_COMMON = {
    "id", "as_of", "sources", "reported_by", "status", "state", "note", "supersedes", "disputes",
    "label", "value", "low", "high", "unit", "display", "name", "title", "rates", "peak",
    "off_peak", "benchmark", "score", "topic",
}  # fmt: skip


def record_entry(here: Here, collection: str, record: Any) -> str:
    """One record with its anchor: value, date, reporter, status, sources, relations."""
    data = here.records
    if collection == "facts":
        head, value = record.label, record_value(record)
    elif collection == "prices":
        model = data["models"].get(record.model)
        head = (
            f"{model.name if model else record.model} at {party_name(here.records, record.seller)}"
        )
        value = price_line(record)
    elif collection == "results":
        head, value = result_label(here.records, record), score_text(here.records, record)
    elif collection == "events":
        head, value = record.title, day(record.date)
    else:
        head = getattr(record, "name", None) or getattr(record, "engine", None) or record.id
        value = record_value(record) if hasattr(record, "unit") and hasattr(record, "value") else ""
    classes = mark(record.status, record.state)
    meta = [
        f"as of {record.as_of}",
        f"reported by {party_name(here.records, record.reported_by)}",
        f'<span class="status status--{record.status}">{record.status}</span>',
    ]
    if record.state != "known":
        chip = STATES.get(record.state, record.state)
        meta.append(f'<span class="state state--{record.state}">{chip}</span>')
    body = [
        f'<div class="record" id="{record.id}" data-status="{record.status}" '
        f'data-state="{record.state}" data-reporter="{_reporter_kind(here, record)}" '
        f'data-since="{history.since(record)}" markdown="1">'
        + "".join(f'<span id="{old}"></span>' for old in record.former_ids)
        + "\n",
        f'**{head}** <span class="record-value {classes}">{escape(value)}</span>  ',
        f"{' · '.join(meta)} {cite(record.sources)}",
    ]
    extra = _lines(record, _COMMON)
    if record.note:
        extra.append(record.note)
    extra += _relations(here, collection, record)
    if extra:
        body.append("\n" + "  \n".join(extra))
    body.append(
        f"\n[#{record.id}](#{record.id}){{ .record-id }} "
        f"{used_on_mark(collection, record)}\n\n</div>\n"
    )
    return "\n".join(body)


def _reporter_kind(here: Here, record: Any) -> str:
    party = here.records["parties"].get(record.reported_by)
    return party.kind if party else "unknown"


def _brief(here: Here, collection: str, record: Any) -> str:
    """Value, reporter and date of a record in a few words."""
    if collection == "results":
        value = score_text(here.records, record)
    elif collection == "prices":
        value = price_line(record)
    elif hasattr(record, "unit"):
        value = record_value(record)
    else:
        value = getattr(record, "title", record.id)
    return f"{escape(value)} ({party_name(here.records, record.reported_by)}, {record.as_of})"


def _relations(here: Here, collection: str, record: Any) -> list[str]:
    """History and disagreements in both directions, each with the other value and who says it."""
    known = here.records[collection]
    out = []

    def say(words: str, other_id: str) -> None:
        other = known.get(other_id)
        if other is not None:
            out.append(f"**{words}** [{other_id}](#{other_id}): {_brief(here, collection, other)}")

    for other_id in record.supersedes:
        say("replaces", other_id)
    for other in known.values():
        if record.id in other.supersedes:
            say("replaced by", other.id)
    disputed = dict.fromkeys(
        [*record.disputes, *(other.id for other in known.values() if record.id in other.disputes)]
    )
    for other_id in disputed:
        say("disagrees with", other_id)
    if collection == "prices":
        for line in price_lines(here.records).values():
            if record in line:
                at = line.index(record)
                if at > 0:
                    say("before it", line[at - 1].id)
                if at + 1 < len(line):
                    say("after it", line[at + 1].id)
    return out


def used_on_mark(collection: str, record: Any) -> str:
    return f"<!--used-on:{collection}/{record.id}-->"


def records_list(here: Here, collection: str) -> str:
    """Every record of a collection, grouped by topic where it has one."""
    if collection not in COLLECTIONS:
        raise RecordError(f"'{collection}' is not a collection")
    found = list(here.records[collection].values())
    if not found:
        raise RecordError(f"data/{collection} has no record")
    out = [f"\n{len(found)} records.\n"]
    if collection == "facts":
        for topic in dict.fromkeys(record.topic for record in found):
            out.append(f"\n## {topic.capitalize()} {{ #topic-{topic} }}\n")
            out += [record_entry(here, collection, r) for r in found if r.topic == topic]
    else:
        out += [record_entry(here, collection, r) for r in found]
    return "\n".join(out)


def collection_counts(here: Here) -> str:
    """How many records each collection holds, as a table."""
    data = here.records
    rows = [(f"`{name}`", str(len(data[name]))) for name in COLLECTIONS if data[name]]
    return table(("Collection", "Records"), rows, "Size of the collections", numeric=(1,))


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        records_list,
        collection_counts,
    )
}
