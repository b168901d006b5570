"""``data/checks/``: who read which passage against the sources it cites, and what was found.

One record a passage (a sentence, an item or a row of a table), known by the hash of its text: a
passage that changes loses its check, and must be read again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from scripts.problems import Problem
from scripts.sources.records.loading import Dataset, load_file
from scripts.sources.records.schema import PartialDate, Strict
from scripts.sources.shelf import Shelf

FOLDER = "checks"
"""Below ``data/``, and the name of the only collection."""

Verdict = Literal["holds", "in-part", "not-there", "contradicted", "not-to-be-had"]
"""holds: the source says it, with this strength, scope, tense and owner.
in-part: some of it. not-there: the source says nothing of it. contradicted: it says otherwise.
not-to-be-had: the source cannot be read, here or as a copy."""


class Check(Strict):
    model_config = ConfigDict(str_min_length=0)

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")] = Field(
        description="Hash of the passage, as 'python -m scripts passages' prints it."
    )
    page: str = Field(
        pattern=r"^[a-z0-9/-]+\.md$",
        description="File below docs/; one of them where several say the same.",
    )
    begins: str = Field(description="First words of the passage, for people.")
    read: dict[str, str] = Field(
        min_length=1,
        description="What was read, by citation key or record (facts/<id>): the place in it, "
        "and in a few words of ours what it says there.",
    )
    verdict: Verdict = Field(description="Of the passage as it stands now.")
    before: Verdict | None = Field(None, description="Verdict before it was mended.")
    mended: str | None = Field(None, description="What was mended.")
    by: str = Field(min_length=2, description="Who read it; not who wrote it.")
    on: PartialDate = Field(description="Day on which it was read.")

    @model_validator(mode="after")
    def _said(self) -> Check:
        if empty := [key for key, said in self.read.items() if not said.strip()]:
            raise ValueError(f"'read: {empty[0]}' must say where in the source and what it says")
        if self.before and not self.mended:
            raise ValueError("a passage with a verdict 'before' must say what was 'mended'")
        return self


def files(data_dir: Path) -> list[Path]:
    """Those that hold checks, sorted."""
    return sorted((data_dir / FOLDER).glob("*.yml"))


def load(data_dir: Path, root: Path, shelf: Shelf | None = None) -> tuple[Dataset, list[Problem]]:
    """All checks of a project; never raises for a contributor's mistake."""
    data, problems = Dataset(), []
    for path in files(data_dir):
        load_file(FOLDER, path, data, problems, root, {FOLDER: Check}, shelf)
    return data, problems
