"""Browser code points one way: pages and tools use ``lib``; what computes knows no page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.problems import ROOT

CODE = ROOT / "docs" / "assets" / "javascripts"
MODULES = sorted(CODE.rglob("*.js"))
IMPORT = re.compile(r"""(?:\bfrom|^import|\bimport\()\s*["'](\.[^"'`]+)["']""", re.MULTILINE)
# Not "window": in attention that is a number of tokens.
PAGE = re.compile(r"\b(document|location|navigator|localStorage)\s*[.?\[]|/ui\.js")


def imported(module: Path) -> list[Path]:
    names = IMPORT.findall(module.read_text(encoding="utf-8"))
    return [(module.parent / name).resolve() for name in names]


def room(module: Path) -> str:
    """``lib``, ``page``, or the tool that it is part of."""
    parts = module.relative_to(CODE).parts
    return parts[1] if parts[0] == "tools" else parts[0]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(CODE).as_posix())
def test_a_module_imports_what_is_below_it(module: Path) -> None:
    for other in imported(module):
        assert other.is_file(), f"imports {other.relative_to(CODE)}, which is not there"
        if room(other) == room(module) or room(other) == "lib":
            continue
        # Between tools only what computes is shared; nothing imports a page's module.
        assert room(module) != "lib" and room(other) != "page"
        assert not re.search(r"index|view", other.stem), f"imports {other.relative_to(CODE)}"


@pytest.mark.parametrize(
    "module", sorted(CODE.glob("tools/*/model.js")), ids=lambda m: m.parent.name
)
def test_what_computes_knows_no_page(module: Path) -> None:
    assert not PAGE.search(module.read_text(encoding="utf-8"))
    for other in imported(module):
        assert not PAGE.search(other.read_text(encoding="utf-8")), other.relative_to(CODE)
