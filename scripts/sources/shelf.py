"""Results that outlive a build, kept by what they were made from.

A result is taken from the shelf only if the code, its inputs and every record and source that it
read are still the same; a file that is cut off, altered or foreign is no result. What is on the
shelf can be thrown away at any time: it is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")
Key = TypeVar("Key")


def digest(*parts: str | bytes) -> str:
    """One short hash of several texts; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(f"{len(data)}:".encode() + data)
    return total.hexdigest()[:32]


@dataclass(frozen=True)
class Shelf:
    """A folder of results, each a file of JSON behind the hash of its own bytes."""

    folder: Path
    code: str
    """Hash of what makes the results: code, configuration, versions of libraries."""

    def of(self, *files: Path) -> Shelf:
        """The same shelf for results that only these files decide, not all of the code."""
        return replace(self, code=digest(*(file.read_bytes() for file in files)))

    def _file(self, kind: str, name: str) -> Path:
        return self.folder / kind / f"{digest(name)}.json"

    def read(self, kind: str, name: str) -> Any | None:
        """The newest result of that name, or None if there is none that can be trusted."""
        try:
            head, _, body = self._file(kind, name).read_bytes().partition(b"\n")
            if head.decode("ascii", "replace") != digest(self.code, body):
                return None
            return json.loads(body)
        except (OSError, ValueError):
            return None

    def write(self, kind: str, name: str, content: Any) -> None:
        """Keep a result; a disk that is full or read-only costs time, not the build."""
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        file = self._file(kind, name)
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, digest(self.code, body).encode() + b"\n" + body)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that nobody ever reads half of it. Raises OSError."""
    descriptor, aside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(aside, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)
        raise


def write_texts(texts: Mapping[str, str], into: Path) -> None:
    """Files by their name below a folder, which is made where it is not there. Raises OSError."""
    made: set[str] = set()
    for name, text in texts.items():
        path = os.path.join(into, name)
        folder = os.path.dirname(path)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        with open(path, "wb") as stream:
            stream.write(text.encode())


EVERYTHING = "*"


@dataclass
class Uses:
    """What was looked at: ``facts/v4-pro-total-parameters``, ``prices/*``, ``@deepseek2026api``."""

    names: set[str] = field(default_factory=set)


class Watched(Mapping[str, Value]):
    """A mapping that notes which of its values somebody looked at."""

    def __init__(self, inner: Mapping[str, Value], prefix: str, uses: Uses):
        self._inner, self._prefix, self._uses = inner, prefix, uses

    def __getitem__(self, key: str) -> Value:
        self._uses.names.add(f"{self._prefix}{key}")
        return self._inner[key]

    def __contains__(self, key: object) -> bool:
        self._uses.names.add(f"{self._prefix}{key}")
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._uses.names.add(self._prefix + EVERYTHING)
        return iter(self._inner)

    def __len__(self) -> int:
        self._uses.names.add(self._prefix + EVERYTHING)
        return len(self._inner)

    def values(self):  # the parent's would note every single value as well
        self._uses.names.add(self._prefix + EVERYTHING)
        return self._inner.values()

    def items(self):
        self._uses.names.add(self._prefix + EVERYTHING)
        return self._inner.items()


def kept(
    shelf: Shelf | None,
    kind: str,
    name: str,
    inputs: str,
    print_of: Callable[[str], str],
    make: Callable[[], tuple[Any, Uses]],
) -> tuple[Any, set[str]]:
    """A result and what it used: from the shelf if inputs and all it used are as they were.

    ``print_of``: from the name of something that was used to the hash of what it is now.
    """
    if shelf is not None:
        found = shelf.read(kind, name)
        if (
            isinstance(found, dict)
            and found.get("inputs") == inputs
            and all(print_of(used) == was for used, was in found["uses"].items())
        ):
            return found["result"], set(found["uses"])
    result, uses = make()
    if shelf is not None:
        listed = {used: print_of(used) for used in sorted(uses.names)}
        shelf.write(kind, name, {"inputs": inputs, "uses": listed, "result": result})
    return result, uses.names
