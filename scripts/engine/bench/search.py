"""How well the search answers: the queries of tests/search/queries.yml in a real browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from scripts.publish.book import pdf

QUERIES = "tests/search/queries.yml"
ASK = """async ({modules, queries}) => {
  const { Search } = await import(`${modules}index.js`);
  await new Promise((done) => {
    const script = document.createElement("script");
    script.src = "/search/lunr.js";
    script.onload = done;
    document.head.append(script);
  });
  const content = await (await fetch("/search/pages.json")).json();
  const search = new Search(window.lunr, content);
  return queries.map((query) => search.find(query).map((hit) => hit.url));
}"""


def queries(root: Path) -> list[dict[str, Any]]:
    """``q``, ``kind`` and ``pages`` (addresses that answer) of each query."""
    file = root / QUERIES
    if not file.is_file():
        return []
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content["queries"] if isinstance(content, dict) else content


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def answers(site: Path, asked: list[str]) -> list[list[str]]:
    """For each query the addresses of the pages found, best first. Raises OSError without browser.

    Playwright is a dependency of the tests; whoever only builds the site need not have it.
    """
    from playwright.sync_api import sync_playwright

    path = pdf.browser()
    if path is None:
        raise OSError("no Chromium found; install it or set CHROMIUM to its path")
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}404.html")
        found = page.evaluate(
            ASK, {"modules": "/assets/javascripts/page/search/", "queries": asked}
        )
        browser.close()
    return found


def scores(listed: list[dict[str, Any]], found: list[list[str]]) -> dict[str, dict[str, float]]:
    """By kind: share of queries with an answering page first, in three, in ten; and the mean
    reciprocal rank."""
    out: dict[str, dict[str, float]] = {}
    for kind in sorted({query["kind"] for query in listed}):
        ranks = []
        for query, hits in zip(listed, found, strict=True):
            if query["kind"] == kind:
                places = [i for i, url in enumerate(hits, start=1) if url in query["pages"]]
                ranks.append(places[0] if places else 0)
        number = len(ranks)
        out[kind] = {
            "queries": float(number),
            "first": sum(rank == 1 for rank in ranks) / number,
            "in three": sum(0 < rank <= 3 for rank in ranks) / number,
            "in ten": sum(rank > 0 for rank in ranks) / number,
            "reciprocal rank": sum(1 / rank for rank in ranks if rank) / number,
        }
    return out


def search_figures(root: Path) -> dict[str, dict[str, float]]:
    """Figures of the built site; empty where there is none, or no list of queries."""
    listed = queries(root)
    if not listed or not (root / "site" / "search" / "pages.json").is_file():
        return {}
    return scores(listed, answers(root / "site", [query["q"] for query in listed]))
