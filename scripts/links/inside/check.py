"""Check every internal link, anchor, image and asset of the built site, without the network.

Three parts, all below ``scripts/inside/``:

* ``site.py`` and ``collect.py`` read each file of the site once (lxml, tinycss2), keep one index of
  files and ids, and hold every address against it: links, images, srcset, styles, scripts, modules,
  redirects, metadata, JSON-LD, SVG, feeds, sitemap, search index, manifests, Markdown versions.
* ``lychee.py`` has lychee look for the files behind the addresses of HTML, CSS, Markdown, XML and
  text at the same time. It shares no code with our reading, and sees what we do not collect, such
  as addresses in running text; what it finds beyond ours is reported as well.
* ``origin.py`` names the Markdown, YAML or BibTeX file and line from which an address comes.

Why lychee does not check anchors: for each link with a fragment it opens the target again. On this
site (41,000 inside links, 46 MB) that was 6.2 s of 7 s, nearly all of it in system calls; the rest
takes it 1 s, and our index of all ids 1.5 s. Nor does it look at redirects, metadata, SVG
files, JSON, imagesrcset or at case on a disk that ignores it.

Exit status: 0 all links hold, 1 some do not, 2 could not check.

Examples:
  python -m scripts links                    check ./site as the last build left it
  python -m scripts links --site /tmp/site   check another build of the same pages
  SITE_URL=https://our.example/v4/ python -m scripts links
                                             as if published below a sub-path
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts.links.inside import lychee
from scripts.links.inside.collect import Address
from scripts.links.inside.origin import Place, Sources, built_path
from scripts.links.inside.site import Fault, Site, Target, site_url
from scripts.problems import ROOT, Problem, report

LinkCheckError = lychee.LycheeError
"""The check itself failed; it says nothing about the links."""


def _seen_by_lychee(run: lychee.Run, site: Site, known: Iterable[Fault]) -> list[Fault]:
    """What lychee misses and we did not: an address in a place that we do not read."""
    ours = {(f.file, f.target.path) for f in known if f.target is not None}
    out = []
    for item in run.missing():
        path = item.path.removesuffix("/").removesuffix("/index.html")
        target = Target("" if path == "index.html" else path)
        if (item.file, target.path) in ours:
            continue
        if message := site.why_not(target):
            place = (item.line, item.column)
            out.append(
                Fault(item.file, Address(site.url + item.path, *place, "text"), message, target)
            )
    return out


def _problems(faults: Iterable[Fault], site: Site, sources: Sources) -> list[Problem]:
    """One problem for each place in the sources; what code or a template made is told once."""
    told: dict[tuple[Place, str], set[str]] = {}
    made: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        edition = site.edition(fault.file)
        places = [] if edition else sources.places(fault)
        for place in places:
            told.setdefault((place, fault.message), set()).add(fault.file)
        if not places:
            # '#gone' in a template gives another message on every page, but is one fault.
            raw = fault.address.raw
            key = raw if raw.startswith("#") else fault.message
            made.setdefault((edition, key), []).append(fault)
    out = []
    for (place, message), files in told.items():
        pages = f" (on {len(files)} pages)" if len({_page_of(name) for name in files}) > 1 else ""
        out.append(Problem(place.file, place.line, message + pages, place.column, "links"))
    for (edition, _), found in made.items():
        first = found[0]
        count = len({fault.file for fault in found})
        more = f" here and on {_more(count - 1)}" if count > 1 else ""
        page = None if edition else sources.page(first.file)
        if edition:
            text = f"{first.message}; edition {edition} is built from its tag{more}"
        elif page is not None:
            where = f"{first.file}:{first.address.line}, {first.address.kind}"
            text = f"{first.message}; it is made by a macro or a template{more} (built {where})"
        else:
            text = f"{first.message}; the build wrote it{more}"
        place = (1, 1) if page is not None else first.address.place
        name = page.file if page is not None else f"site/{first.file}"
        out.append(Problem(name, place[0], text, place[1], "links"))
    return sorted(set(out))


def _more(count: int) -> str:
    return f"{count} more page{'s' if count > 1 else ''}"


def _page_of(file: str) -> str:
    """A page and its Markdown version are one page."""
    return file.removesuffix(".md").removesuffix(".html")


def check(
    site: Path, docs: Path = ROOT / "docs", root: Path = ROOT, site_url: str | None = None
) -> list[Problem]:
    """Everything in ``site`` that leads nowhere. Raises LinkCheckError if it cannot be checked.

    ``site_url`` is where the site is (to be) published; by default SITE_URL, else what the
    home page calls its canonical address.
    """
    site = site.resolve()
    url = site_url or _site_url(site)
    run = lychee.Run(site, url)
    try:
        index = Site(site, url)
        faults = list(index.faults())
        faults += _seen_by_lychee(run, index, faults)
    finally:
        run.stop()
    return _problems(faults, index, Sources(docs, root))


_site_url = site_url


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if "--external" in arguments:
        from scripts.links.outside import cli

        return cli.main(arguments)
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
        problems = check(options.site, options.docs)
    except LinkCheckError as error:
        print(error, file=sys.stderr)
        return 2
    status = report(problems)
    if not status:
        print("All internal links, anchors and images hold.")
    return status


__all__ = ["LinkCheckError", "built_path", "check", "main"]

if __name__ == "__main__":
    sys.exit(main())
