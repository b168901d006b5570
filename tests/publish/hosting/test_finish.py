"""Sums, small copies, and whom to tell: what is written for hosts beside the pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.publish.hosting import security
from scripts.publish.hosting.compress import compress
from tests import real

REPOSITORY = "https://example.org/us/explained/"
DAY = int(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC).timestamp())


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_says_whom_to_tell_for_less_than_a_year() -> None:
    site = dataclasses.replace(real.site(), moment=DAY, url="https://example.org/v4/")
    said = fields(security.text(site, REPOSITORY))
    assert said["Contact"] == "https://example.org/us/explained/security/advisories/new"
    until = dt.datetime.fromisoformat(said["Expires"])
    assert dt.timedelta(0) < until - dt.datetime.fromtimestamp(DAY, dt.UTC) < dt.timedelta(days=365)
    assert said["Canonical"] == "https://example.org/v4/.well-known/security.txt"


def test_security_txt_is_left_out_where_it_would_say_nothing(tmp_path: Path) -> None:
    site = dataclasses.replace(real.site(), moment=DAY)
    assert security.text(site, "") == ""
    assert security.text(dataclasses.replace(site, moment=0), REPOSITORY) == ""
    security.write(dataclasses.replace(site, frozen="2026.11"), REPOSITORY, tmp_path)
    assert list(tmp_path.iterdir()) == []
    security.write(site, REPOSITORY, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".well-known", "security.txt"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "long.html").write_text("words " * 500, encoding="utf-8")
    (tmp_path / "short.html").write_text("words", encoding="utf-8")
    (tmp_path / "card.png").write_bytes(b"x" * 5000)
    return tmp_path


def test_small_copies_hold_the_same_and_are_the_same_each_time(folder: Path) -> None:
    number, brotli = compress(folder)
    assert number == 1 and brotli == bool(shutil.which("brotli"))
    copy = folder / "long.html.gz"
    first = copy.read_bytes()
    assert gzip.decompress(first) == (folder / "long.html").read_bytes()
    copy.unlink()
    compress(folder)
    assert copy.read_bytes() == first
    assert not (folder / "short.html.gz").exists() and not (folder / "card.png.gz").exists()
    if brotli:
        done = subprocess.run(
            ["brotli", "--decompress", "--stdout", str(folder / "long.html.br")],
            capture_output=True, check=True,
        )  # fmt: skip
        assert done.stdout == (folder / "long.html").read_bytes()


def test_copies_follow_their_files(folder: Path) -> None:
    compress(folder)
    (folder / "long.html").write_text("other " * 600, encoding="utf-8")
    later = (folder / "long.html.gz").stat().st_mtime + 5
    os.utime(folder / "long.html", (later, later))
    (folder / "gone.css.gz").write_bytes(b"")
    (folder / "all.tar.gz").write_bytes(b"an archive")
    compress(folder)
    assert b"other" in gzip.decompress((folder / "long.html.gz").read_bytes())
    assert not (folder / "gone.css.gz").exists() and (folder / "all.tar.gz").exists()
