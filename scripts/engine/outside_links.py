"""Ask for every outside address of the project and say which no longer lead where they did.

Usage: python -m scripts links --external [options]

Polite (few requests at once, one at a time to a host, robots.txt) and bounded. An address is
called dead only after it failed on three different days; the state file remembers them.
Exit status: 0 nothing is broken, 1 something is, 2 could not check.

Examples:
  python -m scripts links --external                        all addresses that are due
  python -m scripts links --external --since origin/main    only those that a branch adds
  python -m scripts links --external --only arxiv.org --no-cache
                                                            some addresses, whatever is remembered
  python -m scripts links --external --state links.json --max-minutes 20
                                                            as a scheduled job does it
  python -m scripts links --external | git apply            take over new addresses and copies
  python -m scripts links --external --fix --archive        the same, and capture sources that
                                                            have no archived copy yet
  python -m scripts links --external --json links.json --junit links.xml --markdown issue.md
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from scripts.engine import outside_options
from scripts.links.outside import report
from scripts.links.outside.collect import CollectError, collect, only_new
from scripts.links.outside.fetch import Limits
from scripts.links.outside.model import BROKEN, Finding, Link, Verdict
from scripts.links.outside.run import Options, run
from scripts.problems import ROOT

STATE = ROOT / ".cache" / "links.json"


def contact() -> str:
    """The project's address, for hosts that wonder who asks; empty if nothing tells it."""
    for name in ("REPO_URL", "SITE_URL"):
        if value := os.environ.get(name):
            return value
    repository = os.environ.get("GITHUB_REPOSITORY")
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    return f"{server}/{repository}" if repository else ""


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' is not IP:PORT, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no regular expression: {error}") from error


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of 0 or more")
    return value


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of 1 or more")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """All options of the outside check."""
    head, _, examples = (__doc__ or "").partition("Examples:")
    out = argparse.ArgumentParser(
        prog="python -m scripts links",
        description=head.replace("Usage: python -m scripts links --external [options]\n\n", ""),
        epilog="Examples:" + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    limits = Limits()
    out.add_argument("--external", action="store_true", help="check outside links (this check)")
    out.add_argument("--root", type=Path, default=ROOT, help="the project (default: this one)")
    out.add_argument(
        "--since", metavar="REF", help="only addresses that are nowhere in this git commit"
    )
    out.add_argument(
        "--only", type=_pattern, metavar="PATTERN", help="only addresses that match this pattern"
    )
    out.add_argument(
        "--state",
        type=Path,
        default=STATE,
        metavar="FILE",
        help="remembers verdicts and failing days between runs (default: .cache/links.json)",
    )
    out.add_argument(
        "--no-cache", action="store_true", help="ask again even for what was found lately"
    )
    out.add_argument(
        "--max-minutes",
        type=_positive,
        default=30.0,
        metavar="N",
        help="stop after so long; the rest is 'not checked' (default: 30)",
    )
    out.add_argument(
        "--concurrency",
        type=_count,
        default=limits.concurrency,
        metavar="N",
        help=f"requests at the same time (default: {limits.concurrency})",
    )
    out.add_argument(
        "--delay",
        type=_positive,
        default=limits.delay,
        metavar="SECONDS",
        help=f"between two requests to a host (default: {limits.delay:g})",
    )
    out.add_argument(
        "--timeout",
        type=_positive,
        default=limits.request,
        metavar="SECONDS",
        help=f"for one request on the whole (default: {limits.request:g})",
    )
    out.add_argument(
        "--tries",
        type=_count,
        default=limits.tries,
        metavar="N",
        help=f"requests for an address that fails (default: {limits.tries})",
    )
    out.add_argument(
        "--allow-private",
        action="store_true",
        help="ask for addresses of private networks, too; never in CI",
    )
    out.add_argument(
        "--allow-address",
        type=_address,
        action="append",
        default=[],
        metavar="IP:PORT",
        help="ask for this private address all the same; may be repeated",
    )
    outside_options.add_arguments(out)
    return out


def _options(options: argparse.Namespace) -> Options:
    default = Limits()
    limits = Limits(
        concurrency=max(1, options.concurrency),
        delay=options.delay,
        connect=min(default.connect, options.timeout),
        read=min(default.read, options.timeout),
        request=options.timeout,
        tries=max(1, options.tries),
    )
    return Options(
        limits=limits,
        max_seconds=options.max_minutes * 60,
        state=options.state,
        complete=not options.since and not options.only,
        use_cache=not options.no_cache,
        contact=contact(),
        allow_private=options.allow_private,
        allowed=tuple(options.allow_address),
    )


def _chosen(options: argparse.Namespace) -> list[Link]:
    links = collect(options.root)
    if options.since:
        links = only_new(links, options.since, options.root)
    if options.only:
        links = [link for link in links if options.only.search(link.url)]
    return links


def status(findings: list[Finding]) -> int:
    """0 nothing is broken, 1 something is, 2 nothing that should be asked could be."""
    if any(finding.verdict in BROKEN for finding in findings):
        return 1
    undone = any(finding.verdict is Verdict.UNCHECKED for finding in findings)
    return 2 if undone and not any(finding.answer for finding in findings) else 0


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        links = _chosen(options)
    except (CollectError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    done = 0
    progress = report.progress(len(links), sys.stderr)

    def hear(finding: Finding) -> None:
        nonlocal done
        done += 1
        progress(finding)

    try:
        findings = run(links, _options(options), hear)
    except KeyboardInterrupt:
        print(
            f"Stopped: {done} of {len(links)} addresses are done; {options.state} has them.",
            file=sys.stderr,
        )
        return 130
    except OSError as error:
        print(f"{options.state}: {error.strerror or error}", file=sys.stderr)
        return 2
    return status(outside_options.finish(findings, options, options.root))


if __name__ == "__main__":
    sys.exit(main())
