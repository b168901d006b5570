"""The language of macros: what may stand between ``{{`` and ``}}`` in a page.

A contribution must not run code on the machine that builds it. So this is a small part of Jinja,
in its sandbox: calls of our macros with constants and lists, sums, conditions, short loops. No
attributes of objects, no filters but ``indent``, no files, no definitions, no endless loops.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

VARIABLES = {"loop", "range", "true", "false", "none"}
"""Names that a page may use beside the macros."""
MAX_RANGE = 200
"""Rounds of one loop."""
MAX_LOOPS = 2
"""Loops within loops."""
MAX_DEPTH = 120
"""Expressions within expressions."""
MAX_TEXT = 10_000_000
"""Characters that a page becomes; the largest of ours has about a million."""
FILTERS = {"indent"}
_OF_LOOP = {"index", "index0", "first", "last", "length"}
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Call,
    nodes.Keyword, nodes.List, nodes.Tuple, nodes.Filter, nodes.Add, nodes.Sub, nodes.Concat,
    nodes.Neg, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
    nodes.If, nodes.For, nodes.Getattr,
)  # fmt: skip
_WORDS = {
    nodes.Getitem: "parts of a value ([...])",
    nodes.Filter: "this filter",
    nodes.Mul: "multiplication",
    nodes.Pow: "powers",
    nodes.Assign: "{% set %}",
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
    nodes.FromImport: "{% from %}",
    nodes.Extends: "{% extends %}",
    nodes.Macro: "{% macro %}",
    nodes.Block: "{% block %}",
}


class _Silent(jinja2.ChainableUndefined):
    """Prints nothing, and may be called: the rest of the page is still made and checked."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return ""


def _range(*args: int) -> range:
    """As Python's, but short."""
    found = range(*args)
    if len(found) > MAX_RANGE:
        raise jinja2.TemplateRuntimeError(f"range() of more than {MAX_RANGE} rounds")
    return found


class _Environment(ImmutableSandboxedEnvironment):
    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, jinja2.runtime.LoopContext) and attr in _OF_LOOP


def environment() -> jinja2.Environment:
    """How macros are written in pages: ``{#`` begins an anchor, so comments look different."""
    env = _Environment(comment_start_string="{##", comment_end_string="##}", undefined=_Silent)
    env.globals = {"range": _range}
    env.filters = {name: env.filters[name] for name in FILTERS}
    env.tests = {}
    return env


@functools.lru_cache(maxsize=256)
def parsed(text: str) -> nodes.Template:
    """The macros of a page as a tree. Raises jinja2.TemplateSyntaxError with the line."""
    try:
        tree = environment().parse(text)
        _depth(tree)
    except RecursionError:
        lines = text.split("\n")
        deepest = max(range(len(lines)), key=lambda at: sum(map(lines[at].count, "([{")))
        message = "brackets within brackets without end"
        raise jinja2.TemplateSyntaxError(message, deepest + 1) from None
    return tree


def _depth(node: nodes.Node, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise jinja2.TemplateSyntaxError("brackets within brackets, too many of them", node.lineno)
    for child in node.iter_child_nodes():
        _depth(child, depth + 1)


def refused(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Line and words for everything that a page may not ask of the machine that builds it."""
    yield from _refused(tree, 0)


def _refused(node: nodes.Node, loops: int) -> Iterator[tuple[int, str]]:
    words = _not_allowed(node)
    if isinstance(node, nodes.For):
        loops += 1
        if node.recursive or loops > MAX_LOOPS:
            words = "a loop in a loop in a loop"
    if words:
        yield node.lineno, f"{words} cannot be used in a page; call a macro with plain values"
        return
    for child in node.iter_child_nodes():
        yield from _refused(child, loops)


def _not_allowed(node: nodes.Node) -> str:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"the filter '{node.name}'"
    if isinstance(node, nodes.Getattr):
        of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
        return "" if of_loop and node.attr in _OF_LOOP else f"the attribute '.{node.attr}'"
    if isinstance(node, nodes.Call):
        if not isinstance(node.node, nodes.Name):
            return "a call of anything but a macro"
        if node.dyn_args or node.dyn_kwargs:
            return "'*' before an argument"
    if isinstance(node, nodes.Name) and node.name.startswith("_"):
        return f"the name '{node.name}'"
    if isinstance(node, _ALLOWED):
        return ""
    return _WORDS.get(type(node), f"'{type(node).__name__.lower()}'")
