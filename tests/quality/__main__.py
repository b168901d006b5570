"""Every page of the built site against the budgets: ``make quality``.

What is not on this machine is named with how to install it, and fails the run unless
``--without`` leaves it out. ``ARGS="--only pricing/ --without lighthouse"`` looks at a part.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
import tomllib
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from tests.quality import firefox, html, lighthouse
from tests.quality.pages import Page, of_site
from tests.quality.report import Line, details, table, write_page
from tests.quality.serve import served

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPORT = ROOT / ".cache" / "quality" / "report.html"
PARTS = ("visit", "axe", "html", "firefox", "lighthouse")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
KINDS = ("text", "tool", "list")


def one_of_each(pages: Sequence[Page]) -> list[Page]:
    """The home page and the first of each kind, for a quick look."""
    seen: dict[str, Page] = {}
    for page in pages:
        seen.setdefault("home" if not page.path else page.kind, page)
    return list(seen.values())


class Run:
    """The lines of the table, filled page by page."""

    def __init__(self, budgets: dict[str, dict[str, float]], pages: Sequence[Page], site: Path):
        self.budgets, self.pages, self.site = budgets, pages, site
        self.lines: list[Line] = []

    def line(self, name: str, budget: float, unit: str = "", least: bool = False) -> Line:
        self.lines.append(Line(name, budget, unit, least))
        return self.lines[-1]

    def html(self) -> None:
        line = self.line("HTML errors", self.budgets["html"]["errors"])
        files = {self.site / page.path / "index.html": page for page in self.pages}
        found = html.errors(list(files))
        for file, page in files.items():
            line.add(page.name, len(found.get(file, ())), found.get(file, ()))

    def browser(self, base: str, chromium: str, parts: Sequence[str]) -> None:
        from playwright.sync_api import Error as PlaywrightError
        from playwright.sync_api import sync_playwright

        from tests.quality import axe
        from tests.quality.visit import Visit, visit

        weight, length = self.budgets["weight"], self.budgets["length"]
        b = self.budgets["visit"]
        weights = {kind: self.line(f"first visit, {kind}", weight[kind], " KB") for kind in KINDS}
        lengths = {kind: self.line(f"length, {kind}", length[kind], " px") for kind in length}
        shift = self.line("layout shift", b["layout-shift"])
        hosts = self.line("other hosts", b["other-hosts"])
        errors = self.line("errors in the console", b["console-errors"])
        sideways = self.line("sideways at 320 px", b["sideways-scroll"], " px")
        stops = self.line("tab stops", self.budgets["keyboard"]["tab-stops"])
        broken = self.line("axe violations", self.budgets["axe"]["violations"])
        failed = self.line("pages that could not be measured", 0)

        def measured(page: Page, seen: Visit) -> None:
            if page.kind in weights:
                weights[page.kind].add(page.name, round(seen.kilobytes, 1))
            if page.kind in lengths:
                lengths[page.kind].add(page.name, seen.pixels)
            moved = [f"{s['value']:.4f} {s['what']}" for s in seen.shifts]
            shift.add(page.name, round(seen.shift, 4), moved)
            hosts.add(page.name, len(seen.other_hosts), sorted(seen.other_hosts))
            errors.add(page.name, len(seen.errors), seen.errors)
            sideways.add(page.name, seen.sideways)
            stops.add(page.name, seen.stops)

        first = one_of_each(self.pages)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            for page in self.pages:
                url = base + page.path
                try:
                    if "visit" in parts:
                        measured(page, visit(browser, url))
                    if "axe" in parts:
                        size = (self.site / page.path / "index.html").stat().st_size
                        found = axe.violations(browser, url, page.kind, size, page in first)
                        broken.add(page.name, len(found), map(str, found))
                except PlaywrightError as error:  # one page must not hide what the others weigh
                    told = str(error).strip().splitlines()[:1]
                    failed.add(page.name, 1, told)
                print(".", end="", file=sys.stderr, flush=True)
            browser.close()
        print(file=sys.stderr)

    def firefox(self, base: str) -> None:
        line = self.line("faults in Firefox", self.budgets["firefox"]["faults"])
        chosen = {page.path: page.name for page in self.pages if page.path in firefox.PAGES}
        for path, wrong in firefox.faults(base, list(chosen)).items():
            line.add(chosen[path], len(wrong), wrong)

    def lighthouse(self, base: str, chromium: str, pages: Sequence[Page]) -> None:
        b = self.budgets["lighthouse"]
        lines = {
            name: self.line(f"Lighthouse: {name}", b[name], least=True)
            for name in lighthouse.CATEGORIES
        }
        blocking = self.line("blocking time", b["blocking-time"], " ms")
        for page in pages:
            marks = lighthouse.marks(base + page.path, chromium, enough=int(b["performance"]))
            for name, line in lines.items():
                line.add(page.name, marks.categories[name], marks.failed)
            blocking.add(page.name, round(marks.blocking))
            print("*", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--address", default="", help="measure this server, which serves --site")
    parser.add_argument("--only", action="append", default=[], metavar="PATH", help="pages with it")
    parser.add_argument("--without", action="append", default=[], choices=PARTS)
    parser.add_argument("--tell", action="append", default=[], metavar="LINE",
                        help="lines that begin with this are told and fail nothing")  # fmt: skip
    parser.add_argument("--lighthouse", choices=("all", "kinds"), default="all",
                        help="every page, or one of each kind")  # fmt: skip
    parser.add_argument("--report", type=Path, default=REPORT)
    options = parser.parse_args(arguments)
    if not (options.site / "index.html").is_file():
        print(f"{options.site} holds no site; make build", file=sys.stderr)
        return 2
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), "")
    parts = [part for part in PARTS if part not in options.without]
    missing = {}
    if not chromium and set(parts) - {"html", "firefox"}:
        missing["Chromium"] = "Debian: apt install chromium, or set CHROMIUM to its path"
    if "html" in parts and html.missing():
        missing["Nu HTML checker"] = html.missing()
    if "lighthouse" in parts and lighthouse.missing():
        missing["Lighthouse"] = lighthouse.missing()
    if "firefox" in parts and firefox.missing():
        missing["Firefox"] = firefox.missing()
    for what, how in missing.items():
        print(f"not here: {what}: {how}", file=sys.stderr)
    started = time.monotonic()
    pages = of_site(options.site, options.only)
    if not pages:
        print("no page has that in its address", file=sys.stderr)
        return 2
    budgets = tomllib.loads((HERE / "budgets.toml").read_text(encoding="utf-8"))
    run = Run(budgets, pages, options.site.resolve())
    with nullcontext(options.address) if options.address else served(options.site) as base:
        if "html" in parts and not html.missing():
            run.html()
        if chromium and {"visit", "axe"} & set(parts):
            run.browser(base, chromium, parts)
        if "firefox" in parts and not firefox.missing():
            run.firefox(base)
        if chromium and "lighthouse" in parts and not lighthouse.missing():
            chosen = pages if options.lighthouse == "all" else one_of_each(pages)
            run.lighthouse(base, chromium, chosen)
    lines = [line for line in run.lines if line.values]
    print(table(lines))
    print(details(lines))
    write_page(options.report, lines, missing)
    print(f"{len(pages)} pages in {time.monotonic() - started:.0f} s; {options.report}")
    held = [line for line in lines if not line.name.startswith(tuple(options.tell))]
    return int(bool(missing) or any(line.missed for line in held))


if __name__ == "__main__":
    sys.exit(main())
