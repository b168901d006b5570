"""``make serve``: the site while somebody writes, at most a second behind.

Each edit costs what it changed: texts, pages and pictures that are as they were are taken from
the shelf, and files of the site whose input is the same stay. All rules are checked behind that,
in a process of their own; what they find shows in the terminal and at the top of every page.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import watchdog.observers
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from scripts.engine import commit, swap
from scripts.engine import site as sites
from scripts.engine.assemble import assemble
from scripts.engine.assembly import NAME, Assembly
from scripts.engine.build import placed
from scripts.engine.render import Warnings
from scripts.problems import Problem, report
from scripts.publish.citing import Printer
from scripts.publish.done import Done
from scripts.sources.forge import forge
from scripts.sources.shelf import Shelf
from scripts.sources.site import Site

WATCHED = ("docs", "data", "overrides", "scripts", "mkdocs.yml", "references.bib")


@dataclass(frozen=True)
class Memory(Shelf):
    """A shelf that remembers what it has read or written: a file is opened once."""

    read_before: dict[tuple[str, str], Any] = field(default_factory=dict)

    def read(self, kind: str, name: str) -> Any | None:
        if (kind, name) not in self.read_before:
            found = super().read(kind, name)
            if found is None:
                return None
            self.read_before[kind, name] = found
        return self.read_before[kind, name]

    def write(self, kind: str, name: str, content: Any) -> None:
        self.read_before[kind, name] = content
        super().write(kind, name, content)

    def of(self, *files: Path) -> Shelf:
        other = super().of(*files)
        return replace(other, read_before={})


class Preview:
    """The site in a folder of its own, made again at each call."""

    def __init__(self, root: Path, folder: Path, url: str):
        self.root, self.folder, self.url = root, folder, url
        self.done = Done()
        self.printer: Printer | None = None
        self.problems: list[Problem] = []
        self._shelf: Memory | None = None
        self._before: Site | None = None
        self._made: tuple[Assembly, Any] | None = None
        """The newest pages, and the configuration that they were made with."""
        self._pages: frozenset[str] = frozenset()
        self._lock = threading.RLock()

    def _site(self, config: Any) -> Site:
        site = sites.of_project(
            self.root,
            self.url,
            str(config.extra.get("edition", "")),
            before=self._before,
            forge=forge(config.repo_url, config.edit_uri),
        )
        shelf = site.shelf
        assert shelf is not None
        if self._shelf is None or self._shelf.code != shelf.code:
            self._shelf = Memory(shelf.folder, shelf.code)
            self.printer = Printer(self._shelf)
        site.__dict__["shelf"] = self._shelf  # one value: nobody has seen it yet
        self._before = site
        return site

    def provide(self, name: str) -> None:
        """Write a file of the site that is no page, which nobody waits for until it is opened:
        the index of the search, facts, figures, data."""
        with self._lock:
            if self._made is None or name in self._pages:
                return
            assembly, config = self._made
            if name.startswith("search/"):
                assembly.write_search(self.folder)
            else:
                assembly.write_beside(config)

    def build(self) -> None:
        """Make what has changed. Raises what MkDocs raises if there can be no site."""
        with self._lock:
            self._build()

    def _build(self) -> None:
        warnings = Warnings()
        logger = logging.getLogger("mkdocs")
        quiet = logger.level
        logger.setLevel(logging.WARNING)
        logger.addHandler(warnings)
        try:
            config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.folder))
            config.site_url = self.url
            site = self._site(config)
            assert self.printer is not None
            assembly = Assembly(site, self.printer, self.done, at_once=False)
            config.plugins[NAME] = assembly
            config.plugins.on_startup(command="serve", dirty=False)
            self._pages = assemble(config, self.done, site.cache / "templates", site.shelf)
            self._made = assembly, config
        finally:
            logger.removeHandler(warnings)
            logger.setLevel(quiet)
        self.problems = [*site.problems, *assembly.problems]
        for message in dict.fromkeys([*warnings.messages, *assembly.warnings]):
            self.problems.append(placed(message, self.root))


class Rules:
    """All checks, in a process of their own; a newer edit ends the older run."""

    def __init__(self, root: Path, found: Callable[[list[Problem]], None]):
        self._root, self._found = root, found
        self._running: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        self.stop()
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts", "check", "--json"],
            cwd=self._root,
            env={**os.environ, "PYTHONPATH": str(self._root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with self._lock:
            self._running = process
        threading.Thread(target=self._wait, args=(process,), daemon=True).start()

    def _wait(self, process: subprocess.Popen[str]) -> None:
        out, _ = process.communicate()
        with self._lock:
            if self._running is not process:
                return
        try:
            self._found([Problem(**problem) for problem in json.loads(out)])
        except (ValueError, TypeError):
            return  # it was ended, or the code is being edited; the next edit asks again

    def stop(self) -> None:
        with self._lock:
            if self._running is not None and self._running.poll() is None:
                self._running.kill()
            self._running = None


class Server(LiveReloadServer):
    """MkDocs' server with live reload, told of edits by the system instead of looking twice a
    second, and with what is wrong at the top of each page."""

    def __init__(self, preview: Preview, host: str, port: int):
        self.preview = preview
        super().__init__(
            self._rebuild, host, port, str(preview.folder), urlsplit(preview.url).path or "/"
        )
        self.observer = watchdog.observers.Observer()
        self.build_delay = 0.02
        self.rules = Rules(preview.root, self._tell)
        self.found: list[Problem] = []
        self.error_handler = self._error_page

    def _error_page(self, code: int) -> bytes | None:
        page = self.preview.folder / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    def _serve_request(self, environ: Any, start_response: Any) -> Any:
        name = environ["PATH_INFO"].removeprefix(self.mount_path).lstrip("/")
        if not name.startswith("livereload/"):
            with self._epoch_cond:  # not from the records of a moment ago
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            self.preview.provide(f"{name}index.html" if name.endswith("/") or not name else name)
        return super()._serve_request(environ, start_response)

    def _rebuild(self) -> None:
        started = time.monotonic()
        self.rules.stop()  # what they would say is of the text before
        try:
            self.preview.build()
        except (Exception, SystemExit) as error:
            # Whatever a half-finished edit brings: the last good pages stay, and the server.
            reason = str(error) or type(error).__name__
            message = f"the site could not be built: {reason}"
            self.preview.problems = [Problem("mkdocs.yml", 1, message, rule="mkdocs")]
        print(f"Pages are up to date, {time.monotonic() - started:.2f} s", flush=True)
        self._show(self.preview.problems)
        self.rules.begin()

    def _show(self, problems: list[Problem]) -> None:
        self.found = sorted(set(problems))
        errors = [problem for problem in self.found if problem.level == "error"]
        if errors:
            report(errors, sys.stdout)
            sys.stdout.flush()

    def _tell(self, problems: list[Problem]) -> None:
        """The rules have been checked: another look at the pages shows what they found."""
        if sorted({*problems, *self.preview.problems}) == self.found:
            return
        self._show([*problems, *self.preview.problems])
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch = self._visible_epoch + 1
            self._epoch_cond.notify_all()

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        errors = [problem for problem in self.found if problem.level == "error"]
        if errors:
            items = "".join(f"<li><code>{escape(str(problem))}</code></li>" for problem in errors)
            box = (
                '<div role="alert" style="background:#7a1f12;color:#fff;padding:8px 16px;'
                'position:relative;z-index:9;font:14px/1.5 system-ui">'
                f"<b>{len(errors)} problem(s)</b><ul>{items}</ul></div>"
            )
            start = content.find(b">", content.find(b"<body")) + 1
            content = content[:start] + box.encode() + content[start:]
        return super()._inject_js_into_html(content, epoch)

    def shutdown(self, wait: bool = False) -> None:
        self.rules.stop()
        super().shutdown(wait)


def serve(root: Path, host: str, port: int, url: str = "") -> int:
    """Build, serve until Ctrl-C, and build again at each edit."""
    commit.fix_date(root)
    try:
        swap.clear_up(root / ".cache", root / "site")
        folder = swap.aside(root / ".cache", "serve")
    except OSError as error:
        print(f"nothing can be written below .cache: {error.strerror}", file=sys.stderr)
        return 2
    server = None
    # Asked to end, it clears up as with Ctrl-C; killed outright, the next one does.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        preview = Preview(root, folder, url or f"http://{host}:{port}/")
        server = Server(preview, host, port)
        server._rebuild()
        for name in WATCHED:
            if (root / name).exists():
                server.watch(str(root / name))
        print(f"Serving {preview.url}; end with Ctrl-C", flush=True)
        server.serve()
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"http://{host}:{port}/ cannot be served: {error.strerror}", file=sys.stderr)
        return 2
    finally:
        signal.signal(signal.SIGTERM, before)
        if server is not None:
            server.shutdown()
        shutil.rmtree(folder, ignore_errors=True)
    return 0
