"""The reproduced efficiency claim: worked-out values, edges, and the shapes behind them."""

from __future__ import annotations

import pytest

from scripts.model import attention
from scripts.model.attention import AttentionConfig, HybridConfig, SparseMlaConfig
from tests import real

GIB = 2**30
MILLION = 1_000_000
MEBI = 2**20


@pytest.fixture(scope="module")
def models():
    data = real.records()
    return data["models"]


@pytest.fixture(scope="module")
def v32(models) -> SparseMlaConfig:
    return AttentionConfig.from_model(models["deepseek-v3-2"])


@pytest.fixture(scope="module")
def pro(models) -> HybridConfig:
    return AttentionConfig.from_model(models["v4-pro"])


@pytest.fixture(scope="module")
def flash(models) -> HybridConfig:
    return AttentionConfig.from_model(models["v4-flash"])


# ------------------------------------------------------------------ the configurations


def test_schedules_have_the_counted_layers(pro, flash):
    assert (pro.csa_layers, pro.hca_layers, pro.window_only_layers) == (30, 31, 0)
    assert (flash.csa_layers, flash.hca_layers, flash.window_only_layers) == (21, 20, 2)


@pytest.mark.parametrize(
    ("name", "first"),
    [("v4-pro", 128), ("v4-flash", 0), ("v4-pro-0813", 128), ("v4-flash-0731", 0)],
)
def test_layer_ratio_alternates_after_the_first_two_layers(models, name, first):
    config = AttentionConfig.from_model(models[name])
    ratios = [attention.layer_ratio(config, layer) for layer in range(config.layers)]
    assert ratios[:2] == [first, first]
    assert ratios[2::2] == [4] * len(ratios[2::2])
    assert ratios[3::2] == [128] * len(ratios[3::2])


@pytest.mark.parametrize("layer", [-1, 61])
def test_layer_ratio_knows_its_layers(pro, layer):
    with pytest.raises(ValueError, match="layers 0 to 60"):
        attention.layer_ratio(pro, layer)


def test_a_sheet_without_a_needed_line_says_which(models):
    with pytest.raises(ValueError, match="deepseek-r1 has no spec"):
        AttentionConfig.from_model(models["deepseek-r1"])


def test_a_schedule_that_contradicts_the_counts_is_refused(models):
    wrong = models["v4-pro"].model_copy(deep=True)
    wrong.specs["csa-layers"].value = 31
    with pytest.raises(ValueError, match="csa-layers"):
        AttentionConfig.from_model(wrong)


def test_a_schedule_of_the_wrong_length_is_refused(models):
    wrong = models["v4-flash"].model_copy(deep=True)
    wrong.specs["compress-ratios"].value = "0 0 4 128"
    with pytest.raises(ValueError, match="4 entries for 43 layers"):
        AttentionConfig.from_model(wrong)


def test_an_unknown_ratio_is_refused(models):
    wrong = models["v4-flash"].model_copy(deep=True)
    wrong.specs["compress-ratios"].value = "0 0 8" + " 128" * 40
    with pytest.raises(ValueError, match=r"unknown ratios \[8\]"):
        AttentionConfig.from_model(wrong)


# ------------------------------------------------------------------ the published ratios


def test_cache_shares_at_a_million_tokens(v32, pro, flash):
    """Published: 10% and 7%; Figure 1 labels 9.5 and 13.7 times smaller."""
    assert attention.kv_share(pro, v32, MEBI) == pytest.approx(10.48, abs=0.005)
    assert attention.kv_share(flash, v32, MEBI) == pytest.approx(7.32, abs=0.005)
    assert attention.kv_bytes(v32, MEBI) / attention.kv_bytes(pro, MEBI) == pytest.approx(
        9.545, abs=0.001
    )
    assert attention.kv_bytes(v32, MEBI) / attention.kv_bytes(flash, MEBI) == pytest.approx(
        13.666, abs=0.001
    )


def test_flop_shares_at_a_million_tokens(v32, pro, flash):
    """Published: 27% and 10%; Figure 1 labels 3.7 and 9.8 times lower."""
    assert attention.flop_share(pro, v32, MILLION) == pytest.approx(27.02, abs=0.005)
    assert attention.flop_share(flash, v32, MILLION) == pytest.approx(10.16, abs=0.005)


@pytest.mark.parametrize(
    ("name", "weights", "indexer", "core", "total"),
    [
        ("deepseek-v3-2", 79.1, 999.4, 69.6, 1148.1),
        ("v4-pro", 101.6, 61.4, 147.2, 310.2),
        ("v4-flash", 28.4, 43.0, 45.2, 116.6),
    ],
)
def test_parts_of_the_work_at_a_million_tokens(models, name, weights, indexer, core, total):
    parts = attention.decode_flops(AttentionConfig.from_model(models[name]), MILLION)
    assert parts.weights / 1e9 == pytest.approx(weights, abs=0.05)
    assert parts.indexer / 1e9 == pytest.approx(indexer, abs=0.05)
    assert parts.core / 1e9 == pytest.approx(core, abs=0.05)
    assert parts.total / 1e9 == pytest.approx(total, abs=0.05)


def test_active_parameters_agree_with_the_published_ones(pro, flash):
    assert attention.active_parameters(pro) / 1e9 == pytest.approx(48.85, abs=0.005)
    assert attention.active_parameters(flash) / 1e9 == pytest.approx(13.27, abs=0.005)


TABLE = [
    # tokens, V3.2 GiB, Pro GiB, Flash GiB, Pro %, Flash %, V3.2 GFLOP, Pro, Flash, Pro %, Flash %
    (4_096, 0.183, 0.023, 0.016, 12.8, 8.9, 153, 123, 33, 80, 22),
    (8_192, 0.367, 0.043, 0.030, 11.6, 8.1, 157, 123, 33, 79, 21),
    (16_384, 0.733, 0.081, 0.057, 11.0, 7.7, 165, 125, 34, 76, 21),
    (32_768, 1.467, 0.158, 0.110, 10.8, 7.5, 181, 128, 35, 71, 20),
    (65_536, 2.934, 0.311, 0.217, 10.6, 7.4, 214, 134, 38, 63, 18),
    (131_072, 5.868, 0.618, 0.432, 10.5, 7.4, 280, 147, 44, 52, 16),
    (262_144, 11.735, 1.233, 0.861, 10.5, 7.3, 411, 171, 55, 42, 13),
    (524_288, 23.471, 2.461, 1.719, 10.5, 7.3, 673, 221, 77, 33, 11),
    (1_048_576, 46.941, 4.918, 3.435, 10.5, 7.3, 1197, 319, 121, 27, 10),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_table_over_context_lengths(v32, pro, flash, row):
    tokens, *expected = row
    configs = (v32, pro, flash)
    gib = [attention.kv_bytes(config, tokens) / GIB for config in configs]
    flops = [attention.decode_flops(config, tokens).total / 1e9 for config in configs]
    assert gib == pytest.approx(expected[:3], abs=0.0006)
    assert attention.kv_share(pro, v32, tokens) == pytest.approx(expected[3], abs=0.06)
    assert attention.kv_share(flash, v32, tokens) == pytest.approx(expected[4], abs=0.06)
    assert flops == pytest.approx(expected[5:8], abs=0.51)
    assert attention.flop_share(pro, v32, tokens) == pytest.approx(expected[8], abs=0.51)
    assert attention.flop_share(flash, v32, tokens) == pytest.approx(expected[9], abs=0.51)


@pytest.mark.parametrize(
    ("variant", "pro_percent", "flash_percent"),
    [
        (0, 26.7, 10.1),
        (1, 27.4, 10.3),
        (2, 26.5, 10.0),
        (3, 20.6, 8.2),
        (4, 32.1, 13.9),
        (5, 26.2, 12.1),
    ],
)
def test_sensitivity_to_the_convention(v32, pro, flash, variant, pro_percent, flash_percent):
    convention = attention.CONVENTIONS[variant]
    assert attention.flop_share(pro, v32, MEBI, convention) == pytest.approx(pro_percent, abs=0.05)
    assert attention.flop_share(flash, v32, MEBI, convention) == pytest.approx(
        flash_percent, abs=0.05
    )


@pytest.mark.parametrize(
    ("layout", "baseline_layout", "pro_percent", "flash_percent"),
    [
        (*attention.CACHE_VARIANTS[0][1:], 10.48, 7.32),
        (*attention.CACHE_VARIANTS[1][1:], 11.47, 8.02),
        (*attention.CACHE_VARIANTS[2][1:], 6.4, 4.5),
    ],
)
def test_sensitivity_to_the_cache_layout(
    v32, pro, flash, layout, baseline_layout, pro_percent, flash_percent
):
    for config, percent in ((pro, pro_percent), (flash, flash_percent)):
        share = attention.kv_share(config, v32, MEBI, layout, baseline_layout)
        assert share == pytest.approx(percent, abs=0.05)


def test_the_conventional_cache_is_fifty_times_larger(pro, flash):
    for config, percent in ((pro, 2.02), (flash, 2.00)):
        baseline = attention.gqa8_bytes(config.layers, MEBI)
        assert 100 * attention.kv_bytes(config, MEBI) / baseline == pytest.approx(
            percent, abs=0.005
        )
    assert attention.gqa8_bytes(61, 4096) / GIB == pytest.approx(0.95, abs=0.005)


def test_a_quarter_of_flash_is_what_v41_reports(flash):
    """V4.1-Flash: 890 bytes a token, "about 1/4" of V4-Flash."""
    growth = (attention.kv_bytes(flash, 2 * MEBI) - attention.kv_bytes(flash, MEBI)) / MEBI
    assert growth == pytest.approx(3514.3, abs=0.1)
    assert growth / 890 == pytest.approx(3.95, abs=0.005)


@pytest.mark.parametrize("name", ["v4-pro", "v4-pro-0813", "v4-flash", "v4-flash-0731"])
def test_facts_say_the_growth_that_the_layers_give(models, name):
    """And no sheet says it again: with it, the tool for own machines would count no entries."""
    config = AttentionConfig.from_model(models[name])
    growth = (attention.kv_bytes(config, 2 * MEBI) - attention.kv_bytes(config, MEBI)) / MEBI
    fact = real.records()["facts"][f"{name.rsplit('-0', 1)[0]}-cache-growth"]
    assert float(fact.value) == pytest.approx(growth, abs=0.051)
    assert "cache-bytes-per-token" not in models[name].specs


def test_entries_read_at_a_million_tokens(v32, pro, flash):
    """Flash's figure was also found by a third party (GitM pull request 86)."""
    assert attention.entries_read(pro, MEBI) == 292_480
    assert attention.entries_read(flash, MEBI) == 180_096
    assert attention.entries_read(v32, MEBI) == 61 * 2048
    assert attention.index_keys_scanned(pro, MEBI) == 30 * 262_144
    assert attention.index_keys_scanned(v32, MEBI) == 61 * MEBI


def test_the_windows_stop_growing(pro, flash):
    assert attention.window_bytes(pro) / 2**20 == pytest.approx(4.35, abs=0.005)
    assert attention.window_bytes(flash) / 2**20 == pytest.approx(3.07, abs=0.005)


# ------------------------------------------------------------------ edges


@pytest.mark.parametrize(
    ("tokens", "csa_blocks", "hca_blocks", "window"),
    [
        (0, 0, 0, 0),
        (1, 0, 0, 1),
        (3, 0, 0, 3),
        (4, 1, 0, 4),
        (127, 31, 0, 127),
        (128, 32, 1, 128),
        (129, 32, 1, 128),
        (1_048_576, 262_144, 8_192, 128),
    ],
)
def test_only_finished_blocks_count(pro, flash, tokens, csa_blocks, hca_blocks, window):
    for config in (pro, flash):
        assert attention.kv_bytes(config, tokens) == (
            config.csa_layers * 652 * csa_blocks
            + config.hca_layers * 584 * hca_blocks
            + config.layers * 584 * window
        )
        assert attention.entries_read(config, tokens) == (
            config.layers * window
            + config.csa_layers * min(config.top_k, csa_blocks)
            + config.hca_layers * hca_blocks
        )


def test_a_window_only_layer_reads_its_window(flash):
    assert attention.layer_entries_read(flash, 0, MEBI) == 128
    assert attention.layer_entries_read(flash, 2, MEBI) == 128 + 512
    assert attention.layer_entries_read(flash, 3, MEBI) == 128 + 8192


def test_v32_cache_is_linear(v32):
    assert attention.kv_bytes(v32, 0) == 0
    assert attention.kv_bytes(v32, 1) == 48_068
    assert attention.kv_bytes(v32, MEBI) == 48_068 * MEBI


def test_an_empty_context_still_costs_the_weights(v32, pro):
    for config in (v32, pro):
        parts = attention.decode_flops(config, 0)
        assert parts.indexer == parts.core == 0
        assert parts.total == parts.weights > 0


@pytest.mark.parametrize("tokens", [-1, 1.5, 4.0, "4", True, None])
def test_tokens_must_be_a_whole_number_of_at_least_zero(v32, pro, tokens):
    for config in (v32, pro):
        with pytest.raises(ValueError, match="tokens must"):
            attention.kv_bytes(config, tokens)
        with pytest.raises(ValueError, match="tokens must"):
            attention.decode_flops(config, tokens)
        with pytest.raises(ValueError, match="tokens must"):
            attention.entries_read(config, tokens)
    with pytest.raises(ValueError, match="tokens must"):
        attention.gqa8_bytes(61, tokens)


def test_shares_of_an_empty_cache_are_refused(v32, pro):
    with pytest.raises(ValueError, match="empty context"):
        attention.kv_share(pro, v32, 0)


def test_cache_and_work_never_shrink_with_context(pro, flash):
    for config in (pro, flash):
        sizes = [attention.kv_bytes(config, n) for n in range(0, 600)]
        work = [attention.decode_flops(config, n).total for n in range(0, 600)]
        assert sizes == sorted(sizes)
        assert work == sorted(work)
