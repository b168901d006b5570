"""The one value that a build hands down: what the site is made from, read once.

Nothing below the engine reads a source file a second time, asks git, or looks at the environment:
what it needs of them is in here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.problems import Problem
from scripts.sources import audit
from scripts.sources import pages as markdown
from scripts.sources.audit import Check
from scripts.sources.forge import Forge
from scripts.sources.records import loading
from scripts.sources.records.loading import Dataset
from scripts.sources.records.schema import COLLECTIONS
from scripts.sources.references import bibliography
from scripts.sources.references.bibliography import Reference
from scripts.sources.shelf import EVERYTHING, Shelf, Uses, Watched, digest, kept

DEFAULT_URL = "http://127.0.0.1:8000/"


CONTENTS = "#contents"
"""Name under which it is noted that somebody looked at the contents of the site."""
AUDIT = "#audit"
"""The same for the checks of passages."""


@dataclass(frozen=True)
class Entry:
    """A page in a list of all pages."""

    source: str
    """Its file below ``docs/``."""
    title: str
    description: str
    asks: tuple[str, ...]
    """What readers ask that it answers."""
    as_of: str = ""
    reviewed: str = ""
    """YYYY-MM-DD of its front matter."""

    @property
    def chapter(self) -> str:
        """The folder at the top of ``docs/`` that it stands in; empty for the home page."""
        return self.source.partition("/")[0] if "/" in self.source else ""


def _entry(page: markdown.Page, docs: Path) -> Entry:
    asks = page.meta.get("asks") or []
    return Entry(
        page.path.relative_to(docs).as_posix(),
        str(page.meta.get("title") or page.path.stem),
        str(page.meta.get("description") or ""),
        tuple(map(str, asks)) if isinstance(asks, list) else (),
        str(page.meta.get("as_of") or ""),
        str(page.meta.get("reviewed") or ""),
    )


@dataclass(frozen=True)
class Site:
    """Records, pages and references of a project, and under which name and address they appear."""

    root: Path
    """Top of the project; ``docs/``, ``data/`` and ``references.bib`` stand below it."""
    url: str = DEFAULT_URL
    """Where the pages will stand, with a slash at the end; that of the edition in an edition."""
    edition: str = ""
    """``extra.edition`` of mkdocs.yml: what a citation names."""
    frozen: str = ""
    """Name of the dated edition that is being built; empty for the newest pages."""
    newest: str = DEFAULT_URL
    """Where the newest pages stand, also for those of an edition."""
    commit: str = ""
    """The commit that is built, short; empty outside a repository."""
    moment: int = 0
    """Time of that commit, in seconds of the epoch; 0 where it is not known."""
    forge: Forge | None = None
    """Where its files are edited and its errors reported; None if nobody said."""
    entered: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Day on which a record (``facts/<id>``) or source (``@<key>``) came in; empty if unknown."""
    records: Dataset = field(default_factory=Dataset, repr=False)
    pages: tuple[markdown.Page, ...] = field(default=(), repr=False)
    bib: str = field(default="", repr=False)
    """Text of ``references.bib``."""
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    """What could not be read of the records."""
    audit: Dataset = field(default_factory=Dataset, repr=False)
    """Who read which passage against its sources: ``audit["checks"]``."""
    problems_of_audit: tuple[Problem, ...] = field(default=(), repr=False)
    """What could not be read of them."""
    shelf: Shelf | None = field(default=None, repr=False)
    """Where results are kept from build to build; None to make everything anew."""
    touched: str = field(default="", repr=False)
    """When the files of the records were last written, as one hash."""
    audited: str = field(default="", repr=False)
    """The same for those of the checks."""
    uses: Uses | None = field(default=None, repr=False)
    """Where is noted which records and sources are looked at; None if nobody asks."""

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def cache(self) -> Path:
        """Where results are kept between builds."""
        return self.root / ".cache"

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """Every readable source by key, formatted. Raises RuntimeError if pandoc fails."""
        return bibliography.load(self.bib, self.shelf)

    @cached_property
    def keys(self) -> set[str]:
        """The citation keys, without formatting anything."""
        return set(
            self.kept(
                "keys", "bib", digest(self.bib), lambda _: sorted(bibliography.keys(self.bib))
            )
        )

    @property
    def contents(self) -> list[Entry]:
        """What every page says of itself."""
        if self.uses is not None:
            self.uses.names.add(CONTENTS)
        return [_entry(page, self.docs) for page in self.pages]

    @property
    def checked(self) -> list[Check]:
        """Every passage that was read against its sources."""
        if self.uses is not None:
            self.uses.names.add(AUDIT)
        return list(self.audit[audit.FOLDER].values())

    @cached_property
    def reviewed(self) -> str:
        """Day on which a page was last reviewed; that of the release where none says."""
        days = (str(page.meta.get("reviewed") or "") for page in self.pages)
        return max((day for day in days if len(day) == 10), default="2026-04-24")

    @cached_property
    def _prints(self) -> dict[str, str]:
        return {}

    def print_of(self, name: str) -> str:
        """Hash of a record (``facts/<id>``), a collection (``facts/*``), a source (``@<key>``)."""
        if name not in self._prints:
            self._prints[name] = self._print(name)
        return self._prints[name]

    def _print(self, name: str) -> str:
        if name == CONTENTS:
            return digest(*(repr(_entry(page, self.docs)) for page in self.pages))
        if name == AUDIT:
            return digest(repr(self.audit[audit.FOLDER]))
        if name.startswith("@"):
            found: Mapping[str, Any] = self.references
            key = name[1:]
        else:
            collection, _, key = name.partition("/")
            found = self.records[collection]
        if key == EVERYTHING:
            return digest(*(f"{item}={value!r}" for item, value in found.items()))
        return digest(repr(found.get(key)))

    def kept(self, kind: str, name: str, inputs: str, make: Callable[[Site], Any]) -> Any:
        """``make(site)``, from the shelf if nothing that it read has changed.

        The result must be JSON. What it used counts as used by whoever asks, too.
        """

        def watched() -> tuple[Any, Uses]:
            uses = Uses()
            return make(self._watched(uses)), uses

        result, names = kept(self.shelf, kind, name, inputs, self.print_of, watched)
        if self.uses is not None:
            self.uses.names |= names
        return result

    def _watched(self, uses: Uses) -> Site:
        """The same site, on which it is noted in ``uses`` what is looked at."""
        plain = Dataset(
            {name: Watched(self.records[name], f"{name}/", uses) for name in COLLECTIONS},
            self.records.places,
        )
        other = replace(self, records=plain, uses=uses)
        other.__dict__["references"] = _Late(lambda: self.references, uses)
        other.__dict__["_prints"] = self._prints
        return other


class _Late(Watched):
    """References are formatted only when somebody looks at one."""

    def __init__(self, load: Callable[[], Mapping[str, Reference]], uses: Uses):
        self._load, self._prefix, self._uses = load, "@", uses

    @property
    def _inner(self) -> Mapping[str, Reference]:  # type: ignore[override]
        return self._load()


def read(
    root: Path,
    *,
    url: str = DEFAULT_URL,
    edition: str = "",
    frozen: str = "",
    newest: str = "",
    commit: str = "",
    moment: int = 0,
    forge: Forge | None = None,
    entered: Mapping[str, str] | None = None,
    shelf: Shelf | None = None,
    before: Site | None = None,
    audited: bool = True,
) -> Site:
    """Read the sources of a project; never raises for a contributor's mistake.

    ``before`` is the same project a moment ago: what stands in files of ``data/`` that have not
    been touched since is taken over. Without ``audited`` nobody asks who read which passage.
    """
    touched = loading.touched(path for _, path in loading.collection_files(root / "data"))
    of_audit = loading.touched(audit.files(root / "data")) if audited else ""
    if before is not None and before.touched == touched:
        records, problems = before.records, list(before.problems)
    else:
        records, problems = loading.load(root / "data", root, shelf)
    if not audited:
        checks, of_checks = Dataset(), []
    elif before is not None and before.audited == of_audit:
        checks, of_checks = before.audit, list(before.problems_of_audit)
    else:
        checks, of_checks = audit.load(root / "data", root, shelf)
    site = Site(
        root=root,
        url=url,
        edition=edition,
        frozen=frozen,
        newest=newest or url,
        commit=commit,
        moment=moment,
        forge=forge,
        entered=entered or {},
        records=records,
        pages=tuple(markdown.pages(root / "docs", root)),
        bib=bibliography.text_of(root / "references.bib"),
        problems=tuple(problems),
        audit=checks,
        problems_of_audit=tuple(of_checks),
        shelf=shelf,
        touched=touched,
        audited=of_audit,
    )
    if before is not None and before.records is records and before.bib == site.bib:
        names = {name: key for name, key in before._prints.items() if not name.startswith("#")}
        site.__dict__["_prints"] = names
        site.__dict__["references"] = before.references
    return site
