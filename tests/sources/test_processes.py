"""The same work in several processes: results in order, failures told, nothing shared."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from scripts.problems import ROOT

PROGRAM = """
import os, sys
from scripts.sources.processes import Crew, WorkerError
{body}
"""


def run(body: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, which has one thread and may therefore fork."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_results_come_in_the_order_of_the_things() -> None:
    done = run("print(Crew(lambda n: n * n, range(50), 3).results() == [n * n for n in range(50)])")
    assert done.stdout == "True\n", done.stderr


def test_two_crews_do_not_take_each_others_work() -> None:
    body = """
import time
one = Crew(lambda n: time.sleep(0.2) or n, [7], apart=True)
many = Crew(lambda n: n, range(200), 2)
print(many.results() == list(range(200)), one.results())
"""
    done = run(body)
    assert done.stdout == "True [7]\n", done.stderr


@pytest.mark.parametrize("end", ["1 / 0", "sys.exit(3)", "os._exit(9)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_ends_is_told(end: str) -> None:
    body = f"""
def work(n):
    if n == 3: {end}
    return n
try:
    Crew(work, range(8), 2).results()
except WorkerError as error:
    print("told")
"""
    done = run(body)
    assert done.stdout == "told\n", done.stderr


def test_with_other_threads_all_is_done_in_one_process() -> None:
    body = """
import threading, time
threading.Thread(target=time.sleep, args=(0.5,), daemon=True).start()
print(set(Crew(lambda n: os.getpid(), range(4), 2).results()) == {os.getpid()})
"""
    assert run(body).stdout == "True\n"
