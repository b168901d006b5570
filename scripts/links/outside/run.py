"""One run over many links: each reported exactly once, and the run ends, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.links.outside.address import wire
from scripts.links.outside.classify import judge, recall, unchecked
from scripts.links.outside.fetch import Fetcher, Limits
from scripts.links.outside.guard import Resolver
from scripts.links.outside.model import Answer, Finding, Link, Verdict
from scripts.links.outside.state import State, remember

_SAVE_EVERY = 15.0
"""Seconds between two writings of the state while a run goes on."""
_CALL_OFF = 5.0
"""Seconds that requests get to end after they were called off."""
_OFFLINE_HOSTS = 3
"""So many hosts without a connection, and none with one: it is our network that is down."""


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Options:
    """How a run goes about it."""

    limits: Limits = field(default_factory=Limits)
    max_seconds: float = 30 * 60
    """After which whatever has not been asked stays unchecked."""
    state: Path | None = None
    """File that remembers between runs; None remembers nothing."""
    complete: bool = False
    """These are all links of the project: others in the state are forgotten."""
    use_cache: bool = True
    """Whether verdicts that are fresh enough are taken from the state without asking again."""
    contact: str = ""
    """Address in our user agent at which the people behind this can be found."""
    robots: bool = True
    allow_private: bool = False
    allowed: tuple[tuple[str, int], ...] = ()
    """Single private addresses ``(ip, port)`` that may be asked."""
    resolve: Resolver | None = None
    """Looks up names instead of the system."""
    now: Callable[[], dt.datetime] = _utc_now


class _Run:
    def __init__(
        self, links: list[Link], options: Options, on_finding: Callable[[Finding], None] | None
    ) -> None:
        self._links = links
        self._options = options
        self._tell = on_finding or (lambda finding: None)
        self._state = State(options.state)
        # Judgments of this run need those of earlier runs, not those of its own twins.
        self._known = dict(self._state.entries)
        self._findings: dict[int, Finding] = {}
        self._online = False
        self._doubtful: list[tuple[int, Finding]] = []
        """Without a connection, before any host was reached: may be the network's fault."""
        self._saved = 0.0

    def _conclude(self, number: int, finding: Finding) -> None:
        if number in self._findings:
            return
        self._findings[number] = finding
        if finding.answer is not None and finding.verdict is not Verdict.UNCHECKED:
            self._state.entries[finding.link.url] = remember(finding, self._options.now())
        self._tell(finding)

    def _consider(self, number: int, finding: Finding) -> None:
        """Conclude a link, unless it seems that nothing at all can be reached from here."""
        answer = finding.answer
        if answer is not None and not answer.reached and not self._online:
            self._doubtful.append((number, finding))
            return
        if answer is not None and answer.status:
            self._online = True
            self._settle()
        self._conclude(number, finding)

    def _settle(self) -> None:
        doubtful, self._doubtful = self._doubtful, []
        hosts = {finding.link.url.split("/")[2].lower() for _, finding in doubtful}
        offline = not self._online and len(hosts) >= _OFFLINE_HOSTS
        for number, finding in doubtful:
            if offline:
                reason = f"no host could be reached; is there a network? ({finding.reason})"
                finding = unchecked(finding.link, self._known.get(finding.link.url), reason)
            self._conclude(number, finding)

    def _save(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._saved >= _SAVE_EVERY:
            self._saved = loop.time()
            self._state.save()

    async def _ask(self, fetcher: Fetcher, numbers: list[int]) -> None:
        """Ask once for all links that are the same address but for the fragment."""
        try:
            answer = await fetcher.fetch(self._links[numbers[0]].url)
        except Exception as error:  # one link must not take the others with it
            for number in numbers:
                link = self._links[number]
                reason = f"our mistake, please report it: {type(error).__name__}: {error}"
                self._conclude(number, unchecked(link, self._known.get(link.url), reason))
            return
        for number in numbers:
            self._consider(number, self._judged(self._links[number], answer))
        self._save()

    def _judged(self, link: Link, answer: Answer) -> Finding:
        known = self._known.get(link.url)
        try:
            return judge(link, replace(answer, url=link.url), known, self._options.now())
        except Exception as error:
            reason = f"our mistake, please report it: {type(error).__name__}: {error}"
            return unchecked(link, known, reason)

    def _groups(self) -> list[list[int]]:
        """Numbers of the links to ask for, those together that are one address on the wire."""
        now = self._options.now()
        groups: dict[str, list[int]] = defaultdict(list)
        for number, link in enumerate(self._links):
            known = self._known.get(link.url)
            if self._options.use_cache and known and known.is_fresh(now):
                self._conclude(number, recall(link, known))
                continue
            try:
                address = str(wire(link.url))
            except ValueError:
                address = link.url
            groups[address].append(number)
        return list(groups.values())

    async def go(self) -> list[Finding]:
        options = self._options
        self._saved = asyncio.get_running_loop().time()
        if options.complete:
            self._state.keep_only(link.url for link in self._links)
        try:
            groups = self._groups()
            async with Fetcher(
                options.limits,
                contact=options.contact,
                robots=options.robots,
                allow_private=options.allow_private,
                allowed=options.allowed,
                resolve=options.resolve,
                now=options.now,
            ) as fetcher:
                tasks = [asyncio.create_task(self._ask(fetcher, numbers)) for numbers in groups]
                try:
                    await self._wait(tasks)
                finally:
                    for task in tasks:
                        task.cancel()
                    if tasks:
                        await asyncio.wait(tasks, timeout=_CALL_OFF)
            self._settle()
            for number, link in enumerate(self._links):
                if number not in self._findings:
                    reason = "the time of the run was up before its turn"
                    self._conclude(number, unchecked(link, self._known.get(link.url), reason))
        finally:
            self._state.save()
        return [self._findings[number] for number in range(len(self._links))]

    async def _wait(self, tasks: list[asyncio.Task[None]]) -> None:
        """Until all tasks are done or the time is up; raises what ``on_finding`` raised."""
        if not tasks:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._options.max_seconds):
                for task in asyncio.as_completed(tasks):
                    await task


def run(
    links: Iterable[Link],
    options: Options | None = None,
    on_finding: Callable[[Finding], None] | None = None,
) -> list[Finding]:
    """A finding for every link, in the order of ``links``; ``on_finding`` hears each as it comes.

    Ends after ``options.max_seconds`` and a few more at the latest. On Ctrl-C what was found is
    written to the state before KeyboardInterrupt is raised. Raises OSError if the state cannot
    be read or written.
    """
    return asyncio.run(_Run(list(links), options or Options(), on_finding).go())
