"""Good contributions, broken at random places: the check says something or nothing, and ends."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.contributions import base

FILES = (
    "docs/everything.md", "docs/index.md", "data/facts.yml", "data/prices.yml", "data/models.yml",
    "data/peak_schemes.yml", "data/events.yml", "references.bib", "mkdocs.yml",
)  # fmt: skip
BITS = (
    "\t", "[", "]", "{", "}", "'", '"', ":", "- ", "&a ", "*a", "<<: ", "---\n", "\n", "\n\n", "|", ">",
    "@", "[@", "{{", "}}", "{%", "%}", "{##", "`", "```\n", "\\", "$", "%", "#", "<", "<div>", "<!--",
    "\r", "\0", "\ufeff", "\u202e", "é", "深", "0", "9" * 50, "1e999", "~", "null", "=", ",", ";", "~~",
)  # fmt: skip
TIMES = 12
"""Tries of one file in one test."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    kind = chance.randrange(6)
    if kind == 0:
        return data[:at] + chance.choice(BITS).encode() + data[at:]
    if kind == 1:
        return data[:at] + data[at + chance.randrange(1, 9) :]
    if kind == 2:
        return data[:at]
    if kind == 3:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    lines = data.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    if kind == 4:
        lines[one], lines[two] = lines[two], lines[one]
    else:
        lines.insert(two, lines[one])
    return b"\n".join(lines)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", FILES)
def test_whatever_is_typed_the_check_ends_with_words(
    name: str, seed: int, tmp_path: Path, kept: Path
) -> None:
    chance = random.Random(f"{name} {seed}")
    root = base.make(tmp_path / "project")
    good = (root / name).read_bytes()
    for _ in range(TIMES):
        broken = mutated(good, chance)
        (root / name).write_bytes(broken)
        started = time.monotonic()
        found = base.checked(root, kept)
        assert time.monotonic() - started < 10, broken
        for problem in found:
            assert problem.message and problem.line >= 1 and problem.column >= 1
            if problem.file == name:
                lines = broken.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
                assert problem.line <= lines + 1, (problem, broken)
