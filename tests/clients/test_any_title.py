"""Whatever stands in a title or a name comes out of every format as it went in."""

from __future__ import annotations

import html
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.publish import citing
from scripts.publish.citing import Work
from tests.clients.test_round_trip import READERS, STYLED, straight

SIGNS = "{}\"'&%#_<>[]()|$@:;=+-/.,?!“”‘’–—…€"
"""Without those that TeX alone reads otherwise, alone or in pairs: backslash, caret, tilde, `."""
SCRIPTS = "äßøñçéЖяΩλאבשלוםعربيहिन्दी深度求索昇腾日本語ひらがな한국어😀🚀👩"
WORDS = st.text(st.sampled_from("abcXYZ019" + SIGNS + SCRIPTS), min_size=1, max_size=12)
TOGETHER = re.compile(r",,|--|<<|>>|[\"'“”‘’]\s?[\"'“”‘’]")
"""Signs that TeX joins into one, and quotation marks that styles part."""
TITLES = (
    st.lists(WORDS, min_size=1, max_size=7)
    .map(" ".join)
    .filter(lambda text: not TOGETHER.search(text))
)
MANY = 60
"""Titles at once: pandoc is a program of its own, which takes longer to start than to read."""
EXAMPLES = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def work(number: int, title: str) -> Work:
    return Work(
        id=f"work-{number}",
        title=title,
        url=f"https://example.org/{number}/",
        issued="2026-04-09",
        edition="2026.11",
        commit="abc1234",
    )


@EXAMPLES
@given(st.lists(TITLES, min_size=MANY, max_size=MANY, unique=True))
def test_any_title_comes_back_from_every_format(titles: list[str]) -> None:
    works = [work(number, title) for number, title in enumerate(titles)]
    rendered = citing.Printer().render(works)
    for each in works:
        for name, reader in READERS.items():
            found = reader(rendered[each.id][name])["title"]
            assert straight(found) == straight(each.title), (name, each.title)


def words(text: str) -> str:
    """Without the signs that styles move, take away or nest anew."""
    return re.sub(r"[\s.,'\"“”‘’]", "", text)


@EXAMPLES
@given(st.lists(TITLES, min_size=MANY, max_size=MANY, unique=True))
def test_any_title_is_printed_in_every_style(titles: list[str]) -> None:
    works = [work(number, title) for number, title in enumerate(titles)]
    rendered = citing.Printer().render(works)
    for each in works:
        for name in STYLED:
            text = rendered[each.id][name]
            if name == "Wikipedia":
                title = text.partition("|title=")[2].rpartition(" |website=")[0]
                inside = title.replace("{{!}}", " ")
                assert not re.search(r"[|\[\]]|\{\{|\}\}|<[a-zA-Z/!]|''", inside), (
                    "would be read as markup"
                )
                text = html.unescape(title.replace("{{!}}", "|"))
                assert words(text) == words(each.title), each.title
            assert words(each.title) in words(text), (name, each.title)
