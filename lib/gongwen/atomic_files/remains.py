"""Temporary files that a killed process left in a folder -> removed, or moved to their place."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from gongwen.atomic_files import one_by_one, staging
from gongwen.atomic_files.blocked import discard
from gongwen.errors import OutputBlocked


def sweep(target: Path) -> None:
    """Settle what is left in a folder, or beside it for its sake, by a process that lives no more.

    A set that had begun to take its place is put in place, or put back where that was tried. What
    cannot be settled, because a file is open elsewhere or the disk is full, waits for the next
    time.
    """
    for path in _remains(target):
        with contextlib.suppress(OSError, OutputBlocked, ValueError), staging.taken(path) as free:
            if free:
                _settle(path, target)


def has_remains(folder: Path) -> bool:
    """Whether there is anything to sweep in a folder or for the sake of the folders in it."""
    return next(folder.glob(f"{staging.TEMPORARY}*"), None) is not None


def _remains(target: Path) -> Iterator[Path]:
    yield from sorted(target.glob(f"{staging.TEMPORARY}*"))
    yield from sorted(target.parent.glob(f"{staging.TEMPORARY}{staging.key(target)}-*"))


def _settle(path: Path, target: Path) -> None:
    if not path.is_dir():
        discard(path)
        return
    if not staging.key_in(path):
        one_by_one.settle(path, target)
    shutil.rmtree(path, ignore_errors=True)
