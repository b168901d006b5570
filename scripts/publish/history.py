"""``data/history.json``: what every number was before, for the as-of control."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from scripts.sources.records.history import history
from scripts.sources.records.loading import Dataset


def write(data: Dataset, into: Path) -> None:
    """``data/history.json``, which the as-of control reads."""
    content = {
        where: [asdict(state) for state in states]
        for where, states in sorted(history(data).items())
        if len(states) > 1
    }
    (into / "data").mkdir(exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (into / "data" / "history.json").write_text(text, encoding="utf-8")
