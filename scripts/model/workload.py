"""What is asked of a model: so many calls, alike or with a context that grows.

docs/assets/javascripts/tools/cost/workload.js repeats this file; tests/browser compares them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Calls:
    """So many calls of one kind. Tokens are those of one call."""

    cached: int = 0
    uncached: int = 0
    output: int = 0
    count: int = 1
    prompt_known: bool = True
    """False: a sum over calls whose number is not known; no surcharge can be decided."""

    def __post_init__(self) -> None:
        for name in ("cached", "uncached", "output", "count"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{name} must be a whole number, not {value!r}")
            if value < 0:
                raise ValueError(f"{name} must not be negative, got {value}")


def growing(first: int, last: int, calls: int, *, output: int = 0, count: int = 1) -> list[Calls]:
    """A context that grows evenly from call to call, as that of an agent does.

    The prompt of the first call has ``first`` tokens, that of the last one ``last``; those
    between are rounded down. What the call before held is read from the cache, the rest is new.
    ``count``: such runs.
    """
    if calls < 2:
        raise ValueError(f"a context grows over two calls or more, not {calls}")
    if last < first:
        raise ValueError(f"a context that grows does not end at {last} after {first}")
    prompts = [first + (last - first) * index // (calls - 1) for index in range(calls)]
    before = [0, *prompts]
    return [
        Calls(cached, prompt - cached, output, count)
        for cached, prompt in zip(before, prompts, strict=False)
    ]
