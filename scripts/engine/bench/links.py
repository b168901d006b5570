"""The inside link check on a generated site with very many links."""

from __future__ import annotations

from pathlib import Path

from scripts.engine.bench.commands import Run, run, scripts
from scripts.problems import ROOT

PAGES, LINKS = 1000, 100
"""Of the generated site: pages, and links of each."""


def write_large_site(site: Path, pages: int = PAGES, links: int = LINKS) -> None:
    """``pages`` pages with ``links`` links each, half of them to one of 20 anchors."""
    url = "http://127.0.0.1:8000/"
    ids = "".join(f'<h2 id="part-{i}">Part {i}</h2><p>{"words " * 40}</p>' for i in range(20))
    for number in range(pages):
        folder = site / f"page-{number}" if number else site
        up = "../" if number else ""
        lines = [f'<!doctype html><title>x</title><link rel="canonical" href="{url}">', ids]
        for i in range(links):
            other = (number * 7 + i * 13) % (pages - 1) + 1
            anchor = f"#part-{i % 20}" if i % 2 else ""
            lines.append(f'<p>See <a href="{up}page-{other}/{anchor}">page {other}</a>.</p>')
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("\n".join(lines), encoding="utf-8")


def check(site: Path, log: Path) -> Run:
    """The link check of a built site as a command. Raises BenchError if it finds a fault."""
    none = str(log.parent / "none")
    return run(scripts("links", "--site", str(site), "--docs", none), ROOT, log)
