"""What a source says of itself is proposed; what it does not say stays open."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.engine.new import kinds, lookup, write
from tests.contributions import base

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
<title>A Study of
  Caches &amp; Costs</title><published>2026-05-04T00:00:00Z</published>
<author><name>Ada Lovelace</name></author><author><name>Charles B. Babbage</name></author>
</entry></feed>"""
EMPTY = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Error</title></entry></feed>'
CROSSREF = {
    "message": {
        "title": ["On Prices"], "type": "journal-article", "issued": {"date-parts": [[2026, 5]]},
        "author": [{"family": "Lovelace", "given": "Ada"}, {"name": "The Office"}],
    }
}  # fmt: skip
PAGE = """<html><head><title>Old title</title><meta property="og:title" content="V4 costs $5">
<meta property="og:site_name" content="The Daily"><meta name="author" content="Ada Lovelace">
<meta property="article:published_time" content="2026-04-24T08:00:00Z"></head></html>"""
ANSWERS = {
    "/arxiv/2605.01234": ATOM,
    "/arxiv/2605.99999": EMPTY,
    "/crossref/10.1000%2Fx.1": json.dumps(CROSSREF),
    "/crossref/10.1000%2Fbad": "<html>",
    "/page": PAGE,
    "/bare": "<p>No head at all",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = ANSWERS.get(self.path)
        self.send_response(404 if text is None else 200)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def services(address: str) -> lookup.Services:
    return lookup.Services(f"{address}/arxiv/", f"{address}/crossref/")


@pytest.mark.parametrize("typed", ["2605.01234", "arXiv:2605.01234v2".lower(),
                                   "https://arxiv.org/pdf/2605.01234v1"])  # fmt: skip
def test_arxiv_knows_its_papers(typed: str, services: lookup.Services) -> None:
    assert lookup.about(typed, services) == {
        "type": "report", "author": "Lovelace, Ada and Babbage, Charles B.",
        "title": "A Study of Caches & Costs", "date": "2026-05-04",
        "url": "https://arxiv.org/abs/2605.01234", "key": "lovelace2026study",
    }  # fmt: skip


def test_crossref_knows_a_doi(services: lookup.Services) -> None:
    assert lookup.about("https://doi.org/10.1000/x.1", services) == {
        "type": "article", "author": "Lovelace, Ada and {The Office}", "title": "On Prices",
        "date": "2026-05", "url": "https://doi.org/10.1000/x.1", "key": "lovelace2026prices",
    }  # fmt: skip


def test_a_page_says_what_it_says(address: str, services: lookup.Services) -> None:
    found = lookup.about(f"{address}/page", services)
    assert found["title"] == "V4 costs $5"
    assert found["author"] == "Lovelace, Ada"
    assert found["date"] == "2026-04-24"


def test_what_is_not_said_is_not_invented(address: str, services: lookup.Services) -> None:
    assert set(lookup.about(f"{address}/bare", services)) <= {"type", "url"}


@pytest.mark.parametrize("typed", ["2605.99999", "10.1000/bad", "10.1000/none", "so long",
                                   "http://127.0.0.1:1/x"])  # fmt: skip
def test_where_nothing_is_found_it_is_said(typed: str, services: lookup.Services) -> None:
    with pytest.raises(lookup.NotFound):
        lookup.about(typed, services)


def test_what_was_found_passes_the_check(services: lookup.Services, tmp_path: Path) -> None:
    root = base.make(tmp_path / "project")
    found = lookup.about("2605.01234", services)
    asked = {question.name for question in kinds.KINDS["source"]}
    assert set(found) <= asked
    given = {**found, "urldate": "2026-11-01", "keywords": "primary"}
    assert write.write("source", {name: given.get(name, "") for name in asked}, root) == 0
    assert r"Caches \& Costs" in (root / "references.bib").read_text("utf-8")
