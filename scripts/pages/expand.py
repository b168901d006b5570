"""From a page as typed to plain Markdown: every macro has run.

The text depends on the page, and on the records and sources that its macros looked at.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from html import escape
from types import FrameType
from typing import Any

import jinja2

from scripts.pages.here import Here
from scripts.pages.language import MAX_TEXT, environment, parsed, refused
from scripts.pages.macros.registry import FAILURES, MACROS
from scripts.problems import Problem
from scripts.sources.pages import Page
from scripts.sources.shelf import digest
from scripts.sources.site import Site


@dataclass(frozen=True)
class Expanded:
    """A page whose numbers are filled in."""

    text: str
    """Markdown without front matter."""
    problems: tuple[Problem, ...] = ()
    """Macros that failed, each at its line; they show on the page as well."""


def _line(frame: FrameType | None) -> int:
    """Line of the template that is being rendered, from the frames that lead to it."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return 1


def _bound(
    macro: Callable[..., str], here: Here, fail: Callable[[int, str], None], first_line: int
) -> Callable[..., str]:
    """The macro on its page; a failure shows there, and is told with its line."""

    @functools.wraps(macro)
    def call(*args: Any, **kwargs: Any) -> str:
        try:
            return macro(here, *args, **kwargs)
        except FAILURES as error:
            message = str(error.args[0] if error.args else error)
            fail(first_line - 1 + _line(sys._getframe(1)), f"{macro.__name__}(): {message}")
            return f'<strong class="macro-error">{escape(message)}</strong>'

    return call


def _failed(error: BaseException) -> int:
    """Line of the template at which it ended."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = int(template.get_corresponding_lineno(trace.tb_lineno))
        elif "__jinja_exception__" in trace.tb_frame.f_globals:  # Jinja has put the lines right
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _rendered(template: jinja2.Template, names: dict[str, Any]) -> str:
    """The text, unless loops make more of it than any page has."""
    parts: list[str] = []
    size = 0
    for part in template.generate(names):
        size += len(part)
        if size > MAX_TEXT:
            raise jinja2.TemplateRuntimeError(f"the page has more than {MAX_TEXT:,} characters")
        parts.append(part)
    return "".join(parts)


def _expand(site: Site, page: Page, url: str) -> Expanded:
    problems: list[Problem] = []

    def fail(line: int, message: str) -> None:
        problems.append(Problem(page.file, line, message, rule="macros"))

    first = page.text.count("\n", 0, len(page.text) - len(page.typed)) + 1
    here = Here(site, url, page.meta)
    names = {name: _bound(macro, here, fail, first) for name, macro in MACROS.items()}
    try:
        tree = parsed(page.typed)
        for line, words in refused(tree):
            fail(first - 1 + line, words)
        text = "" if problems else _rendered(environment().from_string(tree), names)
    except jinja2.TemplateSyntaxError as error:
        fail(first - 1 + error.lineno, f"macro syntax: {error.message}")
        text = ""
    except (jinja2.TemplateError, RecursionError, MemoryError, *FAILURES) as error:
        fail(first - 1 + _failed(error), f"macros: {error}")
        text = ""
    if not text and problems:
        text = f'<strong class="macro-error">{escape(problems[0].message)}</strong>\n'
    return Expanded(text, tuple(problems))


def expand(site: Site, page: Page, url: str) -> Expanded:
    """``page`` at the address ``url`` with its macros run; never raises for a mistake in it."""

    def make(seen: Site) -> dict[str, Any]:
        found = _expand(seen, page, url)
        return {"text": found.text, "problems": [asdict(problem) for problem in found.problems]}

    inputs = digest(page.text, url, site.url, site.newest, site.frozen)
    kept = site.kept("expanded", page.file, inputs, make)
    return Expanded(kept["text"], tuple(Problem(**problem) for problem in kept["problems"]))
