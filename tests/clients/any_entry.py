"""Whole entries of a bibliography, of everything that may stand in one, and how they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.clients.test_any_title import TITLES

TYPED = {
    **{sign: f"\\{sign}" for sign in "&%#_$"},
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
}
"""As the check asks for it; an escaped brace counts to BibTeX, so that only pairs can be."""


def typed(text: str) -> str:
    pairs = {"{": "\\{", "}": "\\}"} if balanced(text) else {}
    return "".join({**TYPED, **pairs}.get(sign, sign) for sign in text)


def balanced(text: str) -> bool:
    """Whether all braces are pairs."""
    rest, count = re.sub(r"[^{}]", "", text), 1
    while count:
        rest, count = re.subn(r"\{\}", "", rest)
    return not rest


@dataclass(frozen=True)
class Name:
    """An author; of a group or of somebody with one name there is only ``last``."""

    last: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def group(self) -> bool:
        return not self.given

    @property
    def typed(self) -> str:
        if self.group:
            return f"{{{typed(self.last)}}}"
        parts = [f"{self.particle} {self.last}".strip(), self.suffix, self.given]
        return ", ".join(filter(None, parts))

    @property
    def arrives(self) -> tuple[str, str, str]:
        """Last name with its particle, given names, suffix."""
        return f"{self.particle} {self.last}".strip(), self.given, self.suffix


@dataclass(frozen=True)
class Wanted:
    """What an entry is meant to say."""

    key: str
    kind: str
    title: str
    authors: tuple[Name, ...]
    others: bool
    date: str
    url: str
    house: str
    note: str

    @property
    def bib(self) -> str:
        """As a contributor types it."""
        names = [name.typed for name in self.authors] + ["others"] * self.others
        fields = {
            "author": " and ".join(names),
            "title": typed(self.title),
            "date": self.date,
            "url": self.url,
            "urldate": "2026-11-23",
            HOUSES[self.kind]: typed(self.house),
            "note": typed(self.note),
            "keywords": "press",
        }
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        return f"@{self.kind}{{{self.key},\n{''.join(lines)}}}\n"


HOUSES = {
    "online": "organization", "report": "institution", "article": "journaltitle",
    "inproceedings": "booktitle", "software": "publisher", "dataset": "publisher",
    "video": "publisher", "legislation": "publisher", "thesis": "institution", "misc": "publisher",
}  # fmt: skip
"""The types of which an entry may be, and the field in which each has who put it up."""

LAST = ("Smith", "Lee-Thorp", "Müller", "O'Brien", "García Márquez", "Иванов", "李", "Đặng", "A")
GIVEN = ("Jane", "J. R.", "Ana-María", "Лев", "明", "Jean-Luc", "X")
PARTICLES = ("", "", "", "van der", "de", "von")
SUFFIXES = ("", "", "", "", "Jr.", "III")
GROUPS = (
    "DeepSeek-AI", "Bureau of Industry and Security", "Meituan, LongCat Team", "AT&T",
    "R&D and Sons, Inc.", "C# Users_Group", "深度求索", "others, but one name", "Plato", "黄云皓",
    "100% Open", "the verge", "U.S. Department of Commerce", "One, Two, Three and Co.",
    "10,000 Things",
)  # fmt: skip
HOUSES_OF = ("", "arXiv", "Alston & Bird", "Wiley and Sons, Ltd.", "新华社", "a_b #1", "100% Press")
NOTES = ("", "", "In Chinese", "50% of R&D, #1 of [a_b]; costs $5")
ADDRESSES = (
    "https://example.org/a%20b/", "https://example.org/深度/求索?q=1&x=%20y#f-1",
    "https://пример.рф/путь", "https://example.org/a_b~c/(d)/e+f?g=h+i",
    "https://example.org/@user/50%25,a;b", "https://example.org/--a--/'b'",
)  # fmt: skip
DATES = (
    "",
    "2026",
    "2026-04",
    "2026-04-24",
    "2026-04-24/2026-05-02",
    "2025/2026",
    "2026-03/",
    "1999-12-31",
)

PERSONS = st.builds(
    Name,
    st.sampled_from(LAST),
    st.sampled_from(GIVEN),
    st.sampled_from(PARTICLES),
    st.sampled_from(SUFFIXES),
)
NAMES = PERSONS | st.sampled_from(GROUPS).map(Name)
MANY = 60
"""Authors, of which one entry of each draw has so many."""


@st.composite
def entries(draw: Callable[..., object], number: int) -> Wanted:
    count = {"min_size": MANY, "max_size": MANY} if number == 0 else {"max_size": 4}
    authors = tuple(draw(st.lists(NAMES, **count)))
    return Wanted(
        key="",
        kind=draw(st.sampled_from(sorted(HOUSES))),
        title=draw(TITLES),
        authors=authors,
        others=bool(authors) and draw(st.sampled_from([False, False, True])),
        date=draw(st.sampled_from(DATES)),
        url=draw(st.sampled_from(ADDRESSES)),
        house=draw(st.sampled_from(HOUSES_OF)),
        note=draw(st.sampled_from(NOTES)),
    )


def bibliographies(count: int) -> st.SearchStrategy[tuple[Wanted, ...]]:
    """So many entries, of which the first has many authors."""
    return st.tuples(*(entries(number) for number in range(count)))
