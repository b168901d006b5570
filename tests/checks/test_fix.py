"""What can mean one thing only is mended; what could mean two stays as it is."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest

from scripts.checks import fix, habits

MENDED = {
    "a byte order mark": ("a.md", b"\xef\xbb\xbfText\n", b"Text\n"),
    "line ends of Windows": ("a.yml", b"a: 1\r\nb: 2\r\n", b"a: 1\nb: 2\n"),
    "line ends of old Macs": ("a.md", b"One\rTwo\r", b"One\nTwo\n"),
    "no line end at the end": ("a.md", b"Text", b"Text\n"),
    "UTF-16": ("a.md", "Größe\r\n".encode("utf-16"), "Größe\n".encode()),
    "Latin-1": ("a.bib", "title = {Müller},\n".encode("latin-1"), "title = {Müller},\n".encode()),
    "quotes of Windows": ("a.md", b"It\x92s \x93so\x94\n", "It’s “so”\n".encode()),
    "tabs that are no YAML": ("a.yml", b"a:\n\tb: 1\n", b"a:\n  b: 1\n"),
    "two spaces": ("a.md", b"- a\n  - b\n    - c\n", b"- a\n    - b\n        - c\n"),
    "three spaces": ("a.md", b"1. a\n   - b\n   - c\n2. d\n", b"1. a\n    - b\n    - c\n2. d\n"),
    "a list below a sentence": ("a.md", b"So:\n- a\n- b\n", b"So:\n\n- a\n- b\n"),
    "a table below a sentence": (
        "a.md", b"So:\n| a | b |\n| - | - |\n", b"So:\n\n| a | b |\n| - | - |\n",
    ),
    "a bare address": (
        "a.md", b"See https://a.example/x, or not.\n", b"See <https://a.example/x>, or not.\n",
    ),
    "tracking": (
        "a.bib",
        b"url = {https://a.example/x?utm_source=y&id=3&utm_medium=z},\n",
        b"url = {https://a.example/x?id=3},\n",
    ),
    "nothing but tracking": (
        "a.md", b"<https://a.example/x?utm_source=y#top>\n", b"<https://a.example/x#top>\n",
    ),
    "a box of GitHub": (
        "a.md", b"> [!NOTE]\n> One.\n> Two.\n", b"!!! note\n\n    One.\n    Two.\n",
    ),
}  # fmt: skip
LEFT = {
    "Chinese in another code": ("a.md", "深度求索\n".encode("gb18030")),
    "both at once": ("a.md", "Größe 深".encode() + b"\xe9t\xe9\n"),
    "bytes of no letter": ("a.md", b"a\x00\xffb\n"),
    "tabs that do not help": ("a.yml", b"a:\n\t- b: [\n"),
    "tabs that are YAML already": ("a.yml", b"a: |\n  x\n  \ty\n"),
    "code": ("a.md", b"```\n- a\n  - b\nhttps://a.example\n```\n"),
    "code within a list": ("a.md", b"- a\n  - b\n\n    ```\n    x\n    ```\n"),
    "an address in a link": ("a.md", b"[x](https://a.example) <https://b.example>\n"),
    "struck out": ("a.md", b"~~no~~ and [^1]\n"),
    "a script": ("a.js", b"x\r\n"),
    "all in order": ("a.md", b"- a\n    - b\n\nText.\n"),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_is_certain_is_mended_once(name: str) -> None:
    file, before, after = MENDED[name]
    found, words = fix.fixed(file, before)
    assert found == after
    assert words
    assert fix.fixed(file, after) == (after, ())


@pytest.mark.parametrize("name", [name for name in LEFT if name != "a script"])
def test_what_is_not_certain_is_left(name: str) -> None:
    file, before = LEFT[name]
    assert fix.fixed(file, before) == (before, ())


@pytest.mark.parametrize("name", ["two spaces", "three spaces", "a list below a sentence"])
def test_a_mended_list_is_the_list_that_was_meant(name: str) -> None:
    _, before, after = MENDED[name]
    items = before.decode().count("- ") + before.decode().count(". ")
    built = markdown.markdown(after.decode())
    assert built.count("<li>") == items
    assert built.count("<ul>") + built.count("<ol>") == len(
        {
            len(line) - len(line.lstrip())
            for line in after.decode().splitlines()
            if line[-2:-1] == " "
        }
    )
    assert not list(habits.lists(after.decode()))


def test_only_what_contributors_write_is_looked_at(tmp_path: Path) -> None:
    for name in ("docs/a.md", "docs/assets/a.js", "data/b.yml", "scripts/c.py", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x: 1\r\n")
    (tmp_path / "docs/link.md").symlink_to(tmp_path / "README.md")
    found = [found.path.relative_to(tmp_path).as_posix() for found in fix.fixes(tmp_path)]
    assert found == ["docs/a.md", "data/b.yml"]
    assert [f.path.name for f in fix.fixes(tmp_path, {"data/b.yml"})] == ["b.yml"]
