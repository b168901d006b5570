"""Zotero's translators in a browser, as the package ``ztractor`` carries them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from tests.clients import from_npm

HOST = "http://zotero.test"
EXTRACT = """async ([url, html]) => {
  const { extractMetadata } = await import("/index.js");
  const result = await extractMetadata({ url, html, network: "deny", timeout: 120000 });
  return JSON.parse(JSON.stringify(result));
}"""
IMPORT = """async ([id, text]) => {
  const { importText } = await import("/index.js");
  return importText(id, text);
}"""
MORE = """
export async function importText(id, text) {
  await loadRegistry();
  const made = new ZoteroRuntimeExecutor(translatorsRegistry, { DOMParser }, { network: "deny" });
  const translate = new made.runtime.Translate.Import();
  translate.setTranslatorProvider(made.provider);
  translate.setString(text);
  translate.setTranslator(made.provider.get(id));
  const items = [], errors = [];
  translate.setHandler("itemDone", (_, __, item) => items.push(JSON.parse(JSON.stringify(item))));
  translate.setHandler("error", (_, error) => errors.push(String(error?.message ?? error)));
  await translate.translate({ libraryID: false, saveAttachments: false });
  return { items, errors };
}
"""
"""The package has Zotero's importers and what runs them, but offers web pages only."""
IMPORTERS = {
    "RIS": "32d59d2d-b65a-4da4-b0a3-bdd3cfb979e7",
    "BibLaTeX": "9cb70025-a888-4a29-a210-93ec52da40d4",
    "CSL-JSON": "bc03b4fe-436d-4a1f-ba59-de4d2d7a63f7",
}
"""Zotero's own ids of its translators."""

Extract = Callable[[str], dict[str, Any]]


@contextmanager
def zotero(browser: Browser) -> Iterator[Page]:
    """A page on which the package can be loaded, and from which nothing else can be reached."""
    folder = from_npm("ztractor") / "dist"
    page = browser.new_page()

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = folder / path[1:]
        if path == "/":
            route.fulfill(body="<!doctype html><title>Zotero</title>", content_type="text/html")
        elif not route.request.url.startswith(HOST) or not file.is_file():
            route.abort()
        elif path == "/index.js":
            route.fulfill(body=file.read_text("utf-8") + MORE, content_type="text/javascript")
        else:
            route.fulfill(path=file, content_type="text/javascript")

    page.route("**/*", serve)
    page.goto(HOST)
    try:
        yield page
    finally:
        page.close()


def imported(page: Page, form: str, file: Path) -> list[dict[str, Any]]:
    """The items that Zotero makes of a file; ``form``: one of ``IMPORTERS``."""
    text = file.read_bytes().decode("utf-8")
    found = page.evaluate(IMPORT, [IMPORTERS[form], text])
    assert not found["errors"], found["errors"]
    items: list[dict[str, Any]] = found["items"]
    return items
