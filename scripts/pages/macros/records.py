"""Macros that make whole parts of a page: the as-of line, figures, the bibliography, records."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from scripts.pages.cells import FILTER, RecordError, mend_mark, table
from scripts.pages.here import Here
from scripts.pages.macros.record_groups import grouped
from scripts.sources.identity import SHORT
from scripts.sources.records.formatting import STATES, day, record_value
from scripts.sources.records.lookup import party_name, price_line, result_label, score_text
from scripts.sources.records.price_lines import price_lines
from scripts.sources.records.schema import COLLECTIONS


def _lines(record: Any, skip: set[str]) -> list[str]:
    """What a record holds beyond the common fields, one line of HTML each."""
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
            out.append(f"<b>specs:</b> {cells}")
        elif isinstance(value, (str, int)) or type(value).__name__ == "Decimal":
            out.append(f"<b>{title}:</b> {escape(str(value))}")
        elif hasattr(value, "isoformat"):
            out.append(f"<b>{title}:</b> {value.isoformat()}")
    return out


_COMMON = {
    "id", "as_of", "sources", "reported_by", "status", "state", "note", "supersedes", "disputes",
    "label", "value", "low", "high", "unit", "display", "name", "title", "rates", "peak",
    "off_peak", "benchmark", "score", "topic", "computed_from",
}  # fmt: skip


def _head(here: Here, collection: str, record: Any) -> tuple[str, str]:
    """What a record is of, and its value in words."""
    if collection == "facts":
        return record.label, record_value(record)
    if collection == "prices":
        model = here.records["models"].get(record.model)
        name = model.name if model else record.model
        return f"{name} at {party_name(here.records, record.seller)}", price_line(record)
    if collection == "results":
        return result_label(here.records, record), score_text(here.records, record)
    if collection == "events":
        return record.title, day(record.date)
    name = getattr(record, "name", None) or getattr(record, "engine", None) or record.id
    has_value = hasattr(record, "unit") and hasattr(record, "value")
    return name, record_value(record) if has_value else ""


def _sources(here: Here, record: Any) -> str:
    out, page = [], f"{here.top}reference/sources/"
    for ref in record.sources:
        known = here.references.get(ref.key)
        if known is None:
            continue  # the check of citations names it
        place = f", {escape(ref.at)}" if ref.at else ""
        out.append(f'<a href="{page}{known.kind}/#{ref.key}">{ref.key}</a>{place}')
    return "; ".join(out)


def record_entry(here: Here, collection: str, record: Any) -> str:
    """One record as an item of a list, in HTML: Markdown would take seconds for thousands.

    A fact has a page of its own, where its source and all else about it stands. What most records
    are, confirmed, known and reported by a vendor, goes unsaid: of some there are a thousand.
    """
    head, value = _head(here, collection, record)
    own_page = collection == "facts"
    meta = [record.as_of, escape(party_name(here.records, record.reported_by))]
    if record.status == "reported":  # so many that a class would weigh more than all else of them
        meta.append("<i>reported</i>")
    elif record.status != "confirmed":
        meta.append(f'<span class="status status--{record.status}">{record.status}</span>')
    if record.state != "known":
        chip = STATES.get(record.state, record.state)
        meta.append(f'<span class="state state--{record.state}">{chip}</span>')
    name = escape(head, quote=False)
    if own_page:
        name = f'<a href="{here.top}{SHORT}/{record.id}/">{name}</a>'
    else:
        meta += [_sources(here, record), f'<a class="record-id" href="#{record.id}">link</a>']
    kind = _reporter_kind(here, record)
    data = f' data-reporter="{kind}"' if kind != "vendor" else ""
    out = [
        f'<li class="record" id="{record.id}"{data}>',
        *(f'<span id="{old}"></span>' for old in record.former_ids),
        f"{name} <b>{escape(value, quote=False)}</b> ",
        f"<small>{' · '.join(meta)}</small>",
    ]
    if not own_page:
        extra = _lines(record, _COMMON)
        extra += [escape(record.note)] if record.note else []
        extra += _relations(here, collection, record)
        if extra:
            out.append(f"<p>{'<br>'.join(extra)}</p>")
        out += [used_on_mark(collection, record), mend_mark(f"{collection}/{record.id}")]
    return "".join([*out, "</li>"])


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
            brief = _brief(here, collection, other)
            out.append(f'<b>{words}</b> <a href="#{other_id}">{other_id}</a>: {brief}')

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

    def entry(record: Any) -> str:
        return record_entry(here, collection, record)

    out = [f"\n{len(found)} records.\n", FILTER]
    if collection == "facts":
        for topic in dict.fromkeys(record.topic for record in found):
            out.append(f"\n## {topic.capitalize()} {{ #topic-{topic} }}\n")
            chosen = [record for record in found if record.topic == topic]
            out.append(grouped(here.records, collection, chosen, entry))
    else:
        out.append(grouped(here.records, collection, found, entry))
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
