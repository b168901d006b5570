"""Outside addresses of the sources: each once, with exact places."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts.links.outside.collect import CollectError, addresses, collect, only_new, plain
from scripts.links.outside.model import Link
from scripts.problems import ROOT


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def places(links: list[Link]) -> dict[str, list[str]]:
    return {link.url: [str(place) for place in link.places] for link in links}


PAGE = """---
title: A page
---

# Links

A [link](https://a.test/one), [with a title](https://a.test/two "Title") and an <https://a.test/three>.
A [reference][r] and [brackets](https://a.test/Foo_(bar)) and [angles](<https://a.test/four>).
<a class="x" href="https://a.test/five?a=1&amp;b=2">raw</a> <img srcset='https://a.test/six 2x'>
Bare: https://a.test/seven, and (https://a.test/eight). 见https://a.test/nine。好
{{ macro("https://a.test/ten") }} [`code`](https://a.test/eleven) **https://a.test/twelve**
[fragment](https://a.test/one#part) [text](https://a.test/one#:~:text=a,b)

[r]: https://a.test/reference "Title"

`https://no.test/span` <code>https://no.test/element</code> <!-- https://no.test/comment -->
<pre><a href="https://a.test/in-pre">https://no.test/pre</a></pre>

```sh
curl https://no.test/fence
```

<svg xmlns="http://www.w3.org/2000/svg"></svg> [example](https://www.example.org/x)
[inside](../other.md) [mail](mailto:x@a.test) {{ "https://no.test/{{ x }}" }}
"""


def test_a_page(tmp_path: Path) -> None:
    write(tmp_path, "docs/sub/page.md", PAGE)
    found = places(collect(tmp_path))
    assert not [url for url in found if "no.test" in url or "example" in url or "w3.org" in url]
    expected = {
        "https://a.test/one": 7,
        "https://a.test/two": 7,
        "https://a.test/three": 7,
        "https://a.test/Foo_(bar)": 8,
        "https://a.test/four": 8,
        "https://a.test/five?a=1&amp;b=2": 9,
        "https://a.test/six": 9,
        "https://a.test/seven": 10,
        "https://a.test/eight": 10,
        "https://a.test/nine": 10,
        "https://a.test/ten": 11,
        "https://a.test/eleven": 11,
        "https://a.test/twelve": 11,
        "https://a.test/one#part": 12,
        "https://a.test/one#:~:text=a,b": 12,
        "https://a.test/reference": 14,
        "https://a.test/in-pre": 17,
    }
    lines = PAGE.splitlines()
    assert found == {
        url: [f"docs/sub/page.md:{line}:{lines[line - 1].index(url) + 1}"]
        for url, line in expected.items()
    }


def test_data(tmp_path: Path) -> None:
    write(
        tmp_path,
        "data/facts/x.yml",
        "records:\n"
        "  - {id: a, url: https://d.test/flow, note: 'see https://d.test/quoted'}\n"
        "  - id: b ` a stray backtick\n"
        '    value: "https://d.test/value"\n'
        "    note: Send to `https://no.test/code` ` or so\n"
        "    list: [https://d.test/l1, https://d.test/l2]\n",
    )
    assert places(collect(tmp_path)) == {
        "https://d.test/flow": ["data/facts/x.yml:2:18"],
        "https://d.test/quoted": ["data/facts/x.yml:2:50"],
        "https://d.test/value": ["data/facts/x.yml:4:13"],
        "https://d.test/l1": ["data/facts/x.yml:6:12"],
        "https://d.test/l2": ["data/facts/x.yml:6:31"],
    }


BIB = """% A comment with https://no.test/comment
@online{first2026x,
  author       = {{Somebody}},
  title        = {The {Title} of \\& {\\emph{something}} -- 20\\% \\_x},
  url          = {https://b.test/one_(x)},
  archiveurl   = {https://web.archive.test/web/2026/https://b.test/one_(x)},
  note         = {Also at https://b.test/note, they say},
}

@online{second2026x,
  title = "In quotes",
  url = "https://b.test/two",
  urldate = {2026-01-01}
}
@misc{third2026x, title = {Again}, url = {https://b.test/two}}
"""


def test_the_bibliography(tmp_path: Path) -> None:
    write(tmp_path, "references.bib", BIB)
    links = {link.url: link for link in collect(tmp_path)}
    assert places(list(links.values())) == {
        "https://b.test/one_(x)": ["references.bib:5:19"],
        "https://web.archive.test/web/2026/https://b.test/one_(x)": ["references.bib:6:19"],
        "https://b.test/note": ["references.bib:7:27"],
        "https://b.test/two": ["references.bib:12:10", "references.bib:15:43"],
    }
    first = links["https://b.test/one_(x)"]
    assert first.places[0].key == "first2026x"
    assert first.title == "The Title of & something – 20% _x"
    assert links["https://b.test/two"].title == "In quotes"
    assert [place.key for place in links["https://b.test/two"].places] == [
        "second2026x",
        "third2026x",
    ]
    assert links["https://b.test/note"].title == ""
    assert links["https://b.test/note"].places[0].key == "first2026x"


def test_the_same_address_in_several_files_is_one_link(tmp_path: Path) -> None:
    for name in ("README.md", "docs/a.md", "docs/b.md", "scripts/c.md", "docs/assets/d.js"):
        write(tmp_path, name, "---\nx: y\n---\n\n[x](https://s.test/)\n")
    assert places(collect(tmp_path)) == {
        "https://s.test/": ["README.md:5:5", "docs/a.md:5:5", "docs/b.md:5:5"]
    }


def test_windows_line_ends_and_bytes_that_are_not_text(tmp_path: Path) -> None:
    write(tmp_path, "docs/a.md", "---\r\nx: y\r\n---\r\n\r\n[x](https://s.test/w)\r\n")
    (tmp_path / "docs" / "b.md").write_bytes(b"---\nx: y\n---\n\xff [x](https://s.test/b)\n")
    assert places(collect(tmp_path)) == {
        "https://s.test/b": ["docs/b.md:4:7"],
        "https://s.test/w": ["docs/a.md:5:5"],
    }


def test_an_empty_project(tmp_path: Path) -> None:
    assert collect(tmp_path) == []


def test_every_source_with_an_address_is_collected() -> None:
    """On the real sources, against a count that knows nothing of the collector."""
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    fields = [
        line for line in text.splitlines() if line.lstrip().startswith(("url ", "archiveurl"))
    ]
    found = [
        place for link in collect(ROOT) for place in link.places if place.file == "references.bib"
    ]
    lines = {place.line for place in found}
    assert len(lines) >= len(fields) > 400
    for link in collect(ROOT):
        for place in link.places:
            line = (ROOT / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
            assert line[place.column - 1 :].startswith(link.url), place


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://x.test/a.", "https://x.test/a"),
        ("(https://x.test/a_(b))", "https://x.test/a_(b)"),
        ("https://x.test/a|b", "https://x.test/a"),
        ("'https://x.test/it', he", "https://x.test/it"),
        ("HTTPS://X.test/A", "HTTPS://X.test/A"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("[t](https://x.test/it's_*a*)", "https://x.test/it's_*a*"),
    ],
)
def test_where_an_address_ends(text: str, url: str) -> None:
    assert [found for found, _ in addresses(text)] == [url]


def test_no_address() -> None:
    assert list(addresses("http:// https://) and https:// <http://>")) == []


def test_plain() -> None:
    assert plain("{{DeepSeek}-V4}: \\textbf{a} --- b~c") == "DeepSeek-V4: a — b c"


# Only those that are new


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@x.test"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_only_those_that_a_branch_adds(tmp_path: Path) -> None:
    write(tmp_path, "docs/ä.md", "---\nx: y\n---\n[x](https://s.test/old) [y](https://s.test/é)\n")
    write(tmp_path, "references.bib", BIB)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "x")
    assert only_new(collect(tmp_path), "main", tmp_path) == []
    write(
        tmp_path, "docs/b.md", "---\nx: y\n---\n[x](https://s.test/old) [y](https://s.test/new)\n"
    )
    write(tmp_path, "references.bib", BIB.replace("b.test/two", "b.test/three"))
    new = places(only_new(collect(tmp_path), "main", tmp_path))
    assert new == {
        "https://s.test/new": ["docs/b.md:4:29"],
        "https://b.test/three": ["references.bib:12:10", "references.bib:15:43"],
    }


@pytest.mark.parametrize("base", ["nothing", "--help", ""])
def test_a_base_that_is_none(tmp_path: Path, base: str) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(CollectError, match="cannot compare"):
        only_new([], base, tmp_path)
