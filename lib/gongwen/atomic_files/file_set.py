"""Names and bytes -> a set of files in its folder, whole; on trouble what was there before."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from gongwen.atomic_files import one_by_one, staging
from gongwen.atomic_files.blocked import blocked, discard, put, refuse_open
from gongwen.atomic_files.exchange import exchange, possible
from gongwen.atomic_files.remains import sweep

_MOST_OTHERS = (
    200  # other files in a folder that is exchanged: they are carried over, each by a link
)


def ready(target: Path, names: Iterable[str]) -> None:
    """Make sure, before minutes of work, that the folder can be written and none of the files is open elsewhere.

    Raises OutputBlocked.
    """
    with blocked(target):
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target, prefix=staging.TEMPORARY):
            pass
    for name in names:
        refuse_open(target / name)


def save(
    target: Path, files: Mapping[str, bytes], *, without: Collection[str] = ()
) -> tuple[Path, ...]:
    """Put all files in place, or none; what was there before is then untouched.

    `without`: files of an older set.

    Raises OutputBlocked.
    """
    with blocked(target):
        target.mkdir(parents=True, exist_ok=True)
    sweep(target)
    gone = tuple(name for name in without if name not in files and (target / name).is_file())
    if not files and not gone:
        return ()
    for name in (*files, *gone):
        refuse_open(target / name)
    with blocked(target):
        if len(files) == 1 and not gone:
            _save_one(target, *next(iter(files.items())))
        elif not (_may_be_exchanged(target) and _exchanged(target, files, gone)):
            one_by_one.save(target, files, gone)
    return tuple(target / name for name in files)


@contextlib.contextmanager
def opened(target: Path) -> Iterator[BinaryIO]:
    """A file to write bit by bit, in its place only when all of it is written.

    Raises OutputBlocked.
    """
    with blocked(target):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=staging.TEMPORARY)
        path = Path(name)
        try:
            with staging.taken(path):
                with os.fdopen(handle, "wb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                put(path, target)
        finally:
            discard(path)


def _save_one(target: Path, name: str, content: bytes) -> None:
    with opened(target / name) as file:
        file.write(content)


def _may_be_exchanged(target: Path) -> bool:
    """Whether a folder holds nothing but a few files of its owner, and nobody stands in it."""
    if not possible() or target.is_symlink() or target.is_mount() or _stands_in(target):
        return False
    others = list(target.iterdir())
    plain = all(path.is_file() and not path.is_symlink() for path in others)
    return plain and len(others) <= _MOST_OTHERS and target.stat().st_uid == os.geteuid()


def _stands_in(target: Path) -> bool:
    try:
        return Path.cwd().is_relative_to(target.resolve())
    except OSError:  # the folder this process stood in was removed
        return False


def _exchanged(target: Path, files: Mapping[str, bytes], gone: Collection[str]) -> bool:
    """Whether the set took its place, together with what else is in the folder.

    False where folders cannot do that.
    """
    with contextlib.ExitStack() as stack:
        try:
            staged = stack.enter_context(staging.beside(target))
        except PermissionError:  # the folder above is somebody else's
            return False
        staged.chmod(target.stat().st_mode & 0o7777)
        for name, content in files.items():
            _write(staged / name, content)
        linked = {path.name: _carry(path, staged) for path in _others(target, {*files, *gone})}
        if not exchange(staged, target):
            return False
        with contextlib.suppress(OSError):  # all is in place; `staged` is the old folder now
            for path in _others(staged, {*files, *gone}):
                if linked.get(path.name) != path.stat().st_mtime_ns:  # written since
                    path.replace(target / path.name)
        return True


def _others(folder: Path, ours: Collection[str]) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.name not in ours and not path.name.startswith(staging.TEMPORARY)
    ]


def _carry(path: Path, staged: Path) -> int:
    """Let a file be in the new folder too; when it was last written."""
    changed = path.stat().st_mtime_ns
    try:
        os.link(path, staged / path.name)
    except OSError:  # a disk without links
        shutil.copy2(path, staged / path.name)
    return changed


def _write(path: Path, content: bytes) -> None:
    """A file on the disk, not only in memory."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
