"""What was measured, against the budgets: one table for the screen, one page to keep."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path


@dataclass
class Line:
    """One budget over all pages that it holds for."""

    name: str
    budget: float
    unit: str = ""
    least: bool = False
    """The budget is the least that is allowed, not the most."""
    values: dict[str, float] = field(default_factory=dict)
    """By page."""
    why: dict[str, list[str]] = field(default_factory=dict)
    """What was found on a page, in words."""

    def add(self, page: str, value: float, why: Iterable[str] = ()) -> None:
        self.values[page] = value
        if words := list(why):
            self.why[page] = words

    @property
    def missed(self) -> list[str]:
        """Pages that do not keep it, worst first."""
        bad = [p for p, v in self.values.items() if (v < self.budget) == self.least
               and v != self.budget]  # fmt: skip
        return sorted(bad, key=self.values.__getitem__, reverse=not self.least)

    @property
    def worst(self) -> tuple[str, float]:
        pick = min if self.least else max
        page = pick(self.values, key=self.values.__getitem__)
        return page, self.values[page]

    @property
    def median(self) -> float:
        return statistics.median(self.values.values())


def _number(value: float) -> str:
    return f"{value:,.3f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def table(lines: Iterable[Line]) -> str:
    """Plain text; a line that is missed says so in a word."""
    rows = [("what", "budget", "median", "worst", "page", "verdict")]
    for line in lines:
        if not line.values:
            continue
        page, worst = line.worst
        bad = line.missed
        rows.append((
            line.name, ("≥ " if line.least else "≤ ") + _number(line.budget) + line.unit,
            _number(line.median), _number(worst), page,
            f"MISSED on {len(bad)} of {len(line.values)}" if bad else "kept",
        ))  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
                     for row in rows)  # fmt: skip


def details(lines: Iterable[Line], most: int = 5) -> str:
    out = []
    for line in lines:
        for page in line.missed[:most]:
            words = line.why.get(page, [])
            out.append(f"{line.name}: {page}: {_number(line.values[page])}{line.unit}")
            out += [f"    {one}" for one in words[:most]]
    return "\n".join(out)


def write_page(path: Path, lines: Iterable[Line], missing: Mapping[str, str]) -> None:
    """All values of all pages, to sort and to keep."""
    lines = [line for line in lines if line.values]
    pages = sorted({page for line in lines for page in line.values})
    head = "".join(f"<th scope=col>{escape(line.name)}" for line in lines)
    body = ""
    for page in pages:
        cells = "".join(
            f"<td{' class=bad' if page in line.missed else ''} "
            f'title="{escape("; ".join(line.why.get(page, [])), quote=True)}">'
            f"{_number(line.values[page]) if page in line.values else ''}"
            for line in lines
        )
        body += f"<tr><th scope=row>{escape(page)}{cells}"
    gone = "".join(f"<li>{escape(what)}: {escape(how)}" for what, how in missing.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Quality of the built site</title>"
        "<style>body{font:14px/1.4 sans-serif}td{text-align:right;padding:0 .6em}"
        "th{text-align:left;font-weight:400}.bad{background:#fcc;font-weight:700}"
        "pre{overflow:auto}</style><h1>Quality of the built site</h1>"
        f"<pre>{escape(table(lines))}</pre><ul>{gone}</ul>"
        f"<table><thead><tr><th>Page{head}<tbody>{body}</table></html>\n",
        encoding="utf-8",
    )
