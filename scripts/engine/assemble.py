"""MkDocs' own build, step by step, so that a step whose input is as it was can be left out.

The steps, their order and the functions are those of ``mkdocs.commands.build.build``; what
differs is that a page is only put into its template when its text, the menu or what is said
about it is not what it was when it was last written to the same folder.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands import build as steps
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from scripts.publish.done import Done
from scripts.sources.shelf import Shelf, digest


def _menu(nav: Navigation) -> str:
    """All that the templates of other pages say of a page."""
    return digest(*(f"{page.url}\n{page.title}" for page in nav.pages), str(nav))


def _said(page: Page, context: Any) -> tuple[str, ...]:
    return (
        page.content or "",
        repr(sorted(page.meta.items(), key=str)),
        str(page.title),
        "".join(map(str, page.toc)),
        page.canonical_url or "",
        repr(context.get("citing")),
        repr(context.get("mending")),
        repr(context.get("preload")),
    )


def _theme(config: MkDocsConfig) -> str:
    """The templates of ours, and the configuration that all of them see."""
    total = hashlib.sha256(Path(config.config_file_path).read_bytes())
    for folder in config.theme.dirs[:1]:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                total.update(path.read_bytes())
    return total.hexdigest()


def _settings(config: MkDocsConfig) -> str:
    """What the configuration takes from the environment or from who builds."""
    where = (config.site_url, config.repo_url, config.repo_name, config.edit_uri)
    return repr((where, sorted(config.extra.items(), key=str)))


def _build_page(
    page: Page, config: MkDocsConfig, files: list[File], nav: Navigation, env: Any, key: str,
    done: Done, shelf: Shelf | None,
) -> None:  # fmt: skip
    """``_build_page`` of MkDocs, for a page that is not what it was."""
    config._current_page = page
    page.active = True
    try:
        context = steps.get_context(nav, files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        target = Path(page.file.abs_dest_path)
        made_from = digest(key, *_said(page, context))
        if not done.again(f"page {page.file.dest_uri}", made_from) and target.is_file():
            return
        kept = shelf.read("page", page.file.dest_uri) if shelf else None
        if isinstance(kept, dict) and kept.get("from") == made_from:
            output = kept["html"]
        else:
            template = env.get_template(page.meta.get("template", "main.html"))
            output = config.plugins.on_post_page(template.render(context), page=page, config=config)
            if shelf:
                shelf.write("page", page.file.dest_uri, {"from": made_from, "html": output})
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(output.encode("utf-8", errors="xmlcharrefreplace"))
    finally:
        page.active = False
        config._current_page = None


class _Loader(jinja2.FileSystemLoader):
    """Templates and files of the theme, without a look at each of its 12,000 icons, of which
    none is a page or goes into the site by itself."""

    def list_templates(self) -> list[str]:
        found = set()
        for top in self.searchpath:
            for folder, inner, names in os.walk(top, followlinks=self.followlinks):
                inner[:] = [name for name in inner if not name.startswith(".")]
                at = Path(folder).relative_to(top)
                found |= {(at / name).as_posix() for name in names}
        return sorted(found)


def _templates(config: MkDocsConfig, compiled: Path) -> jinja2.Environment:
    """The theme's templates; as bytecode from ``compiled`` if their text is the same."""
    env = config.theme.get_env()
    env.loader = _Loader(config.theme.dirs)
    try:
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
    except OSError:
        pass  # a disk that is read-only costs time, not the build
    return env


def assemble(
    config: MkDocsConfig, done: Done, compiled: Path, shelf: Shelf | None = None
) -> frozenset[str]:
    """Build the site that ``config`` describes into its ``site_dir``; the names of its pages and
    of what ``docs/`` and the theme bring.

    ``done`` remembers what stands in that folder; hand the same one to the next build into it.
    ``compiled`` is a folder for compiled templates; ``shelf`` keeps whole pages. Raises what MkDocs
    raises where there can be no site.
    """
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    inclusion = InclusionLevel.is_included
    files: Files = get_files(config)
    env = _templates(config, compiled)
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    pages = files.documentation_pages(inclusion=inclusion)
    for file in pages:
        page = file.page or Page(None, file, config)
        steps._populate_page(page, config, files)
    env = config.plugins.on_env(env, config=config, files=files)
    files.copy_static_files(dirty=bool(done.keys), inclusion=inclusion)
    key = digest(_menu(nav), _theme(config), _settings(config))
    for name in config.theme.static_templates:
        if done.again(name, key) or name == "sitemap.xml":
            steps._build_theme_template(name, env, files, config, nav)
    for name in config.extra_templates:
        steps._build_extra_template(name, files, config, nav)
    for file in pages:
        assert file.page is not None
        _build_page(file.page, config, list(pages), nav, env, key, done, shelf)
    _take_away(config, {f"page {file.dest_uri}" for file in pages}, done)
    config.plugins.on_post_build(config=config)
    named = {*config.theme.static_templates, *config.extra_templates}
    return frozenset({*named, *(file.dest_uri for file in files)})


def _take_away(config: MkDocsConfig, there: set[str], done: Done) -> None:
    """Pages that are no longer in ``docs/``."""
    for name in [name for name in done.keys if name.startswith("page ") and name not in there]:
        del done.keys[name]
        (Path(config.site_dir) / name.removeprefix("page ")).unlink(missing_ok=True)
