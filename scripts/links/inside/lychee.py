"""lychee on a built site, offline: a second pair of eyes for files that are missing."""

from __future__ import annotations

import glob
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

READS = ("html", "css", "md", "xml", "txt")
"""Kinds of files whose addresses lychee finds; others it would read as text or not at all."""
_ENDS = tuple(f".{kind}" for kind in READS)
SECONDS = 300


class LycheeError(RuntimeError):
    """lychee could not be run, or did not finish."""


@dataclass(frozen=True)
class Missing:
    """A file that lychee looked for in vain. ``file`` and ``path`` are below the site."""

    file: str
    path: str
    line: int
    column: int


def binary() -> str:
    """lychee of this environment, else of PATH. Raises LycheeError if there is none."""
    beside = Path(sys.executable).with_name("lychee" + (".exe" if os.name == "nt" else ""))
    found = str(beside) if beside.exists() else shutil.which("lychee")
    if not found:
        raise LycheeError("lychee is not installed; run 'make install'")
    return found


class Run:
    """lychee at work in a process of its own, while we read the same files.

    Without ``--include-fragments``: lychee reads a target again for every link with an anchor
    (see ``scripts/links/inside/check.py``). Raises LycheeError if it cannot be started.
    """

    def __init__(self, site: Path, site_url: str, only: Sequence[str] = ()) -> None:
        """``only``: names of the files to read; all if there are none."""
        self._site = site
        folder = site.as_uri()
        base = site_url.rstrip("/")
        # lychee drops the slash at the end of a path: '/v4/#x' comes as '/v4#x'.
        end = "(?:/|$|([?#]))"
        remaps = [f"^{re.escape(base)}{end} {folder}/$1"]
        if root := quote(urlsplit(base).path.rstrip("/")):
            # Absolute paths of a site below a sub-path (the not-found page has them).
            remaps.insert(0, f"^{re.escape(folder + root)}{end} {folder}/$1")
        kinds = [kind for kind in READS if kind == "html" or next(site.rglob(f"*.{kind}"), None)]
        files = [f"**/*.{kind}" for kind in kinds]
        if only:
            files = [glob.escape(name) for name in only if name.endswith(_ENDS)]
        command = [
            binary(),
            "--offline",
            "--include-verbatim",
            "--hidden",
            "--no-ignore",
            "--index-files=index.html",
            f"--root-dir={site}",
            "--format=json",
            "--no-progress",
            *(f"--remap={remap}" for remap in remaps),
            *(f"{glob.escape(str(site))}/{name}" for name in files),
        ]
        try:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=site
            )
        except OSError as error:
            raise LycheeError(f"lychee could not be started: {error}") from None

    def missing(self) -> Iterator[Missing]:
        """What it found. Raises LycheeError if it failed or saw no link at all."""
        try:
            out, errors = self._process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            self.stop()
            raise LycheeError(f"lychee did not finish within {SECONDS} seconds") from None
        if self._process.returncode not in {0, 2}:
            raise LycheeError(f"lychee failed: {errors.strip() or self._process.returncode}")
        result = json.loads(out)
        if not result.get("total"):
            raise LycheeError(
                f"lychee found no link at all below {self._site}; is it a built site?"
            )
        for group in ("error_map", "timeout_map"):
            for name, found in result.get(group, {}).items():
                file = Path(name) if Path(name).is_absolute() else self._site / name
                for error in found:
                    path = Path(unquote(urlsplit(error["url"]).path))
                    if path.is_relative_to(self._site):
                        span = error.get("span") or {}
                        yield Missing(
                            file.relative_to(self._site).as_posix(),
                            path.relative_to(self._site).as_posix().removeprefix("."),
                            span.get("line") or 1,
                            span.get("column") or 1,
                        )

    def stop(self) -> None:
        """End it, if it is still at work."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
