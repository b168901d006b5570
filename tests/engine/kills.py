"""Kills builds at random moments and says whether the site was whole, and there, all the time.

Usage: python -m tests.engine.kills [NUMBER] [SEED]

A small project is built, killed with all its processes, and looked at, again and again, while
somebody else reads its first page without a pause. Exit status 1 if anything was amiss.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.conftest import make_project
from tests.engine.test_drills import built, left_aside, started, whole


class Reader(threading.Thread):
    """Reads the first page as a server does, and counts how often it was not whole."""

    def __init__(self, page: Path):
        super().__init__(daemon=True)
        self.page, self.reads, self.missing, self.ended = page, 0, 0, False

    def run(self) -> None:
        while not self.ended:
            try:
                good = b"</html>" in self.page.read_bytes()
            except OSError:
                good = False
            self.reads += 1
            self.missing += not good
            time.sleep(0.001)


def main(number: int, seed: int) -> int:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as base:
        project = make_project(Path(base) / "project")
        for _ in range(2):  # the second finds what the first has kept, as those below do
            begun = time.monotonic()
            status, said = built(project)
            assert status == 0, said
        usual = time.monotonic() - begun
        site = project.root / "site"
        versions = {whole(site)}
        reader = Reader(site / "index.html")
        reader.start()
        turn = killed = ended = broken = most_aside = 0
        page = project.root / "docs/index.md"
        text = page.read_text(encoding="utf-8")
        while killed < number:
            turn += 1
            # Another word each time: a new site is about to take the place of the old one.
            page.write_text(f"{text}\nTurn number {turn}.\n", encoding="utf-8")
            before = whole(site)
            process = started(project)
            time.sleep(dice.uniform(0, 1.1 * usual))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                killed += 1
            else:
                ended += 1
            process.communicate()
            most_aside = max(most_aside, len(left_aside(project)))
            after = whole(site)
            if after != before:  # the new one, if it is whole: a build without a kill tells
                status, said = built(project)
                broken += status != 0 or whole(site) != after
            versions.add(after)
        status, said = built(project)
        reader.ended = True
        reader.join()
        left = left_aside(project)
    print(f"{killed} builds killed, {ended} had ended before their moment came; seed {seed}")
    print(f"sites seen: {len(versions)}; not whole: {broken}; last build: status {status}")
    print(f"left aside at most {most_aside}, behind the last build {len(left)}")
    print(f"first page read {reader.reads} times meanwhile, {reader.missing} times not whole")
    return int(bool(broken or status or left or reader.missing))


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]) if words else 100, int(words[1]) if len(words) > 1 else 1))
