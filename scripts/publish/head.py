"""What the head of a page says to machines of the work that it is: pages, facts and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from scripts.publish import cards, downloads, json_ld
from scripts.publish.citing import Work
from scripts.publish.finished import Finished
from scripts.publish.templates import environment
from scripts.sources.identity import AUTHOR, DATA, LICENSE, SITE_TITLE
from scripts.sources.site import Site


@dataclass(frozen=True)
class Described:
    """What is said of a work beside its citation."""

    graph: Sequence[Mapping[str, Any]]
    """schema.org's description, a node each."""
    card: str
    """Address of a picture of 1200 by 630 dots for previews."""
    card_alt: str
    type: str = "AboutPage"
    """schema.org's name for what the address leads to, as Signposting asks for it."""
    alternates: Sequence[Mapping[str, str]] = ()
    """The same in other forms: ``type``, ``href`` and ``title`` of each."""
    items: Sequence[str] = ()
    """Files that it consists of."""


def tags(work: Work, described: Described, site: Site) -> str:
    """Highwire, Open Graph, Dublin Core, JSON-LD and Signposting, as elements of a head."""
    return (
        environment()
        .get_template("head.html")
        .render(
            work=work,
            described=described,
            author=AUTHOR,
            author_url=json_ld.author_url(site),
            license=LICENSE,
            site_title=SITE_TITLE,
            json_ld=json_ld.text(described.graph),
        )
    )


MARKDOWN = {"type": "text/markdown", "href": "index.md", "title": "The text of this page"}


def of_page(page: Finished, work: Work, pages: Sequence[Finished], site: Site) -> str:
    """The same of a page. ``pages``: those of the menu, in its order."""
    card = urljoin(site.url, cards.card_name(page))
    data = downloads.FILES if work.kind == "dataset" else ()
    described = Described(
        graph=json_ld.of_page(page, work, pages, card, site),
        card=card,
        card_alt=SITE_TITLE if work.title == SITE_TITLE else f"{work.title}: {SITE_TITLE}",
        alternates=[MARKDOWN] if page in pages else [],
        items=[urljoin(site.url, f"{DATA}/{name}") for name in data],
    )
    return tags(work, described, site)
