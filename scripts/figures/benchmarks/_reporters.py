"""Who reported a score or an estimate: the vendor or somebody else."""

from __future__ import annotations

from scripts.sources.records.loading import Dataset


def kind(data: Dataset, reporter: str) -> str:
    party = data["parties"].get(reporter)
    return party.kind if party else "community"
