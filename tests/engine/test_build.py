"""What a contributor gets wrong: file, line and remedy, all in one run, and site/ stays."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Project

LINE_12 = "{{ as_of_line() }}"


def errors(project: Project, verb: str = "build") -> str:
    """Output of a run that must fail, without a traceback."""
    done = project.run(verb)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_good_project_builds_and_names_who_cites(project: Project) -> None:
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    sources = (project.root / "site/sources/index.html").read_text(encoding="utf-8")
    assert re.search(r'Cited by: <a href="\.\./sub/other/#ref-chen2026three">Other</a>', sources)


def test_unknown_citation_key_on_line_12_and_the_last_good_site_stays(project: Project) -> None:
    assert project.run("build").returncode == 0
    before = (project.root / "site/index.html").read_bytes()
    page = project.page("bad.md", "")
    lines = page.read_text(encoding="utf-8").splitlines()
    lines[11] = "Some text [@org2026repport, §2.3]. " + LINE_12
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    output = errors(project)
    assert re.search(
        r"^docs/bad\.md:12:\d+: unknown citation key 'org2026repport' "
        r"\(did you mean 'org2026report'\?\)",
        output,
        re.MULTILINE,
    )
    assert (project.root / "site/index.html").read_bytes() == before
    assert not (project.root / "site/bad").exists()


def test_all_kinds_of_mistakes_in_one_run(project: Project) -> None:
    project.page(
        "bad.md",
        """
        An unknown key [@nobody2026].
        A missing page [x](missing.md).
        A broken anchor [x](sub/other.md#prat).
        An unknown fact {{ fact("total-parametres") }}.
        An unknown macro {{ fcat("total-parameters") }}.
        A missing image ![x](missing.png).
        """,
    )
    with (project.root / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write("\n@online{broken,\n  title = {T\n}\n\n@misc{org2026report, title={T}}\n")
    project.write("data/events.yml", "records:\n  - {id: a\n")
    output = errors(project)
    for place, words in (
        ("docs/bad.md:13", "unknown citation key 'nobody2026'"),
        ("docs/bad.md:14", "link to 'missing.md', which does not exist"),
        ("docs/bad.md:15", "no anchor '#prat' on 'sub/other' (did you mean 'part'?)"),
        ("docs/bad.md:16", "did you mean 'total-parameters'?"),
        ("docs/bad.md:17", "unknown macro 'fcat' (did you mean 'fact'?)"),
        ("docs/bad.md:18", "link to 'missing.png', which does not exist"),
        ("references.bib:", "malformed entry"),
        ("references.bib:", "duplicate key, first on line 1"),
        ("data/events.yml:", "not valid YAML"),
    ):
        assert any(line.startswith(place) and words in line for line in output.splitlines()), (
            f"{place} … {words}\nnot in:\n{output}"
        )
    assert not (project.root / "site").exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{{ fact( }}", "macro syntax"),
        ("{{ nothing }}", "unknown name 'nothing'"),
        ("{{ figure('nope') }}", "no figure 'nope'"),
        ("{{ price('x', 'output') }}", "no record 'x'"),
        ("{{ fact() }}", "fact()"),
        ("{{ fact_table(['nope']) }}", "no record 'nope'"),
        ("# Second title", "2 first-level headings"),
        ("Text [@Org2026].", "looks like a citation"),
        ("## Heading [@org2026report]", "a citation in a heading"),
        ("[home](../)", "link to the folder"),
        ('<img src="gone.png" alt="">', "which does not exist"),
        ("[x][ref]\n\n[ref]: gone.md", "which does not exist"),
    ],
)
def test_single_mistakes_are_found_without_building(
    project: Project, body: str, words: str
) -> None:
    project.page("bad.md", body + "\n")
    output = errors(project, "check")
    assert any(line.startswith("docs/bad.md:") and words in line for line in output.splitlines()), (
        output
    )


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("# No front matter\n", "front matter is missing"),
        ("---\ntitle: a: b\n---\n# T\n", "front matter is not valid YAML"),
        ("---\n- a\n---\n# T\n", "must be a mapping"),
        ("---\ntitle: T\n---\n# T\n", "front matter lacks 'description'"),
        ("---\ntitle: T\ndescription: d\nas_of: soon\nreviewed: 2026-11-23\n---\n# T\n", "as_of"),
    ],
)
def test_front_matter_mistakes(project: Project, head: str, words: str) -> None:
    project.write("docs/bad.md", head)
    assert words in errors(project, "check")


def test_mistakes_in_code_are_no_mistakes(project: Project) -> None:
    project.page(
        "good.md",
        """
        `[@nobody2026]` and `[x](missing.md)`.

        ```markdown
        [@nobody2026] [x](missing.md)
        ```
        """,
    )
    done = project.run("check")
    assert done.returncode == 0, done.stderr


def test_bare_mkdocs_refuses_too(project: Project) -> None:
    """``mkdocs build -q --strict`` alone would pass an unknown key; our hook does not."""
    import os
    import subprocess
    import sys

    project.page("bad.md", "Text [@nobody2026].\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(project.root)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert not (project.root / "site").exists()


def test_data_with_an_unknown_source_or_pointer(project: Project) -> None:
    project.write(
        "data/facts/seeded.yml",
        """
        records:
          - {id: a, label: A, topic: pricing, value: 1, as_of: 2026, reported_by: depseek,
             sources: [{key: org2026reprot}]}
        """,
    )
    output = errors(project, "check")
    assert re.search(r"seeded\.yml:2(:\d+)?: a: unknown source key 'org2026reprot'", output), output
    assert "reported_by 'depseek' is not an id of data/parties (did you mean 'deepseek'?)" in output
