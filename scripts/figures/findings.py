"""What each figure shows, in words: the headline above it, and the unit that it counts in.

No number stands here, since numbers live in ``data/``; a finding must hold for what the figure
draws, so whoever changes the records of a figure reads its finding again.
"""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, str]] = {
    "headline-claim": (
        "At a million tokens V4 needs a fraction of V3.2's memory and compute", "percent"),
    "attention-parts": ("A new token reads a short window exactly and older text in blocks", ""),
    "layer-schedule": ("Two ways of reading take turns, layer by layer", "from first to last"),
    "cache-vs-context": ("V4's cache stays far below V3.2's at every length", "GiB"),
    "compute-vs-context": ("V4-Pro's saving in compute comes with long texts", "GFLOPs"),
    "timeline": ("Models, prices, chips, rules, markets and politics from V3 to today", "events"),
    "timeline-chips": ("The rules for AI chips kept changing", "events"),
    "chips-side-by-side": (
        "Huawei's 950 chips reach less than half of an H200's FP8 arithmetic", "TFLOPS and TB/s"),
    "price-history": (
        "V4-Pro's price was cut after the launch and rose again in August 2026", "US dollars"),
    "price-vs-rivals": (
        "V4-Flash had the lowest output price of those compared at launch", "US dollars"),
    "scores-by-reporter": (
        "In most pairs others measured less than DeepSeek reported", "percent"),
    "months-behind": ("Estimates of the lag differ by a factor of four", "months"),
    "mrcr-by-length": (
        "Retrieval holds to 128K tokens and falls beyond", "mean match, at best 1"),
    "whole-model": ("Each layer reads from four streams, works, and writes back", ""),
    "experts-active": ("Only a few percent of a model work on any one token", "parameters"),
    "residual-streams": (
        "V4 carries four mixed streams through its layers instead of one", ""),
    "lineage": ("From V3.2 on, each model keeps less of a token", "bytes"),
    "indexer-two-levels": (
        "V4.1-Flash's decoder searches the whole text once, then only what that found",
        "entries"),
    "checkpoints": ("The names stayed, the weights behind them changed", ""),
    "peak-hours": ("DeepSeek's peak hours are Beijing's working hours", "local time"),
    "host-prices-pro": (
        "Most hosts of V4-Pro charged more than DeepSeek's lower price",
        "US dollars per million tokens"),
    "host-prices-flash": (
        "From June on some hosts sold Flash models for less than DeepSeek",
        "US dollars per million tokens"),
    "ascend-roadmap": (
        "By Huawei's road map, chips that it plans would pass Nvidia's B200", "TB/s and TFLOPS"),
    "memory-to-run": ("Eight H100 hold V4-Flash; V4-Pro needs larger machines", "gigabytes"),
    "modes-and-scores": (
        "Thinking helps most in mathematics and least on MMLU-Pro", "percent"),
    "effort-dial": ("Full effort scores higher on every test shown", "percent"),
    "scaffolds": (
        "The agent program moves the same model's score by several points", "percent"),
}  # fmt: skip
"""By id of the figure."""
