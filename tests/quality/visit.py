"""One visit to a page with an empty cache, on an emulated phone and on a desktop.

What is measured here does not depend on how fast the machine is: bytes, shifts, stops, pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

SHIFTS = """
globalThis.__shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) __shifts.push({
    value: entry.value,
    what: entry.sources
      .map(({ node }) => (node?.closest?.("[id], [class]") ?? node?.parentElement)?.outerHTML)
      .map((html) => html?.replace(/\\s+/g, " ").slice(0, 70) ?? "").join(" | "),
  });
}).observe({ type: "layout-shift", buffered: true });
"""
STOPS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]")
    && one.checkVisibility({ visibilityProperty: true })).length"""

SETTLED = 120_000
"""Milliseconds: the longest lists take their time on a slow line, and a busy machine more."""


@dataclass
class Visit:
    """What a visit cost, and what happened in it."""

    kilobytes: float = 0.0
    requests: int = 0
    other_hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    shift: float = 0.0
    shifts: list[dict[str, object]] = field(default_factory=list)
    stops: int = 0
    pixels: int = 0
    sideways: int = 0


def _settle(tab: Tab) -> None:
    """Until what the page fetches by itself is there."""
    tab.wait_for_load_state("networkidle", timeout=SETTLED)
    tab.evaluate("() => document.fonts.ready.then(() => undefined)")


def _phone(browser: Browser, url: str, out: Visit) -> None:
    context = browser.new_context(
        viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True,
        has_touch=True, service_workers="block",
    )  # fmt: skip
    tab = context.new_page()
    tab.add_init_script(SHIFTS)
    client = context.new_cdp_session(tab)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": False})
    # Slow enough that what comes late is seen coming late.
    client.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 200_000,
         "uploadThroughput": 90_000},
    )  # fmt: skip
    total = 0.0

    def finished(event: dict[str, object]) -> None:
        nonlocal total
        total += float(event["encodedDataLength"])  # type: ignore[arg-type]
        out.requests += 1

    client.on("Network.loadingFinished", finished)
    host = urlsplit(url).netloc
    tab.on("console", lambda m: out.errors.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda error: out.errors.append(str(error)))
    tab.on("request", lambda r: out.other_hosts.add(urlsplit(r.url).netloc)
           if urlsplit(r.url).scheme.startswith("http") and urlsplit(r.url).netloc != host
           else None)  # fmt: skip
    tab.goto(url, wait_until="load", timeout=60_000)
    _settle(tab)
    out.kilobytes = total / 1000
    out.shifts = tab.evaluate("() => __shifts")
    out.shift = sum(float(one["value"]) for one in out.shifts)  # type: ignore[arg-type]
    context.close()


def _desktop(browser: Browser, url: str, out: Visit) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    tab = context.new_page()
    tab.goto(url, wait_until="load", timeout=60_000)
    _settle(tab)
    out.stops = tab.evaluate(STOPS)
    out.pixels = tab.evaluate("() => document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": 320, "height": 640})
    out.sideways = tab.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    context.close()


def visit(browser: Browser, url: str) -> Visit:
    out = Visit()
    _phone(browser, url, out)
    _desktop(browser, url, out)
    return out
