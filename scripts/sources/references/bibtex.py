"""The one reader of BibTeX: entries and fields with their places, whatever the text.

pybtex ends at the first mistake and does not tell where a value stands; who mends a file needs
both. This reader never raises and passes over each character a small number of times. It reads
what BibTeX and BibLaTeX allow: braces or quotes, ``#`` between parts, ``@string``, ``@preamble``,
``@comment{...}``, parentheses around an entry, and comments after ``%`` between fields. Whatever
it cannot read is a fault with a line and words. An entry ends at the latest where a line begins
the next one, so a brace that is missing swallows no other entry.

Offsets count characters of the text from 0; lines and columns count from 1.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from scripts.sources.references.entries import Bibliography, Entry, Fault, Field

MAX_DEPTH = 20
"""Braces within braces of one value; pybtex stops at 100."""
MAX_VALUE = 20_000
"""Characters of one value: pandoc takes minutes over a title of some megabytes."""
MAX_EXPANDED = 1_000_000
"""Characters of one file that its macros stand for: a few lines could stand for gigabytes."""
MONTHS = dict(
    jan="January", feb="February", mar="March", apr="April", may="May", jun="June", jul="July",
    aug="August", sep="September", oct="October", nov="November", dec="December",
)  # fmt: skip
"""The macros that every BibTeX style defines."""


class _Malformed(Exception):
    """The form of an entry ends here: ``args`` are the offset and the reason."""


_SPACE = re.compile(r"(?:[\s\ufeff]++|%[^\n]*+)*+")
_START = re.compile(r"%[^\n]*|@[ \t]*(?P<type>[^\W\d_][\w-]*)\s*(?P<open>[{(])")
# A line that begins like this ends what stands before it. '@smith (2020)' in a note does not.
_LINE_START = re.compile(
    r"^[ \t\ufeff]*(?=@[ \t]*(?:[^\W\d_][\w-]*\s*\{|(?:string|preamble|comment)\s*\("
    r"|[^\W\d_][\w-]*\s*\(\s*[^\s,(){}@]+\s*,))",
    re.MULTILINE | re.IGNORECASE,
)
_KEY = re.compile(r"[^\s,{}()\"=#%@]*")
_NAME = re.compile(r"[^\s,{}()\"=#%@]+")
_BRACES = re.compile(r"[{}]")
_BRACES_AND_QUOTES = re.compile(r"[{}\"]")
_ESCAPED = re.compile(r"\\[{}]")
_STRAY = re.compile(r"%[^\n]*|(?P<stray>[={}])")
_NEXT_FIELD = re.compile(r"\n[ \t]*[A-Za-z]+[ \t]*=[ \t]*[{\"]")
_LINE_END = re.compile(r"\n")
_CLOSERS = {"{": "}", "(": ")"}


def _shortened(text: str) -> str:
    first = text.strip().partition("\n")[0].strip()
    return first if len(first) <= 40 else first[:39] + "…"


class _Reader:
    def __init__(self, text: str):
        self.text = text
        self.macros = dict(MONTHS)
        self.ends = [match.start() for match in _LINE_END.finditer(text)]
        self.entries: list[Entry] = []
        self.loose: list[Fault] = []
        self.limit = len(text)
        """Nothing of the entry at hand stands behind this."""
        self.at = 0
        self.expanded = 0
        self.fields: list[Field] = []
        self.faults: list[Fault] = []

    # ------------------------------------------------------------------ places

    def place(self, offset: int) -> tuple[int, int]:
        before = bisect_right(self.ends, offset - 1)
        return before + 1, offset - (self.ends[before - 1] + 1 if before else 0) + 1

    def fault(self, offset: int, reason: str) -> Fault:
        return Fault(offset, *self.place(offset), reason)

    # ------------------------------------------------------------------ the file

    def run(self) -> Bibliography:
        lines = [match.end() for match in _LINE_START.finditer(self.text)]
        closing: dict[int, int] | None = None
        position = 0
        while (match := self.next_start(position)) is not None:
            self.between(position, match.start())
            kind = match["type"].lower()
            after = bisect_right(lines, match.start())
            self.limit = lines[after] if after < len(lines) else len(self.text)
            if kind == "comment":
                if closing is None:
                    closing = self.pairs()
                if match["open"] == "(":
                    position = match.end()  # BibTeX ignores the word only
                elif match.end() - 1 in closing:
                    position = closing[match.end() - 1] + 1
                else:
                    reason = "the brace of '@comment{' is not closed"
                    self.loose.append(self.fault(match.start(), reason))
                    position = self.limit
            elif kind in {"string", "preamble"}:
                position = self.command(match, kind)
            else:
                position = self.entry(match, kind)
        self.between(position, len(self.text))
        first: dict[str, Entry] = {}
        for entry in self.entries:
            first.setdefault(entry.key, entry)
        faults = [*self.loose, *(fault for entry in self.entries for fault in entry.faults)]
        return Bibliography(tuple(self.entries), tuple(sorted(faults)), first)

    def next_start(self, position: int) -> re.Match[str] | None:
        """The next ``@type{`` that does not stand in a comment."""
        found = _START.finditer(self.text, position)
        return next((match for match in found if match["type"]), None)

    def pairs(self) -> dict[int, int]:
        """For every brace of the text, the one that closes it."""
        opened: list[int] = []
        out = {}
        for match in _BRACES.finditer(self.text):
            if match[0] == "{":
                opened.append(match.start())
            elif opened:
                out[opened.pop()] = match.start()
        return out

    def between(self, start: int, end: int) -> None:
        """Words between entries are allowed; what looks like part of an entry has lost it."""
        found = _STRAY.finditer(self.text, start, end)
        match = next((match for match in found if match["stray"]), None)
        if match is None or (self.entries and self.entries[-1].faults):
            return
        line = bisect_right(self.ends, match.start() - 1)
        offset = max(start, self.ends[line - 1] + 1 if line else 0)
        words = _shortened(self.text[offset : min(end, match.start() + 40)])
        if not self.entries:
            reason = f"'{words}' stands in no entry; one begins like '@online{{key,'"
            self.loose.append(self.fault(match.start(), reason))
            return
        reason = f"a brace too many ends the entry here, before '{words.lstrip(', ')}'"
        last = self.entries[-1]
        faults = (self.fault(last.end - 1, reason),)
        raw = self.text[last.start : end]
        self.entries[-1] = replace(last, end=end, raw=raw, whole=False, faults=faults)

    # ------------------------------------------------------------------ one entry

    def skip_space(self) -> str:
        """The character behind spaces and comments; empty at the end of what may be read."""
        match = _SPACE.match(self.text, self.at, self.limit)
        self.at = match.end() if match else self.at
        return self.text[self.at] if self.at < self.limit else ""

    def entry(self, match: re.Match[str], kind: str) -> int:
        self.fields, self.faults = [], []
        self.at = match.end()
        self.skip_space()
        key_start = self.at
        name = _KEY.match(self.text, key_start, self.limit)
        self.at = name.end() if name else key_start
        behind = self.skip_space()
        key = name[0] if name and behind != "=" else ""  # '@online{title =' has none
        whole, close = True, _CLOSERS[match["open"]]
        body_start = self.at = self.at + (behind == ",")
        try:
            self.after_key(key, key_start, behind, close)
            self.body(close)
            end = self.at
        except _Malformed as malformed:
            offset, reason = malformed.args
            self.faults.append(self.fault(offset, reason))
            whole, end = False, self.limit
        self.entries.append(
            Entry(
                kind,
                key,
                *self.place(match.start()),
                match.start(),
                end,
                key_start,
                body_start,
                self.text[match.start() : end],
                tuple(self.fields),
                whole,
                tuple(sorted(self.faults)),
            )
        )
        return end

    def after_key(self, key: str, start: int, behind: str, close: str) -> None:
        if not key:
            raise _Malformed(start, "the key is missing; an entry begins like '@online{key,'")
        if behind not in {",", close}:
            words = _shortened(self.text[start : min(self.limit, start + 80)].partition(",")[0])
            raise _Malformed(start, f"a comma is missing behind the key, or '{words}' is no key")

    def body(self, close: str) -> None:
        """The fields, up to the end of the entry."""
        opened = self.at
        while True:
            char = self.skip_space()
            if char == close:
                self.at += 1
                return
            if char == ",":
                self.at += 1
                continue
            if not char:
                raise self.unclosed(opened, close)
            self.one_field()
            char = self.skip_space()
            if char not in {",", close, ""}:
                name = self.fields[-1].name
                words = _shortened(self.text[self.at : min(self.limit, self.at + 80)])
                raise _Malformed(
                    self.at,
                    f"a comma is missing behind the value of '{name}', or a brace or quote is "
                    f"wrong in it, before '{words}'",
                )

    def unclosed(self, opened: int, close: str) -> _Malformed:
        for one in self.fields:  # a brace that is missing makes a value run into the next field
            inside = _NEXT_FIELD.search(self.text, one.value_start, one.value_end)
            if inside:
                return _Malformed(one.start, f"the value of '{one.name}' is not closed")
        return _Malformed(max(opened - 1, 0), f"the entry is not closed by '{close}'")

    def one_field(self) -> None:
        start = self.at
        match = _NAME.match(self.text, self.at, self.limit)
        if not match:
            words = _shortened(self.text[start : min(self.limit, start + 80)])
            raise _Malformed(start, f"the name of a field was expected, not '{words}'")
        self.at = match.end()
        if self.skip_space() != "=":
            raise _Malformed(start, f"'=' is missing behind '{_shortened(match[0])}'")
        self.at += 1
        self.skip_space()
        value_start = self.at
        value, simple = self.value(_shortened(match[0]))
        value_end = self.at
        given = self.text[value_start + 1 : value_end - 1] if simple else ""
        self.fields.append(
            Field(
                match[0].lower(),
                value,
                start,
                value_start,
                value_end,
                given if simple else self.text[value_start:value_end],
                simple,
                *self.place(start),
            )
        )

    # ------------------------------------------------------------------ values

    def value(self, name: str) -> tuple[str, bool]:
        """The value here, and whether it is one part between braces or quotes."""
        parts: list[str] = []
        start = self.at
        while True:
            delimited = self.skip_space() in {"{", '"'} and self.at < self.limit
            parts.append(self.delimited(name) if delimited else self.bare(name))
            end = self.at
            if self.skip_space() != "#":
                break
            self.at += 1
        self.at = end
        simple = delimited and len(parts) == 1
        length = sum(map(len, parts))
        value = "".join(parts) if length <= MAX_VALUE or simple else ""
        if length > MAX_VALUE:
            reason = f"the value of '{name}' has {length:,} characters; {MAX_VALUE:,} are allowed"
            self.faults.append(self.fault(start, reason))
        return value, simple

    def delimited(self, name: str) -> str:
        start = self.at
        quoted = self.text[start] == '"'
        depth, deepest = (0, 0) if quoted else (1, 1)
        for match in (_BRACES_AND_QUOTES if quoted else _BRACES).finditer(
            self.text, start + 1, self.limit
        ):
            if match[0] == '"':
                if depth:
                    continue
                break
            depth += 1 if match[0] == "{" else -1
            deepest = max(deepest, depth)
            if depth < 0:
                reason = f"the value of '{name}' has a brace too many, or its quote is not closed"
                raise _Malformed(start, reason)
            if depth == 0 and not quoted:
                break
        else:
            words = "quote" if quoted else "brace"
            raise _Malformed(start, f"the {words} that opens the value of '{name}' is not closed")
        self.at = match.end()
        inner = self.text[start + 1 : match.start()]
        if deepest > MAX_DEPTH:
            reason = f"the value of '{name}' has {deepest:,} braces within braces; take some out"
            self.faults.append(self.fault(start, reason))
        elif "\\{" in inner or "\\}" in inner or inner.endswith("\\"):
            self.escapes(inner, name, start)
        return inner

    def escapes(self, inner: str, name: str, start: int) -> None:
        """To BibTeX an escaped brace counts, to pandoc it does not; both must find the same end."""
        depth = 0
        for match in _BRACES.finditer(_ESCAPED.sub("", inner)):
            depth += 1 if match[0] == "{" else -1
            if depth < 0:
                break
        if depth or inner.endswith("\\"):
            reason = (
                f"a backslash before a brace that opens or closes a group of '{name}'; a brace "
                "without its other is typed \\textbraceleft{} or \\textbraceright{}"
            )
            self.faults.append(self.fault(start, reason))

    def bare(self, name: str) -> str:
        """A number, or the name of a macro."""
        match = _NAME.match(self.text, self.at, self.limit)
        if not match:
            raise _Malformed(self.at, f"the value of '{name}' is missing; put it in braces")
        word, start = match[0], self.at
        self.at = match.end()
        if word.isdecimal() and word.isascii():
            return word
        if word.lower() not in self.macros:
            shown = _shortened(word)
            reason = (
                f"the value of '{name}' stands without braces, and no @string above defines "
                f"'{shown}'; write {{{shown}}}"
            )
            self.faults.append(self.fault(start, reason))
        value = self.macros.get(word.lower(), "")
        self.expanded += len(value)
        if self.expanded > MAX_EXPANDED:
            reason = f"the names of @string stand for more than {MAX_EXPANDED:,} characters"
            self.faults.append(self.fault(start, reason))
            return ""
        return value

    # ------------------------------------------------------------------ commands

    def command(self, match: re.Match[str], kind: str) -> int:
        """``@string`` defines macros, ``@preamble`` is for LaTeX only."""
        self.fields, self.faults = [], []
        self.at = match.end()
        close = _CLOSERS[match["open"]]
        try:
            if kind == "preamble":
                self.skip_space()
                self.value("@preamble")
                if self.skip_space() != close:
                    raise _Malformed(match.start(), f"'@preamble' is not closed by '{close}'")
                self.at += 1
            else:
                self.body(close)
                for one in self.fields:
                    self.macros[one.name] = one.value
        except _Malformed as malformed:
            offset, reason = malformed.args
            self.loose.append(self.fault(offset, f"@{kind}: {reason}"))
            self.at = self.limit
        self.loose += self.faults
        return self.at


@functools.lru_cache(maxsize=8)
def read(text: str) -> Bibliography:
    """All entries of ``text`` and all that cannot be read of it. Never raises."""
    return _Reader(text).run()


def written(entry: Entry, fields: Mapping[str, str]) -> str:
    """An entry in the plainest form that every program reads: braces, one field a line."""
    width = max(map(len, fields), default=0)
    lines = [f"  {name:<{width}} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@{entry.type}{{{entry.key},", *lines, "}"])
