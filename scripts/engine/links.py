"""Check every internal link, anchor, image and asset of the built site, without the network.

Exit status: 0 all links hold, 1 some do not, 2 could not check.

Examples:
  python -m scripts links                    check ./site as the last build left it
  python -m scripts links --site /tmp/site   check another build of the same pages
  SITE_URL=https://our.example/v4/ python -m scripts links
                                             as if published below a sub-path
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scripts.engine import outside_links
from scripts.links.inside.check import LinkCheckError, check
from scripts.problems import ROOT, report


def main(arguments: list[str]) -> int:
    """The verb ``links``; with ``--external`` the check of the links that lead elsewhere."""
    if "--external" in arguments:
        return outside_links.main(arguments)
    parser = argparse.ArgumentParser(
        prog="python -m scripts links",
        description=(__doc__ or "").split("\n")[0],
        epilog="examples:" + (__doc__ or "").partition("Examples:")[2],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--site", type=Path, default=ROOT / "site", metavar="DIR", help="the built site"
    )
    parser.add_argument(
        "--docs", type=Path, default=ROOT / "docs", metavar="DIR", help="its Markdown sources"
    )
    parser.add_argument(
        "--external",
        action="store_true",
        help="check the links that lead elsewhere instead; it has options of its own: "
        "--external --help",
    )
    options = parser.parse_args(arguments)
    if not (options.site / "index.html").is_file():
        print(f"{options.site}: no built site here; run 'make build' first", file=sys.stderr)
        return 2
    try:
        problems = check(options.site, options.docs, ROOT, os.environ.get("SITE_URL", ""))
    except LinkCheckError as error:
        print(error, file=sys.stderr)
        return 2
    status = report(problems, annotate=os.environ.get("GITHUB_ACTIONS") == "true")
    if not status:
        print("All internal links, anchors and images hold.")
    return status
