"""A prompt in the cache, in five pictures: fresh, hit, miss, peak hours, and the bills."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.figures import svg
from scripts.figures.base import distinct, need
from scripts.figures.strip import SIZE, WIDTH, Panel, Strip, panel
from scripts.model.cost import UNIT as MONEY
from scripts.model.cost import WHOLE, Calls, cost, money_text
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import Price

ID = "cache-story"
PRICE = "deepseek-flash-usd-2026-10-17"
FIRST, ADDED, ANSWER = 48_000, 2_000, 3_000
"""Tokens of the example: the first prompt, what the second adds, and each answer."""
BEIJING = 8
"""Hours ahead of UTC, all year."""
FILLS = {"cached": "c-part-1", "uncached": "c-part-2", "output": "c-part-3"}

RULE = (
    f"An example of ours: a first prompt of {FIRST:,} tokens, a second that adds {ADDED:,}, and "
    f"an answer of {ANSWER:,}, on `deepseek-flash`. No hit is promised."
)


@dataclass(frozen=True)
class Bill:
    """What one call costs, in the model's smallest unit of money."""

    cached: int
    uncached: int
    output: int

    @property
    def prompt(self) -> int:
        return self.cached + self.uncached

    @property
    def total(self) -> int:
        return self.prompt + self.output


def bill(price: Price, cached: int, uncached: int, output: int, peak: bool) -> Bill:
    """One call at one of the two prices. LookupError if the record lacks a price."""
    found = cost(price, [Calls(cached, uncached, output)], peak_share=WHOLE if peak else 0)
    parts = (found.cached, found.uncached, found.output)
    if None in parts:
        raise LookupError(f"data/prices: '{PRICE}' lacks a price that the story needs")
    return Bill(*(part for part in parts if part is not None))


def _money(amount: int, price: Price) -> str:
    return money_text(amount, MONEY, price.currency)


def _prompt(y: float, parts: list[tuple[str, int]], words: str) -> list[str]:
    """A prompt as a bar; all prompts of the story have one scale."""
    out = [svg.text(0, y, words, SIZE, bold=True)]
    x = 0.0
    for kind, tokens in parts:
        wide = WIDTH * tokens / (FIRST + ADDED)
        out.append(svg.rect(x, y + 8, wide, 28, FILLS[kind], "ink"))
        x += wide
    return out


def _within(x: float, y: float, words: str) -> str:
    return svg.text(x, y, words, SIZE, "paper", bold=True)


def _fresh(price: Price, of: Bill) -> list[str]:
    return [
        *_prompt(20, [("uncached", FIRST)], "First prompt"),
        _within(10, 47, f"{FIRST:,} tokens, all fresh"),
        svg.text(0, 92, "read, paid in full, and kept", SIZE),
        svg.path("M150 100V128M144 122l6 6l6 -6", "ink-soft"),
        svg.rect(0, 136, WIDTH * FIRST / (FIRST + ADDED), 28, None, "c-part-1", dash="4 3"),
        svg.text(10, 155, "in the cache", SIZE),
        svg.text(0, 200, f"Prompt: {_money(of.prompt, price)}", SIZE + 2, bold=True),
    ]


def _hit(price: Price, of: Bill) -> list[str]:
    wide = WIDTH * FIRST / (FIRST + ADDED)
    return [
        svg.text(0, 20, "In the cache", SIZE, bold=True),
        svg.rect(0, 28, wide, 28, None, "c-part-1", dash="4 3"),
        svg.path(f"M1 62V84M{wide:g} 62V84", "ink-soft"),
        *_prompt(
            104, [("cached", FIRST), ("uncached", ADDED)], "Second prompt: the same, and more"
        ),
        _within(10, 131, f"{FIRST:,} cached"),
        svg.text(WIDTH, 160, f"{ADDED:,} fresh", SIZE, "ink", "end"),
        svg.text(0, 200, f"Prompt: {_money(of.prompt, price)}", SIZE + 2, bold=True),
    ]


def _miss(price: Price, of: Bill) -> list[str]:
    wide = WIDTH * FIRST / (FIRST + ADDED)
    return [
        svg.text(0, 20, "In the cache", SIZE, bold=True),
        svg.rect(0, 28, wide, 28, None, "c-part-1", dash="4 3"),
        svg.path("M8 64l12 12M20 64l-12 12", "ink", width=2),
        svg.text(30, 75, "the first word differs", SIZE),
        *_prompt(104, [("uncached", FIRST + ADDED)], "Second prompt, with another date on top"),
        svg.rect(0, 112, 7, 28, "paper", "ink"),
        _within(16, 131, f"{FIRST + ADDED:,} tokens, all fresh"),
        svg.text(0, 200, f"Prompt: {_money(of.prompt, price)}", SIZE + 2, bold=True),
    ]


def _hours(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) + int(minute) / 60


def _clock(data: Dataset, price: Price, calm: Bill, dear: Bill) -> list[str]:
    assert price.peak_scheme is not None
    scheme = need(data, "peak_schemes", price.peak_scheme)
    step = WIDTH / 24
    parts = [
        svg.text(0, 16, "A working day in Beijing", SIZE, bold=True),
        svg.rect(0, 24, WIDTH, 30, "paper-2", "ink-soft", 0),
    ]
    for window in scheme.windows_utc:
        start, end = (_hours(edge) + BEIJING for edge in window)
        parts.append(svg.rect(start * step, 24, (end - start) * step, 30, "accent", "ink", 0))
        parts.append(svg.text((start + end) / 2 * step, 43, "peak", SIZE, "paper", "middle", True))
        for hour in (start, end):
            parts.append(svg.text(hour * step, 70, f"{hour:g}", SIZE, "ink-soft", "middle"))
    parts.append(svg.text(0, 70, "0 h", SIZE, "ink-soft"))
    parts.append(svg.text(WIDTH, 70, "24 h", SIZE, "ink-soft", "end"))
    for row, (words, of) in enumerate((("Off-peak", calm), ("At peak", dear))):
        y = 106.0 + row * 54
        parts.append(svg.text(0, y, words, SIZE))
        parts.append(svg.text(WIDTH, y, _money(of.total, price), SIZE, anchor="end", bold=True))
        parts += _stack(y + 8, of, dear.total)
    parts.append(svg.text(0, 226, "The same call, with its answer", SIZE, "ink-soft"))
    return parts


def _stack(y: float, of: Bill, most: int, tall: float = 18) -> list[str]:
    x = 0.0
    out = []
    for kind, fill in FILLS.items():
        wide = WIDTH * getattr(of, kind) / most
        if wide:
            out.append(svg.rect(x, y, wide, tall, fill, "ink", 0))
        x += wide
    return out


def _bills(price: Price, bills: dict[str, Bill]) -> list[str]:
    most = max(of.total for of in bills.values())
    parts: list[str] = []
    for row, (words, of) in enumerate(bills.items()):
        y = 16.0 + row * 47
        parts.append(svg.text(0, y, words, SIZE))
        parts.append(svg.text(WIDTH, y, _money(of.total, price), SIZE, anchor="end", bold=True))
        parts += _stack(y + 7, of, most, 16)
    x = 0.0
    for words, fill in (("cached", "c-part-1"), ("fresh", "c-part-2"), ("answer", "c-part-3")):
        parts.append(svg.rect(x + 1, 214, 14, 14, fill, "ink", 0))
        parts.append(svg.text(x + 20, 226, words, SIZE))
        x += 90
    return parts


def _panels(data: Dataset, price: Price) -> tuple[Panel, ...]:
    first = bill(price, 0, FIRST, ANSWER, False)
    hit = bill(price, FIRST, ADDED, ANSWER, False)
    miss = bill(price, 0, FIRST + ADDED, ANSWER, False)
    hit_peak = bill(price, FIRST, ADDED, ANSWER, True)
    miss_peak = bill(price, 0, FIRST + ADDED, ANSWER, True)
    unit = int(need(data, "facts", "billing-cache-unit").value)
    return (
        panel(
            ID, "fresh", "The first time, everything is fresh",
            "The API has not seen this text. It reads every token at the full price and keeps "
            f"what it computed. There is nothing to switch on; under {unit} tokens nothing is "
            "kept.",
            f"{FIRST:,} fresh tokens: {_money(first.prompt, price)}.",
            "A bar for the prompt, all of it fresh; below it the same length in the cache.",
            _fresh(price, first),
        ),
        panel(
            ID, "hit", "The same beginning is a hit",
            "The next prompt repeats the first, from the first token on, and adds a little. "
            "What is the same comes from the cache, at a small part of the price.",
            f"{FIRST:,} cached and {ADDED:,} fresh tokens: {_money(hit.prompt, price)}.",
            "A bar for the prompt: nearly all of it cached, a small end fresh.",
            _hit(price, hit),
        ),
        panel(
            ID, "miss", "One word changed in front is a miss",
            "A match counts only from the first token on. Another date or name at the top, and "
            "all that follows is read anew, though it is the same text.",
            f"{FIRST + ADDED:,} fresh tokens: {_money(miss.prompt, price)}, "
            f"{miss.prompt / hit.prompt:.0f} times the hit.",
            "A bar for the prompt: its first token differs, all of it is fresh.",
            _miss(price, miss),
        ),
        panel(
            ID, "peak", "At peak hours the same call costs more",
            "On working days in China some hours are dear. Every price is "
            f"{hit_peak.total / hit.total:g} times as high then: cached input, fresh input and "
            "the answer.",
            f"{_money(hit.total, price)} off-peak, {_money(hit_peak.total, price)} at peak, with "
            f"an answer of {ANSWER:,} tokens.",
            "The dear hours on a day's clock, and the same bill at both prices.",
            _clock(data, price, hit, hit_peak),
        ),
        panel(
            ID, "bill", "Four bills for the same question",
            "Hit or miss, calm hour or dear one: the same tokens cost very differently. The "
            "answer costs the same in a hit and in a miss; thinking counts as answer.",
            f"From {_money(hit.total, price)} to {_money(miss_peak.total, price)}: "
            f"{miss_peak.total / hit.total:.1f} times as much.",
            "Four bars for hit and miss, off-peak and at peak, split into cached input, fresh "
            "input and answer.",
            _bills(price, {"Hit, off-peak": hit, "Hit, at peak": hit_peak,
                           "Miss, off-peak": miss, "Miss, at peak": miss_peak}),
        ),
    )  # fmt: skip


def draw(data: Dataset) -> Strip:
    """The story of a prompt that is sent twice."""
    price = need(data, "prices", PRICE)
    refs = [*price.sources]
    for name in ("billing-cache-match", "billing-cache-unit", "peak-hours-beijing", "peak-factor"):
        refs += need(data, "facts", name).sources
    return Strip(ID, "A prompt in the cache, in five pictures", _panels(data, price), RULE,
                 distinct(refs))  # fmt: skip
