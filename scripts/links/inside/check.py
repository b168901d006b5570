"""Check every internal link, anchor, image and asset of the built site, without the network.

Three parts:

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
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.links.inside import lychee
from scripts.links.inside.content import Address, Target
from scripts.links.inside.origin import Place, Sources
from scripts.links.inside.site import Fault, Site, canonical_url
from scripts.problems import Problem
from scripts.sources.shelf import Shelf

HOME = "index.html"
"""Read in any case: a site without a single link is no site."""
_FEW = 300
"""So many files can be named one by one."""

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
    site: Path, docs: Path, root: Path, site_url: str = "", shelf: Shelf | None = None
) -> list[Problem]:
    """Everything in ``site`` that leads nowhere. Raises LinkCheckError if it cannot be checked.

    ``site_url`` is where the site is (to be) published; by default what the home page calls its
    canonical address.
    """
    return check_again(site, docs, root, site_url, shelf, {})[0]


def check_again(
    site: Path, docs: Path, root: Path, site_url: str, shelf: Shelf | None, known: Mapping[str, str]
) -> tuple[list[Problem], dict[str, str]]:
    """As :func:`check`, of a site that was found whole and has changed since; with the keys of all
    of its files, for the next time.

    ``known``: keys of the files that are as they were. lychee reads only the others.
    """
    site = site.resolve()
    url = site_url or canonical_url(site)
    index = Site(site, url, shelf, known)
    changed = [name for name in index.files if name not in known]
    few = known and len(changed) < _FEW
    run = lychee.Run(site, url, [HOME, *changed] if few else ())
    try:
        faults = list(index.faults())
        faults += _seen_by_lychee(run, index, faults)
    finally:
        run.stop()
    return _problems(faults, index, Sources(docs, root)), index.keys
