"""Every macro call in a page works: the macro, the record and the field exist.

Why: an undefined macro would print nothing, or stop the build without a line number. The page is
expanded here as the build does it, so the check cannot disagree with the build; what a build has
kept is not made again.

Good: V4-Pro has {{ fact("v4-pro-total-parameters") }} parameters.
Bad: V4-Pro has {{ fact("v4-pro-total-paramters") }} parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from scripts.pages.expand import expand
from scripts.pages.language import VARIABLES, parsed, refused
from scripts.pages.macros.registry import MACROS
from scripts.problems import Problem, nearest
from scripts.sources.pages import Page, built_path
from scripts.sources.shelf import digest
from scripts.sources.site import Site

LITERAL = "for literal braces use {% raw %}"


def _names(page: Page, tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Names that nobody has defined."""
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    bound = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    known = set(MACROS) | VARIABLES | bound
    for name in tree.find_all(nodes.Name):
        if name.name in MACROS and name.name not in bound and id(name) not in called:
            yield name.lineno, f"'{name.name}' is a macro, and says nothing uncalled; {name.name}()"
        if name.ctx != "load" or name.name in known:
            continue
        hint = nearest(name.name, MACROS)
        if id(name) in called:
            yield name.lineno, f"unknown macro '{name.name}'{hint}"
        else:
            yield name.lineno, f"unknown name '{name.name}' in {{{{ }}}}{hint}; {LITERAL}"


def _read(page: Page) -> tuple[list[tuple[int, str]], bool]:
    """Line and words for each call that cannot work, and whether the page may not be expanded."""
    try:
        tree = parsed(page.text)
    except jinja2.TemplateSyntaxError as error:
        return [(error.lineno, f"macro syntax: {error.message}; {LITERAL}")], True
    never = list(refused(tree))
    return [*never, *_names(page, tree)], bool(never)


def _of_page(page: Page, site: Site) -> Iterator[Problem]:
    found, never = site.kept("calls", page.file, digest(page.text), lambda _: _read(page))
    for line, message in found:
        yield Problem(page.file, line, message, rule="macros")
    if never:
        return
    url = built_path(page.path.relative_to(site.docs).as_posix())
    told = {line for line, _ in found}
    yield from (p for p in expand(site, page, url).problems if p.line not in told)


def check(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        try:
            yield from _of_page(page, site)
        except RuntimeError as error:  # pandoc; what it cannot read is named by the rule 'bib'
            message = f"the sources cannot be formatted: {str(error).splitlines()[0]}"
            yield Problem("references.bib", 1, message, rule="macros")
            return
