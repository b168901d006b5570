"""What a change means for readers: pages, records with old and new value, links, weights.

Usage: python -m scripts compare BEFORE [AFTER] [--json FILE] [--pictures FOLDER]
       python -m scripts compare --comment FILE

BEFORE and AFTER are commits or folders with the project; AFTER is this folder if left out. Where
both folders have a built site/, its pages are compared, too, in a browser where there is one: how
well the search answers, and with --pictures how changed pages look.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pydantic import ValidationError

from scripts.engine.compare import differ, seen, trees, words
from scripts.engine.compare.found import Found
from scripts.problems import ROOT

MOST_BYTES = 10_000_000


def read(file: Path) -> Found:
    """What another run has found. Raises ValueError for whatever it could not have written."""
    data = file.read_bytes()
    if len(data) > MOST_BYTES:
        raise ValueError(f"{len(data):,} bytes; {MOST_BYTES:,} are allowed")
    return Found.model_validate_json(data)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts compare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("before", nargs="?", help="a commit or a folder")
    parser.add_argument("after", nargs="?", default=".", help="the same; this folder if left out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found as data")
    parser.add_argument("--comment", type=Path, metavar="FILE", help="such data as a comment")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="of changed pages, too")
    options = parser.parse_args(arguments)
    try:
        if options.comment:
            found = read(options.comment)
        elif options.before:
            with (
                trees.folder(options.before, ROOT) as before,
                trees.folder(options.after, ROOT) as after,
            ):
                found = differ.compare(before, after)
                built = before / differ.BUILT, after / differ.BUILT
                if all(site.is_dir() for site in built):
                    found = seen.seen(found, after, *built, options.pictures)
        else:
            parser.error("say with what to compare: a commit such as main, or a folder")
    except (trees.NoState, OSError) as error:
        print(f"nothing was compared: {error}", file=sys.stderr)
        return 2
    except ValidationError as error:
        said = f"not what 'compare --json' writes: {error.error_count()} fault(s)"
        print(f"{options.comment}: {said}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"{options.comment}: {error}", file=sys.stderr)
        return 2
    if options.json:
        options.json.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    else:
        print(words.comment(found), end="")
    return 0
