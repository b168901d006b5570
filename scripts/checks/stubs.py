"""The passages of a page as an auditor wants them: with what they rest on, to be filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scripts.pages.passages import Passage, passages, uses
from scripts.sources.audit import FOLDER
from scripts.sources.records.formatting import record_value
from scripts.sources.records.lookup import party_name, spec_status, split_spec
from scripts.sources.site import Site


def _source(key: str, at: str | None, site: Site) -> str:
    found = site.references.get(key)
    if found is None:
        return f"{key}: unknown"
    place = f", {at}" if at else ""
    return f"{key}{place} [{found.kind}] {found.title}, {found.date or 'no date'}. {found.url}"


def _record(name: str, site: Site) -> Iterator[str]:
    collection, _, record_id = name.partition("/")
    sheet, line = split_spec(record_id)
    record = site.records[collection].get(sheet)
    if record is None:
        return
    spec = getattr(record, "specs", {}).get(line)
    held = spec or record
    label = getattr(record, "label", None) or getattr(record, "title", None)
    label = label or getattr(record, "name", None) or sheet
    value = record_value(held) if hasattr(held, "unit") and hasattr(held, "display") else ""
    if hasattr(record, "score"):
        value = f"{record.model}, {record.benchmark}: {record.score}"
    by = party_name(site.records, getattr(held, "reported_by", None) or record.reported_by)
    status = spec_status(record, spec) if spec else record.status
    yield f"{label}: {value} | as of {record.as_of}, {by}, {status}, {held.state}"
    for extra in ("rates", "peak", "off_peak", "text", "computed_from", "note"):
        if said := getattr(held, extra, None):
            yield f"  {extra}: {said}"
    for ref in held.sources or record.sources:
        yield f"  {_source(ref.key, ref.at, site)}"


def stub(passage: Passage, site: Site) -> str:
    """A check to fill in, below the passage and what it rests on as comments."""
    lines = [f"  # {passage.file}:{passage.line}", f"  # {passage.text}"]
    lines += [f"  #   {_source(key, None, site)}" for key in passage.keys]
    for name in passage.records:
        lines += [f"  #   {name} = {text}" for text in _record(name, site)]
    begins = " ".join(passage.text.split()[:8])
    lines += [
        f"  - id: {json.dumps(passage.id)}",
        f"    page: {passage.file}",
        f"    begins: {json.dumps(begins, ensure_ascii=False)}",
        "    read:",
        *(f'      {name}: ""' for name in uses(passage)),
        "    verdict:",
        '    by: ""',
        "    on:",
    ]
    return "\n".join(lines)


def stubs(site: Site, page: str, everything: bool = False) -> list[str]:
    """Those of a page (a file below ``docs/``) or a folder; only what nobody has read."""
    return [
        stub(passage, site)
        for passage in passages(site)
        if passage.file.startswith(page) and (everything or passage.id not in site.audit[FOLDER])
    ]
