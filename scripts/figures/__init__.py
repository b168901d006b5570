"""The figures, drawn from ``data/`` when the site is built: a module each, below its chapter.

Each module has one public function, ``draw``; modules with an underscore hold what several
figures of their chapter share.
"""

from __future__ import annotations

from collections.abc import Callable

from scripts.figures import (
    benchmarks,
    chips,
    diagrams,
    efficiency,
    more_architecture,
    more_benchmarks,
    more_hardware,
    more_pricing,
    more_release,
    prices,
    timelines,
)
from scripts.figures.base import Figure
from scripts.sources.records.loading import Dataset

FIGURES: dict[str, Callable[[Dataset], Figure]] = {
    "headline-claim": efficiency.headline_claim,
    "attention-parts": diagrams.attention_parts,
    "layer-schedule": diagrams.layer_schedule,
    "cache-vs-context": efficiency.cache_vs_context,
    "compute-vs-context": efficiency.compute_vs_context,
    "timeline": timelines.timeline,
    "timeline-chips": timelines.timeline_chips,
    "chips-side-by-side": chips.chips_side_by_side,
    "price-history": prices.price_history,
    "price-vs-rivals": prices.price_vs_rivals,
    "scores-by-reporter": benchmarks.scores_by_reporter,
    "months-behind": benchmarks.months_behind,
    "mrcr-by-length": benchmarks.mrcr_by_length,
    "whole-model": more_architecture.whole_model,
    "experts-active": more_architecture.experts_active,
    "residual-streams": more_architecture.residual_streams,
    "lineage": more_architecture.lineage,
    "checkpoints": more_release.checkpoints,
    "peak-hours": more_pricing.peak_hours,
    "host-prices-pro": more_pricing.host_prices_pro,
    "host-prices-flash": more_pricing.host_prices_flash,
    "ascend-roadmap": more_hardware.ascend_roadmap,
    "memory-to-run": more_hardware.memory_to_run,
    "modes-and-scores": more_benchmarks.modes_and_scores,
    "effort-dial": more_benchmarks.effort_dial,
    "scaffolds": more_benchmarks.scaffolds,
}


def render(figure_id: str, data: Dataset) -> Figure:
    """Draw one figure. KeyError for an unknown id, LookupError if a record is missing."""
    return FIGURES[figure_id](data)
