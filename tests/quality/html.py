"""The Nu HTML checker over the built pages, in one run of Java."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
NEEDS = (
    "Java (Debian: apt install default-jre-headless) and vnu.jar (npm ci --prefix tests/quality)"
)
KNOWN = (
    # The checker does not know this attribute of 2024 yet; browsers do.
    "Attribute “name” not allowed on element “details” at this point.",
)
"""Messages about what is right; each with its reason."""


def missing() -> str:
    """What is not here, and how to get it; empty if all is."""
    return "" if shutil.which("java") and JAR.is_file() else NEEDS


def errors(files: Sequence[Path]) -> dict[Path, list[str]]:
    """Errors by file, each with its line."""
    run = subprocess.run(
        ["java", "-Xss8m", "-jar", str(JAR), "--format", "json", "--errors-only",
         "--exit-zero-always", *map(str, files)],
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    out: dict[Path, list[str]] = defaultdict(list)
    for message in json.loads(run.stderr)["messages"]:
        if message["message"] in KNOWN:
            continue
        path = Path(message["url"].removeprefix("file:"))
        out[path].append(f"line {message.get('lastLine', '?')}: {message['message']}")
    return out
