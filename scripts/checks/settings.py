"""mkdocs.yml can be read, and its menu has each page once.

Why: MkDocs ends with "Aborted with a configuration error!" and names no line; a page that is in no
menu is published, and nobody finds it.

Good: a new page gets its line under 'nav', a page that moved its line under 'redirect_maps'.
Bad: a page below docs/ that no line of the menu names, or a line that names a page that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.pages.markup import in_value, scheme_of
from scripts.problems import Problem, nearest
from scripts.sources import yaml12
from scripts.sources.text import NotText, text_of

FILE = "mkdocs.yml"
RULE = "settings"
KEYS = {
    "site_name", "site_url", "site_description", "site_author", "site_dir", "docs_dir", "repo_url",
    "repo_name", "edit_uri", "edit_uri_template", "copyright", "theme", "extra_css",
    "extra_javascript", "extra_templates", "nav", "validation", "markdown_extensions", "plugins",
    "hooks", "watch", "extra", "strict", "use_directory_urls", "exclude_docs", "draft_docs",
    "not_in_nav", "dev_addr", "remote_branch", "remote_name", "INHERIT",
}  # fmt: skip
PLUGINS = {"bibtex", "redirects", "search"}
"""What a build loads; another one is code that has to be reviewed first."""


def _line(text: str, words: str) -> int:
    match = re.search(rf"(?<![\w/.-]){re.escape(words)}(?![\w/-])", text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _entries(nav: Any) -> Iterator[tuple[str, Any]]:
    """Every title with the file, or the thing, that stands behind it."""
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, dict):
            for title, value in item.items():
                if isinstance(value, list):
                    yield str(title), ""
                    yield from _entries(value)
                else:
                    yield str(title), value
        else:
            yield "", item


def _menu(nav: Any, text: str, docs: Path) -> Iterator[tuple[int, str]]:
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md") if path.is_file()}
    seen: set[str] = set()
    if not isinstance(nav, list):
        yield _line(text, "nav"), "nav must be a list such as '- Home: index.md'"
        return
    for title, file in _entries(nav):
        if said := in_value(title):
            yield _line(text, title), f"nav: the title '{title[:40]}' holds {said}"
        if file == "":
            continue
        if not isinstance(file, str):
            yield _line(text, title), f"nav: '{title[:40]}' leads to no page; name a file of docs/"
        elif scheme_of(file) in {"http", "https"}:
            continue
        elif file not in files:
            hint = nearest(file, files)
            yield _line(text, file), f"nav: '{file}' is no page below docs/{hint}"
        elif file in seen:
            yield _line(text, file), f"nav: '{file}' is named twice"
        seen.add(str(file))
    for file in sorted(files - seen):
        yield _line(text, "nav"), f"nav: the page docs/{file} is in no menu; give it a line"


def _redirects(plugins: Any, text: str, docs: Path) -> Iterator[tuple[int, str]]:
    for plugin in plugins if isinstance(plugins, list) else []:
        name = next(iter(plugin), "") if isinstance(plugin, dict) else plugin
        if name not in PLUGINS:
            known = nearest(str(name), PLUGINS)
            yield _line(text, str(name)), f"plugins: '{name}' is not one of ours{known}"
        settings = plugin.get(name) if isinstance(plugin, dict) else None
        maps = settings.get("redirect_maps") if isinstance(settings, dict) else None
        for old, new in maps.items() if isinstance(maps, dict) else []:
            line, new = _line(text, str(old)), str(new)
            if ".." in old.split("/") or old.startswith("/") or not old.endswith(".md"):
                yield line, f"redirects: '{old}' must be the file that the page had below docs/"
            elif (docs / old).exists():
                yield line, f"redirects: '{old}' is a page, so it cannot lead on"
            target = new.partition("#")[0]
            if scheme_of(new) not in {"", "https"}:
                yield line, f"redirects: '{new[:60]}' is no address to lead on to"
            elif not scheme_of(new) and (
                ".." in target.split("/") or not (docs / target).is_file()
            ):
                yield line, f"redirects: '{new[:60]}' is no page below docs/"


def check(root: Path) -> Iterator[Problem]:
    def at(line: int, message: str, column: int = 1) -> Problem:
        return Problem(FILE, line, message, column, RULE)

    try:
        text = text_of(root / FILE)
        # MkDocs' own tags: a variable of the environment, and a path.
        content = yaml12.read(re.sub(r"!(?:ENV|relative)\b", "", text)).content
    except NotText as error:
        yield at(error.line, error.message)
        return
    except yaml12.YamlError as error:
        yield at(error.line, f"not valid YAML: {error.message}", error.column)
        return
    if not isinstance(content, dict) or not content.get("site_name"):
        yield at(1, "expected settings such as 'site_name: ...'")
        return
    for key in content:
        if key not in KEYS:
            yield at(_line(text, f"{key}"), f"unknown setting '{key}'{nearest(key, KEYS)}")
    if "nav" in content:
        for line, message in _menu(content["nav"], text, root / "docs"):
            yield at(line, message)
    for line, message in _redirects(content.get("plugins"), text, root / "docs"):
        yield at(line, message)
