"""A page allows its own inline scripts and styles, by hash, and nothing else that is inline."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from scripts.publish.hosting import policy


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(head: str = "", body: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )


def directives(text: str) -> dict[str, list[str]]:
    return {name: said for name, *said in (part.split() for part in policy.policy(text).split(";"))}


def test_inline_scripts_and_styles_are_named_by_their_hash() -> None:
    said = directives(page("<style>a{}</style>", "<script>one()</script><script>两()</script>"))
    assert said["style-src"] == ["'self'", hashed("a{}")]
    assert said["script-src"] == ["'self'", hashed("one()"), hashed("两()")]


def test_a_hash_stands_once_and_white_space_counts() -> None:
    said = directives(page(body="<script>a()</script><script>a()</script><script> a()</script>"))
    assert said["script-src"] == ["'self'", hashed("a()"), hashed(" a()")]


def test_files_and_data_need_no_hash() -> None:
    body = (
        '<script src="a.js"></script><script type="module" src="b.js"></script>'
        '<script type="application/ld+json">{}</script>'
        "<script id=__config type=application/json>{}</script>"
    )
    assert directives(page(body=body))["script-src"] == ["'self'"]
    inline = '<script type="module">a()</script><script type=importmap>{}</script>'
    assert directives(page(body=inline))["script-src"] == ["'self'", hashed("a()"), hashed("{}")]


def test_nothing_is_allowed_that_is_not_named() -> None:
    said = directives(page())
    assert said["default-src"] == ["'none'"] and said["base-uri"] == ["'none'"]
    for name, sources in said.items():
        assert "'unsafe-inline'" not in sources and "'unsafe-eval'" not in sources, name
        assert not [s for s in sources if "//" in s or s in ("*", "https:", "http:")], name
    assert "data:" not in said["script-src"] + said["style-src"]


def test_the_policy_comes_behind_the_encoding_and_before_all_else() -> None:
    text = policy.sealed(page("<title>T</title>"))
    start = '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security'
    assert text.startswith(start)
    assert text.index('">', text.index("http-equiv")) < text.index("<title>")


def test_a_page_without_an_encoding_and_text_without_a_head() -> None:
    assert '<head lang="en"><meta http-equiv' in policy.sealed('<head lang="en"></head>')
    assert policy.sealed("no page at all") == "no page at all"


def test_a_sealed_page_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "index.html"
    file.write_text(page("<style>a{}</style>"), encoding="utf-8")
    policy.seal(tmp_path)
    once = file.read_text(encoding="utf-8")
    policy.seal(tmp_path)
    assert file.read_text(encoding="utf-8") == once and once.count("http-equiv") == 1
