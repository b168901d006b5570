"""What hosts charge for the same weights, for one model."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.figures import svg
from scripts.figures.base import NARROW, WIDE, Figure, distinct, model_color, need
from scripts.sources.records.formatting import money
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import Price, Rates

NAMES = {
    "gmi-cloud": "GMI Cloud",
    "wandb": "Weights & Biases",
    "azure": "Azure",
    "nebius": "Nebius",
}
SEEN = (
    ("2026-05", "May 2026"),
    ("2026-06", "June 2026"),
    ("2026-09", "September 2026"),
    ("2026-11", "October or November 2026"),
)
OWN = {
    "pro": {
        "2026-05": "deepseek-v4-pro-usd-2026-04-26",
        "2026-06": "deepseek-v4-pro-usd-2026-05-31",
        "2026-09": "deepseek-v4-pro-usd-2026-08-22",
        "2026-11": "deepseek-v4-pro-usd-2026-08-22",
    },
    "flash": {
        "2026-05": "deepseek-v4-flash-usd-2026-04-26",
        "2026-06": "deepseek-v4-flash-usd-2026-04-26",
        "2026-09": "deepseek-flash-usd-2026-09-10",
        "2026-11": "deepseek-flash-usd-2026-10-17",
    },
}
MODELS = {
    "pro": {"v4-pro": "", "v4-pro-0813": "0813"},
    "flash": {"v4-flash": "", "v4-flash-0731": "0731", "v4-1-flash": "V4.1"},
}


def _output(rates: Rates | None) -> float:
    assert rates is not None and rates.output is not None
    return float(rates.output)


def _hosts(data: Dataset, line: str, month: str) -> list[dict[str, Any]]:
    """Other sellers' output prices of a month, equal prices of equal weights in one entry."""
    groups: dict[tuple[float, str], list[Price]] = {}
    for price in data["prices"].values():
        if (
            price.seller != "deepseek"
            and price.kind == "snapshot"
            and price.currency == "USD"
            and price.model in MODELS[line]
            and price.as_of.startswith(month)
            and price.rates is not None
        ):
            groups.setdefault((_output(price.rates), price.model), []).append(price)
    found = []
    for (amount, model), prices in sorted(groups.items()):
        names = [NAMES.get(p.seller, need(data, "parties", p.seller).name) for p in prices]
        mark = MODELS[line][model]
        found.append(
            {
                "usd": amount,
                "who": (f"{mark}: " if mark else "") + ", ".join(names),
                "model": model,
                "prices": prices,
            }
        )
    if not found:
        raise LookupError(f"data/prices has no host's price of the {line} line in {month}")
    return found


def host_prices(data: Dataset, line: str, figure_id: str, title: str, top: float,
                 caption: str) -> Figure:  # fmt: skip
    """One panel a month; ``line`` is that of ``MODELS``, ``top`` the end of the axis in dollars."""
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    panels: list[tuple[str, list[dict[str, Any]], list[float]]] = []
    for month, words in SEEN:
        own = need(data, "prices", OWN[line][month])
        refs += own.sources
        amounts = [_output(own.rates)] if own.rates else [_output(own.off_peak), _output(own.peak)]
        hosts = _hosts(data, line, month)
        model = need(data, "models", own.model)
        rows.append(
            {
                "Seen": month if month != "2026-11" else "2026-10 or 11",
                "Host": "DeepSeek",
                "Weights": model.name,
                "Output": " / ".join(money(own_rates.output, "USD") for own_rates in
                                     ([own.rates] if own.rates else [own.off_peak, own.peak])
                                     if own_rates and own_rates.output is not None),
            }
        )  # fmt: skip
        for entry in hosts:
            for price in entry["prices"]:
                refs += price.sources
                rows.append(
                    {
                        "Seen": price.as_of if month != "2026-11" else "2026-10 or 11",
                        "Host": need(data, "parties", price.seller).name,
                        "Weights": need(data, "models", price.model).name,
                        "Output": money(price.rates.output, "USD"),
                    }
                )
        mark = "V4.1" if own.model.startswith("v4-1") else MODELS[line].get(own.model, "")
        panels.append((words + (f"|{mark}" if mark else "|"), hosts, amounts))
    alt = "Dollars for a million tokens of output. " + "; ".join(
        f"{words.split('|')[0]}: DeepSeek {' to '.join(f'${a:.2f}' for a in amounts)}, "
        + ", ".join(f"{h['who']} ${h['usd']:.2f}" for h in hosts)
        for words, hosts, amounts in panels
    )

    def paint(narrow: bool) -> str:
        width, size = (NARROW, 11.0) if narrow else (WIDE, 13.0)
        left = 4.0 if narrow else 300.0
        right = width - (66.0 if narrow else 84.0)
        parts: list[str] = []

        def x_of(amount: float) -> float:
            return left + (right - left) * amount / top

        y = 4.0
        for words, hosts, amounts in panels:
            heading, mark = words.split("|")
            parts.append(svg.text(4, y + size, heading, size + 1, bold=True))
            y += size + (8 if narrow else 10)
            start = y
            entries: list[tuple[float, str, str, bool]] = [
                (h["usd"], h["who"], model_color(data, h["model"]), False) for h in hosts
            ]
            shade = "c-v4-1" if mark == "V4.1" else f"c-v4-{line}"
            name = (f"{mark}: " if mark else "") + "DeepSeek"
            entries.append((amounts[0], name, shade, True))
            for amount, who, color, own in sorted(entries, key=lambda e: (e[0], not e[3])):
                room = (width - 8) if narrow else left - 16
                lines = svg.wrap(who, room, size)
                for index, piece in enumerate(lines):
                    at = y + size + index * size * 1.25
                    if narrow:
                        parts.append(svg.text(left, at, piece, size, "ink", bold=own))
                    else:
                        parts.append(svg.text(left - 10, at, piece, size, "ink", "end", bold=own))
                below = y + len(lines) * size * 1.25
                middle = below + 6 if narrow else (y + below) / 2 + 2
                last = amounts[-1] if own else amount
                stop = x_of(last) if last == amount else x_of(amount) - 13 - size * 2.8
                parts.append(svg.line(x_of(0), middle, stop, middle, "rule", 1.5))
                base = middle + size * 0.35
                if own and len(amounts) > 1:
                    parts.append(svg.line(x_of(amount), middle, x_of(last), middle, color, 2.5))
                    parts.append(svg.circle(x_of(amount), middle, 4.5, color, color))
                    parts.append(
                        svg.text(x_of(amount) - 9, base, f"${amount:.2f}", size, "ink", "end", True)
                    )
                parts.append(svg.circle(x_of(last), middle, 4.5, color if own else "paper", color))
                label = f"${last:.2f}" + (" peak" if last != amount else "")
                parts.append(svg.text(x_of(last) + 9, base, label, size, "ink", bold=own))
                y = below + (18 if narrow else 4)
            if not narrow:
                parts.insert(0, svg.line(x_of(0), start - 2, x_of(0), y - 4, "ink-soft", 1))
            y += 12
        return svg.drawing(parts, width, y - 8, figure_id, svg.variant(narrow), title, alt)

    return Figure(
        id=figure_id,
        title=title,
        caption=caption,
        alt=alt,
        wide=paint(False),
        narrow=paint(True),
        columns=("Seen", "Host", "Weights", "Output"),
        rows=rows,
        sources=distinct(refs),
        as_of=dt.date(2026, 11, 15).isoformat(),
    )
