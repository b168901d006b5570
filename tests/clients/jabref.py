"""JabRef, where it is installed."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def as_bibtex(path: Path) -> str:
    """A file of ours as JabRef keeps it; without the program the test is skipped, also in CI:
    Debian's package brings 75 others."""
    command = shutil.which("jabref")
    if command is None:
        pytest.skip("no jabref found; install Debian's 'jabref'")
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "written.bib"
        form = ",ris" if path.suffix == ".ris" else ""
        options = f"-Djava.awt.headless=true -Duser.home={folder}"
        subprocess.run(
            [command, "--nogui", "-i", f"{path}{form}", "-o", written],
            env={**os.environ, "JAVA_TOOL_OPTIONS": options},
            check=True,
            capture_output=True,
            timeout=120,
        )
        text = written.read_text("utf-8")
    count = itertools.count()  # of RIS it makes entries without a key, which no other program reads
    return re.sub(r"(?m)^(@\w+\{),", lambda match: f"{match[1]}no-{next(count)},", text)
