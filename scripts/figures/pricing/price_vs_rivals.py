"""List prices of V4 and its rivals around the launch."""

from __future__ import annotations

from typing import Any

from scripts.figures.base import DEVELOPER_COLORS, Figure, both, color, distinct, need
from scripts.sources.records.formatting import money
from scripts.sources.records.loading import Dataset

RIVALS = (
    "anthropic-claude-opus-4-7-2026-04",
    "openai-gpt-5-5-2026-04",
    "openai-gpt-5-4-2026-04",
    "google-gemini-3-1-pro-2026-04",
    "deepseek-v4-pro-usd-2026-04-24",
    "zhipu-glm-5-1-2026-04",
    "moonshot-kimi-k2-6-2026-04",
    "deepseek-v4-pro-usd-2026-04-25",
    "anthropic-claude-haiku-4-5-2026-04",
    "google-gemini-3-flash-2026-04",
    "google-gemini-3-1-flash-lite-2026-04",
    "openai-gpt-5-4-nano-2026-04",
    "google-gemini-2-5-flash-lite-2026-04",
    "openai-gpt-5-nano-2026-04",
    "deepseek-v4-flash-usd-2026-04-24",
)


def draw(data: Dataset) -> Figure:
    """Uncached input and output of V4 and of fifteen rivals' list prices around the launch."""
    values, rows, refs = [], [], []
    for record_id in RIVALS:
        price = need(data, "prices", record_id)
        model = need(data, "models", price.model)
        name = model.name.removeprefix("DeepSeek-").removesuffix(" (preview)")
        if price.kind == "promotion":
            name += " (discounted)"
        refs += price.sources
        variable = (
            "c-v4-pro" if price.model == "v4-pro"
            else "c-v4-flash" if price.model == "v4-flash"
            else DEVELOPER_COLORS.get(model.developer, "c-other")
        )  # fmt: skip
        values.append(
            {
                "model": name,
                "input": float(price.rates.cache_miss),
                "output": float(price.rates.output),
                "variable": variable,
                "ours": price.seller == "deepseek",
                "label": f"{money(price.rates.cache_miss, 'USD')} / "
                f"{money(price.rates.output, 'USD')}",
            }
        )
        rows.append(
            {
                "Model": name,
                "Input": money(price.rates.cache_miss, "USD"),
                "Output": money(price.rates.output, "USD"),
                "Seen": price.as_of,
            }
        )
    order = [v["model"] for v in sorted(values, key=lambda v: -v["output"])]
    rows.sort(key=lambda row: order.index(row["Model"]))
    by_name = {value["model"]: value for value in values}
    flash, pro = by_name["V4-Flash"], by_name["V4-Pro"]
    title = "List prices around the launch of V4, per million tokens"
    alt = (
        f"V4-Flash: input ${flash['input']:.2f}, output ${flash['output']:.2f}; V4-Pro: input "
        f"${pro['input']:.2f}, output ${pro['output']:.2f}. Dearer in output than V4-Pro's list "
        "price are "
        + ", ".join(n for n in order if by_name[n]["output"] > pro["output"])
        + "; cheaper in input than V4-Flash are "
        + ", ".join(n for n in order if by_name[n]["input"] < flash["input"])
        + "."
    )
    names = sorted({value["variable"] for value in values})

    def build(width: int, narrow: bool) -> dict[str, Any]:
        shade = {
            "field": "variable",
            "legend": None,
            "scale": {"domain": names, "range": [color(name) for name in names]},
        }
        y = {
            "field": "model",
            "type": "nominal",
            "sort": order,
            "title": None,
            "axis": {"labelFontSize": 10.5} if narrow else {},
        }
        scale = {"type": "log", "domain": [0.04, 40]}
        axis = {"values": [0.1, 1, 10], "format": "$~g", "grid": True}
        layers: list[dict[str, Any]] = [
            {
                "mark": {"type": "rule", "strokeWidth": 2.5},
                "encoding": {
                    "x": {
                        "field": "input",
                        "type": "quantitative",
                        "scale": scale,
                        "axis": axis,
                        "title": "Input to output, dollars per million tokens (logarithmic)"
                        if not narrow
                        else "$ per million",
                    },
                    "x2": {"field": "output"},
                    "color": shade,
                },
            },
            {
                "mark": {"type": "tick", "thickness": 3, "size": 11},
                "encoding": {
                    "x": {"field": "input", "type": "quantitative"},
                    "color": shade,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": {
                    "x": {"field": "output", "type": "quantitative"},
                    "color": shade,
                },
            },
        ]
        mark = {"type": "text", "align": "left", "color": color("ink-soft")}
        if narrow:
            mark["fontSize"] = 10
        layers.append(
            {
                "mark": mark,
                "encoding": {
                    "x": {"value": width - (228 if narrow else 278)},
                    "text": {"field": "label"},
                },
            }
        )
        return {
            "data": {"values": values},
            "width": width - (234 if narrow else 288),
            "height": {"step": 22 if narrow else 24},
            "encoding": {"y": y},
            "layer": layers,
        }

    return Figure(
        id="price-vs-rivals",
        title=title,
        caption=(
            "Each line runs from the price of uncached input (bar) to the price of output (dot). "
            "V4-Pro stands twice: its list price of April 24, and the discounted price that "
            "applied from the next day."
        ),
        alt=alt,
        **both(build, "price-vs-rivals", title, alt),
        columns=tuple(rows[0]),
        rows=rows,
        sources=distinct(refs),
        as_of="2026-05-01",
    )
