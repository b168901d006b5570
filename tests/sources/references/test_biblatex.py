"""The bibliography for download keeps to BibLaTeX's data model and loses nothing on the way."""

from __future__ import annotations

import pytest

from scripts.sources.references import biblatex


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "online",
            {"url": "u", "organization": "O"},
            ("online", {"url": "u", "organization": "O"}),
        ),
        ("online", {"note": "n"}, ("misc", {"note": "n"})),
        ("article", {"doi": "d"}, ("misc", {"doi": "d"})),
        ("report", {"institution": "I"}, ("report", {"institution": "I", "type": "Report"})),
        ("report", {"organization": "O"}, ("report", {"institution": "O", "type": "Report"})),
        ("report", {"note": "n"}, ("misc", {"note": "n", "type": "Report"})),
        ("video", {"url": "u"}, ("online", {"url": "u", "entrysubtype": "video"})),
        (
            "legislation",
            {"url": "u", "number": "91 FR 1684", "publisher": "P"},
            (
                "report",
                {"url": "u", "number": "91 FR 1684", "type": "Rule", "institution": "P"},
            ),
        ),
        (
            "dataset",
            {"url": "u", "publisher": "P"},
            ("misc", {"url": "u", "entrysubtype": "dataset", "howpublished": "P"}),
        ),
        (
            "online",
            {"doi": "10.1/x"},
            ("online", {"doi": "10.1/x", "url": "https://doi.org/10.1/x"}),
        ),
        ("software", {"publisher": "A and B"}, ("software", {"organization": "{A and B}"})),
        ("online", {"url": "u", "title": "{A} B"}, ("online", {"url": "u", "title": "{{A} B}"})),
        (
            "online",
            {"url": "u", "archiveurl": "https://a.org/x_y", "archivedate": "2026-11-24"},
            ("online", {"url": "u", "addendum": r"Archived 2026-11-24 at \url{https://a.org/x_y}"}),
        ),
    ],
)
def test_entries_conform(kind: str, fields: dict[str, str], expected: tuple) -> None:
    given = dict(fields)
    assert biblatex.conform(kind, fields) == expected
    assert fields == given, "the input is left alone"


def test_values_come_out_as_they_went_in() -> None:
    text = "@Online{key,\n  Title = {A {B} \\& 深度},\n  url = {https://a.org/x_y%20},\n}\n"
    assert biblatex.convert(text) == (
        "@online{key,\n  title = {{A {B} \\& 深度}},\n  url   = {https://a.org/x_y%20},\n}\n"
    )
