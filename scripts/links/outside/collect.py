"""Every outside address of the sources, once, with each place that names it.

Pages, data files, the bibliography and the texts at the top of the project are read as text, so
that line and column are exact whatever the address stands in: a Markdown link, a definition, an
autolink, an attribute of raw HTML, a macro's argument, a BibTeX field. Code is left out, for the
addresses in it are examples; a link whose text is code is a link.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from scripts.links.outside.model import Link, Place
from scripts.problems import relative
from scripts.sources.pages import Page, without_code, without_spans
from scripts.sources.references import bibtex

_START = re.compile(r"https?://(?=[^\s<>\"'`(){}|])", re.IGNORECASE)
_CODE = re.compile(r"<(code|pre)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_NAMESPACE = re.compile(r"xmlns(?::[\w-]+)?\s*=\s*[\"']$")
_PLACEHOLDER = re.compile(
    r"https?://(?:[^/?#@]*\.)?(?:example|example\.(?:com|net|org)|[^/?#.]+\.invalid)(?=[:/?#]|$)",
    re.IGNORECASE,
)
"""Names that RFC 2606 sets aside for examples: nobody is behind them."""
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_STOPS = frozenset(' \t\r\n<>"`')
_STOPS_IN_PROSE = _STOPS | frozenset("|、。，；：！？）」』】》”’")
_TOP_LEVEL = ("*.md", "*.cff", "LICENSE*", ".zenodo.json")


class CollectError(RuntimeError):
    """The state of the sources to compare with could not be read."""


def _is_source(name: str) -> bool:
    """Whether addresses of this file count; ``name`` is relative to the project."""
    path = PurePosixPath(name)
    if len(path.parts) == 1:
        return name == "references.bib" or any(path.match(pattern) for pattern in _TOP_LEVEL)
    top, suffix = path.parts[0], path.suffix
    return (top == "docs" and suffix == ".md") or (top == "data" and suffix in {".yml", ".yaml"})


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    """``(name, text)`` of every file that counts, as it is on disk."""
    files = [path for path in root.iterdir() if path.is_file()]
    for folder in ("docs", "data"):
        files += [path for path in (root / folder).rglob("*") if path.is_file()]
    for path in sorted(files):
        name = relative(path, root)
        if _is_source(name):
            yield name, path.read_bytes().decode("utf-8", errors="replace")


def _git(root: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=root, input=stdin, capture_output=True)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise CollectError(reason[0] if reason else f"git {arguments[0]} failed")
    return done.stdout


def _sources_at(base: str, root: Path) -> Iterator[tuple[str, str]]:
    """``(name, text)`` of every file that counts, as it is in a commit."""
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{base}^{{commit}}")
    listed = _git(root, "ls-tree", "-r", "-z", commit.decode().strip()).split(b"\0")
    blobs = {}
    for line in listed:
        about, _, name = line.partition(b"\t")
        if name and about.split()[1] == b"blob" and _is_source(name.decode(errors="replace")):
            blobs[name.decode(errors="replace")] = about.split()[2]
    out = _git(root, "cat-file", "--batch", stdin=b"".join(blob + b"\n" for blob in blobs.values()))
    position = 0
    for name in blobs:
        header_end = out.index(b"\n", position)
        size = int(out[position:header_end].split()[2])
        text = out[header_end + 1 : header_end + 1 + size]
        position = header_end + 1 + size + 1
        yield name, text.decode("utf-8", errors="replace")


def _end(text: str, start: int) -> int:
    """Where the address that starts at ``start`` ends, by what it stands in."""
    before = text[start - 1] if start else ""
    destination = text[max(0, start - 2) : start] in {"](", "]<"} or before in {"<", "{"}
    stops = _STOPS if destination else _STOPS_IN_PROSE
    if before in {"'", '"'}:
        stops = _STOPS | {before}
    depth = dict.fromkeys(_CLOSERS.values(), 0)
    end = start
    while end < len(text) and text[end] not in stops:
        char = text[end]
        if char in depth:
            depth[char] += 1
        elif char in _CLOSERS:
            depth[_CLOSERS[char]] -= 1
            if depth[_CLOSERS[char]] < 0:
                break
        end += 1
    if not destination and before not in {"'", '"'}:
        while text[end - 1] in ".,;:!?'*_~":
            end -= 1
    return end


def addresses(text: str) -> Iterator[tuple[str, int]]:
    """``(address, offset)`` of every http(s) address of a text, in order."""
    end = 0
    for match in _START.finditer(text):
        start = match.start()
        if start < end:  # an address within an address, such as that of an archived copy
            continue
        if _NAMESPACE.search(text[max(0, start - 60) : start]):
            continue
        end = _end(text, start)
        url = text[start:end]
        if "{{" not in url and not _PLACEHOLDER.match(url):
            yield url, start


def _without_html_code(text: str) -> str:
    """``text`` with what stands between the tags of code and pre elements blanked."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r">[^<]*<", lambda m: ">" + re.sub(r"[^\n]", " ", m[0][1:-1]) + "<", match[0])

    return _CODE.sub(blank, text)


def _readable(name: str, text: str) -> str:
    """``text`` with everything blanked that is no content; offsets stay."""
    if name.endswith(".md"):
        page = Page(Path(name), text, Path())
        body = page.body if name.startswith("docs/") else without_code(text)
        return _without_html_code(body)
    if name.endswith((".yml", ".yaml")):
        # Line by line: a stray backtick must not hide the rest of a file without blank lines.
        lines = text.splitlines(keepends=True)
        return "".join(without_spans(line) if "://" in line else line for line in lines)
    return text


def plain(value: str) -> str:
    """A BibTeX value as a reader sees it: no braces, commands or escapes."""
    value = re.sub(r"\\(?:emph|text\w+)\s*(?=\{)", "", value)
    value = re.sub(r"\\([&%$#_{}])", r"\1", value).replace("---", "—").replace("--", "–")
    return re.sub(r"\s+", " ", re.sub(r"[{}]", "", value).replace("~", " ")).strip()


def _bibliography(text: str) -> Iterator[tuple[str, int, str, str]]:
    """``(address, offset, key, title)`` of every address of the entries of a BibTeX file.

    Only the address of a ``url`` field comes with the title: other fields lead elsewhere.
    """
    for entry in bibtex.read(text).entries:
        titled, own = entry.field("title"), entry.field("url")
        title = plain(titled.value) if titled else ""
        parts, done = [], entry.start
        for field in entry.fields:
            if field.simple:
                continue
            # Put together from parts: the address stands nowhere as it is.
            for url, _ in addresses(field.value):
                yield url, field.value_start, entry.key, title if field is own else ""
            parts += [text[done : field.value_start], " " * (field.value_end - field.value_start)]
            done = field.value_end
        body = "".join([*parts, text[done : entry.end]])
        body = re.sub(r"(?m)^[ \t]*%.*$", lambda m: " " * len(m[0]), body)
        for url, inner in addresses(body):
            offset = entry.start + inner
            inside = own is not None and own.value_start <= offset < own.value_end
            yield url, offset, entry.key, title if inside else ""


def _links(sources: Iterable[tuple[str, str]]) -> list[Link]:
    places: dict[str, set[Place]] = defaultdict(set)
    titles: dict[str, str] = {}
    for name, text in sources:
        text = text.replace("\r\n", "\n")
        page = Page(Path(name), text, Path())
        if name.endswith(".bib"):
            found = _bibliography(text)
        else:
            found = ((url, offset, "", "") for url, offset in addresses(_readable(name, text)))
        for url, offset, key, title in found:
            line, column = page.place(offset)
            places[url].add(Place(name, line, column, key))
            if title:
                titles.setdefault(url, title)
    return [Link(url, tuple(sorted(places[url])), titles.get(url, "")) for url in sorted(places)]


def collect(root: Path) -> list[Link]:
    """Every outside address of the project at ``root``, sorted, each with all its places."""
    return _links(_sources(root))


def only_new(links: Iterable[Link], base: str, root: Path) -> list[Link]:
    """Those of ``links`` whose address is nowhere in commit ``base`` (any name git knows it by).

    Raises CollectError if there is no such commit, or no git.
    """
    try:
        known = {link.url for link in _links(_sources_at(base, root))}
    except FileNotFoundError as error:
        raise CollectError("git is not installed") from error
    except CollectError as error:
        raise CollectError(
            f"cannot compare with '{base}': {error}; in a shallow clone, fetch it first"
        ) from error
    return [link for link in links if link.url not in known]
