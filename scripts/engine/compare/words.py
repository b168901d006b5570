"""What differs, as the comment on a pull request. Nothing in it is believed: words from a
contribution stand in code spans, where neither a name, a link nor HTML does anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from scripts.engine.compare.found import TALLEST, Found, Picture, RecordChange

MARK = "<!-- what this changes for readers -->"
LONGEST = 60_000
"""Letters of a comment; GitHub takes 65,536."""
MOST_LETTERS = 160
MOST_LINES = 60
"""Of one part; the rest is counted."""
_SIGNS = {"added": "new", "removed": "**gone**", "changed": "changed"}


def code(text: str) -> str:
    """Foreign words on one line of code: no backtick, pipe, control or direction sign is left."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    kept = re.sub(r" +", " ", kept.replace("`", "'").replace("|", "¦")).strip()
    if len(kept) > MOST_LETTERS:
        kept = kept[: MOST_LETTERS - 1] + "…"
    return f"`{kept}`" if kept else "–"


def _part(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"\n### {title}: {len(rows)}\n"
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows[:MOST_LINES]:
        yield f"| {' | '.join(row)} |"
    if len(rows) > MOST_LINES:
        yield f"\n… and {len(rows) - MOST_LINES} more."


def _several(names: Sequence[str], most: int = 4) -> str:
    if not names:
        return "–"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(code, names[:most])) + more


def _record_rows(record: RecordChange) -> Iterator[list[str]]:
    where, by = _several(record.shown), _several(record.sources, 2)
    name = f"{code(record.name)} {_SIGNS[record.how]}"
    if record.how != "changed":
        yield [name, code(record.label), "–", "–", by, where]
    for field in record.fields:
        yield [name, code(field.name), code(field.old), code(field.new), by, where]


def _signed(old: int, new: int) -> str:
    return f"{new - old:+,} ({old:,} → {new:,})"


def _figures(found: Found) -> list[list[str]]:
    """Of the search: those that moved, or one row that says that none did."""
    rows = [
        [code(f.kind), code(f.measure), f"{f.old:.3f}", f"{f.new:.3f}", f"{f.new - f.old:+.3f}"]
        for f in found.search
        if f"{f.old:.3f}" != f"{f.new:.3f}"
    ]
    first = [f for f in found.search if f.measure == "first"]
    return rows or [
        [code(f.kind), code(f.measure), f"{f.old:.3f}", f"{f.new:.3f}", "no figure moved"]
        for f in first
    ]


def _looks(picture: Picture) -> list[str]:
    where = [code(picture.url), f"{picture.width} px"]
    if not picture.old and not picture.new:
        return [*where, f"looks the same, down to {TALLEST:,} px", ""]
    return [*where, code(picture.old), code(picture.new)]


def comment(found: Found) -> str:
    """As Markdown, never longer than a comment may be."""
    lines = [MARK, "## What this changes for readers"]
    lines += _part(
        "Pages",
        ("Page", "", "Lines"),
        [[code(p.file), _SIGNS[p.how], f"+{p.more} −{p.less}"] for p in found.pages],
    )
    lines += _part(
        "Records and sources",
        ("Record", "Field", "Old", "New", "Source", "Shown on"),
        [row for record in found.records for row in _record_rows(record)],
    )
    hidden = [r.name for r in found.records if not r.shown and r.how != "removed"]
    if hidden:
        lines.append(f"\nOn no page: {_several(hidden, 8)}.")
    lines += _part("New addresses outside", ("Address",), [[code(url)] for url in found.links])
    heaviest = sorted(found.weights, key=lambda w: -abs(w.new - w.old))
    lines += _part(
        "Weights of pages, compressed bytes",
        ("Page", "Difference"),
        [[code(w.url), _signed(w.old, w.new)] for w in heaviest],
    )
    if found.site is not None:
        lines.append(f"\nThe whole site, bytes: {_signed(found.site.old, found.site.new)}.")
    lines += _part(
        "Search figures", ("Queries", "Measure", "Before", "After", "Difference"), _figures(found)
    )
    lines += _part(
        "Pictures, in the artifact `pictures`",
        ("Page", "Width", "Before", "After"),
        list(map(_looks, found.pictures)),
    )
    if len(lines) == 2:
        lines.append("\nNothing: no page, record, source or address is another.")
    lines += [f"\nLeft out: {code(words)}." for words in found.left_out]
    text = "\n".join(lines) + "\n"
    if len(text) > LONGEST:
        text = text[: text.rindex("\n", 0, LONGEST)] + "\n\n… and more than fits here.\n"
    return text
