"""Check every internal link, anchor and image of the built site with lychee, offline.

Usage: python -m scripts.check_links [--site site] [--docs docs]

lychee finds what is broken; this names the Markdown file and line it comes from and
the nearest thing that exists. Exit status: 0 all links hold, 1 some do not, 2 could not check.

Examples:
  python -m scripts.check_links                    check ./site as the last build left it
  python -m scripts.check_links --site /tmp/site   check another build of the same pages
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from scripts.checks import links as source_links
from scripts.checks.markdown import Page, pages
from scripts.data.load import collection_files
from scripts.problems import ROOT, Problem, nearest, relative, report

_ID = re.compile(r"""<[a-zA-Z][^>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""")


class LinkCheckError(RuntimeError):
    """lychee could not be run, or did not finish."""


def lychee_binary() -> str:
    """lychee of this environment, else of PATH. Raises LinkCheckError if there is none."""
    beside = Path(sys.executable).with_name("lychee" + (".exe" if os.name == "nt" else ""))
    found = str(beside) if beside.exists() else shutil.which("lychee")
    if not found:
        raise LinkCheckError("lychee is not installed; run 'make install'")
    return found


def run_lychee(site: Path, site_url: str) -> dict[str, Any]:
    """lychee's report on all HTML files below ``site``, links to ``site_url`` taken as local."""
    base = site_url.rstrip("/")
    root_path = urlsplit(base).path.rstrip("/")
    remaps = [f"^{re.escape(base)}/? file://{site}/"]
    if root_path:
        # Absolute paths of a site below a sub-path (the not-found page has them).
        remaps.insert(
            0, f"^file://{re.escape(str(site))}{re.escape(root_path)}(/|$) file://{site}/"
        )
    command = [
        lychee_binary(),
        "--offline",
        "--include-fragments=anchor-only",
        "--include-verbatim",
        "--index-files=index.html",
        f"--root-dir={site}",
        "--format=json",
        "--no-progress",
        *(f"--remap={remap}" for remap in remaps),
        f"{site}/**/*.html",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=site)
    if done.returncode not in {0, 2}:
        raise LinkCheckError(f"lychee failed: {done.stderr.strip() or done.returncode}")
    return json.loads(done.stdout)


def built_path(source: str) -> str:
    """Address below the site: ``a/b.md`` -> ``a/b/``, ``a/index.md`` -> ``a/``."""
    if not source.endswith(".md"):
        return source
    stem = source.removesuffix(".md")
    if stem in {"index", "README"}:
        return ""
    return re.sub(r"/(index|README)$", "", stem) + "/"


def _source_of(html: Path, site: Path, by_url: dict[str, Page]) -> Page | None:
    url = html.relative_to(site).as_posix().removesuffix("index.html")
    return by_url.get(url)


def _resolve(page: Page, docs: Path, url: str) -> str:
    """Address below the site, with its fragment, of a link as typed in a page."""
    parts = urlsplit(url)
    here = page.path.relative_to(docs).as_posix()
    path = unquote(parts.path)
    if not path:
        target = built_path(here)
    else:
        joined = Path("/") / (
            path.lstrip("/") if path.startswith("/") else Path(here).parent / path
        )
        target = built_path(os.path.normpath(joined).lstrip("/"))
    return target.rstrip("/") + (f"#{parts.fragment}" if parts.fragment else "")


@functools.lru_cache(maxsize=256)
def _anchors(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    return frozenset(_ID.findall(file.read_text(encoding="utf-8", errors="replace")))


def _in_data(target: str, root: Path) -> Problem | None:
    """The line of a data file that names ``target`` (``page: pricing/index.md#x``), if one does."""
    path, _, fragment = target.partition("#")
    for _, file in collection_files(root / "data"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            for match in re.finditer(r"([\w./-]+\.md)(?:#([\w-]+))?", line):
                same = built_path(match[1].lstrip("/")).rstrip("/") == path
                if same and (match[2] or "") == fragment:
                    return Problem(relative(file, root), number, "", match.start() + 1)
    return None


def _explain(url: str, status: str, site: Path) -> str:
    """What is broken, and the nearest thing that exists."""
    path, fragment = urldefrag(url)
    local = Path(unquote(urlsplit(path).path))
    try:
        shown = local.relative_to(site).as_posix()
    except ValueError:
        return f"broken link to '{url}' ({status})"
    if fragment and local.exists():
        target = local / "index.html" if local.is_dir() else local
        hint = nearest(unquote(fragment), _anchors(target))
        return f"no anchor '#{unquote(fragment)}' on '{shown or 'index'}'{hint}"
    known = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    known += [name.removesuffix("/index.html") for name in known]
    return f"broken link to '{shown}'{nearest(shown, known)}"


def _problems(
    findings: dict[str, list[dict[str, Any]]], site: Path, docs: Path, root: Path
) -> Iterator[Problem]:
    by_url = {
        built_path(page.path.relative_to(docs).as_posix()): page for page in pages(docs, root)
    }
    made: dict[str, list[str]] = {}
    for html_name, errors in sorted(findings.items()):
        html = Path(html_name) if Path(html_name).is_absolute() else site / html_name
        page = _source_of(html, site, by_url)
        for error in errors:
            message = _explain(error["url"], error["status"]["text"], site)
            path, fragment = urldefrag(error["url"])
            local = Path(unquote(urlsplit(path).path))
            wanted = local.relative_to(site).as_posix() if local.is_relative_to(site) else path
            wanted = ("" if wanted == "." else wanted.removesuffix("/index.html")) + (
                f"#{unquote(fragment)}" if fragment else ""
            )
            places = []
            if page is not None:
                places = [
                    page.place(offset)
                    for url, offset in source_links.targets(page)
                    if _resolve(page, docs, url) == wanted
                ]
            if places and page is not None:
                for line, column in places:
                    yield Problem(page.file, line, message, column, "links")
            elif found := _in_data(wanted, root):
                yield Problem(found.file, found.line, message, found.column, "links")
            else:
                made.setdefault(message, []).append(page.file if page else relative(html, root))
    for message, where in made.items():
        more = f" here and on {len(where) - 1} more pages" if len(where) > 1 else ""
        origin = f"{message}; it is made by a macro or a template{more}"
        yield Problem(where[0], 1, origin, rule="links")


def check(
    site: Path, docs: Path = ROOT / "docs", root: Path = ROOT, site_url: str | None = None
) -> list[Problem]:
    """Everything in ``site`` that leads nowhere. Raises LinkCheckError if lychee cannot run."""
    site = site.resolve()
    url = site_url or os.environ.get("SITE_URL") or "http://127.0.0.1:8000/"
    result = run_lychee(site, url)
    findings: dict[str, list[dict[str, Any]]] = {}
    for group in ("error_map", "timeout_map"):
        for name, errors in result.get(group, {}).items():
            findings.setdefault(name, []).extend(errors)
    if not result.get("total"):
        raise LinkCheckError(f"lychee found no link at all below {site}; is it a built site?")
    return sorted(set(_problems(findings, site, docs, root)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n")[0],
        epilog=(__doc__ or "").partition("Examples:")[2],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="its Markdown sources")
    options = parser.parse_args(arguments)
    if not (options.site / "index.html").is_file():
        print(f"{options.site}: no built site here; run 'make build' first", file=sys.stderr)
        return 2
    try:
        problems = check(options.site, options.docs)
    except LinkCheckError as error:
        print(error, file=sys.stderr)
        return 2
    status = report(problems)
    if not status:
        print("All internal links, anchors and images hold.")
    return status


if __name__ == "__main__":
    sys.exit(main())
