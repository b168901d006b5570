"""Looks at the published site as a reader would: pages, policy, headers, search, a tool, a fact.

Nothing here knows what the site was built from: only what is out there counts.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

PAGES = 10
TOOL = "pricing/calculator/"
_MOST = 20_000_000
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_MODULE = re.compile(r'<script src="([^"]+)" type="module"')

EXPECTED = ("strict-transport-security", "x-content-type-options", "referrer-policy")
"""Headers that a host which can be told sends. GitHub Pages cannot, and is asked for the first."""
GITHUB = ".github.io"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    trouble: str = ""
    """Why there was no answer."""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")


def ask(address: str) -> Answer:
    """One address, with redirects followed."""
    request = urllib.request.Request(address, headers={"User-Agent": "explained-watch/1"})
    try:
        with urllib.request.urlopen(request, timeout=30) as got:
            headers = {name.lower(): value for name, value in got.headers.items()}
            return Answer(got.status, headers, got.read(_MOST))
    except urllib.error.HTTPError as error:
        return Answer(error.code, {name.lower(): v for name, v in error.headers.items()}, b"")
    except (OSError, ValueError) as error:
        return Answer(0, {}, b"", str(getattr(error, "reason", error)))


def _status(answer: Answer) -> str:
    return f"no answer ({answer.trouble})" if answer.trouble else f"status {answer.status}"


class Watch:
    """One look; ``found`` is what is wrong, a sentence each, ``seen`` how much was looked at."""

    def __init__(self, base: str, ask: Callable[[str], Answer] = ask):
        self.base = base if base.endswith("/") else f"{base}/"
        self.found: list[str] = []
        self.seen = 0
        self._ask = ask

    def _get(self, path: str) -> Answer | None:
        address = urljoin(self.base, path)
        answer = self._ask(address)
        self.seen += 1
        if answer.status == 200 and answer.body:
            return answer
        said = _status(answer) if answer.status != 200 else "empty"
        self.found.append(f"{address}: {said}")
        return None

    def look(self) -> list[str]:
        if self._get("") is None:
            return self.found  # whatever else is asked would say the same
        for path in self._chosen():
            self._page(path)
        self._headers()
        self._missing()
        self._search()
        self._tool()
        self._fact()
        return self.found

    def _chosen(self) -> list[str]:
        """The home page, the tool, and others spread over the list of all pages."""
        answer = self._get("sitemap.xml")
        listed = _LOCATION.findall(answer.text) if answer else []
        paths = [urlsplit(address).path for address in listed]
        top = urlsplit(self.base).path
        paths = [path.removeprefix(top) for path in paths if path.startswith(top)]
        if answer and len(paths) < PAGES:
            self.found.append(f"{self.base}sitemap.xml: lists {len(paths)} pages of this address")
        others = [path for path in paths if path not in {"", TOOL}]
        step = max(1, len(others) // (PAGES - 2))
        return ["", TOOL, *others[::step][: PAGES - 2]]

    def _page(self, path: str) -> None:
        answer = self._get(path)
        if answer is None:
            return
        address = urljoin(self.base, path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            self.found.append(f"{address}: not sent as HTML")
        if "</html>" not in answer.text or not re.search(r"<h1[ >]", answer.text):
            self.found.append(f"{address}: cut off, or without a title")
        policy = _POLICY.search(answer.text)
        if policy is None or "default-src 'none'" not in policy[1]:
            self.found.append(f"{address}: carries no policy")

    def _headers(self) -> None:
        headers = self._ask(self.base).headers
        github = (urlsplit(self.base).hostname or "").endswith(GITHUB)
        for name in EXPECTED[:1] if github else EXPECTED:
            if urlsplit(self.base).scheme == "https" and name not in headers:
                self.found.append(f"{self.base}: the header {name} is not sent")

    def _missing(self) -> None:
        address = urljoin(self.base, "no/such/page/")
        self.seen += 1
        if (answer := self._ask(address)).status != 404:
            self.found.append(f"{address}: {_status(answer)} for what is not there; 404 is right")

    def _json(self, path: str) -> object:
        answer = self._get(path)
        if answer is None:
            return None
        try:
            return json.loads(answer.text)
        except ValueError:
            self.found.append(f"{urljoin(self.base, path)}: no JSON")
            return None

    def _search(self) -> None:
        for name in ("pages", "texts"):
            content = self._json(f"search/{name}.json")
            if content is not None and not content:
                self.found.append(f"{self.base}search/{name}.json: nothing in it")

    def _tool(self) -> None:
        """The page has a place for it, and the script that fills it is there."""
        answer = self._ask(urljoin(self.base, TOOL))
        if answer.status != 200:
            return  # told already
        if "data-explorer=" not in answer.text:
            self.found.append(f"{urljoin(self.base, TOOL)}: has no tool")
        module = _MODULE.search(answer.text)
        if module is None:
            self.found.append(f"{urljoin(self.base, TOOL)}: names no script")
            return
        script = self._get(urljoin(urljoin(self.base, TOOL), module[1]))
        if script and "javascript" not in script.headers.get("content-type", ""):
            self.found.append(f"{urljoin(self.base, TOOL)}: its script is not sent as one")

    def _fact(self) -> None:
        """One record of the downloads has its page, and the page says its name."""
        content = self._json("data/facts.json")
        if content is None:
            return
        records = content.get("records") if isinstance(content, dict) else None
        if not records:
            self.found.append(f"{self.base}data/facts.json: no records")
            return
        record = records[len(records) // 2]
        page = self._get(f"f/{record['id']}/")
        if page and record["id"] not in page.text:
            self.found.append(f"{self.base}f/{record['id']}/: is not the page of that fact")


def as_markdown(watch: Watch) -> str:
    if not watch.found:
        return f"All well at {watch.base}: {watch.seen} addresses answer as they should.\n"
    lines = "".join(f"- {said}\n" for said in watch.found)
    return f"At {watch.base}, of {watch.seen} addresses:\n\n{lines}"
