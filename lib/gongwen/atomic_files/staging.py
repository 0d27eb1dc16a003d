"""A target folder -> a temporary folder to write into, marked with the process that owns it.

The lock of a staging folder is the system's: it goes with its process, however that ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".zhibi-"
ABANDONED_S = 3600.0  # where folders have no locks, what is older is nobody's any more
_BESIDE = re.compile(rf"{re.escape(TEMPORARY)}([0-9a-f]{{12}})-.*")


def key(target: Path) -> str:
    """What staging folders beside a folder are known by."""
    return hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]


def key_in(path: Path) -> str:
    """The key in the name of a staging folder that stands beside its target.

    Empty for one that stands inside.
    """
    match = _BESIDE.fullmatch(path.name)
    return match[1] if match else ""


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A staging folder on the same level as its target.

    Removed afterwards, with whatever is in it by then.
    """
    with _made(target.parent, f"{TEMPORARY}{key(target)}-") as path:
        yield path


@contextlib.contextmanager
def inside(target: Path) -> Iterator[Path]:
    """A staging folder in its target, for files that take their places one by one.

    It stays if it is not finished with: it then holds what the next sweep needs.
    """
    with _made(target, TEMPORARY) as path:
        yield path


@contextlib.contextmanager
def _made(where: Path, prefix: str) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(dir=where, prefix=prefix))
    try:
        with taken(path):
            yield path
    finally:
        if not unfinished(path):
            shutil.rmtree(path, ignore_errors=True)


WHOLE, BACK, OLD = (
    ".whole",
    ".back",
    ".old",
)  # all is there: forward; go back; what stood in the place of a file


def unfinished(path: Path) -> bool:
    """Whether a staging folder inside its target still has a set to put in place, or to put back."""
    return (path / WHOLE).exists() or (path / BACK).exists()


@contextlib.contextmanager
def taken(path: Path) -> Iterator[bool]:
    """Hold a staging folder or file; False if somebody who lives has it."""
    try:
        import fcntl  # noqa: PLC0415  # POSIX only

        handle = os.open(path, os.O_RDONLY)
    except (ImportError, PermissionError):
        yield time.time() - path.stat().st_mtime > ABANDONED_S
        return
    try:
        yield _locked(fcntl, handle)
    finally:
        os.close(handle)


def _locked(fcntl: object, handle: int) -> bool:
    flags = fcntl.LOCK_EX | fcntl.LOCK_NB  # type: ignore[attr-defined]  # a module
    try:
        fcntl.flock(handle, flags)  # type: ignore[attr-defined]
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks
        return time.time() - os.fstat(handle).st_mtime > ABANDONED_S
    return True
