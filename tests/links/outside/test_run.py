"""A run as a whole: polite, bounded, interruptible, and with a memory."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scripts.engine import outside_links as cli
from scripts.links.outside.fetch import Fetcher, Limits
from scripts.links.outside.model import Answer, Finding, Link, Place, Verdict
from scripts.links.outside.run import Options, run
from scripts.links.outside.state import State
from scripts.problems import ROOT
from tests.links.outside.server import HOME, Server

FAST = Limits(delay=0.0, connect=0.5, read=5.0, request=8.0, tries=2, backoff=0.02, retry_after=1.0)
DAY = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def links(*urls: str) -> list[Link]:
    return [Link(url, (Place("references.bib", 1),)) for url in urls]


def options(server: Server, limits: Limits = FAST, **more: Any) -> Options:
    return Options(limits=limits, allowed=server.allowed, resolve=server.resolve, **more)


def verdicts(findings: list[Finding]) -> list[Verdict]:
    return [finding.verdict for finding in findings]


# Polite


def test_one_request_at_a_time_to_a_host_with_pauses(server: Server) -> None:
    limits = replace(FAST, per_host=1, delay=0.15)
    run(links(*(f"http://polite.test/slowish?{n}" for n in range(8))), options(server, limits))
    assert server.most_at_once["polite.test"] == 1
    starts = [asked.at for asked in server.log]
    assert len(starts) == 9  # with robots.txt
    # The server sees a request a little after it began.
    assert min(later - earlier for earlier, later in pairwise(starts)) > 0.1


@pytest.mark.parametrize(("per_host", "hosts", "together"), [(1, 6, 3), (2, 6, 3), (2, 1, 2)])
def test_bounds_of_requests_at_once(
    server: Server, per_host: int, hosts: int, together: int
) -> None:
    limits = replace(FAST, concurrency=3, per_host=per_host)
    urls = [f"http://h{host}.test/slowish?{n}" for host in range(hosts) for n in range(4)]
    run(links(*urls), options(server, limits))
    assert max(server.most_at_once.values()) <= per_host
    assert server.most_everywhere == together


def test_crawl_delay_of_robots_is_kept(server: Server) -> None:
    run(links(*(f"http://crawl-delay.test/good/{n}" for n in range(3))), options(server))
    starts = [asked.at for asked in server.log if asked.target != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(starts)) > 0.25


def test_a_host_that_asks_for_rest_gets_it_for_all_its_links(server: Server) -> None:
    urls = ["recovers-seconds", *(f"good/{n}" for n in range(5))]
    found = run(links(*(f"http://rest.test/{url}" for url in urls)), options(server))
    assert set(verdicts(found)) == {Verdict.ALIVE}
    refusal = server.asked_for("/recovers-seconds")[0].at
    assert not [asked for asked in server.log if refusal < asked.at < refusal + 0.9]


def test_a_host_that_keeps_refusing_is_left_alone(server: Server) -> None:
    limits = replace(FAST, tries=1)
    urls = [f"http://tired.test/status/429?{n:02}" for n in range(20)]
    found = run(links(*urls), options(server, limits))
    assert set(verdicts(found)) == {Verdict.UNVERIFIABLE}
    assert len(server.asked_for("/status/429")) == 6


def test_a_host_that_does_not_answer_is_not_asked_for_every_link(server: Server) -> None:
    urls = [f"http://closed.test/{n:04}" for n in range(1000)]
    found = run(links(*urls, "http://good.test/good/1"), options(server))
    assert set(verdicts(found[:-1])) == {Verdict.FAILING}
    assert verdicts(found[-1:]) == [Verdict.ALIVE]
    assert server.lookups["closed.test"] == 6


# Bounded


def test_five_thousand_links_on_one_host(server: Server) -> None:
    limits = replace(FAST, per_host=2)
    urls = [f"http://{HOME}:{server.port}/good/{n}" for n in range(5000)]
    heard: list[str] = []
    found = run(links(*urls), options(server, limits), lambda f: heard.append(f.link.url))
    assert set(verdicts(found)) == {Verdict.ALIVE}
    assert [finding.link.url for finding in found] == urls
    assert sorted(heard) == sorted(urls)
    assert server.most_at_once[f"{HOME}:{server.port}"] <= 2


def test_a_run_ends_when_its_time_is_up(server: Server) -> None:
    limits = replace(FAST, read=60, request=60)
    urls = [f"http://good.test/good/{n}" for n in range(3)]
    urls += [f"http://h{n % 10}.test/no-header?{n}" for n in range(200)]
    started = time.monotonic()
    found = run(links(*urls), options(server, limits, max_seconds=1.0))
    assert time.monotonic() - started < 15  # an hour and more, were there no bound
    assert verdicts(found) == [Verdict.ALIVE] * 3 + [Verdict.UNCHECKED] * 200


def test_a_run_of_no_time_and_a_run_of_no_links(server: Server) -> None:
    assert verdicts(run(links("http://good.test/"), options(server, max_seconds=0))) == [
        Verdict.UNCHECKED
    ]
    assert run([], options(server)) == []


def test_one_link_cannot_break_the_run(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = Fetcher.fetch

    async def faulty(self: Fetcher, url: str) -> Answer:
        if "bad" in url:
            raise ZeroDivisionError("planted")
        return await fetch(self, url)

    monkeypatch.setattr(Fetcher, "fetch", faulty)
    found = run(links("http://good.test/good/1", "http://good.test/bad"), options(server))
    assert verdicts(found) == [Verdict.ALIVE, Verdict.UNCHECKED]
    assert "planted" in found[1].reason


def test_a_fault_of_who_listens_is_raised(server: Server) -> None:
    def listener(_: Finding) -> None:
        raise ZeroDivisionError("planted")

    with pytest.raises(ZeroDivisionError):
        run(links("http://good.test/good/1"), options(server), listener)


def test_a_link_given_twice_is_reported_twice_and_asked_for_once(server: Server) -> None:
    found = run(links("http://good.test/good/1", "http://good.test/good/1"), options(server))
    assert verdicts(found) == [Verdict.ALIVE] * 2
    assert len(server.asked_for("/good/1")) == 1


def test_proxies_of_the_environment_are_not_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{server.private}")
    assert verdicts(run(links("http://good.test/good/1"), options(server))) == [Verdict.ALIVE]
    assert server.private_connections == 0


# Our own network


def test_without_a_network_nothing_counts_as_failing(server: Server, tmp_path: Path) -> None:
    async def nothing(host: str, port: int) -> list[tuple[str, int]]:
        raise OSError(-3, "Temporary failure in name resolution")

    state = tmp_path / "state.json"
    offline = replace(options(server, state=state), resolve=nothing)
    found = run(links(*(f"http://h{n}.test/" for n in range(4))), offline)
    assert set(verdicts(found)) == {Verdict.UNCHECKED}
    assert "network" in found[0].reason
    assert State(state).entries == {}
    assert cli.status(found) == 2


def test_with_a_network_hosts_that_are_gone_count(server: Server) -> None:
    urls = [f"http://{name}.test/" for name in ("closed", "gone", "full", "good")]
    found = run(links(*urls), options(server))
    assert verdicts(found[:3]) == [Verdict.FAILING] * 3


# Memory


def test_dead_only_after_three_different_days(server: Server, tmp_path: Path) -> None:
    state = tmp_path / "state.json"

    def on(moment: dt.datetime, url: str = "http://good.test/status/404") -> Finding:
        chosen = options(server, state=state, use_cache=False, now=lambda: moment)
        return run(links(url), chosen)[0]

    hours = dt.timedelta(hours=1)
    assert on(DAY).verdict is Verdict.FAILING
    assert on(DAY + 6 * hours).verdict is Verdict.FAILING
    assert on(DAY + 12 * hours).failing_days == (DAY.date(),)
    assert on(DAY + 24 * hours).verdict is Verdict.FAILING
    last = on(DAY + 24 * 9 * hours)
    assert last.verdict is Verdict.DEAD
    assert last.reason == "404 Not Found on 3 days since 2026-11-02"
    assert cli.status([last]) == 1


def test_what_works_again_starts_anew(server: Server, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    limits = replace(FAST, tries=1)
    url = "http://good.test/recovers-500"
    found = [
        run(
            links(url),
            options(
                server,
                limits,
                state=state,
                use_cache=False,
                now=lambda n=n: DAY + dt.timedelta(days=n),
            ),
        )[0]
        for n in range(2)
    ]
    assert verdicts(found) == [Verdict.FAILING, Verdict.ALIVE]
    assert State(state).entries[url].failing_days == ()


def test_what_is_fresh_is_not_asked_again(server: Server, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    urls = ["http://good.test/good/1", "http://good.test/status/404", "http://good.test/wait-hours"]

    def asked_after(days: float, **more: Any) -> set[str]:
        server.log.clear()
        now = DAY + dt.timedelta(days=days)
        found = run(links(*urls), options(server, state=state, now=lambda: now, **more))
        assert verdicts(found) == [Verdict.ALIVE, Verdict.FAILING, Verdict.UNVERIFIABLE]
        return {asked.target.rpartition("/")[2] for asked in server.log} - {"robots.txt"}

    assert asked_after(0) == {"1", "404", "wait-hours"}
    assert asked_after(0.5) == set()
    assert asked_after(0.5, use_cache=False) == {"1", "404", "wait-hours"}
    assert asked_after(1.5) == {"404"}
    state.unlink()
    asked_after(0)
    assert asked_after(7) == {"404", "wait-hours"}


def test_the_state_is_written_while_the_run_goes_on(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.links.outside.run._SAVE_EVERY", 0.0)
    state = tmp_path / "state.json"
    seen: list[int] = []
    urls = [f"http://good.test/good/{n}" for n in range(3)]
    limits = replace(FAST, per_host=1)
    run(
        links(*urls),
        options(server, limits, state=state),
        lambda _: seen.append(len(State(state).entries)),
    )
    assert seen == [0, 1, 2]


def test_what_is_named_no_more_is_forgotten(server: Server, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    run(links("http://good.test/good/1", "http://good.test/good/2"), options(server, state=state))
    run(links("http://good.test/good/1"), options(server, state=state))
    assert len(State(state).entries) == 2
    run(links("http://good.test/good/1"), options(server, state=state, complete=True))
    assert list(State(state).entries) == ["http://good.test/good/1"]


# Command line


def project(tmp_path: Path, *urls: str) -> Path:
    (tmp_path / "docs").mkdir(parents=True)
    text = "".join(f"- <{url}>\n" for url in urls)
    (tmp_path / "docs" / "index.md").write_text(f"# Links\n\n{text}", encoding="utf-8")
    return tmp_path


def command(root: Path, *arguments: str) -> list[str]:
    return [
        sys.executable, "-m", "scripts", "links", "--external", "--root", str(root),
        "--delay", "0", "--tries", "1", "--state", str(root / "state.json"), *arguments,
    ]  # fmt: skip


def call(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(root, *arguments), cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_ctrl_c_leaves_the_state_whole(server: Server, tmp_path: Path) -> None:
    base = f"http://{HOME}:{server.port}"
    good = [f"{base}/good/{n:02}" for n in range(30)]
    root = project(tmp_path, *good, *(f"{base}/no-header?{n}" for n in range(30)))
    server.enough_requests = 1 + len(good) + 1  # robots.txt, and the first that hangs
    running = subprocess.Popen(
        command(root, "--allow-private"), cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert server.enough.wait(30)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    assert running.returncode == 130
    told = re.match(r"Stopped: (\d+) of 60", errors)
    assert told and int(told[1]) >= len(good) - 2, errors  # the last may just have come in
    assert "Traceback" not in errors
    kept = State(root / "state.json").entries
    assert len(kept) == int(told[1])
    assert kept.keys() <= set(good)
    json.loads((root / "state.json").read_text(encoding="utf-8"))
    assert {path.name for path in root.iterdir()} == {"docs", "state.json"}


def test_command_line(server: Server, tmp_path: Path) -> None:
    base = f"http://{HOME}:{server.port}"
    fine = call(project(tmp_path / "fine", f"{base}/good/1"), "--allow-address", base[7:])
    assert fine.returncode == 0, fine.stderr
    root = project(tmp_path / "bad", f"{base}/good/2", f"{base}/soft-en")
    bad = call(root, "--allow-address", base[7:])
    assert bad.returncode == 1, bad.stderr
    assert "docs/index.md:4" in bad.stderr
    assert f"{base}/soft-en" in bad.stderr
    only = call(root, "--allow-address", base[7:], "--only", "good")
    assert only.returncode == 0, only.stderr
    refused = call(project(tmp_path / "refused", f"{base}/good/3"))
    assert refused.returncode == 1
    assert "private" in refused.stderr
    assert not server.asked_for("/good/3")


def test_command_line_mistakes(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert call(root, "--since", "no-such-branch").returncode == 2
    for wrong in (["--only", "("], ["--max-minutes", "-1"], ["--allow-address", "x"]):
        done = call(root, *wrong)
        assert done.returncode == 2
        assert "is not" in done.stderr or "is no " in done.stderr
    (root / "folder").mkdir()
    done = call(root, "--state", str(root / "folder"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_has_examples() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "links", "--external", "--help"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert "--since origin/main" in done.stdout


def test_our_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPO_URL", "SITE_URL", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/explained")
    assert cli.contact() == "https://github.com/someone/explained"
    monkeypatch.setenv("REPO_URL", "https://git.example/x")
    assert cli.contact() == "https://git.example/x"


@pytest.mark.parametrize("option", ["--concurrency", "--tries"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", ""])
def test_counts_are_whole_and_positive(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--external", f"{option}={value}"])
    assert stopped.value.code == 2
    assert "is not a whole number of 1 or more" in capsys.readouterr().err
