"""DeepSeek's prices over time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.figures.base import Figure, both, color, distinct, need
from scripts.sources.records.formatting import money
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import Price

LINES = {
    "V3 line": ("deepseek-chat",),
    "Flash": ("deepseek-v4-flash", "deepseek-flash"),
    "V4-Pro": ("deepseek-v4-pro",),
}
"""API names that follow one another."""
COLORS = {
    "V3 line": "c-v3-2",
    "V4-Flash": "c-v4-flash",
    "V4.1-Flash": "c-v4-1",
    "V4-Pro": "c-v4-pro",
}
"""Of the model that answered, whatever the name in the request."""
LAUNCH = dt.datetime(2026, 4, 24, tzinfo=dt.UTC)
TODAY = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
"""Right end of the time axis: the day of the review. Newer records move it."""


def _intervals(data: Dataset, names: tuple[str, ...], before_launch: bool) -> list[Price]:
    found = [
        price
        for price in data["prices"].values()
        if price.seller == "deepseek"
        and price.currency == "USD"
        and price.api_name in names
        and price.start is not None
        and (not before_launch or price.start < LAUNCH)
    ]
    if not found:
        raise LookupError(f"data/prices has no dated dollar price of {' or '.join(names)}")
    return sorted(found, key=lambda price: price.start)


def _steps(data: Dataset) -> tuple[list[dict[str, Any]], list[dict[str, str]], list[Any]]:
    values: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    refs: list[Any] = []
    for line, names in LINES.items():
        for price in _intervals(data, names, before_launch=line == "V3 line"):
            end = price.end or max(TODAY, price.start)
            shown = line
            if line == "Flash":
                shown = "V4.1-Flash" if price.model.startswith("v4-1") else "V4-Flash"
            low = price.rates or price.off_peak
            high = price.peak
            assert low is not None and price.start is not None
            refs += price.sources
            for panel, field in (("Output", "output"), ("Input, not cached", "cache_miss")):
                for tier, rates in (("low", low), ("high", high)):
                    amount = getattr(rates, field) if rates else None
                    if amount is None:
                        continue
                    for moment in (price.start, end):
                        values.append(
                            {
                                "panel": panel,
                                "line": shown,
                                "series": f"{line} {tier}",
                                "tier": tier,
                                "time": moment.isoformat(),
                                "usd": float(amount),
                                "part": price.id if tier == "high" else shown,
                            }
                        )
            model = data["models"].get(price.model)
            cells = {
                "From (UTC)": price.start.strftime("%Y-%m-%d %H:%M"),
                "Model": model.name if model else price.model,
                "Input": money(low.cache_miss, "USD") if low.cache_miss is not None else "",
                "Output": money(low.output, "USD") if low.output is not None else "",
                "Input, peak hours": "",
                "Output, peak hours": "",
            }
            if high is not None and high.cache_miss is not None and high.output is not None:
                cells["Input, peak hours"] = money(high.cache_miss, "USD")
                cells["Output, peak hours"] = money(high.output, "USD")
            rows.append(cells)
    return values, sorted(rows, key=lambda row: row["From (UTC)"]), refs


def _output(price: Any) -> str:
    """What output costs: one price, or that of quiet hours and that of peak hours."""
    if price.peak is None:
        return money(price.rates.output, "USD")
    quiet = price.off_peak or price.rates
    return f"{money(quiet.output, 'USD')}, in peak hours {money(price.peak.output, 'USD')}"


def draw(data: Dataset) -> Figure:
    """DeepSeek's dollar prices per million tokens since V3, as steps."""
    values, rows, refs = _steps(data)
    start = need(data, "prices", "deepseek-v4-pro-usd-2026-04-24").rates
    flash = need(data, "prices", "deepseek-v4-flash-usd-2026-04-24").rates
    now_pro = _intervals(data, LINES["V4-Pro"], False)[-1]
    now_flash = _intervals(data, LINES["Flash"], False)[-1]
    title = "DeepSeek's prices per million tokens since V3"
    alt = (
        f"Output: V4-Pro started at {money(start.output, 'USD')} on 2026-04-24 and V4-Flash at "
        f"{money(flash.output, 'USD')}. Since August 2026 output costs more in some hours of the "
        f"day than in others: that of V4-Pro {_output(now_pro)}; that of the Flash model, now "
        f"V4.1-Flash, {_output(now_flash)}."
    )
    marks = [
        {"time": "2026-04-24", "text": "V4 preview"},
        {"time": "2026-08-16", "text": "peak hours"},
    ]
    ends = [value for value in values if value["time"][:10] == TODAY.date().isoformat()]

    def build(width: int, narrow: bool) -> dict[str, Any]:
        x = {
            "field": "time",
            "type": "temporal",
            "title": None,
            "scale": {"type": "utc", "domain": ["2024-12-20", TODAY.date().isoformat()]},
            "axis": {
                "format": "%Y" if narrow else "%b %Y",
                "tickCount": 2 if narrow else 6,
            },
        }
        shade = {
            "field": "line",
            "legend": None,
            "scale": {
                "domain": list(COLORS),
                "range": [color(name) for name in COLORS.values()],
            },
        }
        panels = []
        for panel, top in (("Output", 4), ("Input, not cached", 2)):
            y = {
                "field": "usd",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, top]},
                "axis": {"format": "$,.2f", "tickCount": 4},
            }
            mine = [value for value in values if value["panel"] == panel]
            last = [value for value in ends if value["panel"] == panel]
            layers: list[dict[str, Any]] = [
                {
                    "data": {"values": marks},
                    "mark": {"type": "rule", "color": color("rule"), "strokeWidth": 1.5},
                    "encoding": {"x": x},
                },
                {
                    "data": {"values": [v for v in mine if v["tier"] == "low"]},
                    "mark": {"type": "line", "interpolate": "step-after"},
                    "encoding": {"x": x, "y": y, "color": shade, "detail": {"field": "part"}},
                },
                {
                    "data": {"values": [v for v in mine if v["tier"] == "high"]},
                    "mark": {"type": "line", "interpolate": "step-after", "strokeDash": [4, 3]},
                    "encoding": {"x": x, "y": y, "color": shade, "detail": {"field": "part"}},
                },
                *(
                    {
                        "data": {"values": [{**v, "label": _end_label(v, narrow)}]},
                        "mark": {
                            "type": "text",
                            "align": "left",
                            "dx": 5,
                            # The two prices of the Flash model are close: one up, one down.
                            "dy": {"Flash high": -5, "Flash low": 6}.get(v["series"], 0),
                            "fontWeight": 600,
                        },
                        "encoding": {"x": x, "y": y, "color": shade, "text": {"field": "label"}},
                    }
                    for v in last
                ),
            ]
            if panel == "Output":
                layers += [
                    {
                        "data": {"values": [mark]},
                        "mark": {
                            "type": "text",
                            # On a phone the second has no room before the first's rule.
                            "align": "left" if narrow and index else "right",
                            "dx": 4 if narrow and index else -4,
                            "baseline": "top",
                            "color": color("ink-soft"),
                        },
                        "encoding": {
                            "x": x,
                            "y": {"value": 2 + (14 * index if narrow else 0)},
                            "text": {"field": "text"},
                        },
                    }
                    for index, mark in enumerate(marks)
                ]
            panels.append(
                {
                    "title": {
                        "text": f"{panel}, dollars per million tokens",
                        "anchor": "start",
                        "color": color("ink"),
                        "fontSize": 12 if narrow else 14,
                        "offset": 8,
                    },
                    "width": width - (130 if narrow else 190),
                    "height": 170 if panel == "Output" else 130,
                    "layer": layers,
                }
            )
        return {"vconcat": panels, "spacing": 22}

    return Figure(
        id="price-history",
        title=title,
        caption=(
            "Solid: the lower price, or the only one. Dashed: the price in peak hours, which were "
            "the daytime in 2025 (a discount at night) and are Beijing's working hours since "
            "August 2026. V4.1-Flash took over V4-Flash's name and line in September 2026."
        ),
        alt=alt,
        **both(build, "price-history", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs)[:12],
        as_of=max(now_pro.as_of, now_flash.as_of),
    )


def _end_label(value: dict[str, Any], narrow: bool) -> str:
    name = value["line"]
    if narrow:
        name = {"V4.1-Flash": "V4.1", "V4-Pro": "Pro"}.get(name, name)
    return f"{name} ${value['usd']:.2f}"
