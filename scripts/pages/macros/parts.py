"""Macros that make whole parts of a page: the as-of line, figures, the bibliography, records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import urljoin

from scripts.checks.prices import price_lines
from scripts.figures.base import Figure
from scripts.pages.cells import RecordError, cite, mark, table
from scripts.problems import ROOT
from scripts.publish import downloads, figure_files, works
from scripts.sources.records import history
from scripts.sources.records import lookup as records
from scripts.sources.records.formatting import STATES, day, record_value
from scripts.sources.records.lookup import party_name, price_line, result_label, score_text
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.references import bibliography

KIND_TITLES = {
    "primary": "Primary sources",
    "official": "Official documents",
    "evaluation": "Evaluations",
    "press": "Press",
    "analysis": "Analysis",
    "community": "Community",
}


def as_of_line(meta: dict[str, Any]) -> str:
    """Dates of the page's newest fact and of its last review, from its front matter."""
    out = []
    for label, field in (("As of", "as_of"), ("reviewed", "reviewed")):
        if value := meta.get(field):
            out.append(f'<span>{label} <time datetime="{value}">{day(str(value))}</time></span>')
    return f'<p class="asof">{" · ".join(out)}</p>'


def figure(figure_id: str) -> str:
    """A figure drawn from the data: wide and narrow picture, caption, data as a table."""
    from scripts import figures  # late: the chart library takes a moment to load

    if figure_id not in figures.FIGURES:
        from scripts.problems import nearest

        raise RecordError(f"no figure '{figure_id}'{nearest(figure_id, figures.FIGURES)}")
    drawn = figures.render(figure_id, records.dataset())
    rows = [[str(row.get(column, "")) for column in drawn.columns] for row in drawn.rows]
    numeric = [
        i
        for i in range(len(drawn.columns))
        if rows and all(re.match(r"^[\d.,%$¥−-]*$", row[i]) for row in rows)
    ]
    return (
        f'\n<figure class="fig" id="fig-{figure_id}" markdown="1">\n'
        f'<div class="fig-wide" data-search-exclude>{_one_line(drawn.wide)}</div>\n'
        f'<div class="fig-narrow" data-search-exclude>{_one_line(drawn.narrow)}</div>\n'
        f'<figcaption markdown="1">\n\n{drawn.caption} As of {day(drawn.as_of)}. '
        f"Sources: {cite(drawn.sources)}\n\n"
        f'<details class="fig-data" markdown="1"><summary>The data as a table</summary>\n'
        f"{table(drawn.columns, rows, f'Data of the figure: {drawn.title}', numeric)}"
        f"</details>\n{_figure_files(drawn)}\n</figcaption>\n</figure>\n"
    )


def _figure_files(figure: Figure) -> str:
    """Files and a line to copy, for people who use the figure elsewhere."""
    folder = f"{root()}figures/{figure.id}/"
    links = " · ".join(
        f'<a href="{folder}{figure.id}.{kind}" download>{kind.upper()}</a>'
        for kind in ("svg", "png", "csv")
    )
    name = f"use-{figure.id}"
    words = escape(
        figure_files.attribution(figure, urljoin(site_url, f"{current_url}#fig-{figure.id}"))
    )
    code = escape(figure_files.embed_code(figure, site_url))
    return (
        f'<details class="fig-data fig-use" data-search-exclude><summary>Use this figure</summary>'
        f'<p>{links} · <a href="{folder}">page to embed</a> · CC BY 4.0</p>'
        f'<p id="{name}-words">Attribution</p><pre data-copy tabindex="0" role="region" '
        f'aria-labelledby="{name}-words">{words}</pre>'
        f'<p id="{name}-code">Embed code</p><pre data-copy tabindex="0" role="region" '
        f'aria-labelledby="{name}-code">{code}</pre></details>\n'
    )


EXPLORERS = ROOT / "docs" / "assets" / "javascripts" / "explorers"


def explorer(name: str, title: str, fallback: str) -> str:
    """An interactive piece (a module of docs/assets/javascripts/explorers) and, for readers
    without scripts and for print, the static Markdown that stands in its place."""
    known = {path.stem for path in EXPLORERS.glob("*.js") if not path.stem.endswith("-model")}
    if name not in known:
        from scripts.problems import nearest

        raise RecordError(f"no explorer '{name}'{nearest(name, known)}")
    label = escape(title, quote=True)
    return (
        f'\n<section class="explorer" id="explorer-{name}" data-explorer="{name}" '
        f'aria-label="{label}" markdown="1">\n\n'
        f'<div class="explorer-live"></div>\n\n'
        f'<div class="explorer-static" markdown="1">\n\n{fallback}\n\n</div>\n\n</section>\n'
    )


def _one_line(svg: str) -> str:
    """Markdown leaves a block of HTML alone only as long as it has no blank line."""
    return re.sub(r"\s*\n\s*", " ", svg)


def full_bibliography() -> str:
    """Every source by kind; the hook fills in which pages cite it."""
    out = []
    references = bibliography.load()
    for kind, title in KIND_TITLES.items():
        chosen = [r for r in references.values() if r.kind == kind]
        if not chosen:
            continue
        out.append(f'\n## {title} {{ #{kind} }}\n\n<ul class="bibliography">')
        for ref in sorted(chosen, key=lambda r: (r.title.lower(), r.key)):
            out.append(
                f'<li id="{ref.key}"><span class="Z3988" title="{escape(works.coins(ref))}" '
                f'aria-hidden="true"></span><span class="ref-text">{ref.html}</span> '
                f"{ref.archived_html} "
                f'<code class="ref-key">{ref.key}</code> '
                f'<span class="cited-by" data-search-exclude>{cited_by_mark(ref.key)}</span></li>'
            )
        out.append("</ul>\n")
    return "\n".join(out)


def bibliography_files() -> str:
    """Links to the whole bibliography for reference managers, on the page of sources."""
    kinds = {"bib": "BibLaTeX", "ris": "RIS", "json": "CSL-JSON"}
    return "Files: " + " · ".join(
        f'<a href="bibliography.{extension}" download>{name}</a>'
        for extension, name in kinds.items()
    )


def cited_by_mark(key: str) -> str:
    """Where the hook puts the list of citing pages once all pages are rendered."""
    return f"<!--cited-by:{key}-->"


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


def record_entry(collection: str, record: Any) -> str:
    """One record with its anchor: value, date, reporter, status, sources, relations."""
    data = records.dataset()
    if collection == "facts":
        head, value = record.label, record_value(record)
    elif collection == "prices":
        model = data["models"].get(record.model)
        head = f"{model.name if model else record.model} at {party_name(record.seller)}"
        value = price_line(record)
    elif collection == "results":
        head, value = result_label(record), score_text(record)
    elif collection == "events":
        head, value = record.title, day(record.date)
    else:
        head = getattr(record, "name", None) or getattr(record, "engine", None) or record.id
        value = record_value(record) if hasattr(record, "unit") and hasattr(record, "value") else ""
    classes = mark(record.status, record.state)
    meta = [
        f"as of {record.as_of}",
        f"reported by {party_name(record.reported_by)}",
        f'<span class="status status--{record.status}">{record.status}</span>',
    ]
    if record.state != "known":
        chip = STATES.get(record.state, record.state)
        meta.append(f'<span class="state state--{record.state}">{chip}</span>')
    body = [
        f'<div class="record" id="{record.id}" data-status="{record.status}" '
        f'data-state="{record.state}" data-reporter="{_reporter_kind(record)}" '
        f'data-since="{history.since(record)}" markdown="1">'
        + "".join(f'<span id="{old}"></span>' for old in record.former_ids)
        + "\n",
        f'**{head}** <span class="record-value {classes}">{escape(value)}</span>  ',
        f"{' · '.join(meta)} {cite(record.sources)}",
    ]
    extra = _lines(record, _COMMON)
    if record.note:
        extra.append(record.note)
    extra += _relations(collection, record)
    if extra:
        body.append("\n" + "  \n".join(extra))
    body.append(
        f"\n[#{record.id}](#{record.id}){{ .record-id }} "
        f"{used_on_mark(collection, record)}\n\n</div>\n"
    )
    return "\n".join(body)


def _reporter_kind(record: Any) -> str:
    party = records.dataset()["parties"].get(record.reported_by)
    return party.kind if party else "unknown"


def _brief(collection: str, record: Any) -> str:
    """Value, reporter and date of a record in a few words."""
    if collection == "results":
        value = score_text(record)
    elif collection == "prices":
        value = price_line(record)
    elif hasattr(record, "unit"):
        value = record_value(record)
    else:
        value = getattr(record, "title", record.id)
    return f"{escape(value)} ({party_name(record.reported_by)}, {record.as_of})"


def _relations(collection: str, record: Any) -> list[str]:
    """History and disagreements in both directions, each with the other value and who says it."""
    known = records.dataset()[collection]
    out = []

    def say(words: str, other_id: str) -> None:
        other = known.get(other_id)
        if other is not None:
            out.append(f"**{words}** [{other_id}](#{other_id}): {_brief(collection, other)}")

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
        for line in price_lines(records.dataset()).values():
            if record in line:
                at = line.index(record)
                if at > 0:
                    say("before it", line[at - 1].id)
                if at + 1 < len(line):
                    say("after it", line[at + 1].id)
    return out


def changes_list() -> str:
    """What changed on which day, newest first: prices, facts, scores, events, corrections."""
    out, month = [], ""
    for change in history.changes(records.dataset()):
        if change.date[:7] != month:
            month = change.date[:7]
            out.append(f'\n<h3 class="change-month" id="m-{month}">{day(month)}</h3>\n')
        href = records.href(change.collection, change.id)
        out.append(
            f'<div class="change" data-date="{change.date}" markdown="1">\n\n'
            f'<span class="when">{change.date}</span> '
            f'<span class="kind">{change.kind}</span> {change.text} '
            f"[record]({href}){{ .claim-more }}\n\n</div>\n"
        )
    return "\n".join(out)


def used_on_mark(collection: str, record: Any) -> str:
    return f"<!--used-on:{collection}/{record.id}-->"


def records_list(collection: str) -> str:
    """Every record of a collection, grouped by topic where it has one."""
    if collection not in COLLECTIONS:
        raise RecordError(f"'{collection}' is not a collection")
    found = list(records.dataset()[collection].values())
    if not found:
        raise RecordError(f"data/{collection} has no record")
    out = [f"\n{len(found)} records.\n"]
    if collection == "facts":
        for topic in dict.fromkeys(record.topic for record in found):
            out.append(f"\n## {topic.capitalize()} {{ #topic-{topic} }}\n")
            out += [record_entry(collection, r) for r in found if r.topic == topic]
    else:
        out += [record_entry(collection, r) for r in found]
    return "\n".join(out)


def collection_counts() -> str:
    """How many records each collection holds, as a table."""
    data = records.dataset()
    rows = [(f"`{name}`", str(len(data[name]))) for name in COLLECTIONS if data[name]]
    return table(("Collection", "Records"), rows, "Size of the collections", numeric=(1,))


def downloads_table() -> str:
    """Every file for machines, with what it holds and how current it is."""
    data = records.dataset()
    rows = []
    for name, model in COLLECTIONS.items():
        held = downloads.records(data, name)
        links = " · ".join(
            f'<a href="{root()}{downloads.FOLDER}/{name}.{kind}" download>{kind.upper()}</a>'
            for kind in ("json", "csv")
        )
        links += f' · <a href="{root()}{downloads.FOLDER}/schema/{name}.json">schema</a>'
        what = (model.__doc__ or "").strip().splitlines()[0].replace("``", "`")
        rows.append((f"`{name}`", what, str(len(held)), downloads.newest(held) or "–", links))
    headers = ("Collection", "What it holds", "Records", "As of", "Files")
    return table(headers, rows, "Downloads", numeric=(2,))


def download(name: str, text: str | None = None) -> str:
    """A link to a file that the build writes below ``data/``, from a page of a part."""
    known = {f"{c}.{kind}" for c in COLLECTIONS for kind in ("json", "csv")} | {downloads.SQLITE}
    if name not in known:
        from scripts.problems import nearest

        raise RecordError(f"no download '{name}'{nearest(name, known)}")
    return f'<a href="{root()}{downloads.FOLDER}/{name}" download>{escape(text or name)}</a>'


current_url = ""
"""Address of the page whose macros run; ``scripts.pages.macros.registry`` sets it."""
site_url = "/"
"""Where the site will stand; ``scripts.pages.macros.registry`` sets it."""


def root() -> str:
    """From the current page to the top of the site: ``../../``, or ``./`` on the home page."""
    return "../" * current_url.count("/") or "./"


def data_dictionary() -> str:
    """Every field of every collection: type and meaning, from the schema."""
    out = []
    for name, model in COLLECTIONS.items():
        rows = []
        for field_name, field in model.model_fields.items():
            kind = re.sub(
                r"\b(?:typing|decimal|datetime|scripts\.data\.schema)\.", "", _kind(field)
            )
            needed = "yes" if field.is_required() else "no"
            rows.append((f"`{field.alias or field_name}`", kind, needed, field.description or ""))
        out.append(f'\n??? note "{name}"\n\n')
        listed = table(("Field", "Type", "Required", "Meaning"), rows, f"Fields of {name}")
        out.append("\n".join(f"    {line}" if line else "" for line in listed.splitlines()) + "\n")
    return "".join(out)


def _kind(field: Any) -> str:
    """The type of a field in words of JSON."""
    text = str(field.annotation)
    words = []
    for pattern, word in (
        (r"Decimal|int\b", "number"),
        (r"bool", "true or false"),
        (r"AwareDatetime|datetime", "instant (UTC)"),
        (r"\bdate\b", "date"),
        (r"SourceRef", "list of sources"),
        (r"Spec\b", "specs by name"),
        (r"Rates", "rates"),
        (r"LongPrompt", "long-prompt surcharge"),
        (r"list\[str|list\[Annotated\[str|list\[tuple", "list"),
        (r"Literal\[", "one of " + ", ".join(re.findall(r"'([^']*)'", text))),
        (r"str", "text"),
    ):
        if re.search(pattern, text) and not (word == "text" and words):
            words.append(word)
            if pattern.startswith("Literal"):
                break
    return " or ".join(dict.fromkeys(words)) or "text"


def source_count() -> str:
    return str(len(bibliography.load()))


MACROS: dict[str, Callable[..., str]] = {
    f.__name__: f
    for f in (
        figure,
        explorer,
        full_bibliography,
        records_list,
        collection_counts,
        source_count,
        bibliography_files,
        changes_list,
        downloads_table,
        data_dictionary,
        download,
    )
}

__all__ = ["MACROS", "as_of_line", "json"]
