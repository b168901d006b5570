"""Watching the published site: what is well is told in a line, and each fault is named."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from scripts.links.outside.watch import PAGES, TOOL, Answer, Watch, as_markdown
from scripts.problems import ROOT

BASE = "https://example.org/explained/"
HEAD = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src'
    " 'self'\">"
)
PAGE = f"<html><head>{HEAD}</head><body><h1>T</h1></body></html>"
HTML = {
    "content-type": "text/html; charset=utf-8",
    "strict-transport-security": "max-age=1",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def site() -> dict[str, Answer]:
    pages = {f"part/page-{number}/": PAGE for number in range(20)}
    pages |= {"": PAGE, "f/b/": PAGE.replace("T", "b")}
    pages[TOOL] = PAGE.replace(
        "</body>",
        '<section data-explorer="cost"></section>'
        '<script src="../../assets/index.js" type="module"></script></body>',
    )
    listed = "".join(f"<loc>{BASE}{path}</loc>" for path in pages if not path.startswith("f/"))
    files = {
        "sitemap.xml": listed,
        "search/pages.json": "[1]",
        "search/texts.json": "[1]",
        "data/facts.json": json.dumps({"records": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}),
    }
    out = {path: Answer(200, HTML, text.encode()) for path, text in pages.items()}
    out |= {path: Answer(200, {}, text.encode()) for path, text in files.items()}
    out["assets/index.js"] = Answer(200, {"content-type": "text/javascript"}, b"1")
    return out


def looked(there: dict[str, Answer], base: str = BASE) -> Watch:
    watch = Watch(base, lambda address: there.get(address.removeprefix(BASE), Answer(404, {}, b"")))
    watch.look()
    return watch


def test_a_site_that_is_well() -> None:
    watch = looked(site(), BASE.rstrip("/"))
    assert watch.found == [] and watch.seen >= PAGES + 8
    assert as_markdown(watch).startswith(f"All well at {BASE}")


def _without(path: str) -> Callable[[dict[str, Answer]], object]:
    return lambda there: there.pop(path)


def _as(path: str, body: str, **headers: str) -> Callable[[dict[str, Answer]], object]:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda there: there.update({path: Answer(200, said or HTML, body.encode())})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_without(""), "explained/: status 404"),
        (_without("sitemap.xml"), "sitemap.xml: status 404"),
        (_without(TOOL), f"{TOOL}: status 404"),
        (_without("assets/index.js"), "assets/index.js: status 404"),
        (_without("f/b/"), "f/b/: status 404"),
        (_without("search/texts.json"), "texts.json: status 404"),
        (_as("sitemap.xml", f"<loc>{BASE}</loc>"), "lists 1 pages"),
        (_as("search/pages.json", "[]"), "nothing in it"),
        (_as("search/pages.json", "<html>"), "no JSON"),
        (_as("data/facts.json", '{"records": []}'), "no records"),
        (_as("", PAGE.replace("default-src 'none'", "default-src *")), "carries no policy"),
        (_as("", PAGE.removesuffix("</html>")), "cut off"),
        (_as("", ""), "explained/: empty"),
        (_as(TOOL, PAGE), "has no tool"),
        (_as("f/b/", "<html>another</html>"), "is not the page of that fact"),
        (_as("", PAGE, content_type="text/plain"), "not sent as HTML"),
        (_as("", PAGE, content_type="text/html"), "strict-transport-security is not sent"),
        (_as("assets/index.js", "1", content_type="text/plain"), "not sent as one"),
        (_as("no/such/page/", PAGE), "404 is right"),
    ],
)
def test_what_is_wrong_is_named(change: Callable[[dict[str, Answer]], object], words: str) -> None:
    there = site()
    change(there)
    watch = looked(there)
    assert any(words in said for said in watch.found), watch.found
    assert words in as_markdown(watch)


def test_a_host_that_does_not_answer_is_told_once() -> None:
    watch = Watch(BASE, lambda address: Answer(0, {}, b"", "connection refused"))
    assert watch.look() == [f"{BASE}: no answer (connection refused)"]


def test_github_pages_is_not_asked_for_headers_that_it_cannot_send() -> None:
    base = "https://someone.github.io/explained/"
    there = {
        path: Answer(a.status, {k: v for k, v in a.headers.items() if k[0] in "cs"},
                     a.body.replace(BASE.encode(), base.encode()))
        for path, a in site().items()
    }  # fmt: skip
    watch = Watch(base, lambda at: there.get(at.removeprefix(base), Answer(404, {}, b"")))
    assert watch.look() == []


def test_the_workflow_writes_only_in_the_job_that_runs_no_code() -> None:
    import yaml

    jobs = yaml.safe_load((ROOT / ".github/workflows/watch.yml").read_text("utf-8"))["jobs"]
    assert jobs["look"]["permissions"] == {"contents": "read"}
    assert jobs["tell"]["permissions"] == {"issues": "write"}
    assert not any("scripts" in step.get("run", "") for step in jobs["tell"]["steps"])
