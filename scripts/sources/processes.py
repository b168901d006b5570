"""The same work on many things, in as many processes as there are processors."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


class WorkerError(RuntimeError):
    """A process ended before its work, or its work failed."""


def can_fork() -> bool:
    """Whether a copy of this process would be whole.

    A fork takes along only the thread that forks; whatever another one (of Python or of a
    library) held locked would stay so. Where that cannot be known, all is done in one process.
    """
    tasks = Path("/proc/self/task")
    return (
        hasattr(os, "fork")
        and threading.active_count() == 1
        and tasks.is_dir()
        and len(list(tasks.iterdir())) == 1
    )


class Crew:
    """Processes that have begun; :meth:`results` waits for them.

    ``work`` may be any function, since a forked process has all that this one has; its results
    must be such that they can be pickled.
    """

    def __init__(
        self,
        work: Callable[[Thing], Result],
        things: Sequence[Thing],
        processes: int | None = None,
        apart: bool = False,
    ):
        """``apart``: in a process of its own even if there is only one thing to do."""
        self._work, self._things = work, list(things)
        self._members: list[tuple[Any, Any]] = []
        number = min(processes or os.cpu_count() or 1, len(self._things))
        if number > (0 if apart else 1) and can_fork():
            context = multiprocessing.get_context("fork")
            # Held as long as the members live: the memory that they share is given to others then.
            self._next = next_one = context.Value("i", 0)
            for _ in range(number):
                ours, theirs = context.Pipe(duplex=False)
                member = context.Process(target=self._member, args=(next_one, theirs), daemon=True)
                member.start()
                theirs.close()
                self._members.append((member, ours))

    def _member(self, next_one: Any, pipe: Any) -> None:
        try:
            while True:
                with next_one.get_lock():
                    index = next_one.value
                    next_one.value += 1
                if index >= len(self._things):
                    break
                pipe.send((index, self._work(self._things[index]), None))
        except BaseException:
            pipe.send((-1, None, traceback.format_exc()))
        finally:
            pipe.close()

    def results(self) -> list[Any]:
        """One result for each thing, in their order. Raises WorkerError if a process failed."""
        if not self._members:
            return [self._work(thing) for thing in self._things]
        found: dict[int, Any] = {}
        waiting = {pipe: member for member, pipe in self._members}
        while waiting:
            for pipe in multiprocessing.connection.wait(list(waiting)):
                try:
                    index, result, failure = pipe.recv()
                except EOFError:
                    waiting.pop(pipe).join()
                    continue
                if failure:
                    self.stop()
                    raise WorkerError(failure)
                found[index] = result
        if len(found) != len(self._things):
            codes = [member.exitcode for member, _ in self._members]
            raise WorkerError(f"a process was ended from outside, its exit code among {codes}")
        return [found[index] for index in range(len(self._things))]

    def stop(self) -> None:
        """End what still runs."""
        for member, pipe in self._members:
            member.terminate()
            member.join()
            pipe.close()
        self._members = []
