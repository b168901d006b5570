"""Attention in eight pictures: what the toy counts, and what its stills say."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from scripts.figures.architecture._spec_sheets import shape
from scripts.figures.architecture.story import scene as scenes
from scripts.figures.architecture.story.stills import real_counts, stills
from scripts.figures.architecture.story.toy import SENTENCE, Toy, chosen, counts, scores
from tests import real

EDGES = [
    Toy(w, b, k, n) for w in (4, 5, 31, 32) for b in (1, 4, 16) for k in (1, 16) for n in (0, 16)
]


def test_the_sentence_has_32_words_and_ends_with_a_question() -> None:
    assert len(SENTENCE) == 32
    assert {subject for _, subject in SENTENCE} == {"", "people", "time", "box", "food"}
    assert not any(word.strip() != word or " " in word for word, _ in SENTENCE)


def test_the_opening_choice_by_hand() -> None:
    """Block 2 holds "green box holds" (2+1+1, doubled), block 3 "blue" and block 2 before it."""
    assert scores(Toy()) == [0, 0, 8, 6, 3, 1, 0, 0]
    assert chosen(Toy()) == [2, 3, 4]


def test_of_equals_the_later_is_read() -> None:
    assert scores(Toy(words=13, keep=2)) == [0, 0, 0]
    assert chosen(Toy(words=13, keep=2)) == [1, 2]


def test_the_bytes_are_those_of_the_entries_that_are_kept() -> None:
    pro = shape(real.records(), "v4-pro")
    found = counts(Toy(), pro)
    assert (found.window, found.blocks, found.read, found.total_read) == (6, 8, 3, 9)
    assert found.window_bytes == 6 * pro.entry_bytes
    assert found.entry_bytes == 8 * pro.entry_bytes
    assert found.index_bytes == 8 * pro.index_bytes
    assert found.full_bytes == 32 * 8 * 128 * 2 * 2


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
                assert x + w <= frame.width + 0.1 and y + h <= frame.height, (toy, mark)


def test_the_stills_tell_the_message_without_being_seen() -> None:
    found, sources = stills(real.records())
    assert [still.step for still in found] == list(scenes.STEPS) and sources
    for still in found:
        assert re.search(r"\d", still.counted) and still.words.endswith((".", "?"))
        for drawing in (still.wide, still.narrow):
            assert ElementTree.fromstring(drawing).get("role") == "img"
            assert not re.findall(r"#[0-9a-f]{6}\b", drawing)
    last = found[-1]
    assert "1,024 of them read" in last.wide and "262,144 blocks" in last.narrow
    assert "292,480" in last.counted and "4.92 GiB" in last.counted


def test_an_unknown_picture_is_an_error() -> None:
    data = real.records()
    with pytest.raises(ValueError, match="has no picture 'ninth'"):
        scenes.scene("ninth", Toy(), counts(Toy(), shape(data, "v4-pro")), real_counts(data), False)
