"""Every macro call in a page works: the macro, the record and the field exist.

Why: an undefined macro would print nothing, or stop the build without a line number.
Each call with constant arguments is run here, so the check cannot disagree with the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jinja2
from jinja2 import nodes

from scripts import figures
from scripts.pages.expand import VARIABLES, parsed
from scripts.pages.here import Here
from scripts.pages.macros.registry import FAILURES, MACROS
from scripts.problems import Problem, nearest
from scripts.sources.site import Site

SLOW = {"figure", "records_list", "full_bibliography"}
"""Run in the build only; the check looks at their arguments."""


def _constant(node: nodes.Node) -> Any:
    return node.as_const()


def _known_figure(name: str) -> str | None:
    if name not in figures.FIGURES:
        return f"no figure '{name}'{nearest(str(name), figures.FIGURES)}"
    return None


def _run(here: Here, call: nodes.Call, name: str) -> str | None:
    """What is wrong with one call, or None."""
    try:
        args = [_constant(arg) for arg in call.args]
        kwargs = {kw.key: _constant(kw.value) for kw in call.kwargs}
    except nodes.Impossible:
        return None  # depends on a template variable; the build will tell
    if name == "figure":
        return _known_figure(*args)
    if name in SLOW:
        return None
    try:
        MACROS[name](here, *args, **kwargs)
    except FAILURES as error:
        return str(error.args[0] if error.args else error)
    return None


def check(site: Site) -> Iterator[Problem]:
    known = set(MACROS)
    for page in site.pages:
        here = Here(site, "", page.meta)
        try:
            tree = parsed(page.text)
        except jinja2.TemplateSyntaxError as error:
            yield Problem(
                page.file,
                error.lineno,
                f"macro syntax: {error.message}; for literal braces use {{% raw %}}",
                rule="macros",
            )
            continue
        called = {id(call.node) for call in tree.find_all(nodes.Call)}
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name):
                name = call.node.name
                if name not in known:
                    yield Problem(
                        page.file,
                        call.lineno,
                        f"unknown macro '{name}'{nearest(name, known)}",
                        rule="macros",
                    )
                elif problem := _run(here, call, name):
                    yield Problem(page.file, call.lineno, f"{name}(): {problem}", rule="macros")
        for variable in tree.find_all(nodes.Name):
            if id(variable) in called or variable.ctx != "load":
                continue
            if variable.name not in known | VARIABLES:
                yield Problem(
                    page.file,
                    variable.lineno,
                    f"unknown name '{variable.name}' in {{{{ }}}}{nearest(variable.name, known)}; "
                    "for literal braces use {% raw %}",
                    rule="macros",
                )
