"""What only a browser can tell of two built sites: how changed pages look, how the search answers.

What cannot be told here is left out with a word: nobody needs a browser to compare.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from scripts.engine.bench.search import answers, queries, scores, served
from scripts.engine.compare.found import TALLEST, Found, Picture, SearchFigure
from scripts.publish.book import pdf
from scripts.sources.pages import built_path

WIDTHS = (1280, 390)
"""A desk and a telephone."""
MOST_PAGES = 10
SECONDS = 30
"""For a page to come."""


def _html(built: Path, url: str) -> bytes | None:
    file = built / url.strip("/") / "index.html"
    return file.read_bytes() if file.is_file() else None


def _styles(built: Path) -> dict[str, bytes]:
    folder = built / "assets" / "stylesheets"
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.css"))}


def changed(found: Found, before: Path, after: Path) -> list[str]:
    """Addresses of built pages that are another: those typed anew first, then those that show a
    changed record; the first page where only styles are."""
    typed = [f"/{built_path(page.file.removeprefix('docs/'))}" for page in found.pages]
    shown = [url for record in found.records for url in record.shown]
    named = [
        url for url in dict.fromkeys([*typed, *shown]) if _html(before, url) != _html(after, url)
    ]
    if not named and _styles(before) != _styles(after):
        return ["/"]
    return named


def _shots(built: Path, urls: Sequence[str]) -> Iterator[tuple[str, int, bytes]]:
    """Pictures of pages that are there. Raises playwright's Error where the browser fails."""
    from playwright.sync_api import Error, sync_playwright

    with served(built) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=pdf.browser(), args=["--no-sandbox"])
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="light",
                reduced_motion="reduce",
                service_workers="block",
            )
            context.set_default_timeout(SECONDS * 1000)
            # Nothing is fetched from elsewhere, and nothing that was contributed is sent there.
            context.route(lambda url: not url.startswith(address), lambda route: route.abort())
            for url in urls:
                if _html(built, url) is None:
                    continue
                page = context.new_page()
                try:
                    page.goto(address + quote(url.lstrip("/")), wait_until="load")
                    page.evaluate("document.fonts.ready.then(() => true)")
                    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                    clip = {"x": 0, "y": 0, "width": width, "height": tall}
                    picture = page.screenshot(full_page=True, clip=clip, animations="disabled")
                    yield url, width, picture
                except Error:
                    pass  # one page that does not come is told by whoever misses it
                page.close()
            context.close()
        browser.close()


def _name(url: str, width: int, state: str) -> str:
    return f"{url.strip('/').replace('/', '-') or 'home'}-{width}-{state}.png"


def pictures(before: Path, after: Path, urls: Sequence[str], into: Path) -> Iterator[Picture]:
    """Each page at each width, before and after, but those that the browser could not show; files
    only where they differ."""
    into.mkdir(parents=True, exist_ok=True)
    old = {(url, width): picture for url, width, picture in _shots(before, urls)}
    new = {(url, width): picture for url, width, picture in _shots(after, urls)}
    for url in urls:
        for width in WIDTHS:
            was, now = old.get((url, width), b""), new.get((url, width), b"")
            if (not was and _html(before, url)) or (not now and _html(after, url)):
                continue
            names = ["", ""]
            for i, (state, picture) in enumerate((("before", was), ("after", now))):
                if picture and was != now:
                    names[i] = _name(url, width, state)
                    (into / names[i]).write_bytes(picture)
            yield Picture(url=url, width=width, old=names[0], new=names[1])


def side_by_side(found: Iterable[Picture]) -> str:
    """A page for whoever has unpacked the pictures."""
    rows = "".join(
        f"<h2>{html.escape(picture.url)}, {picture.width}</h2><p>"
        + "".join(
            f'<img src="{quote(name)}" alt="{state}" width="48%"> '
            for state, name in (("before", picture.old), ("after", picture.new))
            if name
        )
        for picture in found
        if picture.old or picture.new
    )
    return f'<!doctype html><meta charset="utf-8"><title>Before and after</title>{rows}\n'


def search(root: Path, before: Path, after: Path) -> list[SearchFigure]:
    """The queries of ``root`` put to both; none where there are none. Raises OSError."""
    listed = queries(root)
    if not listed or not all((site / "search/pages.json").is_file() for site in (before, after)):
        return []
    asked = [query["q"] for query in listed]
    old, new = (scores(listed, answers(site, asked)) for site in (before, after))
    return [
        SearchFigure(kind=kind, measure=measure, old=was, new=new[kind][measure])
        for kind, measures in old.items()
        for measure, was in measures.items()
        if measure != "queries"
    ]


def seen(found: Found, root: Path, before: Path, after: Path, into: Path | None) -> Found:
    """``found`` with what a browser tells of both built sites; pictures where a folder is given."""
    why = unable()
    if why:
        wanted = "no pictures and no search figures" if into else "no search figures"
        return found.model_copy(update={"left_out": [f"{wanted}: {why}"]})
    from playwright.sync_api import Error

    out: dict[str, object] = {}
    left_out: list[str] = []
    try:
        out["search"] = search(root, before, after)
    except (OSError, Error) as error:
        left_out.append(f"no search figures: {str(error)[:300]}")
    urls = changed(found, before, after)
    if into and urls:
        try:
            out["pictures"] = taken = list(pictures(before, after, urls[:MOST_PAGES], into))
            if missing := len(urls[:MOST_PAGES]) * len(WIDTHS) - len(taken):
                left_out.append(f"{missing} pictures: the browser could not show the page")
            (into / "index.html").write_text(side_by_side(taken), encoding="utf-8")
        except (OSError, Error) as error:
            left_out.append(f"no pictures: {str(error)[:300]}")
        if len(urls) > MOST_PAGES:
            left_out.append(f"no pictures of {len(urls) - MOST_PAGES} more changed pages")
    return found.model_copy(update={**out, "left_out": left_out})


def unable() -> str:
    """Why no browser can be asked here; empty if one can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed"
    return "" if pdf.browser() else "no Chromium found; install it or set CHROMIUM to its path"
