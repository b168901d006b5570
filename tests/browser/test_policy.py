"""Every page and tool under the headers and policies that the site is served with: no violation."""

from __future__ import annotations

import contextlib
import functools
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.publish.hosting.fingerprint import fingerprint
from scripts.publish.hosting.headers import headers_of
from tests.browser.steps import until

LISTEN = """
    window.__refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.__refused.push(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`));
"""
SCROLL = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 700) {
        scrollTo(0, y);
        await new Promise((done) => setTimeout(done, 15));
    }
}"""
FACTS = 12
"""Pages of single facts that are opened; all are made by one template."""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class _Guarded(QuietHandler):
    """A static host that sends the table's headers, but for the one that would ask for TLS."""

    def end_headers(self) -> None:
        for name, said in headers_of(urlsplit(self.path).path).items():
            if name != "Strict-Transport-Security":
                self.send_header(name, said)
        super().end_headers()


@contextlib.contextmanager
def serving(site: Path) -> Iterator[str]:
    handler = functools.partial(_Guarded, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def guarded(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN)
    yield context
    context.close()


def refused(page: Page) -> list[str]:
    return page.evaluate("window.__refused")


def addresses(site: Path) -> list[str]:
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    # Those of moved pages send on at once, and hold nothing that could be refused.
    facts = [
        path
        for path in paths
        if path.startswith("f/") and 'http-equiv="refresh"' not in (site / path).read_text("utf-8")
    ]
    others = [path for path in paths if not path.startswith("f/")]
    return others + facts[:: max(1, len(facts) // FACTS)]


def test_no_page_is_refused_anything(site: Path, guarded: str, context: BrowserContext) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if "olicy" in line.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    found: dict[str, list[str]] = {}
    seen = 0
    for path in addresses(site):
        said.clear()
        page.goto(guarded + path.removesuffix("index.html"), wait_until="load")
        if page.locator("[data-explorer]").count():
            page.evaluate(SCROLL)
            # Not by wait_for_function, whose second look is an eval that the policy refuses.
            expect(page.locator("[data-explorer]:not(.explorer--mounted)")).to_have_count(0)
        if trouble := [*refused(page), *said]:
            found[path] = trouble[:5]
        seen += 1
    assert seen > 100
    assert not found, json.dumps(found, indent=1)


def test_what_a_reader_sets_off_is_allowed(guarded: str, context: BrowserContext) -> None:
    """Search, palette, as-of day, notes, and a tool's files to keep."""
    page = context.new_page()
    page.goto(guarded + "pricing/", wait_until="load")
    page.keyboard.press("/")
    page.locator("#find input").fill("27%")
    page.locator(".find-pages li, .find-records li").first.wait_for()
    page.locator(".find-close").click()
    page.locator("[data-md-component=palette] button:visible").first.click()
    page.locator("#asof-choice").select_option(index=2)
    page.locator(".cite-ref").first.hover()
    assert refused(page) == []
    page.goto(guarded + "benchmarks/explorer/", wait_until="load")
    page.locator("#explorer-benchmarks.explorer--mounted").wait_for()
    for words in ("SVG", "PNG", "CSV"):
        button = page.locator(".explorer-live").get_by_role("button", name=words)
        if button.count():
            with page.expect_download():
                button.first.click()
    assert refused(page) == []


@pytest.mark.parametrize(
    ("act", "directive"),
    [
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        ("document.body.insertAdjacentHTML('beforeend', '<i onclick=1>')"
         ", document.querySelector('i[onclick]').click()", "script-src-attr"),
        ("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
         "script-src-elem"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))",
         "img-src"),
        ("document.body.append(Object.assign(document.createElement('iframe'), {src: '/'}))",
         "frame-src"),
        ("fetch('https://example.org/').catch(() => {})", "connect-src"),
    ],
)  # fmt: skip
def test_the_policy_acts(guarded: str, context: BrowserContext, act: str, directive: str) -> None:
    page = context.new_page()
    page.goto(guarded + "pricing/billing/", wait_until="load")
    page.evaluate(f"() => {{ {act} }}")
    until(page, "window.__refused.length > 0")
    assert refused(page)[0].startswith(directive)


@pytest.fixture
def other_site(tmp_path: Path, guarded: str) -> Iterator[str]:
    """A site of somebody else, with a page for each of ours that it would like to show."""
    for name, path in (("figure", "figures/lineage/"), ("page", "pricing/")):
        text = f'<!doctype html><iframe src="{guarded}{path}"></iframe>'
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    handler = functools.partial(QuietHandler, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_figures_can_be_framed_elsewhere_and_pages_cannot(
    other_site: str, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{other_site}figure.html", wait_until="load")
    assert "keeps less" in page.frames[1].inner_text("h1")
    page.goto(f"{other_site}page.html", wait_until="load")
    assert page.frames[1].url.startswith("chrome-error:")


def test_with_names_by_content_all_works_as_before(
    site: Path, tmp_path: Path, context: BrowserContext
) -> None:
    """As ``make pack`` leaves it: pages, tools, search and styles come from the new folders."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("f", "*.map"))
    names = fingerprint(copy)
    page = context.new_page()
    asked: list[str] = []
    missing: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda got: missing.append(got.url) if got.status == 404 else None)
    with serving(copy) as address:
        page.goto(f"{address}pricing/calculator/", wait_until="load")
        page.locator(".explorer--mounted").first.wait_for()
        page.keyboard.press("/")
        page.locator("#find input").fill("cache")
        page.locator(".find-pages li").first.wait_for()
        assert refused(page) == []
    assert [url for url in missing if not url.endswith("/favicon.ico")] == []
    scripts = [url for url in asked if url.endswith(".js") and "/assets/javascripts" in url]
    assert scripts and all(f"/assets/{names['javascripts']}/" in url for url in scripts)
    assert any(f"/assets/{names['stylesheets']}/" in url for url in asked)
