"""Generated sites of many pages, each with citations and facts: does the cost stay flat?"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from scripts.engine.bench.commands import Run, copy_of, plain_project, run, scripts
from scripts.problems import ROOT

CITATIONS, FACTS = 10, 10
"""On each page."""
_PART = 100
"""Pages in each part of the menu; a part has a social card of its own."""


def _name(number: int) -> str:
    return f"part-{number // _PART}/page-{number}.md"


def _page(number: int, pages: int, top: str = "../") -> str:
    facts = " ".join(
        f'Value {i} is {{{{ fact("f{(number * 7 + i) % 500}") }}}}.' for i in range(FACTS)
    )
    cited = " ".join(
        f"Sentence {i} of page {number} rests on a source [@s{(number * 3 + i) % 200}, p. {i}]."
        for i in range(CITATIONS)
    )
    other = (number * 13 + 1) % pages
    return (
        f"---\ntitle: Page {number}\ndescription: Generated page {number}.\nas_of: 2026-04-24\n"
        f"reviewed: 2026-11-24\n---\n\n# Page {number}\n\nAn answer.\n{{ .answer }}\n"
        f"{{{{ as_of_line() }}}}\n\n## Facts {{ #facts }}\n\n{facts}\n\n"
        f"## Text {{ #text }}\n\n{cited} See [another]({top}{_name(other)}).\n\n"
        f"{'More words. ' * 200}\n"
    )


def write(project: Path, pages: int) -> None:
    """Pages, records and sources in place of the project's own."""
    for name in ("docs", "data"):
        assets = project / "docs" / "assets"
        if name == "docs" and assets.is_dir():
            shutil.move(str(assets), str(project / "assets-kept"))
        shutil.rmtree(project / name)
    (project / "docs").mkdir()
    shutil.move(str(project / "assets-kept"), str(project / "docs" / "assets"))
    for number in range(pages):
        path = project / "docs" / _name(number)
        path.parent.mkdir(exist_ok=True)
        path.write_text(_page(number, pages), encoding="utf-8")
    home = _page(0, pages, "").replace("title: Page 0", "title: Home")
    (project / "docs" / "index.md").write_text(home, encoding="utf-8")
    listed = "reference/facts/index.md", "reference/changes.md", "reference/downloads.md"
    sources = {
        "reference/sources.md": "{{ sources_index() }}\n",
        "reference/sources/press.md": "{{ full_bibliography('press') }}\n",
    }
    for name in (*listed, "reference/contents.md", *sources, "reference/editions.md"):
        path = project / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "{{ records_list('facts') }}\n" if name == listed[0] else sources.get(name, "")
        head = _page(0, pages).partition("## Facts")[0].replace("title: Page 0", f"title: {name}")
        path.write_text(f"{head}\n{body}", encoding="utf-8")
    for name in ("404.html", "partials/footer.html", "partials/search.html"):
        (project / "overrides" / name).unlink()  # they lead to pages of the real site
    (project / "data").mkdir()
    records = "\n".join(
        f"  - {{id: f{i}, topic: pricing, label: Fact {i}, value: {i + 1}, unit: count}}"
        for i in range(500)
    )
    head = "defaults: {as_of: 2026-04-24, reported_by: us, sources: [{key: s0}]}\nrecords:\n"
    (project / "data" / "facts.yml").write_text(head + records + "\n", encoding="utf-8")
    parties = "records:\n  - {id: us, name: This site, kind: us}\n"
    (project / "data" / "parties.yml").write_text(parties, encoding="utf-8")
    entries = "\n\n".join(
        f"@online{{s{i},\n  author = {{Author {i}}},\n  title = {{Source {i}}},\n"
        f"  date = {{2026}},\n"
        f"  url = {{https://example.org/{i}}},\n  urldate = {{2026-11-24}},\n"
        f"  keywords = {{press}},\n}}"
        for i in range(200)
    )
    (project / "references.bib").write_text(entries + "\n", encoding="utf-8")
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    start, end = text.index("\nnav:\n"), text.index("\nvalidation:")
    config.write_text(text[:start] + text[end:], encoding="utf-8")
    published = project / "scripts" / "checks" / "published.txt"
    published.write_text("# None yet.\n", encoding="utf-8")


def build(folder: Path, pages: int) -> tuple[Run, Run]:
    """Ours and plain MkDocs on so many pages, both cold."""
    project = copy_of(ROOT, folder / f"large-{pages}")
    write(project, pages)
    ours = run(scripts("build"), project)
    plain = run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        plain_project(project, folder / f"plain-{pages}"),
    )
    return ours, plain
