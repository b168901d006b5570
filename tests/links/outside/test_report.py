"""The reports: each is read back with another tool, and hostile text stays text."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import xml.etree.ElementTree as etree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from scripts.links.outside import report
from scripts.links.outside.model import BROKEN, Answer, Finding, Hop, Link, Place, Verdict

WHEN = dt.datetime(2026, 11, 23, 4, 5, tzinfo=dt.UTC)
EVIL = "a\r\nb::error::c %25 %\x1b[31m <b>@octocat</b> `code` | \u202egnp.exe\x00 owner/repo#1"


def finding(verdict: Verdict, number: int = 1, **more: object) -> Finding:
    url = f"https://a.org/{number}?a=1&b=<2>"
    places = (
        Place("references.bib", 10 * number, 19, f"key{number}"),
        *(Place("docs/x,y: z.md", line, 3) for line in range(1, number)),
    )
    values: dict = {
        "reason": f"why {number}",
        "checked": WHEN,
        "answer": Answer(url, 404, (Hop(302, "https://a.org/end"),), title="T", seconds=1.5),
        **more,
    }
    return Finding(Link(url, places), verdict, **values)


EACH = [finding(verdict, number) for number, verdict in enumerate(Verdict, start=1)]
HOSTILE = Finding(
    Link(f"https://a.org/{EVIL}", (Place(f"docs/{EVIL}.md", 3, 4),)), Verdict.DEAD, EVIL,
    moved_to=EVIL, archive=EVIL, answer=Answer("x", title=EVIL),
)  # fmt: skip


def shown(*findings: Finding) -> str:
    stream = io.StringIO()
    report.terminal(findings, stream)
    return stream.getvalue()


def test_no_verdict_is_forgotten() -> None:
    assert set(report.WORST_FIRST) == set(report.REMEDIES) == set(Verdict)
    assert (
        {Verdict.DEAD, Verdict.SOFT_404, Verdict.REFUSED} == set(report.WORST_FIRST[:3]) == BROKEN
    )


# ---------------------------------------------------------------- terminal


def test_the_table_is_grouped_worst_first_with_places_and_remedy() -> None:
    text = shown(*reversed(EACH))
    heads = re.findall(r"^(\S.*?) \(1\): (.*)$", text, re.MULTILINE)
    assert heads == [(v.value, report.REMEDIES[v]) for v in report.WORST_FIRST[:-2]]
    dead = next(f for f in EACH if f.verdict is Verdict.DEAD)
    assert f"  {dead.link.url}\n    why    why 6\n    in     references.bib:60:19 (key6)\n" in text
    assert "           docs/x,y: z.md:1:3\n" in text
    assert "           and 3 more\n" in text
    assert "11 outside link(s)" in text
    assert re.search(r"^  alive +1$", text, re.MULTILINE)
    for finding in EACH:
        counted = finding.verdict in {Verdict.ALIVE, Verdict.UNCHECKED}
        assert (finding.link.url in text) != counted, "these are only counted"


def test_no_link_at_all() -> None:
    assert shown() == "0 outside link(s)\n"


def test_hostile_text_cannot_steer_a_terminal() -> None:
    text = shown(HOSTILE)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert len(text.split("\n")) == 10, "a head, five lines of the link, the counts"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals_only() -> None:
    silent, terminal = io.StringIO(), Terminal()
    for stream in (silent, terminal):
        tell = report.progress(3, stream)
        for number, verdict in enumerate([Verdict.ALIVE, Verdict.DEAD, Verdict.ALIVE]):
            tell(finding(verdict, number))
    assert silent.getvalue() == ""
    states = terminal.getvalue().split("\r\x1b[K")
    assert states == ["", "1/3 links", "2/3 links: 1 dead", ""]


# ---------------------------------------------------------------- JSON


def test_json_has_every_link_once_with_all_that_is_known() -> None:
    content = json.loads(report.as_json(EACH))
    assert [link["verdict"] for link in content["links"]] == [v.value for v in report.WORST_FIRST]
    assert content["counts"] == {v.value: 1 for v in report.WORST_FIRST}
    assert content["to_do"] == len(Verdict) - 3
    assert content["checked"] == WHEN.isoformat()
    assert {link["verdict"] for link in content["links"] if link["broken"]} == set(BROKEN)
    dead = content["links"][0]
    assert dead["places"][0] == {"file": "references.bib", "line": 60, "column": 19, "key": "key6"}
    assert dead["status"] == 404 and dead["final_url"] == "https://a.org/end"
    remembered = json.loads(report.as_json([finding(Verdict.ALIVE, answer=None, checked=None)]))
    assert remembered["checked"] is None and remembered["links"][0]["status"] is None


# ---------------------------------------------------------------- JUnit


def test_junit_counts_agree_with_its_cases() -> None:
    root = etree.fromstring(report.as_junit(EACH).encode())
    assert root.tag == "testsuites"
    cases = list(root.iter("testcase"))
    assert len(cases) == len(EACH) == int(root.get("tests"))
    assert len({case.get("name") for case in cases}) == len(EACH)
    failed = {case.get("name") for case in cases if case.find("failure") is not None}
    assert failed == {f.link.url for f in EACH if f.verdict in BROKEN}
    assert int(root.get("failures")) == len(BROKEN)
    skipped = [case for case in cases if case.find("skipped") is not None]
    assert int(root.get("skipped")) == len(skipped) == 3
    assert root.get("errors") == "0"
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
    dead = next(
        c for c in cases if (f := c.find("failure")) is not None and f.get("type") == "DEAD"
    )
    assert "references.bib:60:19" in dead.find("failure").text
    assert float(dead.get("time")) == 1.5


def test_junit_of_hostile_text_and_of_nothing_is_xml() -> None:
    assert len(list(etree.fromstring(report.as_junit([HOSTILE]).encode()).iter("testcase"))) == 1
    assert not list(etree.fromstring(report.as_junit([]).encode()).iter("testcase"))


# ---------------------------------------------------------------- GitHub

COMMAND = re.compile(r"::(error|warning|notice) ([^\r\n]*?)::([^\r\n]*)")


def unescaped(text: str) -> str:
    """What GitHub makes of a value (its runner's ActionCommand)."""
    for code, character in (("3A", ":"), ("2C", ","), ("0D", "\r"), ("0A", "\n"), ("25", "%")):
        text = text.replace(f"%{code}", character)
    return text


def annotations(*findings: Finding) -> list[tuple[str, dict[str, str], str]]:
    out = []
    for line in report.github_annotations(findings).splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        out.append(
            (match[1], {k: unescaped(v) for k, v in properties.items()}, unescaped(match[3]))
        )
    return out


def test_annotations_mark_the_first_place_of_whatever_is_not_alive() -> None:
    found = annotations(*EACH)
    assert len(found) == len(EACH) - 2
    level, properties, message = found[0]
    assert level == "error"
    assert properties == {
        "file": "references.bib", "line": "60", "col": "19", "title": "Link dead",
    }  # fmt: skip
    assert message.split("\n") == [
        "https://a.org/6?a=1&b=<2>", "dead: why 6", report.REMEDIES[Verdict.DEAD],
    ]  # fmt: skip
    assert [level for level, *_ in found].count("error") == len(BROKEN)
    assert [level for level, *_ in found].count("notice") == 1


def test_an_annotation_is_one_line_whatever_a_page_says() -> None:
    ((level, properties, message),) = annotations(HOSTILE)
    assert level == "error"
    assert properties["line"] == "3"
    assert properties["file"] == f"docs/{EVIL}.md", "names are ours; they come out as they are"
    assert "%25 %" in message, "a per cent sign survives, and so does what looks like an escape"
    assert message.count("\n") == 2


# ---------------------------------------------------------------- Markdown


def test_the_summary_counts_and_lists() -> None:
    text = report.markdown_summary(EACH, "2026-11-23")
    assert text.startswith("## Outside links on 2026-11-23\n")
    assert "| **all** | **11** |" in text
    assert text.count("\n- ") == len(EACH) - 2
    assert "### Dead (1)\n\nName the archived copy" in text
    html = markdown(text, extensions=["tables"])
    rows = re.findall(r"<td>(.*?)</td>\s*<td[^>]*>(.*?)</td>", html)
    assert ("dead", "1") in rows and len(rows) == len(EACH) + 1


def test_a_summary_of_good_links_says_so() -> None:
    text = report.markdown_summary([EACH[0]], "2026-11-23")
    assert "Every link is alive." in text and "\n- " not in text


def test_a_page_cannot_mention_or_link_anybody_from_the_issue() -> None:
    text = report.markdown_summary([HOSTILE], "2026-11-23")
    outside = re.sub(r"`[^`\n]*`", "", text)
    for part in ("@octocat", "owner/repo", "<b>", "https://"):
        assert part in text
        assert part not in outside


def test_a_long_summary_is_cut_between_items() -> None:
    many = [finding(Verdict.DEAD, 1, reason="x" * 250) for _ in range(500)]
    text = report.markdown_summary(many, "2026-11-23")
    listed = text.count("\n- ")
    assert len(text) <= 60_000
    assert 100 < listed < 500
    assert text.endswith(f"\n{500 - listed} more: see the JSON report of the run.\n")
    assert text.count("`") % 2 == 0


# ---------------------------------------------------------------- any text at all


@settings(deadline=None)
@given(st.text(), st.sampled_from(sorted(Verdict)))
def test_no_text_breaks_a_report(text: str, verdict: Verdict) -> None:
    odd = Finding(
        Link(f"https://a.org/{text}", (Place("docs/x.md", 1),)), verdict, text,
        answer=Answer("x", title=text), moved_to=text, archive=text,
    )  # fmt: skip
    links = json.loads(report.as_json([odd]))["links"]
    assert links[0]["url"] == odd.link.url
    assert len(list(etree.fromstring(report.as_junit([odd]).encode()).iter("testcase"))) == 1
    assert len(report.github_annotations([odd]).split("\n")) == 1 + (
        verdict not in {Verdict.ALIVE, Verdict.UNCHECKED}
    )
    assert shown(odd).endswith("  1\n")


@pytest.mark.parametrize("longest", [1, 10, 300])
def test_one_line_is_never_longer_than_asked_for(longest: int) -> None:
    assert len(report.one_line(EVIL * 20, longest)) == longest
