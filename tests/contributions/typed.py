"""Pages as people from elsewhere type them: links, attributes, headings, tables, notes, signs.

Beside each kind stands what looks like it and is right.
"""

from __future__ import annotations

from tests.contributions.case import HEAD, Case, head, page, whole

LINKS = [
    page("See [the list] (index.md).", "no space between ']' and '('"),
    page("See [the list] (https://example.org/x).", "no space between ']' and '('"),
    page("It is [sic] (as they say)."),
    page("See (the list)[index.md].", "brackets exchanged"),
    page("A call (twice)[see below] here."),
    page("See [the list]().", "leads nowhere"),
    page("See [](index.md).", "a link without words"),
    page("See [`code`](index.md)."),
    page("See [the report][rep].", "no line '[rep]: address'"),
    page("See [the report][].", "no line '[the report]: address'"),
    page("See [the list][rep].\n\n[rep]: index.md"),
    page("See [[index]].", "a link of a wiki"),
    page("Write to a@b.example now.", "a bare address"),
    page("Write to <a@b.example> now."),
    page("As said [org2026report].", "without '@' is no citation"),
    page("As said [org2026report, Table 1].", "without '@' is no citation"),
    page("As said [org2026report](index.md)."),
    page("As said \\cite{org2026report}.", "LaTeX is not read here"),
    page("As said \\citep[p. 3]{org2026report}.", "LaTeX is not read here"),
]  # fmt: skip

BRACES = [
    page("It has { fact('total-parameters') } of them.", "two braces on each side"),
    page("It has \\{\\{ fact('x') \\}\\}.", "braces that are meant stand in `code`"),
    page("It has &#123;&#123; x &#125;&#125;.", "braces that are meant stand in `code`"),
    page("Text { .wide", "is not closed in its line"),
    page("Text\n{ .wide }"),
    page("Text\n\n{ .wide }", "attributes stand directly below", find="{ .wide"),
    page("The set {a, b} and {x}."),
]  # fmt: skip

HEADINGS = [
    page("##Heading", "a space is missing after '##'"),
    page("#1 of all", "a space is missing after '#'"),
    page("Text\n## Heading { #heading }", "a heading needs an empty line above", find="## Heading"),
    page("## Two { #two }\n\n#### Four { #four }", "leaves out '###'", find="#### Four"),
    page("## Two { #two }\n\n### Three { #three }\n\n## More { #more }"),
    page("## One { #one }\n\nX.\n\n## Two { #one }", "the anchor '#one' is twice", find="## Two"),
    page('## One { #one }\n\n<span id="one"></span>', "the anchor '#one' is twice", find="<span"),
    page("In `##code` and #1 of a line."),
]  # fmt: skip

_LOST = "| a | b |\n| - | - |\n"

TABLES = [
    page(_LOST + "| 1 | 2 | 3 |", "3 cells in a table of 2 columns", find="| 1 |"),
    page(_LOST + "| 1 |", "1 cells in a table of 2 columns", find="| 1 |"),
    page(_LOST + "| 1 | x \\| y |"),
    page(_LOST + "| 1 | `x|y` |"),
    page("| a | b |\n| 1 | 2 |", "no table without", find="| a |"),
    page("| a | b |", "no table without"),
    page("| a |\n|:-:|\n| 1 |"),
]  # fmt: skip

BLOCKS = [
    page("!!! note\nText.", "nothing is in this '!!!'"),
    page("!!! note\n  Text.", "nothing is in this '!!!'"),
    page('??? note "x"\n  Text.', "nothing is in this '???'"),
    page("!!! note\n\n    Text."),
    page("!!! note\n    {{ fact('total-parameters') }}"),
    page("!!! note\n    ```\n    code\n    ```"),
    page("- item\n\n    !!! note\n\n        Text."),
    page("- item\n\n    !!! note\n    Text.", "nothing is in this '!!!'", find="    !!!"),
    page('<div markdown="1">\n\ntext', "<div> is not closed"),
    page("<details><summary>x</summary>\n\ntext", "<details> is not closed"),
    page("<div><span>x</div>", "<span> is not closed"),
    page("text</div>", "</div> closes nothing"),
    page("<ul><li>one<li>two</ul>"),
    page("Line<br>and <https://example.org/x> and <a@b.example>"),
    page("This is **bold and goes on.", "'**' is not closed"),
    page("- **one\n- two**", "'**' is not closed", find="- **one"),
    page("| **a | b** |\n| - | - |\n| 1 | 2 |", "'**' is not closed", find="| **a"),
    page("This is **bold** and ***both***, `2**3` is code."),
]  # fmt: skip

SIGNS = [
    page("The cost is $x^2$ here.", "formulas are not read here"),
    page("$$\nx^2\n$$", "formulas are not read here", find="$$\nx"),
    page("Nice :rocket: thing.", "names of pictures are not read here"),
    page("At 12:30: the end, a::b."),
    page("A &foo; c.", "is no code of HTML"),
    page("A &nbsp b.", "ends in ';'"),
    page("A &nbsp; b, R&D, AT&T."),
    page("TODO: write this.", "not finished"),
    page("Lorem ipsum dolor sit amet.", "not finished"),
    page("The word todo, and a to-do list."),
    page("A wo\u00adrd in two.", "an invisible character (U+00AD)"),
    page("One \\\\ two.", "this backslash would be printed"),
    page("It costs \\$.", "this backslash would be printed"),
    page("In C:\\Users it is.", "this backslash would be printed"),
    page("A line\\\nand one more.", "this backslash would be printed"),
    page("Two \\* three, \\_x\\_, `C:\\Users`."),
]  # fmt: skip


def front(old: str, new: str, words: str, find: str) -> Case:
    return head(HEAD.replace(old, new), words, find)


PAGES = [
    front("reviewed: 2026-11-23", "reviewed: 2026-04-23", "before its newest fact", "reviewed:"),
    front("reviewed: 2026-11-23", "reviewed: 2026-04-24", "", ""),
    whole("docs/other.md", HEAD.replace("A page", "everything"),
          "is that of docs/everything.md", "title:"),
    front("description: What it says.", "description: TODO", "not finished", "description:"),
    whole("docs/BAD.md", HEAD, "a name with capitals"),
    whole("data/facts/New.yml", "records: []\n", "a name with capitals"),
]  # fmt: skip

CASES: list[Case] = [*LINKS, *BRACES, *HEADINGS, *TABLES, *BLOCKS, *SIGNS, *PAGES]
