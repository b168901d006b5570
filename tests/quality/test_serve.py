"""The server of the quality gate: compressed, cached, and nothing from outside its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.quality.serve import served


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    (folder / "a").mkdir(parents=True)
    (folder / "404.html").write_text("not there", encoding="utf-8")
    (folder / "a" / "index.html").write_text("<p>many words</p>" * 500, encoding="utf-8")
    (folder / "a.png").write_bytes(b"\x89PNG" * 100)
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    with served(folder) as address:
        yield address


def test_text_is_compressed_and_pictures_are_not(base: str) -> None:
    page = httpx.get(base + "a/")
    assert page.status_code == 200 and page.headers["Content-Encoding"] == "gzip"
    assert int(page.headers["Content-Length"]) < 500 < len(page.text)
    assert "charset=utf-8" in page.headers["Content-Type"]
    assert "Content-Encoding" not in httpx.get(base + "a.png").headers
    plain = httpx.get(base + "a/", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers and plain.text == page.text


def test_a_known_tag_gets_no_body(base: str) -> None:
    tag = httpx.get(base + "a/").headers["ETag"]
    again = httpx.get(base + "a/", headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize("path", ["nowhere/", "..%2fsecret.html", "a/%2e%2e/%2e%2e/secret.html"])
def test_what_is_not_in_the_folder_is_not_there(base: str, path: str) -> None:
    answer = httpx.get(base + path)
    assert answer.status_code == 404 and answer.text == "not there"
