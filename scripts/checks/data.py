"""Every file below data/ can be read, and its records have the fields that the schema wants.

Why: a value of the wrong kind would be printed as it is, or break a figure; a field that nobody
knows would be lost without a word. The schema is scripts/sources/records/schema.py.

Good: {id: v4-layers, topic: architecture, label: Layers, value: 61, unit: layers, as_of: 2026,
  reported_by: deepseek, sources: [{key: deepseek2026v4report, at: arXiv Table 1}]}
Bad: {id: V4 Layers, valeu: "61", unit: layer}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.problems import Problem
from scripts.sources.site import Site

_CUT = re.compile(rb"^[ ]*(?:- )?[a-z_]+: (?![\"'\[{|>#&*])[^#\n]*[^#\s\n](?P<at>[ \t]+#)\S")
"""A '#' that begins a comment in YAML, though none is meant: people put a space behind it then."""


def check(site: Site) -> Iterator[Problem]:
    yield from site.problems
    for path in sorted((site.root / "data").rglob("*.y*ml")):
        if path.is_symlink() or not path.is_file():
            continue
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if b"#" in line and (match := _CUT.match(line)):
                file = path.relative_to(site.root).as_posix()
                words = "what follows ' #' is lost as a comment; put the value in quotes"
                yield Problem(file, number, words, match.start("at") + 2, "data")
