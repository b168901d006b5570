"""One command with verbs: ``python -m scripts <verb>``.

serve    build and serve the site with live reload at http://127.0.0.1:8000/
build    build the site into site/, strictly: any mistake leaves the last good one in place
check    all static checks of pages, data and bibliography, without building
explain  why a rule of the checks is there, with a good and a bad example
new      a fact, source, page, event or price: asks, writes it in its place, checks it
compare  what a change means for readers: pages, records old and new, links, weights
edition  publish this commit as a dated edition, on the branch ``editions``; --book: with its book
book     one PDF, one EPUB and a ZIP of the built site, below site/book/
links    check the links of the built site; with --external, those that lead elsewhere
addresses  add new pages, anchors and records to the list of published addresses
bench    print how long loading, checking and building take
twin     render the pages with another engine, and say what differs
stale    list the records that are older than their review period, most read first
passages  print the cited passages of a page with what they rest on, ready to be read against it
hosting  write the files of hosting/ that are made from the table of headers
pack     make site/ ready for a server of one's own: names by content, .gz and .br copies
watch    look at the published site at an address: pages, policy, search, a tool, a fact
bom      print what the site is made with, as CycloneDX
schema   write the JSON Schemas that editors use for the files below data/
"""

from __future__ import annotations

# Each verb imports what it needs when it is called: a check does not wait for MkDocs.
import argparse
import datetime as dt
import json
import os
import sys
import time
from dataclasses import asdict

from scripts.problems import ROOT, annotation, nearest, report

OWN_OPTIONS = {"links", "bench", "new", "compare"}
"""Verbs that read options of their own, and answer --help themselves."""
CLOSED = 141
"""Exit status where nobody reads on: that of a program which SIGPIPE ends."""
ON_GITHUB = os.environ.get("GITHUB_ACTIONS") == "true"


def _serve(options: argparse.Namespace) -> int:
    from scripts.engine.serve import serve

    host, _, port = options.address.rpartition(":")
    if not port.isdecimal():
        print(f"'{options.address}' is not HOST:PORT, such as 127.0.0.1:8000", file=sys.stderr)
        return 2
    return serve(ROOT, host or "127.0.0.1", int(port))


def _build(_: argparse.Namespace) -> int:
    from scripts.engine.build import build

    started = time.monotonic()
    status = report(build(), annotate=ON_GITHUB)
    if status:
        print("Not built: mend the above. The last good site/ is as it was.", file=sys.stderr)
    else:
        print(f"Built site/ in {time.monotonic() - started:.1f} s.")
    return status


def _check(options: argparse.Namespace) -> int:
    from scripts.checks import audit, reading, run, stale
    from scripts.engine.site import for_checks
    from scripts.pages.passages import passages

    started = time.monotonic()
    if options.only and options.only not in run.RULES:
        return _unknown_rule(options.only)
    near: set[str] | None = None
    if options.changed or options.files:
        from scripts.engine.near import changed, given

        for name in options.files:
            if not (ROOT / name.replace("\\", "/")).exists():
                print(f"'{name}': no such file below {ROOT.name}/", file=sys.stderr)
                return 2
        near = (changed(ROOT) if options.changed else set()) | given(options.files, ROOT)
    if options.fix or options.diff:
        from scripts.engine.near import mend

        mend(ROOT, near, dry=options.diff)
        if options.diff:
            return 0
    site = for_checks(ROOT, audited=near is None)
    problems = run.run(site, options.only) if near is None else run.run_on(site, near)
    if options.json or options.format == "json":
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
        return int(any(problem.level == "error" for problem in problems))
    if options.format == "github":
        print("\n".join(map(annotation, problems)))
        return int(any(problem.level == "error" for problem in problems))
    status = report(problems, annotate=ON_GITHUB)
    if near is not None:
        if not status:
            print(f"{len(near)} changed file(s) in order; make check looks at all.")
        return status
    if options.only:
        if not status:
            print(f"Nothing wrong by the rule '{options.only}'.")
        return status
    if grades := reading.summary(site.pages):
        print(grades)
    found = passages(site)
    for line in (audit.summary(site, found), stale.summary(site, found, dt.date.today())):
        if line:
            print(line)
    if not status:
        print(f"All checks passed in {time.monotonic() - started:.1f} s.")
    return status


def _new(options: argparse.Namespace) -> int:
    from scripts.engine.new import write

    return write.main(options.rest)


def _compare(options: argparse.Namespace) -> int:
    from scripts.engine.compare import run

    return run.main(options.rest)


def _unknown_rule(rule: str) -> int:
    from scripts.checks.run import RULES

    known = ", ".join(sorted(RULES))
    print(f"no rule '{rule}'{nearest(rule, RULES)}; the rules are {known}", file=sys.stderr)
    return 2


def _explain(options: argparse.Namespace) -> int:
    from scripts.checks.run import RULES, explanation

    if options.rule and options.rule not in RULES:
        return _unknown_rule(options.rule)
    print("\n".join(explanation(rule) for rule in ([options.rule] if options.rule else RULES)))
    return 0


def _links(options: argparse.Namespace) -> int:
    from scripts.engine import links

    return links.main(options.rest)


def _edition(options: argparse.Namespace) -> int:
    from scripts.engine import edition
    from scripts.sources.editions import BRANCH, EditionError

    try:
        status = report(edition.publish(with_book=options.book), annotate=ON_GITHUB)
    except EditionError as error:
        print(f"The edition could not be made: {error}", file=sys.stderr)
        return 2
    if not status:
        print(f"The edition is on the branch '{BRANCH}'. Push it: git push origin {BRANCH}")
    return status


def _book(_: argparse.Namespace) -> int:
    from scripts.engine import book

    try:
        written = book.make(ROOT / "site")
    except book.BookError as error:
        print(f"The book could not be made: {error}", file=sys.stderr)
        return 2
    for file in written:
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e6:.1f} MB")
    return 0


def _addresses(_: argparse.Namespace) -> int:
    from scripts.checks import addresses
    from scripts.engine.site import for_checks

    site = for_checks(ROOT)
    added = addresses.add_new(site.pages, site.records, ROOT)
    print(f"{added} new address(es) in {addresses.PUBLISHED.relative_to(ROOT)}")
    return 0


def _stale(options: argparse.Namespace) -> int:
    from scripts.checks.stale import as_markdown, stale
    from scripts.engine.site import for_checks
    from scripts.pages.passages import passages

    site = for_checks(ROOT)
    day = dt.date.fromisoformat(options.on) if options.on else dt.date.today()
    found = stale(site, passages(site), day)
    if options.markdown:
        print(as_markdown(found), end="")
    else:
        print(*found, f"{len(found)} records are due.", sep="\n")
    return 0


def _passages(options: argparse.Namespace) -> int:
    from scripts.checks.stubs import stubs
    from scripts.engine.site import for_checks

    site = for_checks(ROOT)
    page = options.page.removeprefix("docs/")
    if not (site.docs / page).exists():
        print(f"'{page}' is no page or folder below docs/", file=sys.stderr)
        return 2
    print("\n".join(["records:", *stubs(site, page, options.all)]))
    return 0


def _twin(_: argparse.Namespace) -> int:
    from scripts.engine.twin import twin

    return twin(ROOT)


def _bench(options: argparse.Namespace) -> int:
    from scripts.engine.bench import run

    return run.main(options.rest)


def _hosting(_: argparse.Namespace) -> int:
    from scripts.publish.hosting import servers

    for path in servers.write(ROOT / "hosting"):
        print(f"{path.relative_to(ROOT)}: written again")
    return 0


def _pack(options: argparse.Namespace) -> int:
    from scripts.publish.hosting import finish
    from scripts.publish.hosting.compress import compress
    from scripts.publish.hosting.fingerprint import fingerprint

    folder = ROOT / options.folder
    if not (folder / "index.html").is_file():
        print(f"there is no site in '{options.folder}'; make build first", file=sys.stderr)
        return 2
    for name, new in fingerprint(folder).items():
        print(f"Pages lead to assets/{new}/, which is assets/{name}/ as it is now.")
    finish.whole(folder)
    number, brotli = compress(folder)
    print(f"{number} files have a .gz{' and a .br' if brotli else ''} beside them.")
    if not brotli:
        print("No .br: the program brotli is not here (Debian: apt install brotli).")
    return 0


def _watch(options: argparse.Namespace) -> int:
    from scripts.links.outside.watch import Watch, as_markdown

    watch = Watch(options.url)
    found = watch.look()
    print(as_markdown(watch), end="")
    return int(bool(found))


def _bom(_: argparse.Namespace) -> int:
    from scripts.engine import bom

    print(bom.text(ROOT), end="")
    return 0


def _schema(_: argparse.Namespace) -> int:
    from scripts.sources.records import json_schema

    for path in json_schema.write(ROOT / json_schema.FOLDER, ROOT / "data"):
        print(f"{path.relative_to(ROOT)}: first line now names its schema")
    print(f"Schemas are in {json_schema.FOLDER}/.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    os.chdir(ROOT)
    parser = argparse.ArgumentParser(
        prog="python -m scripts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for name, function in (
        ("serve", _serve),
        ("build", _build),
        ("check", _check),
        ("explain", _explain),
        ("new", _new),
        ("compare", _compare),
        ("links", _links),
        ("edition", _edition),
        ("book", _book),
        ("addresses", _addresses),
        ("bench", _bench),
        ("twin", _twin),
        ("stale", _stale),
        ("passages", _passages),
        ("hosting", _hosting),
        ("pack", _pack),
        ("watch", _watch),
        ("bom", _bom),
        ("schema", _schema),
    ):
        verb = verbs.add_parser(name, add_help=name not in OWN_OPTIONS)
        verb.set_defaults(run=function)
        if name == "serve":
            verb.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT")
        if name == "edition":
            verb.add_argument("--book", action="store_true", help="with its PDF, EPUB and ZIP")
        if name == "stale":
            verb.add_argument(
                "--on", metavar="YYYY-MM-DD", help="as on that day; today if left out"
            )
            verb.add_argument("--markdown", action="store_true", help="as the text of an issue")
        if name == "watch":
            verb.add_argument("url", metavar="ADDRESS", help="where the site is published")
        if name == "pack":
            verb.add_argument("folder", nargs="?", default="site", metavar="FOLDER")
        if name == "passages":
            verb.add_argument("page", help="a file or folder below docs/, such as pricing/index.md")
            verb.add_argument("--all", action="store_true", help="those with a check, too")
        if name == "check":
            verb.add_argument("--format", choices=("text", "github", "json"), default="text")
            verb.add_argument("--json", action="store_true", help="the same as --format json")
            verb.add_argument("--only", default="", metavar="RULE", help="one rule alone")
            verb.add_argument("--fix", action="store_true", help="mend what can mean one thing")
            verb.add_argument("--diff", action="store_true", help="show what --fix would mend")
            verb.add_argument("--changed", action="store_true", help="since the last commit")
            verb.add_argument("files", nargs="*", metavar="FILE", help="these files alone")
        if name == "explain":
            verb.add_argument("rule", nargs="?", default="", metavar="RULE")
    options, options.rest = parser.parse_known_args(arguments)
    if options.rest and options.verb not in OWN_OPTIONS:
        parser.error(f"unrecognized arguments: {' '.join(options.rest)}")
    try:
        return options.run(options)
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == __package__:
            raise
        print(
            f"'{error.name}' is not installed for {sys.executable}; make install,", file=sys.stderr
        )
        print("then .venv/bin/python -m scripts (Windows: see README.md).", file=sys.stderr)
        return 2


def quietly(arguments: list[str] | None = None) -> int:
    """``main``, which ends without a word where nobody reads on, as behind ``| head``."""
    try:
        try:
            return main(arguments)
        finally:
            sys.stdout.flush()  # here, not when Python ends and can only complain
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())  # what is still to be written fails no more
        return CLOSED


if __name__ == "__main__":
    sys.exit(quietly())
