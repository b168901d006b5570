"""Attention in eight pictures: what the toy counts, and what its stills say."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree

import pytest

from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story import scene as scenes
from scripts.figures.architecture.story.marks import height
from scripts.figures.architecture.story.stills import real_counts, stills
from scripts.figures.architecture.story.toy import (
    SENTENCE,
    Toy,
    chosen,
    counts,
    hint,
    scores,
    shares,
)
from scripts.model import attention
from tests import real

EDGES = [
    Toy(w, b, k, n) for w in (4, 5, 29, 30) for b in (1, 4, 16) for k in (1, 16) for n in (0, 16)
]


def test_the_sentence_ends_with_a_question_and_with_words_in_no_block() -> None:
    assert len(SENTENCE) % Toy().block and len(SENTENCE) == Toy().words
    assert {subject for _, subject in SENTENCE} == {"", "people", "time", "box", "food"}
    assert not any(word.strip() != word or " " in word for word, _ in SENTENCE)


def test_the_opening_choice_by_hand() -> None:
    """Block 2 holds "green box holds" (2+1+1, doubled), block 3 "blue" and block 2 before it."""
    assert scores(Toy()) == [0, 0, 8, 6, 3, 1, 0]
    assert chosen(Toy()) == [2, 3, 4]


def test_of_equals_the_later_is_read() -> None:
    assert scores(Toy(words=13, keep=2)) == [0, 0, 0]
    assert chosen(Toy(words=13, keep=2)) == [1, 2]


def test_the_newest_words_are_in_no_block_and_in_the_window() -> None:
    """As the story opens, and said in the picture in which blocks first appear."""
    data = real.records()
    found = counts(Toy(), shape(data, "v4-pro"))
    assert (found.waiting, found.unseen) == (2, 0)
    assert found.blocks * Toy().block + found.waiting == len(SENTENCE)
    assert found.waiting <= Toy().window
    fold = stills(data)[0][scenes.STEPS.index("fold")]
    assert "Words in no finished block yet are read exactly, in the window" in fold.words
    assert "Words in none yet: 2." in fold.counted
    for drawing in (fold.wide, fold.narrow):
        assert "Dashed: 2 words in no block yet, read in the window" in drawing
    hidden = counts(Toy(block=16, window=6), shape(data, "v4-pro"))
    assert (hidden.waiting, hidden.unseen) == (14, 8)


def test_what_is_read_hints_at_the_next_word_and_nothing_else_does() -> None:
    """Block 3 holds the asking word and "box" behind it; if it is not read, no hint is left."""
    assert hint(Toy()) == (2, 10) and SENTENCE[10][0] == "box"
    assert hint(Toy(block=16, keep=1, window=0)) == (0, 10)
    assert hint(Toy(block=1)) is None, "a block of one word does not hold the next"
    assert hint(Toy(words=12)) is None, "never seen before"
    data = real.records()
    told = stills(data)[0][scenes.STEPS.index("list")]
    assert "Block 3 holds the asking word from before, then “box”" in told.counted


@pytest.mark.parametrize("narrow", [False, True])
def test_no_best_of_blocks_without_a_point(narrow: bool) -> None:
    data = real.records()
    toy = Toy(words=28)
    assert set(scores(toy)) == {0}
    marks = scenes.scene(
        "indexer", toy, counts(toy, shape(data, "v4-pro")), real_counts(data), narrow
    )
    said = " ".join(mark["words"] for mark in marks if mark["key"].startswith("note"))
    assert "none has a point, so the last 3 are read" in said and "best" not in said


def test_the_bytes_are_those_of_the_entries_that_are_kept() -> None:
    pro = shape(real.records(), "v4-pro")
    found = counts(Toy(), pro)
    assert (found.window, found.blocks, found.read, found.total_read) == (6, 7, 3, 9)
    assert found.window_bytes == 6 * pro.entry_bytes
    assert found.entry_bytes == 7 * pro.entry_bytes
    assert found.index_bytes == 7 * pro.index_bytes
    assert found.full_bytes == 30 * 8 * 128 * 2 * 2
    assert found.full_entry == 8 * 128 * 2 * 2
    assert (found.entry, found.key) == (pro.entry_bytes, pro.index_bytes)


def whole(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_sum_of_the_toy_adds_up_as_printed() -> None:
    found = {still.step: still.counted for still in stills(real.records())[0]}
    for step in ("full", "window", "fold", "indexer"):
        assert "bytes" in found[step], step
        a, b, product = map(whole, re.findall(r"([\d,]+) × ([\d,]+) = ([\d,]+)", found[step])[0])
        assert a * b == product, step
    *parts, total = map(
        whole,
        re.findall(r"([\d,]+) \+ ([\d,]+) \+ ([\d,]+) = ([\d,]+)", found["list"])[0],
    )
    assert sum(parts) == total
    assert parts == [
        whole(re.findall(r"= ([\d,]+)", found[step])[0]) for step in ("window", "fold", "indexer")
    ]


def test_the_sums_of_all_layers_add_up_as_printed_and_are_the_models() -> None:
    data = real.records()
    pro = shape(data, "v4-pro")
    line, scored, stored, _ = stills(data)[0][-1].counted.splitlines()
    terms = re.findall(r"(\d+) (?:CSA|HCA) layers × \(([\d,]+) \+ ([\d,]+)\)", line)
    read = whole(re.findall(r"= ([\d,]+) entries", line)[0])
    assert read == sum(int(n) * (whole(a) + whole(b)) for n, a, b in terms)
    assert read == attention.entries_read(pro, scenes.MILLION)
    full = re.findall(r"in (\d+) layers ([\d,]+), about (\d+) times", line)[0]
    assert sum(int(n) for n, *_ in terms) == pro.layers == int(full[0])
    assert whole(full[1]) == pro.layers * scenes.MILLION
    assert int(full[2]) == round(pro.layers * scenes.MILLION / read)
    layers, keys, all_keys = re.findall(r"(\d+) × ([\d,]+) = ([\d,]+) index keys", scored)[0]
    assert int(layers) * whole(keys) == whole(all_keys)
    part = int(re.findall(r"1/(\d+) of the work", scored)[0])
    more = whole(re.findall(r"as much as ([\d,]+) entries more", scored)[0])
    assert more * part == whole(all_keys)
    work = attention.decode_flops(pro, scenes.MILLION)
    assert work.indexer / work.core == pytest.approx(more / read), "as the efficiency page counts"
    assert int(re.findall(r"about (\d+) times the work", scored)[0]) == round(
        whole(full[1]) / (read + more)
    )
    spans, (total, gib) = (
        stored.split(" = ")[0],
        re.findall(r"= ([\d,]+) bytes, or ([\d.]+)", stored)[0],
    )
    a, b, c, d, e, f, g, h, i, j = map(whole, re.findall(r"[\d,]+", spans))
    assert a * b * (c + d) + e * f * g + h * i * j == whole(total)
    assert whole(total) == attention.kv_bytes(pro, scenes.MILLION)
    assert float(gib) == round(whole(total) / 2**30, 2)
    n, tokens, entry, plain, times = re.findall(
        r"full attention (\d+) × ([\d,]+) × ([\d,]+), or (\d+) GiB, about (\d+) times", stored
    )[0]
    assert round(int(n) * whole(tokens) * whole(entry) / 2**30) == int(plain)
    assert int(times) == round(int(n) * whole(tokens) * whole(entry) / whole(total))


def test_the_other_model_is_summed_as_the_first() -> None:
    data = real.records()
    flash = shape(data, "v4-flash")
    line = stills(data)[0][-1].counted.splitlines()[-1]
    layers, read, more, times, kept, full = re.findall(r"\d[\d,.]*\d", line.partition(",")[2])
    work = attention.decode_flops(flash, scenes.MILLION)
    assert (int(layers), whole(read)) == (
        flash.layers,
        attention.entries_read(flash, scenes.MILLION),
    )
    assert work.indexer / work.core == pytest.approx(whole(more) / whole(read))
    assert int(times) == round(flash.layers * scenes.MILLION / (whole(read) + whole(more)))
    assert float(kept) == round(attention.kv_bytes(flash, scenes.MILLION) / 2**30, 2)
    assert int(full) == round(attention.gqa8_bytes(flash.layers, scenes.MILLION) / 2**30)


def test_invented_shares_add_up_and_say_that_they_are_invented() -> None:
    for toy in EDGES:
        found = shares(toy)
        assert sum(found.values()) == 100 and min(found.values()) > 0, toy
        assert len(found) == len(chosen(toy)) + min(toy.window, toy.words) + 1
    told = stills(real.records())[0][scenes.STEPS.index("list")]
    terms = re.findall(r"blocks (\d+) \+ window (\d+) \+ sink (\d+) = (\d+) percent", told.counted)
    *parts, whole_of = map(int, terms[0])
    assert sum(parts) == whole_of == 100
    for drawing in (told.wide, told.narrow):
        assert "Shares in percent, invented: they add up to 100." in drawing
        drawn = re.findall(r'text-anchor="middle"[^>]*>(\d+)<', drawing)
        assert sorted(map(int, drawn)) == sorted(shares(Toy()).values())


def test_the_rule_names_the_words_that_count() -> None:
    told = stills(real.records())[0][scenes.STEPS.index("indexer")].counted
    named = re.findall(r"box \(([^)]*)\)", told)[0].split(", ")
    assert named == ["box", "holds", "blue", "one"]


def test_a_block_without_a_point_is_none_of_the_best() -> None:
    data = real.records()
    toy = Toy(block=8)
    assert 0 in [scores(toy)[block] for block in chosen(toy)]
    marks = scenes.scene(
        "indexer", toy, counts(toy, shape(data, "v4-pro")), real_counts(data), False
    )
    said = " ".join(mark["words"] for mark in marks if mark["key"].startswith("note"))
    assert "2 with points and the latest of the others, filled, are read" in said


def test_a_finger_hits_a_word_a_block_and_an_entry() -> None:
    """24 units at least, on a picture that a phone shows larger than it is."""
    data = real.records()
    for step, toy in product(("full", "window", "fold", "indexer", "list"), EDGES):
        marks = scenes.scene(step, toy, counts(toy, shape(data, "v4-pro")), real_counts(data), True)
        for mark in marks:
            if re.fullmatch(r"[wb]\d+|sink", mark["key"]):
                assert min(float(mark["w"]), float(mark["h"])) >= 22, (step, toy, mark)


@pytest.mark.parametrize("narrow", [False, True])
def test_all_bars_are_to_scale(narrow: bool) -> None:
    """The thin ones to a scale of their own, which the picture names."""
    data = real.records()
    real_ones = real_counts(data)
    marks = {
        mark["key"]: mark
        for mark in scenes.scene(
            "million", Toy(), counts(Toy(), shape(data, "v4-pro")), real_ones, narrow
        )
    }
    width = {key[1:]: float(mark["w"]) for key, mark in marks.items() if key.startswith("x")}
    times = int(re.findall(r"\d+", marks["mlens"]["words"])[0])
    shown = {
        "all": scenes.MILLION, "kept": real_ones.csa_blocks, "far": times * real_ones.hca_blocks,
        "pro": times * real_ones.pro_read, "flash": times * real_ones.flash_read,
        "near": times * real_ones.window,
    }  # fmt: skip
    assert set(shown) == set(width)
    slice_ = float(marks["slice"]["w"])
    assert slice_ == pytest.approx(width["far"] / times, abs=0.051), "from what it is enlarged"
    for key, count in shown.items():
        assert width[key] == pytest.approx(width["all"] * count / scenes.MILLION, abs=0.051), key


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("step", scenes.STEPS)
def test_every_picture_stays_inside_its_frame_at_the_ends_of_the_scale(
    step: str, narrow: bool
) -> None:
    data = real.records()
    frame = scenes.Frame(narrow)
    for toy in EDGES:
        marks = scenes.scene(
            step, toy, counts(toy, shape(data, "v4-pro")), real_counts(data), narrow
        )
        keys = [mark["key"] for mark in marks]
        assert len(keys) == len(set(keys)) and len(keys) > 3, (toy, "each mark once, never empty")
        for mark in marks:
            if mark["tag"] == "rect":
                x, y, w, h = (float(mark[name]) for name in "xywh")
                assert x >= 0 and y >= 0, (toy, mark)
                assert x + w <= frame.width + 0.1 and y + h <= height(marks), (toy, mark)


def test_the_stills_tell_the_message_without_being_seen() -> None:
    found, sources = stills(real.records())
    assert [still.step for still in found] == list(scenes.STEPS) and sources
    for still in found:
        assert re.search(r"\d", still.counted) and still.words.endswith((".", "?"))
        for drawing in (still.wide, still.narrow):
            assert ElementTree.fromstring(drawing).get("role") == "img"
            assert not re.findall(r"#[0-9a-f]{6}\b", drawing)
    last = found[-1]
    assert "the best 1,024 blocks read" in last.wide and "262,144 blocks" in last.narrow
    assert "292,480" in last.counted and "4.92 GiB" in last.counted


def test_an_unknown_picture_is_an_error() -> None:
    data = real.records()
    with pytest.raises(ValueError, match="has no picture 'ninth'"):
        scenes.scene("ninth", Toy(), counts(Toy(), shape(data, "v4-pro")), real_counts(data), False)
