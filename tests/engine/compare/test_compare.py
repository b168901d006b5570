"""Two states are compared; what comes of it is data, and harmless as a comment."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import markdown
import pytest

from scripts.engine.compare import differ, run, trees, words
from scripts.engine.compare.found import Found
from tests.contributions import base


@pytest.fixture
def states(tmp_path: Path) -> tuple[Path, Path]:
    before = base.make(tmp_path / "before")
    after = Path(shutil.copytree(before, tmp_path / "after"))
    facts = after / "data/facts.yml"
    text = facts.read_text("utf-8").replace("value: 10, unit", "value: 12, unit")
    facts.write_text(text + "  - {id: new, label: New one, value: 5, unit: count,\n"
                     "     sources: [{key: org2026report}]}\n", "utf-8")  # fmt: skip
    (after / "data/limits.yml").unlink()
    home = after / "docs/index.md"
    home.write_text(
        home.read_text("utf-8") + "\nSee <https://github.com/new/x> {{ fact('new') }}.\n"
    )
    (after / "docs/sub/other.md").unlink()
    bib = after / "references.bib"
    bib.write_text(re.sub(r"title += \{", "title = {New: ", bib.read_text("utf-8"), count=1))
    return before, after


def test_every_kind_of_change_is_found(states: tuple[Path, Path]) -> None:
    found = differ.compare(*states)
    pages = {page.file: (page.how, page.more, page.less) for page in found.pages}
    assert pages["docs/index.md"] == ("changed", 2, 0)
    assert pages["docs/sub/other.md"][0] == "removed"
    assert set(pages) == {"docs/index.md", "docs/sub/other.md"}
    records = {record.name: record for record in found.records}
    share = records["facts/cache-share"]
    assert [(f.name, f.old, f.new) for f in share.fields] == [("value", "10", "12")]
    assert share.sources == ["org2026report"]
    assert records["facts/new"].how == "added"
    assert records["facts/new"].shown == ["docs/index.md"]
    assert records["limits/limit"].how == "removed"
    (source,) = (record for name, record in records.items() if name.startswith("@"))
    assert source.fields[0].new.startswith("New: ")
    assert found.links == ["https://github.com/new/x"]
    assert found.site is None


def test_nothing_is_said_of_nothing(states: tuple[Path, Path]) -> None:
    before, _ = states
    found = differ.compare(before, before)
    assert found == Found()
    assert "Nothing: no page" in words.comment(found)


def test_built_pages_tell_where_a_value_shows_and_what_it_weighs(
    states: tuple[Path, Path],
) -> None:
    for tree, size in zip(states, (10, 4000), strict=True):
        for url in ("sub", "reference/facts"):
            (tree / "site" / url).mkdir(parents=True)
            filler = "".join(f"{number:x}" for number in range(size))
            mark = '<span data-fact="facts/cache-share facts/x">'
            (tree / "site" / url / "index.html").write_text(mark + filler, "utf-8")
    found = differ.compare(*states)
    (share,) = (record for record in found.records if record.name == "facts/cache-share")
    assert share.shown == ["/sub/"]
    assert {weight.url for weight in found.weights} == {"/sub/", "/reference/facts/"}
    assert all(weight.new > weight.old for weight in found.weights)
    assert found.site is not None and found.site.new > found.site.old


def test_commits_are_compared_without_touching_the_folder(
    states: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = states
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=A", "-c",
                    "user.email=a@example.org", "commit", "-qm", "Before"]):  # fmt: skip
        subprocess.run(["git", *command], cwd=before, check=True)
    (before / "docs/index.md").write_text("changed since\n", "utf-8")
    with trees.folder("HEAD", before) as old:
        assert old != before
        found = differ.compare(old, after)
    assert {page.file for page in found.pages} == {"docs/index.md", "docs/sub/other.md"}
    for name in ("nosuch", "--output=x", str(tmp_path)):
        with pytest.raises(trees.NoState), trees.folder(name, before):
            pass


NASTY = [
    "`code` @octocat", "a|b\n\n# Heading\n<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "\u202eevil\u2066", "x" * 1999, "``` \n@team", "<!-- -->", "&lt;script&gt;", "\\`\\`",
    "https://evil.example/login", "#1 GH-1 deadbeef",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_words_of_a_contribution_stay_words(text: str) -> None:
    name = text[:300]
    field = {"name": name, "old": text, "new": text}
    raw = {
        "pages": [{"file": name, "how": "added"}],
        "records": [{"name": name, "how": how, "label": text, "fields": [field],
                     "sources": [name], "shown": [name]} for how in ("added", "changed")],
        "links": [text],
        "weights": [{"url": name, "old": 1, "new": 2}],
        "search": [{"kind": name, "measure": name, "old": 0, "new": 1}],
        "pictures": [{"url": name, "width": 390, "old": name, "new": name}],
        "left_out": [text],
    }  # fmt: skip
    said = words.comment(Found.model_validate(raw))
    html = markdown.markdown(said, extensions=["tables"])
    outside = re.sub(r"<code>.*?</code>", "", html)
    for word in re.findall(r"[a-z]{4,}", text.lower()):
        if word not in {"code", "heading"}:
            assert word not in outside.lower(), outside
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", said)
    assert said.count("\n### ") == 6  # no heading but ours


def test_a_comment_is_never_too_long() -> None:
    raw = {"records": [{"name": f"facts/{n}", "how": "changed", "fields": [
        {"name": f"f{k}", "old": "x" * 2000, "new": "y" * 2000} for k in range(50)]}
        for n in range(500)]}  # fmt: skip
    said = words.comment(Found.model_validate(raw))
    assert len(said) < 65_000
    assert "more" in said[-200:]


@pytest.mark.parametrize("text", [
    "", "[]", "{", '{"format": 2}', '{"pages": [{"file": "x", "how": "eaten"}]}', '{"extra": 1}',
    json.dumps({"links": ["x" * 3000]}), json.dumps({"links": ["x"] * 6000}),
    '{"weights": [{"url": "x", "old": -1, "new": 1e99}]}',
    '{"search": [{"kind": "x", "measure": "x", "old": NaN, "new": 2}]}',
])  # fmt: skip
def test_what_compare_does_not_write_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "found.json"
    file.write_text(text, "utf-8")
    assert run.main(["--comment", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "fault(s)" in err


def test_data_and_comment_say_the_same(
    states: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = map(str, states)
    assert run.main([before, after]) == 0
    said = capsys.readouterr().out
    file = tmp_path / "found.json"
    assert run.main([before, after, "--json", str(file)]) == 0
    assert run.main(["--comment", str(file)]) == 0
    assert capsys.readouterr().out == said
    assert "`12`" in said
