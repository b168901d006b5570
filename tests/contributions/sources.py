"""Entries of references.bib with mistakes, and those that only look like mistakes."""

from __future__ import annotations

from tests.contributions.case import HEAD, Case

FILE = "references.bib"
_FIELDS = {
    "author": "{{Org}}", "title": "{A Title}", "date": "{2026-04-24}",
    "url": "{https://example.org/x}", "urldate": "{2026-11-23}", "keywords": "{press}",
}  # fmt: skip
_CITING = ("docs/cites.md", (HEAD + "Text [@new2026].\n").encode())


def _entry(**fields: str | None) -> str:
    given = {**_FIELDS, **fields}
    lines = [f"  {name} = {value}," for name, value in given.items() if value is not None]
    return "@online{new2026,\n" + "\n".join(lines) + "\n}\n"


def _appended(text: str, words: str = "", find: str = "", name: str = "") -> Case:
    def act(root):  # type: ignore[no-untyped-def]
        with (root / FILE).open("ab") as bib:
            bib.write(b"\n" + text.encode("utf-8", "surrogatepass"))

    return Case(f"bib {name or text[:50]!r}", (_CITING,), words, FILE if words else "", find, act)


def field(words: str = "", name: str = "", value: str | None = None) -> Case:
    """An entry with one field as given; the line of that field must be named."""
    find = "@online{new2026" if value is None else f"  {name} = {value}"
    case = _appended(_entry(**{name: value}), words, find if words else "", f"{name} {value}")
    return case


def whole(content: bytes, words: str) -> Case:
    return Case(f"bib {content[:20]!r}", ((FILE, content),), words, FILE)


GOOD = [
    _appended(_entry()),
    _appended(_entry().replace("@online{", "@online(").removesuffix("}\n") + ")\n"),
    _appended(_entry().replace("@online", "@ONLINE")),
    _appended('@preamble{"\\newcommand{\\x}{y}"}\n' + _entry()),
    _appended('@string{org = "{Org}"}\n' + _entry(author="org")),
    _appended("@comment{x = {y}}\n" + _entry()),
    _appended("% a comment\n" + _entry()),
    _appended(_entry(title='"A " # {Title}')),
    _appended(_entry(title="{Costs \\$5 and more}")),
    _appended(_entry(title="{Café 深度求索}")),
    _appended(_entry().replace("\n", "\r\n")),
    _appended("\ufeff" + _entry()),
    _appended(_entry(title="{A \\& B \\% \\# \\_}")),
    _appended(_entry(date="{2026}")),
    _appended(_entry(date="{2026-04/2026-05}")),
]  # fmt: skip

FIELDS = [
    field("field 'title' is missing", "title", None),
    field("field 'keywords' is missing", "keywords", None),
    field("field 'url' is missing", "url", None),
    field("field 'urldate' is missing", "urldate", None),
    field("field 'author' is missing", "author", None),
    field("field 'title' is empty", "title", "{}"),
    field("field 'author' is empty", "author", "{{}}"),
    field("write 'and' between two names", "author", "{A, B, C, D}"),
    field("write '\\$'", "title", "{Costs $5}"),
    field("write '\\&'", "title", "{A & B}"),
    field("write '\\%'", "title", "{A 5% rise}"),
    field("would not be printed", "title", "{\\href{javascript:alert(1)}{x}}"),
    field("would not be printed", "title", "{\\foo x}"),
    field("is not a date", "date", "{April 2026}"),
    field("is not a day of the calendar", "date", "{2026-13}"),
    field("is not a day of the calendar", "date", "{2026-02-30}"),
    field("is not a day of the calendar", "date", "{2026-04-31/2026-05-40}"),
    field("ends before it begins", "date", "{2026-05-01/2026-04-01}"),
    field("in the future", "date", "{2126-01-01}"),
    field("in the future", "urldate", "{2126-01-01}"),
    field("is not a date", "urldate", "{today}"),
    field("is not a web address", "url", "{example.org}"),
    field("is not a web address", "url", "{javascript:alert(1)}"),
    field("is not a web address", "url", "{data:text/html,x}"),
    field("is not a web address", "url", "{http://[::1}"),
    field("name or password", "url", "{https://me:secret@example.org/x}"),
    field("tracking parameters", "url", "{https://example.org/?utm_source=x}"),
    field("has a space", "url", "{https://example.org/a b}"),
    field("cannot stand in an address", "url", "{https://example.org/<x>}"),
    field("keywords must be exactly one of", "keywords", "{gossip}"),
    field("keywords must be exactly one of", "keywords", "{press, primary}"),
    field("unknown field 'autor' (did you mean 'author'?)", "autor", "{x}"),
    field("unknown field 'year' (use 'date')", "year", "{2026}"),
    field("unknown field 'crossref'", "crossref", "{new2026}"),
    field("is not an arXiv number", "eprint", "{hep-th/99}"),
    field("is not a DOI", "doi", "{https://doi.org/10.1000/182}"),
    field("a control character", "title", "{A\x07 B}"),
    field("an invisible character", "title", "{A\u202e B}"),
    field("HTML", "title", "{<script>alert(1)</script>}"),
    field("HTML", "note", "{<img src=x onerror=alert(1)>}"),
    field("stands without braces", "title", "Words"),
    field("the value of 'title' is missing", "title", ""),
    field("braces within braces", "title", "{" * 60 + "x" + "}" * 60),
    field("are allowed", "title", "{" + "x" * 30_000 + "}"),
]  # fmt: skip

_ENDED = _entry().removesuffix("}\n") + "} % here\n"

FORM = [
    _appended("@online{new2026,\n  title = {T\n}\n", "malformed entry", "@online{new2026"),
    _appended(_entry().replace("{A Title},", "{A Title}"), "a comma is missing", "date = {2026-04-24},\n  url = {https://example.org/x}"),
    _appended(_entry() + _entry().replace("@online", "@misc"), "duplicate key", "@misc{new2026"),
    _appended(_entry().replace("title = {A Title}", "title = {A}, title = {B}"), "'title' is given twice", "title = {B}"),
    _appended(_entry().replace("new2026", "New2026"), "may have only lower-case letters", "{New2026"),
    _appended(_entry().replace("new2026", "new_2026"), "may have only lower-case letters", "{new_2026"),
    _appended(_entry().replace("new2026,", ""), "the key is missing", "  author = {{Org}}"),
    _appended(_entry().replace("@online", "@onlin"), "did you mean 'online'?", "@onlin{"),
    _appended(_entry().removesuffix("}\n"), "is not closed", "@online{new2026"),
    _appended(_ENDED + "}\n", "a brace too many", "} % here"),
    _appended(_ENDED + "stray = {x}\n", "stray", "} % here"),
    _appended("@online{" + "x" * 5000 + ",\n}\n" + _entry(), "is missing", "@online{xxx"),
    whole(b"", "no entries found"),
    whole(b"just words\n", "no entries found"),
    whole("@online{x, title={T}}".encode("utf-16"), "save it as UTF-8"),
    whole(b"\xff\xff\xff", "save it as UTF-8"),
]  # fmt: skip

CASES: list[Case] = [*GOOD, *FIELDS, *FORM]
