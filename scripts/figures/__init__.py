"""The figures, drawn from ``data/`` when the site is built: a module each, below its chapter.

Each module has one public function, ``draw``; modules with an underscore hold what several
figures of their chapter share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scripts.figures.architecture import (
    attention_parts,
    cache_vs_context,
    compute_vs_context,
    experts_active,
    headline_claim,
    indexer_two_levels,
    layer_schedule,
    lineage,
    residual_streams,
    whole_model,
)
from scripts.figures.base import Figure
from scripts.figures.benchmarks import (
    effort_dial,
    modes_and_scores,
    months_behind,
    mrcr_by_length,
    scaffolds,
    scores_by_reporter,
)
from scripts.figures.findings import FINDINGS
from scripts.figures.hardware import (
    ascend_roadmap,
    chips_side_by_side,
    memory_to_run,
    timeline_chips,
)
from scripts.figures.pricing import (
    host_prices_flash,
    host_prices_pro,
    peak_hours,
    price_history,
    price_vs_rivals,
)
from scripts.figures.release import checkpoints, timeline
from scripts.sources.records.loading import Dataset

FIGURES: dict[str, Callable[[Dataset], Figure]] = {
    "headline-claim": headline_claim.draw,
    "attention-parts": attention_parts.draw,
    "layer-schedule": layer_schedule.draw,
    "cache-vs-context": cache_vs_context.draw,
    "compute-vs-context": compute_vs_context.draw,
    "timeline": timeline.draw,
    "timeline-chips": timeline_chips.draw,
    "chips-side-by-side": chips_side_by_side.draw,
    "price-history": price_history.draw,
    "price-vs-rivals": price_vs_rivals.draw,
    "scores-by-reporter": scores_by_reporter.draw,
    "months-behind": months_behind.draw,
    "mrcr-by-length": mrcr_by_length.draw,
    "whole-model": whole_model.draw,
    "experts-active": experts_active.draw,
    "residual-streams": residual_streams.draw,
    "lineage": lineage.draw,
    "indexer-two-levels": indexer_two_levels.draw,
    "checkpoints": checkpoints.draw,
    "peak-hours": peak_hours.draw,
    "host-prices-pro": host_prices_pro.draw,
    "host-prices-flash": host_prices_flash.draw,
    "ascend-roadmap": ascend_roadmap.draw,
    "memory-to-run": memory_to_run.draw,
    "modes-and-scores": modes_and_scores.draw,
    "effort-dial": effort_dial.draw,
    "scaffolds": scaffolds.draw,
}


def render(figure_id: str, data: Dataset) -> Figure:
    """Draw one figure, with its finding. KeyError for an unknown id, LookupError if a record is
    missing."""
    finding, unit = FINDINGS[figure_id]
    return replace(FIGURES[figure_id](data), finding=finding, unit=unit)
