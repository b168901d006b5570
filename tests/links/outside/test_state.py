"""The memory between runs: readable, whole, and read whatever became of it."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from scripts.links.outside.model import Verdict
from scripts.links.outside.state import AGES, Remembered, State

NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)


def filled(path: Path) -> State:
    state = State(path)
    for number, verdict in enumerate((Verdict.ALIVE, Verdict.FAILING, Verdict.MOVED)):
        state.entries[f"https://{number}.test/é"] = Remembered(
            verdict,
            NOW,
            reason='say "é"',
            status=200 + number,
            title="A title",
            final="https://x.test/",
            moved_to="https://y.test/",
            failing_days=(dt.date(2026, 11, 10), dt.date(2026, 11, 17)),
        )
    return state


def test_what_is_written_is_read(tmp_path: Path) -> None:
    state = filled(tmp_path / "deep" / "state.json")
    state.save()
    again = State(state.path)
    assert again.entries == state.entries
    assert again.warning == ""


def test_one_sorted_line_an_address(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = filled(path)
    state.save()
    before = path.read_text(encoding="utf-8").splitlines()
    assert [line.split('"')[1] for line in before[1:-1]] == sorted(state.entries)
    state.entries["https://1.test/é"] = Remembered(Verdict.ALIVE, NOW)
    state.save()
    after = path.read_text(encoding="utf-8").splitlines()
    assert len([1 for old, new in zip(before, after, strict=True) if old != new]) == 1
    json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(
            '"https://1', '<<<<<<< ours\n"https://1', 1
        ),
        lambda text: text.replace('"moved"', '"teleported"'),
        lambda text: text.replace("2026-11-24T06:00:00Z", "yesterday", 1),
    ],
    ids=["cut off", "merge conflict", "unknown verdict", "no time"],
)  # fmt: skip
def test_a_damaged_file(tmp_path: Path, damage, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "state.json"
    filled(path).save()
    damaged = damage(path.read_text(encoding="utf-8"))
    path.write_text(damaged, encoding="utf-8")
    state = State(path)
    assert 1 <= len(state.entries) <= 3
    assert (tmp_path / "state.json.damaged").read_text(encoding="utf-8") == damaged
    assert "state.json.damaged" in state.warning
    assert state.warning in capsys.readouterr().err
    state.save()
    assert State(path).warning == ""


@pytest.mark.parametrize(
    "text", ["", "\xff\x00", "[]", "null", '{"links": 3}', '{"links": {"a": 1}}']
)
def test_a_file_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(text, encoding="latin-1")
    state = State(path)
    assert state.entries == {}
    assert state.warning


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state.json"
    state = filled(path)
    state.save()
    before = path.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    state.entries.clear()
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        state.save()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


def test_no_file_is_no_memory() -> None:
    state = State(None)
    state.entries["x"] = Remembered(Verdict.ALIVE, NOW)
    state.save()


@pytest.mark.parametrize("verdict", Verdict)
def test_ages(verdict: Verdict) -> None:
    entry = Remembered(verdict, NOW)
    age = AGES.get(verdict, dt.timedelta(0))
    moment = dt.timedelta(seconds=1)
    assert entry.is_fresh(NOW + age - moment) is bool(age)
    assert not entry.is_fresh(NOW + age + moment)
    assert not entry.is_fresh(NOW - dt.timedelta(days=1))  # a clock that was wrong


def test_a_weekly_run_asks_again_for_what_failed_and_fortnightly_for_what_works() -> None:
    week = dt.timedelta(days=7) - dt.timedelta(hours=1)
    assert not Remembered(Verdict.FAILING, NOW).is_fresh(NOW + week)
    assert not Remembered(Verdict.DEAD, NOW).is_fresh(NOW + week)
    assert Remembered(Verdict.ALIVE, NOW).is_fresh(NOW + week)
    assert not Remembered(Verdict.ALIVE, NOW).is_fresh(NOW + 2 * week)
