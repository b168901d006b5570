"""Every field of every tool, and every tool's address, with what people type by mistake.

What cannot be read gets a message at its field, in words, and the last good result stays and looks
like one of earlier values; what can be read is echoed where it was not typed in plain digits.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.steps import opened

TOOLS = {
    "cost": "pricing/calculator/",
    "history": "pricing/calculator/",
    "calculator": "architecture/efficiency/",
    "attention": "architecture/attention/",
    "run": "using/run-it-yourself/",
    "timeline": "release/timeline/",
    "benchmarks": "benchmarks/explorer/",
    "which": "using/which/",
}
LINKS = {
    "cost": ("cost.rows=nobody.sells.it_deepseek.deepseek-flash.usd&cost.kinds=1.2&cost.zone=Mars"
             "&cost.speed=9&cost.t=2026-02-30T10%3A00",
             ("nobody.sells.it", "1.2", "Mars", "speed", "2026-02-30T10:00")),
    "history": ("hist.use=nothing&hist.day=2026-13-01", ("nothing", "2026-13-01")),
    "calculator": ("calc.model=v9&calc.n=-1&calc.ww=NaN", ("v9", "-1", "NaN")),
    "attention": ("at.model=v9&at.n=1e30&at.old=1", ("v9", "1e30", "old")),
    "run": ("run.machine=abacus&run.count=0&run.build=3bit", ("abacus", "0", "3bit")),
    "timeline": ("time.from=yesterday&time.lanes=models.gossip&time.event=none",
                 ("yesterday", "gossip", "none")),
    "benchmarks": ("bench.tests=deepswe.nosuch&bench.who=me", ("nosuch", "me")),
    "which": ("which.task=juggling&which.needs=gold", ("juggling", "gold")),
    "claim": ("claim.n=7", ("7",)),
    "story": ("story.step=none&story.words=1000", ("none", "1000")),
}  # fmt: skip
REFUSED = (
    "", "   ", "abc", "-5", "10^30", "1e30", "NaN", "Infinity", "12,50", "1.000.000",
    "Model\tTokens\nFlash\t3", "1 2", "0x10", "<b>1</b>",
)  # fmt: skip
READ = {"１２": "12", "1K": "", "+7": "7", " 9 ": "9"}
"""What can be read, with what must be echoed ("" where it depends on the field)."""
NONSENSE = re.compile(r"NaN|Infinity|undefined|null\b|Invalid Date|\[object")
EVENTS = """(input, text) => {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""
ENOUGH = 12
"""Letters of the shortest message that can say anything."""


def place(browser: Browser, address: str, tool: str, query: str = "") -> tuple[Page, Locator]:
    path = {"claim": "", "story": "architecture/attention/"}.get(tool) or TOOLS.get(tool, "")
    page = opened(browser, f"{address}{path}{query and '?'}{query}")
    spot = page.locator(f"#explorer-{tool}")
    spot.scroll_into_view_if_needed()
    expect(spot).to_have_class(re.compile("explorer--mounted"), timeout=15_000)
    page.evaluate("""() => {
      for (const one of document.querySelectorAll(".explorer-live details")) one.open = true;
    }""")
    return page, spot.locator(".explorer-live")


def fields(live: Locator, kinds: str) -> list[Locator]:
    """The fields of a tool that are to be seen, each by its own id."""
    ids = live.locator(kinds).evaluate_all(
        "all => all.filter((one) => one.getClientRects().length && !one.disabled)"
        ".map((one) => one.id)"
    )
    return [live.page.locator(f"#{name}") for name in ids]


def result(live: Locator) -> str:
    return " ".join(live.locator(".explorer-result").all_inner_texts())


def message(field: Locator) -> str:
    """What is said at a field that is marked as wrong: the text that describes it."""
    return field.evaluate(
        """(input) => (input.getAttribute("aria-describedby") ?? "").split(" ")
          .map((id) => document.getElementById(id))
          .filter((one) => one && /error|problem/.test(one.id) && one.getClientRects().length)
          .map((one) => one.textContent).join(" ").trim()"""
    )


def beside(field: Locator) -> str:
    return field.evaluate("(input) => input.parentElement.textContent")


def odd(tool: str, field: Locator, typed: str) -> str:
    """What is wrong with how a field takes ``typed``; empty if nothing is."""
    live = field.page.locator(f"#explorer-{tool} .explorer-live")
    good, before = field.input_value(), result(live)
    field.evaluate(EVENTS, typed)
    said, invalid = message(field), field.get_attribute("aria-invalid") == "true"
    shown, marked = result(live), live.locator(".tool-result").evaluate_all(
        "all => all.every((one) => getComputedStyle(one, '::before').content.length > 10)"
    )  # fmt: skip
    field.evaluate(EVENTS, good)
    if field.get_attribute("aria-invalid") == "true" or result(live) != before:
        return "is not as it was after the good value came back"
    if not invalid or len(said) < ENOUGH:
        return f"is taken, without a message (said: {said!r})"
    if shown != before:
        return f"changed the result to {shown!r}"
    return "" if marked else "leaves the result unmarked"


@pytest.mark.parametrize("tool", [name for name in TOOLS if name not in ("which", "benchmarks")])
def test_what_cannot_be_read_is_told_at_its_field(
    browser: Browser, address: str, tool: str
) -> None:
    page, live = place(browser, address, tool)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    wrong, seen = [], 0
    if tool == "cost":
        live.get_by_label("Hours", exact=True).select_option("share")
    if tool == "run":
        live.get_by_label("Machine", exact=True).select_option("own")
    numbers = fields(live, "input[type=text]")
    if tool == "cost":
        live.get_by_label("Hours", exact=True).select_option("schedule")
        numbers = list({str(one): one for one in [*fields(live, "input[type=text]")]}.values())
    for field in numbers:
        label = field.evaluate("(input) => input.labels[0].textContent")
        free = "Optional" in beside(field)
        for typed in REFUSED:
            if free and not typed.strip():
                continue  # an empty field that may be empty is an answer
            if fault := odd(tool, field, typed):
                wrong.append(f"{label}: {typed!r} {fault}")
            seen += 1
    for field in fields(live, "input[type=date], input[type=datetime-local]"):
        label = field.evaluate("(input) => input.labels[0].textContent")
        if fault := odd(tool, field, ""):
            wrong.append(f"{label}: no day {fault}")
        seen += 1
    assert not errors
    assert seen
    assert not NONSENSE.search(live.inner_text())
    page.context.close()
    assert not wrong, "\n".join(wrong)


def test_a_share_that_cannot_be_read(browser: Browser, address: str) -> None:
    page, live = place(browser, address, "cost", "cost.when=share")
    field = live.get_by_label("Share of the workload in peak hours, percent")
    wrong = [f"{typed!r} {fault}" for typed in (*REFUSED, "101", "20.833")
             if (fault := odd("cost", field, typed))]  # fmt: skip
    page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("tool", ["cost", "calculator", "attention", "run"])
def test_what_can_be_read_is_echoed(browser: Browser, address: str, tool: str) -> None:
    page, live = place(browser, address, tool)
    for field in fields(live, "input[type=text]")[:3]:
        good = field.input_value()
        for typed, echo in READ.items():
            field.evaluate(EVENTS, typed)
            if field.get_attribute("aria-invalid") != "true" and typed.strip() != echo:
                assert f"Understood: {echo}" in beside(field), (typed, beside(field))
        field.evaluate(EVENTS, "0")
        assert not NONSENSE.search(live.inner_text())
        field.evaluate(EVENTS, good)
    page.context.close()


@pytest.mark.parametrize("tool", ["timeline", "benchmarks"])
def test_words_that_are_nowhere_are_told(browser: Browser, address: str, tool: str) -> None:
    page, live = place(browser, address, tool)
    for field in fields(live, "input[type=search]"):
        for typed in ("  ", "<b>x</b>", "１２", "a\tb", "zzzz" * 40, "[("):
            field.evaluate(EVENTS, typed)
            assert not NONSENSE.search(live.inner_text()), typed
        said = live.inner_text()
        assert re.search(r"No (event|result|benchmark)|0 (events|results)", said), said[:400]
        field.evaluate(EVENTS, "")
    page.context.close()


@pytest.mark.parametrize("tool", LINKS)
def test_what_a_link_could_not_say_is_told(browser: Browser, address: str, tool: str) -> None:
    query, parts = LINKS[tool]
    page, live = place(browser, address, tool, query)
    told = live.locator(".tool-refused")
    for part in parts:
        expect(told).to_contain_text(f"“{part}")
    assert not NONSENSE.search(re.sub(r"“[^”]*”", "", live.inner_text()))
    page.context.close()
    page, live = place(browser, address, tool)
    expect(live.locator(".tool-refused")).to_be_empty()
    page.context.close()


@pytest.mark.parametrize("day", ["", "31 April", "2026-02-30"])
def test_a_day_that_does_not_exist(browser: Browser, address: str, day: str) -> None:
    page = opened(browser, f"{address}pricing/?asof={day}")
    assert page.locator(".asof-row, .fact-aside").count() == 0
    page.get_by_label("Read this page as of").select_option("other")
    field: Any = page.get_by_label("Day", exact=True)
    field.evaluate(EVENTS, "")
    expect(page.locator(".asof-result")).to_contain_text("Give a day")
    page.context.close()
