"""The check of what was changed alone, and the mending of what can mean one thing only."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from scripts.checks import fix
from scripts.engine.commit import git
from scripts.problems import relative
from scripts.sources.shelf import write_whole


def changed(root: Path) -> set[str]:
    """Files that differ from the last commit, or are new; empty outside a repository."""
    named = git("diff", "--name-only", "--diff-filter=d", "--relative", "-z", "HEAD", root=root)
    new = git("ls-files", "--others", "--exclude-standard", "-z", root=root)
    return {name for name in (named + "\0" + new).split("\0") if name}


def given(names: Iterable[str], root: Path) -> set[str]:
    """Files as they were typed, also with backslashes, from the top of the project."""
    return {relative(root / name.replace("\\", "/"), root) for name in names}


def _as_text(data: bytes) -> list[str]:
    text = (
        data.decode("utf-8", "backslashreplace").replace("\r", "\\r").replace("\ufeff", "\\ufeff")
    )
    return text.splitlines(keepends=True)


def diff(found: fix.Fix, root: Path) -> str:
    """What would change, as patches are written."""
    name = relative(found.path, root)
    lines = difflib.unified_diff(_as_text(found.before), _as_text(found.after), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def mend(root: Path, only: set[str] | None, dry: bool) -> int:
    """Mend, or with ``dry`` only show what would be; how many files it is about."""
    count = 0
    for found in fix.fixes(root, only):
        count += 1
        if dry:
            print(diff(found, root), end="")
        else:
            write_whole(found.path, found.after)
        print(f"{relative(found.path, root)}: {'; '.join(found.words)}")
    said = "would be mended; --fix does it" if dry else "mended"
    print(f"{count} file(s) {said}." if count else "Nothing that can be mended without you.")
    return count
