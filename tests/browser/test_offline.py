"""Reading without a network: a host that can be cut off, a Chromium that keeps what it read."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from scripts.publish.hosting import offline
from scripts.publish.hosting.fingerprint import fingerprint
from scripts.publish.hosting.headers import headers_of
from tests.browser.steps import until

SOME = ("assets", "data", "search", "pricing", "reference", "index.html", "404.html")
"""What these tests read of the site; whole, each copy would take seconds."""
BELOW = "/project/"
"""Project pages stand below a path."""
OLDER_WORKER = """
const NAME = `explained ${new URL("./", location.href).pathname} 0 old`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()
  .then(() => caches.open(NAME))
  .then((shelf) => shelf.put("x/", new Response("old")))));
self.addEventListener("fetch", (event) => event.respondWith(
  caches.match(event.request).then((found) => found ?? fetch(event.request))));
"""


class _Handler(SimpleHTTPRequestHandler):
    """A static host below a path, with the headers of our table."""

    protocol_version = "HTTP/1.1"
    host: Host

    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args, directory=str(host.folder))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + urlsplit(path).path.removeprefix(BELOW))

    def do_GET(self) -> None:
        address = urlsplit(self.path).path
        if self.host.cut:
            self.close_connection = True
            self.connection.close()
        elif address in self.host.broken:
            self.send_error(self.host.broken[address])
        else:
            super().do_GET()

    def end_headers(self) -> None:
        for name, said in headers_of(urlsplit(self.path).path).items():
            if name != "Strict-Transport-Security":
                self.send_header(name, said)
        super().end_headers()

    def finish(self) -> None:
        if not self.wfile.closed:
            with contextlib.suppress(OSError):  # cut off
                super().finish()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def later(path: Path) -> None:
    """As if written a minute later: a host knows ages by the second, and says what has not aged."""
    moment = path.stat().st_mtime + 60
    os.utime(path, (moment, moment))


class Host:
    def __init__(self, folder: Path):
        self.folder = folder
        self.cut = False
        """No answer to anybody."""
        self.broken: dict[str, int] = {}
        """Status by address."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, host=self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}{BELOW}"

    def publish(self, page: str, old: str, new: str) -> None:
        """Another state of the site."""
        path = self.folder / page / "index.html"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        offline.write(self.folder)
        later(self.folder / offline.WORKER)


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "site"
    folder.mkdir()
    for name in SOME:
        if (site / name).is_dir():
            ignored = shutil.ignore_patterns("*.png", "*.sqlite", "*.csv", "*.md", "cite.*")
            shutil.copytree(site / name, folder / name, ignore=ignored)
        else:
            shutil.copy(site / name, folder / name)
    offline.write(folder)
    made = Host(folder)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


KEPT = """async () => {
  const out = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) out.push(new URL(url).pathname);
  return out;
}"""


def until_kept(page: Page) -> None:
    for _ in range(100):
        if urlsplit(page.url).path in page.evaluate(KEPT):
            return
        page.wait_for_timeout(200)
    pytest.fail(f"{page.url} is not kept: {page.evaluate(KEPT)}")


def read(page: Page, address: str) -> None:
    """A visit that ends when the page is kept, and all that it fetched."""
    page.goto(address, wait_until="load")
    until_kept(page)
    settled(page)


def settled(page: Page) -> None:
    """Until as much is kept as half a second ago."""
    before = -1
    while (now := len(page.evaluate(KEPT))) != before:
        before = now
        page.wait_for_timeout(500)


def test_what_was_read_shows_without_a_network_and_a_tool_works(
    host: Host, context: BrowserContext
) -> None:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    read(page, host.address + "pricing/calculator/")
    page.locator(".explorer--mounted").first.wait_for()
    settled(page)
    host.cut = True
    page.goto(host.address + "pricing/calculator/?asof=2026-05-01", wait_until="load")
    page.locator(".explorer--mounted").first.wait_for()
    expect(page.locator(".kept-note")).to_contain_text("the copy of")
    field = page.locator(".explorer-live input[type=text]").first
    before = page.locator(".tool-result").first.inner_text()
    field.fill("123456789")
    until(page, "(before) => document.querySelector('.tool-result').innerText !== before", before)
    font = page.evaluate("getComputedStyle(document.querySelector('.explorer')).borderTopWidth")
    assert font == "2px"  # styles are here, too
    assert wrong == []


def test_with_a_network_a_page_is_as_the_host_has_it(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    read(page, host.address + "pricing/")
    host.publish("pricing", "</h1>", " anew</h1>")
    page.goto(host.address + "pricing/", wait_until="load")
    expect(page.locator("h1")).to_contain_text("anew")


def test_an_unread_page_says_so_and_lists_what_is_kept(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    read(page, host.address + "pricing/")
    host.cut = True
    answer = page.goto(host.address + "reference/method/", wait_until="load")
    assert answer and answer.status == 503
    expect(page.locator("h1")).to_have_text("This page is not kept on this device")
    page.get_by_role("link", name="What it costs").or_(page.locator("li a")).first.click()
    page.wait_for_url(host.address + "pricing/")
    expect(page.locator(".kept-note")).to_be_visible()
    host.cut = False
    page.goto(host.address + "reference/method/", wait_until="load")
    expect(page.locator("h1")).to_contain_text("How we verify")


def test_failures_are_never_kept(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    read(page, host.address + "pricing/")
    host.broken = {f"{BELOW}pricing/": 503, f"{BELOW}pricing/hosts/": 500}
    page.goto(host.address + "pricing/", wait_until="load")
    expect(page.locator(".kept-note")).to_contain_text("the copy of")  # better than the error
    page.goto(host.address + "pricing/hosts/", wait_until="load")
    page.goto(host.address + "no/such/page/", wait_until="load")
    page.goto(host.address + "pricing", wait_until="load")  # sent on to the folder
    page.goto(host.address + "reference/method/", wait_until="load")
    settled(page)
    kept = page.evaluate(KEPT)
    assert f"{BELOW}pricing/" in kept
    assert not {f"{BELOW}pricing/hosts/", f"{BELOW}no/such/page/", f"{BELOW}pricing"} & set(kept)


def until_told(page: Page, address: str) -> Locator:
    """The words on a newer state: a browser looks for one when it has time, at one of the next
    pages."""
    told = page.locator(".md-footer .kept-note")
    for _ in range(5):
        page.goto(address, wait_until="load")
        with contextlib.suppress(AssertionError):
            expect(told).to_be_visible(timeout=6_000)
            return told
    return told


def test_a_newer_state_is_announced_and_taken_only_when_asked(
    host: Host, context: BrowserContext
) -> None:
    page = context.new_page()
    read(page, host.address + "pricing/")
    read(page, host.address + "pricing/hosts/")
    settled(page)
    host.publish("pricing", "</h1>", " anew</h1>")
    told = until_told(page, host.address + "reference/method/")
    # Two of before, and the page here, if it came by the older worker.
    expect(told).to_contain_text(
        re.compile(r"The site has changed\. [23] pages kept on this device")
    )
    host.cut = True
    page.goto(host.address + "pricing/", wait_until="load")
    expect(page.locator("h1")).not_to_contain_text("anew")  # the older copy, whole
    host.cut = False
    page.goto(host.address + "reference/offline/", wait_until="load")
    page.get_by_role("button", name=re.compile("^Bring up to date")).click()
    expect(page.locator(".explorer-announce")).to_contain_text("Done")
    host.cut = True
    page.goto(host.address + "pricing/", wait_until="load")
    expect(page.locator("h1")).to_contain_text("anew")
    page.goto(host.address + "pricing/hosts/", wait_until="load")
    expect(page.locator("h1")).to_be_visible()
    assert len(page.evaluate("caches.keys()")) == 1


def test_leave_as_it_is_is_heard(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    read(page, host.address + "pricing/")
    host.publish("reference/method", "</h1>", " anew</h1>")
    until_told(page, host.address + "pricing/hosts/")
    page.get_by_role("button", name="Leave as it is").click()
    settled(page)
    page.goto(host.address + "reference/method/", wait_until="load")
    settled(page)
    expect(page.locator(".md-footer .kept-note")).to_have_count(0)


def test_the_whole_site_on_request_and_the_switch_removes_all(
    host: Host, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(host.address + "reference/offline/", wait_until="load")
    offer = page.locator(".offline")
    expect(offer).to_contain_text(re.compile(r"\d+ pages: [\d.]+ MB to load"))
    page.get_by_role("button", name="Keep the whole site").click()
    expect(page.locator(".explorer-announce")).to_contain_text("Done", timeout=90_000)
    host.cut = True
    page.goto(host.address + "pricing/billing/", wait_until="load")
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("/")  # never used before
    page.locator("#find input").fill("cache")
    page.locator(".find-pages li").first.wait_for()
    host.cut = False
    page.goto(host.address + "reference/offline/", wait_until="load")
    page.get_by_role("button", name="Turn off and remove all").click()
    expect(offer).to_contain_text("Nothing is kept on this device")
    page.goto(host.address + "pricing/", wait_until="load")
    settled(page)
    assert page.evaluate("caches.keys()") == []
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    page.goto(host.address + "reference/offline/", wait_until="load")
    page.get_by_role("button", name="Keep the pages that I read").click()
    read(page, host.address + "pricing/")


def test_a_worker_of_an_older_edition_is_replaced(host: Host, context: BrowserContext) -> None:
    worker = host.folder / offline.WORKER
    new = worker.read_text(encoding="utf-8")
    worker.write_text(OLDER_WORKER, encoding="utf-8")
    page = context.new_page()
    page.goto(host.address + "pricing/", wait_until="load")
    for _ in range(100):
        if page.evaluate("caches.keys()"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("caches.keys()") == [f"explained {BELOW} 0 old"]
    worker.write_text(new, encoding="utf-8")
    later(worker)
    read(page, host.address + "pricing/hosts/")
    read(page, host.address + "pricing/billing/")
    assert [name for name in page.evaluate("caches.keys()") if name.endswith(" 0 old")] == []


@pytest.mark.parametrize("refused", ["register", "put", "storage"])
def test_storage_that_is_full_or_forbidden_costs_nothing(
    host: Host, context: BrowserContext, refused: str
) -> None:
    context.add_init_script({
        "register": "ServiceWorkerContainer.prototype.register = () => "
        "Promise.reject(new DOMException('no', 'SecurityError'))",
        "put": "Cache.prototype.put = () => "
        "Promise.reject(new DOMException('no', 'QuotaExceededError'))",
        "storage": "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('no', 'SecurityError'); } })",
    }[refused])  # fmt: skip
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(host.address + "reference/offline/", wait_until="load")
    said = page.locator(".offline")
    if refused == "put":
        page.get_by_role("button", name="Keep the whole site").click()
        expect(page.locator(".explorer-announce")).to_contain_text("no more room")
    else:
        expect(said).to_contain_text("This browser keeps nothing for this site")
    page.goto(host.address + "pricing/", wait_until="load")
    expect(page.locator("h1")).to_be_visible()
    assert wrong == []


def test_names_by_content_are_kept_like_others(host: Host, context: BrowserContext) -> None:
    """As ``make pack`` leaves the site."""
    fingerprint(host.folder)
    offline.write(host.folder)
    page = context.new_page()
    read(page, host.address + "pricing/calculator/")
    page.locator(".explorer--mounted").first.wait_for()
    settled(page)
    host.cut = True
    page.goto(host.address + "pricing/calculator/", wait_until="load")
    page.locator(".explorer--mounted").first.wait_for()
    scripts = [path for path in page.evaluate(KEPT) if path.endswith(".js")]
    assert scripts and all("/assets/javascripts-" in path for path in scripts)
