"""Marks of other programs, half-typed marks, and files that meet: beside each kind what is right."""

from __future__ import annotations

from tests.contributions.case import HEAD, Case, data, fact, page, whole
from tests.contributions.names import PRICE, second
from tests.contributions.sources import field

_BLOCK = (
    "records:\n  - id: new-fact\n    topic: pricing\n    label: {label}\n    value: 1\n"
    "    unit: count\n    as_of: 2026-04-24\n    reported_by: deepseek\n"
    "    sources:\n      - key: org2026report\n        at: Table 1\n"
)

LISTS = [
    page("• one\n• two", "this sign makes no list", "• one"),
    page("– one\n– two", "a long dash makes no list", "– one"),
    page("1) one\n2) two", "a bracket makes no list", "1) one"),
    page("a) one\nb) two", "a bracket makes no list", "a) one"),
    page("-one\n-two", "a space is missing behind '-'", "-one"),
    page("*one\n*two", "a space is missing behind '*'", "*one"),
    page("1.one\n2.two", "a space is missing behind the number", "1.one"),
    page("*one* is enough, 1.5 too, and so is this (a) and that."),
]

HEADINGS = [
    page("####### Seven", "six levels of headings"),
    page("Words.\n\n##\n\nMore.", "a heading without words", "##\n"),
    page("## Title {anchor}\n\nText.", "an anchor begins with '#'", "## Title"),
    page("## Title { #An chor }\n\nText.", "an anchor has only", "## Title"),
    page("## Title { #größe }\n\nText.", "an anchor has only", "## Title"),
    page("Some text\n---\n\nMore.", "makes this a heading", "Some text"),
    page("Some text\n====\n\nMore.", "makes this a heading", "Some text"),
    page("Some text.\n\n---\n\n## Title {#anchor}\n\n## More { #more .wide }\n\nText."),
]

LINKS = [
    page("See [x](https://example.org/x", "this link is not closed"),
    page("See [x](index.md.", "this link is not closed"),
    page("See [x](https://example.org/a b).", "an address has no spaces"),
    page("See [x](https:/example.org/x).", "no address"),
    page("See [x](https://).", "no address"),
    page("See [x](#).", "a link that leads nowhere"),
    page("See [x](http://localhost:8000/pricing/).", "only your machine has"),
    page("See <http://127.0.0.1:8000/>.", "only your machine has"),
    page("See <https://example.org/x", "this address is not closed"),
    page('See [x](index.md "A title") and [y](https://example.org/x_(y)).'),
]

WORDS = [
    page("It is ==marked==.", "'==' is not read here"),
    page("It is ++put in++.", "'++' is not read here"),
    page("H~2~O is water.", "'~' is not read here"),
    page("It grows with x^2^ here.", "'^' is not read here"),
    page("It is ** bold ** here.", "no spaces inside '**'"),
    page("A note ^[in the line].", "footnotes are not read here"),
    page("Text [@ org2026report].", "no citation"),
    page("Text [@].", "no citation"),
    page("It is so [citation needed].", "a source is missing"),
    page("It is so (source?).", "a source is missing"),
    page("Type `code here.", "this '`' has no other"),
    page("C++ and C++, ~5 to ~7, `2**3`, a == b, ``a ` b`` and **one** or **two**."),
]

BLOCKS = [
    page("!!! note Title\n    Text.", "the title of a note stands in quotes", "!!! note"),
    page("=== Tab\n    Text.", "the title of a tab stands in quotes", "=== Tab"),
    page(":::note\nText\n:::", "belongs to another program", ":::note"),
    page('--8<-- "index.md"', "belongs to another program"),
    page("%% a comment %%", "belongs to another program"),
    page("![[image.png]]", "a picture of a wiki"),
    page("One\n\n=======\n\nTwo", "a conflict that git left", "======="),
    page("It is ｛｛ fact('total-parameters') ｝｝.", "the braces of an English keyboard"),
    page("It has {{ fact }} of them.", "'fact' is a macro"),
    page("{{ as_of_line }}", "'as_of_line' is a macro"),
    page('!!! note "Title"\n    Text.\n\n=== "Tab"\n    Text.'),
]

NUMBERS = [
    page("It has 5,0 of them.", "a decimal mark is a point"),
    page("It costs 1,32 dollars [@org2026report].", "a decimal mark is a point"),
    page("It has 1.000.000 of them [@org2026report].", "commas part thousands"),
    page("It has 1,000,000 of them in version 1.2.3, not 10,000 or 3, 4 [@org2026report]."),
    data(_BLOCK.format(label="New #1"), "lost as a comment", "label:"),
    data(_BLOCK.format(label="New").replace("Table 1", "Table #1"), "lost as a comment", "at:"),
    data(_BLOCK.format(label="'New #1'  # as they say")),
]

FIELDS = [
    fact("value: 1,5", "its decimal mark is a point"),
    second("prices", f"{PRICE}, rates: {{output: 1,32}}", "its decimal mark is a point"),
    fact("value: 1.000.000", "a number is digits alone"),
    fact("value: 5%", "a number is digits alone"),
    fact("value: '5,5'", "a number is digits alone"),
    fact("value: '1,000'", "a number is digits alone"),
    fact("value: '1000'", "take the quotes off"),
    fact("value: 1 000", "a number is digits alone"),
    fact("value: 1.6T", "a number is digits alone"),
    fact("value: \uff15", "a number is digits alone"),
    fact("value: \u22125", "a number is digits alone"),
    fact("sources: {key: org2026report}", "must be a list"),
    fact("sources: [{key: '@org2026report'}]", "without '@' and brackets"),
    fact("sources: [{key: '[@org2026report]'}]", "without '@' and brackets"),
    fact("sources: [{key:org2026report}]", "a space is missing behind ':'"),
    fact("source: [{key: org2026report}]", "did you mean 'sources'?"),
    fact("as_of: 24.04.2026", "write the date as YYYY-MM-DD"),
    fact("as_of: 04/24/2026", "write the date as YYYY-MM-DD"),
    fact("value: 1e2"),
]

FILES = [
    whole("docs/everything/index.md", HEAD, "is that of docs/everything.md"),
    whole("docs/README.md", HEAD, "is that of docs/", at="docs/index.md"),
    whole("docs/f/x.md", HEAD, "the build writes f/ itself"),
    whole("docs/data/index.md", HEAD, "the build writes data/ itself"),
    whole("docs/con.md", HEAD, "a name that Windows keeps"),
    whole("docs/.hidden.md", HEAD, "the name of a page has letters"),
    whole("docs/bad..md", HEAD, "the name of a page has letters"),
    whole("docs/-bad.md", HEAD, "the name of a page has letters"),
    whole("docs/bad.md.md", HEAD, "the name of a page has letters"),
    whole(f"docs/{'x' * 120}.md", HEAD, "are enough"),
    whole("docs/a/b/c/d/fine-name_2.md", HEAD),
]

SOURCES = [
    field("is no part of a name", "author", "{Smith, John and}"),
    field("is no part of a name", "author", "{and Smith, John}"),
    field("is no part of a name", "author", "{Smith, John, and Doe, Jane}"),
    field("is no part of a name", "author", "{by John Smith}"),
    field("is no part of a name", "author", "{n.a.}"),
    field("is no part of a name", "author", "{Unknown}"),
    field("is no part of a name", "author", "{@handle}"),
    field("", "author", "{{Anonymous and Unknown} and Anders, Bya}"),
    field("no language known here", "langid", "{klingon}"),
    field("", "langid", "{chinese}"),
    field("citations and macros", "title", "{A [@org2026report]}"),
    field("citations and macros", "title", "{A {{ fact(1) }}}"),
]

CASES: list[Case] = [
    *LISTS, *HEADINGS, *LINKS, *WORDS, *BLOCKS, *NUMBERS, *FIELDS, *FILES, *SOURCES,
]  # fmt: skip
