"""Puts a new folder in place of the last good one, and clears up after builds that were killed.

At no moment is there no site: on Linux two folders change places in one step. Elsewhere it takes
two, and a build that is killed between them is put right by the next.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_AT_CWD, _EXCHANGE = -100, 2
_TRIES = 50
_NAME = re.compile(r"(?:site|serve)-(?P<pid>\d+)-\w+?(?P<old>-old)?")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; False where the system or the disk cannot do that.

    Raises FileNotFoundError if one of them is not there.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    done = renameat2(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE)
    if done == 0:
        return True
    if (code := ctypes.get_errno()) == errno.ENOENT:
        raise FileNotFoundError(code, os.strerror(code), str(other))
    return False


def exchange(new: Path, site: Path) -> Path:
    """Put ``new`` where ``site`` is, and move what was there aside: to the path that is returned,
    at which is nothing if there was no site.

    Another build may do the same at this moment: the later one stays. Raises OSError.
    """
    old = new.with_name(f"{new.name}-old")
    for attempt in range(_TRIES):
        try:
            if _exchange(new, site):
                os.replace(new, old)
                break
        except FileNotFoundError:
            pass  # there is no site yet
        try:
            if site.exists():
                os.replace(site, old)
            os.replace(new, site)
            break
        except OSError as error:  # another build was faster between the two steps
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:
                raise
            if attempt + 1 == _TRIES or not new.exists():
                raise
            shutil.rmtree(old, ignore_errors=True)
    return old


def swap(new: Path, site: Path) -> None:
    """As :func:`exchange`; the last good site is gone only when the new one stands."""
    shutil.rmtree(exchange(new, site), ignore_errors=True)


def aside(cache: Path, kind: str = "site") -> Path:
    """A folder of this process for a build, or to ``serve`` from. Raises OSError."""
    cache.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{kind}-{os.getpid()}-", dir=cache))
    folder.chmod(0o755)
    return folder


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # it is somebody else's, or we may not know
    return True


def clear_up(cache: Path, site: Path) -> None:
    """Put back a site that a killed build had taken away, and remove what such builds left."""
    for folder in sorted([*cache.glob("site-*"), *cache.glob("serve-*")]):
        match = _NAME.fullmatch(folder.name)
        if match is None or not folder.is_dir() or _lives(int(match["pid"])):
            continue
        if match["old"] and not site.exists():
            with contextlib.suppress(OSError):
                os.replace(folder, site)
                continue
        shutil.rmtree(folder, ignore_errors=True)
        # What it was writing onto the shelf begins with a dot, and nobody reads it.
        for half in (cache / "kept").rglob(".*"):
            with contextlib.suppress(OSError):
                half.unlink()


@contextlib.contextmanager
def for_everybody() -> Iterator[None]:
    """Files are made so that a server's own user can read them, whoever builds and how shyly."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
