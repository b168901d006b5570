"""No script of a contribution is published: refused with its file, or words on the page."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.problems import ROOT
from tests.conftest import make_project
from tests.contributions import base, payloads

_BUILD = """
import json, sys
from pathlib import Path
from scripts.engine.build import build_into
_, problems, _ = build_into(Path("site").resolve(), Path(".").resolve())
print("\\n" + json.dumps([str(p) for p in problems if p.level == "error"]))
"""
_FOUND = """() => [...document.querySelectorAll('*')].flatMap(element => [
    ...[...element.attributes]
        .filter(({name, value}) => /^on/i.test(name) && value.includes('__ran'))
        .map(({name}) => `${element.tagName} ${name}`),
    ...(/^(javascript|data|vbscript):/i.test(element.protocol ?? '') ? [element.outerHTML] : []),
    ...(element.tagName === 'SCRIPT' && element.text.startsWith('window.__ran') ? ['script'] : []),
]).concat(window.__ran ? ['it ran'] : [])"""

_READ = """text => {
    const read = new DOMParser().parseFromString(text, 'text/html');
    read.querySelectorAll('meta[http-equiv]').forEach(element => element.remove());
    document.documentElement.replaceWith(read.documentElement);
}"""


@dataclass
class Tried:
    root: Path
    all: dict[str, str]
    refused: set[str]
    others: list[str]
    """Errors in files that hold no payload."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """All payloads in one project; what the check refuses is taken out."""
    root = make_project(tmp_path_factory.mktemp("payloads") / "project").root
    laden = payloads.lade(root)
    found = [p for p in base.checked(root, root / ".cache/kept") if p.level == "error"]
    refused = {p.file for p in found} & set(laden.files)
    for file in refused:
        (root / file).unlink()
    others = [str(p) for p in found if p.file not in laden.files]
    return Tried(root, laden.files, refused, others)


def test_there_are_enough_of_them(tried: Tried) -> None:
    assert len(payloads.IN_PAGES) >= 80 and len(tried.all) >= 500
    assert tried.others == []


def test_what_acts_is_refused_where_it_is_typed(tried: Tried) -> None:
    words = ("`", "    <", "&lt;", "<div>\n```", "<kbd title='<")  # code, and words with entities
    for file, payload in tried.all.items():
        if file.startswith("docs/p") and not payload.startswith(words):
            assert file in tried.refused, payload
    for number, payload in enumerate(payloads.IN_VALUES):
        if payload.startswith(("<", '"><', "[x](", "*x*{", "</script")):
            ends = (f"{number}.yml", f"e{number}.md", f"n{number}.md")
            mine = [file for file in tried.all if file.endswith(ends)]
            left = [f for f in mine if tried.all[f] == payload and f not in tried.refused]
            assert left == [], payload


@pytest.fixture(scope="module")
def built(tried: Tried) -> Path:
    """What was not refused, built with our theme and our browser code."""
    root = tried.root
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets", dirs_exist_ok=True)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = config.partition("\nnav:\n")
    config = f"{before}\n{rest[rest.index('validation:') :]}"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _BUILD],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "SITE_URL": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    problems = json.loads(done.stdout.splitlines()[-1])
    acting = [p for p in problems if "which acts" in p or "begins with '" in p]
    assert acting == [], "what the check passed, the built page must not hold"
    return root / "site"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(built))
    handler.func.log_message = lambda *_: None  # type: ignore[method-assign]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_runs_on_any_page(built: Path, address: str, browser) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda r: r.url.startswith((address, "data:", "blob:")) or elsewhere.append(r.url),
    )
    found = {}
    files = sorted(built.rglob("*.html"))
    assert len(files) > 20
    for file in files:
        name = file.relative_to(built).as_posix()
        if name.startswith("f/"):  # one of ours, that leads on to a page; read without leaving it
            text = file.read_text(encoding="utf-8")
            page.goto(address + "404.html")
            page.evaluate(_READ, text)
        else:
            page.goto(address + name, wait_until="load")
        if told := page.evaluate(_FOUND):
            found[name] = told
    page.close()
    assert found == {}
    assert elsewhere == []
