"""Writes new things in their place and order, and takes them back if the check refuses them."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.checks import run
from scripts.engine.new import kinds
from scripts.engine.site import for_checks
from scripts.problems import ROOT, Problem, report
from scripts.sources import yaml12
from scripts.sources.pages import built_path
from scripts.sources.records.lookup import href
from scripts.sources.references import bibtex


class Refused(ValueError):
    """What was asked for cannot be written; ``args`` say why."""


def _data_file(kind: str, given: Mapping[str, str], root: Path) -> Path:
    collection = kinds.COLLECTION[kind]
    if given.get("file"):
        name = given["file"].removeprefix("data/")
        if not re.fullmatch(rf"{collection}(?:\.yml|/[a-z0-9-]+\.yml)", name):
            raise Refused(
                f"the file of a {kind} is data/{collection}.yml or data/{collection}/NAME.yml"
            )
        return root / "data" / name
    single = root / "data" / f"{collection}.yml"
    if single.is_file() or not (root / "data" / collection).is_dir():
        return single
    if kind == "fact":
        return root / "data" / collection / f"{given['topic']}.yml"
    return (
        root / "data" / collection / "release.yml" if kind == "event" else _of_seller(given, root)
    )


def _of_seller(given: Mapping[str, str], root: Path) -> Path:
    """The file that has most prices of this seller, else one with its name."""
    folder = root / "data/prices"
    found = {
        path: len(re.findall(rf"seller: {re.escape(given['seller'])}\b", path.read_text("utf-8")))
        for path in sorted(folder.glob("*.yml"))
    }
    best = max(found, key=lambda path: found[path], default=None)
    return best if best is not None and found[best] else folder / f"{given['seller']}.yml"


def _with_record(kind: str, given: Mapping[str, str], text: str) -> str:
    """A file of data with one record more: events in the order of days, others at the end."""
    if not text:
        return "records:\n" + kinds.record(kind, given, 2)
    node = yaml12.read(text).node
    items = next((v.value for k, v in getattr(node, "value", []) if k.value == "records"), None)
    if items is None:
        raise Refused("the file has no list 'records:'; mend it first (make check)")
    indent = items[0].start_mark.column - 2 if items else 2
    block = kinds.record(kind, given, max(indent, 0))
    lines = text.splitlines(keepends=True)
    for item in items if kind == "event" else []:
        date = next((v.value for k, v in item.value if k.value == "date"), "")
        if date > given["date"]:
            at = item.start_mark.line
            return "".join([*lines[:at], block, *lines[at:]])
    return text.rstrip("\n") + "\n" + block


def _with_entry(given: Mapping[str, str], text: str) -> str:
    """The bibliography with one entry more, in the order of keys."""
    new = kinds.entry(given)
    for entry in bibtex.read(text).entries:
        if entry.key > given["key"]:
            return text[: entry.start] + new + "\n" + text[entry.start :]
    return text.rstrip("\n") + "\n\n" + new


def _with_menu(given: Mapping[str, str], text: str) -> str:
    """The settings with a line for the page below the last one of its chapter."""
    if not re.search(r"^nav:", text, re.MULTILINE):
        return text
    folder = given["path"].rpartition("/")[0]
    title = kinds.scalar(given["title"])
    pattern = (
        rf"^(?P<pad> +)- .*: {re.escape(folder)}/[\w./-]+\.md$"
        if folder
        else r"^(?P<pad>  )- .*\.md$"
    )
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if not found:
        raise Refused(
            f"no chapter of the menu (nav in mkdocs.yml) has pages of {folder}/; add it first"
        )
    at = found[-1].end()
    return f"{text[:at]}\n{found[-1]['pad']}- {title}: {given['path']}{text[at:]}"


def changes(kind: str, given: Mapping[str, str], root: Path) -> dict[Path, str]:
    """The files that change, with their new text. Raises Refused."""

    def now(path: Path, make: Callable[[str], str]) -> str:
        return make(path.read_text(encoding="utf-8") if path.is_file() else "")

    if kind == "source":
        return {
            root / "references.bib": now(root / "references.bib", lambda t: _with_entry(given, t))
        }
    if kind == "page":
        path = root / "docs" / given["path"]
        if not re.fullmatch(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.md", given["path"]):
            raise Refused(
                "a page is a file such as pricing/discounts.md: lower case, digits, hyphens"
            )
        if path.exists():
            raise Refused(f"docs/{given['path']} is there already")
        menu = root / "mkdocs.yml"
        return {path: kinds.page(given), menu: now(menu, lambda t: _with_menu(given, t))}
    path = _data_file(kind, given, root)
    return {path: now(path, lambda t: _with_record(kind, given, t))}


def _appears(kind: str, given: Mapping[str, str]) -> str:
    if kind == "source":
        key = given["key"]
        return f"in the list of sources: /reference/sources/#{key}; cite it with [@{key}]"
    if kind == "page":
        return f"at /{built_path(given['path'])} and in the menu"
    page, _, anchor = href(kinds.COLLECTION[kind], given["id"]).partition("#")
    shown = f"at /{built_path(page.lstrip('/'))}#{anchor}"
    macros = {
        "fact": f"{{{{ fact('{given['id']}') }}}}",
        "price": f"{{{{ price('{given['id']}', 'output') }}}}",
    }
    return shown + (f"; show it with {macros[kind]}" if kind in macros else " and on the timeline")


def _errors(root: Path) -> list[Problem]:
    return [problem for problem in run.run(for_checks(root)) if problem.level == "error"]


def write(kind: str, given: Mapping[str, str], root: Path = ROOT) -> int:
    """Write it, check it, and take it back if an error has come with it. Raises Refused."""
    new = changes(kind, given, root)
    old = {path: path.read_bytes() if path.is_file() else None for path in new}

    def put() -> None:
        for path, text in new.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def take_back() -> None:
        for path, content in old.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)

    try:
        put()
        errors = _errors(root)
        if errors:  # only now does it matter what was wrong before
            take_back()
            before = {str(problem) for problem in _errors(root)}
            errors = [problem for problem in errors if str(problem) not in before]
            if not errors:
                put()
    except BaseException:  # Ctrl+C, too: nothing stays that was not checked
        take_back()
        raise
    if errors:
        report(errors)
        print("Nothing was written: correct the answers above.", file=sys.stderr)
        return 1
    for path, text in new.items():
        print(f"{path.relative_to(root).as_posix()}: {len(text.splitlines())} lines now")
    print(f"It will appear {_appears(kind, given)}.")
    return 0


def _looked_up(text: str) -> dict[str, str]:
    """What the source says of itself; nothing where that cannot be learned."""
    from scripts.engine.new import lookup  # not needed by those who type all of it

    try:
        found = lookup.about(text)
    except lookup.NotFound as error:
        print(f"Nothing was found for '{text}': {error}.", file=sys.stderr)
        return {}
    for name, value in found.items():
        print(f"  {name}: {value}")
    print("This is what the source says of itself; read it, and correct what is wrong.")
    return found


def _answer(question: kinds.Question, found: str = "") -> str:
    default = found or kinds.defaults(question)
    while True:
        answer = input(f"{question.words}{f' [{default}]' if default else ''}: ").strip()
        if answer or default is not None:
            return answer or default or ""


def main(arguments: list[str]) -> int:
    """``new KIND --flag value ...``; asks for what is missing where somebody can answer."""
    parser = argparse.ArgumentParser(prog="python -m scripts new", description=__doc__)
    of_kind = parser.add_subparsers(dest="kind", required=True, metavar="|".join(kinds.KINDS))
    for kind, questions in kinds.KINDS.items():
        flags = of_kind.add_parser(kind)
        for question in questions:
            flags.add_argument(f"--{question.name}", help=question.words.replace("%", "%%"))
        if kind == "source":
            flags.add_argument(
                "--from", metavar="WHAT", help="its address, DOI or arXiv id: fills in what it can"
            )
    options = vars(parser.parse_args(arguments))
    kind, given, missing = options["kind"], {}, []
    found: dict[str, str] = {}
    if kind == "source":
        asked = options["from"]
        if asked is None and sys.stdin.isatty() and options["title"] is None:
            asked = input("Address, DOI or arXiv id to fill in from (empty: ask for all): ")
        found = _looked_up(asked) if asked else {}
    for question in kinds.KINDS[kind]:
        value = options[question.name.replace("-", "_")]
        if value is None and sys.stdin.isatty():
            value = _answer(question, found.get(question.name, ""))
        value = found.get(question.name) if value is None else value
        value = kinds.defaults(question) if value is None else value
        if value is None:
            missing.append(f"--{question.name}")
        given[question.name] = value or ""
    if missing:
        print(f"these are needed, too: {', '.join(missing)}", file=sys.stderr)
        return 2
    try:
        return write(kind, given)
    except (Refused, yaml12.YamlError) as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 2
