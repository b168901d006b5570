"""When the dear hours fall on the reader's clock, and what other hosts charge for the weights."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.figures import svg
from scripts.figures.base import NARROW, WIDE, Figure, distinct, model_color, need
from scripts.sources.records.formatting import money
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import Price, Rates

SCHEME = "deepseek-peak-weekdays-2026-08"
ZONES = (
    ("San Francisco", -8.0),
    ("New York", -5.0),
    ("São Paulo", -3.0),
    ("London, UTC", 0.0),
    ("Berlin, Paris", 1.0),
    ("Dubai", 4.0),
    ("India", 5.5),
    ("Beijing, Singapore", 8.0),
    ("Tokyo, Seoul", 9.0),
    ("Sydney", 11.0),
)
"""Hours before or behind UTC on November 24, 2026 (summer time in Sydney)."""


def _hours(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) + int(minute) / 60


def _clock(hours: float) -> str:
    hours %= 24
    return f"{int(hours):02d}:{round(hours % 1 * 60):02d}"


def peak_hours(data: Dataset) -> Figure:
    """The two daily windows on ten local clocks."""
    scheme = need(data, "peak_schemes", SCHEME)
    windows = [(_hours(start), _hours(end)) for start, end in scheme.windows_utc]
    per_week = sum(end - start for start, end in windows) * len(scheme.weekdays)
    rows = [
        {
            "Place": place,
            "Against UTC, hours": f"{offset:+g}".replace("-", "−"),
            "First window": f"{_clock(windows[0][0] + offset)} to {_clock(windows[0][1] + offset)}",
            "Second window": f"{_clock(windows[1][0] + offset)} to "
            f"{_clock(windows[1][1] + offset)}",
        }
        for place, offset in ZONES
    ]
    title = "DeepSeek's peak hours on your clock"
    alt = (
        f"Local times of the two peak windows, {per_week:g} hours a week, in November 2026: "
        + "; ".join(
            f"{row['Place']} {row['First window']} and {row['Second window']}" for row in rows
        )
    )

    def draw(narrow: bool) -> str:
        width, size = (NARROW, 11.0) if narrow else (WIDE, 13.0)
        left = 4.0 if narrow else 142.0
        right = width - 12.0
        step = (right - left) / 24
        parts: list[str] = []
        y = 24.0
        top = y
        for (place, offset), row in zip(ZONES, rows, strict=True):
            if narrow:
                parts.append(svg.text(left, y + 10, place, size, bold=True))
                words = f"{row['First window']}, {row['Second window']}".replace(" to ", "–")
                parts.append(svg.text(right, y + 10, words, size, "ink-soft", "end"))
                y += 14
            else:
                parts.append(svg.text(left - 10, y + 14, place, size, anchor="end"))
            parts.append(svg.rect(left, y, 24 * step, 18, "paper-2", radius=0))
            for start, end in windows:
                start, end = start + offset, end + offset
                for shift in (-24, 0, 24):
                    a, b = max(0.0, start + shift), min(24.0, end + shift)
                    if b > a:
                        # What falls on the evening before the Chinese working day is outlined.
                        before = shift == 24
                        parts.append(
                            svg.rect(left + a * step, y + 1, (b - a) * step, 16,
                                     "accent-soft" if before else "accent", "accent", radius=0)
                        )  # fmt: skip
            if offset == 8:
                parts.append(svg.rect(left, y, 24 * step, 18, None, "ink", radius=0))
            y += 26
        bottom = y - 6
        ticks = range(0, 25, 6) if narrow else range(0, 25, 3)
        for hour in ticks:
            x = left + hour * step
            parts.insert(0, svg.line(x, top - 4, x, bottom, "rule", 1))
            anchor = "start" if narrow and hour == 0 else "middle"
            words = f"{hour}:00" if hour < 24 else "24"
            parts.append(svg.text(x, top - 9, words, size - 0.5, "ink-soft", anchor))
        y += 4
        for shade, words in (
            ("accent", "peak, Monday to Friday"),
            ("accent-soft", "peak, the evening before: Sunday to Thursday"),
        ):
            parts.append(svg.rect(left + 1, y, 22, 12, shade, "accent", radius=0))
            parts.append(svg.text(left + 30, y + 11, words, size, "ink-soft"))
            y += 20
        variant = "narrow" if narrow else "wide"
        return svg.drawing(parts, width, y + 2, "peak-hours", variant, title, alt)

    return Figure(
        id="peak-hours",
        title=title,
        caption=(
            "Each row is a day on the local clock of the place, as of November 24, 2026; summer "
            "time shifts a row by an hour. All else, and the whole Chinese weekend, is off-peak: "
            f"{per_week:g} of 168 hours a week are dear. Chinese public holidays are off-peak too. "
            "Computed from the UTC windows."
        ),
        alt=alt,
        wide=draw(False),
        narrow=draw(True),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(scheme.sources),
        as_of=scheme.as_of,
    )


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


def _host_prices(data: Dataset, line: str, figure_id: str, title: str, top: float,
                 caption: str) -> Figure:  # fmt: skip
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

    def draw(narrow: bool) -> str:
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
        return svg.drawing(
            parts, width, y - 8, figure_id, "narrow" if narrow else "wide", title, alt
        )

    return Figure(
        id=figure_id,
        title=title,
        caption=caption,
        alt=alt,
        wide=draw(False),
        narrow=draw(True),
        columns=("Seen", "Host", "Weights", "Output"),
        rows=rows,
        sources=distinct(refs),
        as_of=dt.date(2026, 11, 15).isoformat(),
    )


def host_prices_pro(data: Dataset) -> Figure:
    """V4-Pro's output price at DeepSeek and elsewhere, month by month."""
    return _host_prices(
        data, "pro", "host-prices-pro", "Output of V4-Pro, at DeepSeek and elsewhere", 5.0,
        "Dollars per million tokens of output, from zero. Filled: DeepSeek's own price, as a "
        "span where it has peak hours. Hollow: other hosts, as seen that month in catalogues or on "
        "their pages; OpenRouter's and, in autumn, Vercel's are the lowest that they list. "
        "0813: the weights of August 13, elsewhere those of April.",
    )  # fmt: skip


def host_prices_flash(data: Dataset) -> Figure:
    """The Flash line's output price at DeepSeek and elsewhere, month by month."""
    return _host_prices(
        data, "flash", "host-prices-flash", "Output of the Flash line, at DeepSeek and elsewhere",
        1.2,
        "Dollars per million tokens of output, from zero. Filled: DeepSeek's own price, as a span "
        "where it has peak hours. Hollow: other hosts, as seen that month. No mark: V4-Flash of "
        "April; since September DeepSeek serves V4.1-Flash. OpenRouter's and, in autumn, "
        "Vercel's are the lowest that they list. Fireworks' fast offer of "
        "V4.1-Flash-1017, far dearer, and Mistral's are left out.",
    )  # fmt: skip
