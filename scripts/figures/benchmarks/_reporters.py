"""Who reported a score or an estimate: the vendor or somebody else."""

from __future__ import annotations

from scripts.sources.records.loading import Dataset


def kind(data: Dataset, reporter: str) -> str:
    """Kind of the party with that id; who has no record is the community."""
    party = data["parties"].get(reporter)
    return party.kind if party else "community"
